"""What repair works depend on, as Protocols: the part of ports.py that is about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.city_message import CityMessage
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.repair_work import RepairWork, WorkFile, WorkStatus, WorkWriting
from chalicelib.domain.subscription import Subscription, SubscriptionWriting
from chalicelib.usecases.ports import Page


@dataclass(frozen=True, slots=True)
class WantedWorks:
    """Which works a list should show; None leaves a filter out.

    Attributes:
        street: key of the street.
    """

    statuses: frozenset[WorkStatus] = frozenset()
    street: str | None = None
    executor: str | None = None


class RepairWorks(Protocol):
    """The repair works with their history."""

    def read(self, work_id: str) -> WorkFile:
        """Return a work with its history, read consistently. Raises NotFound."""

    def save(self, writing: WorkWriting, once: OnceRecord | None = None) -> None:
        """Write a work, its history and its places in the lists, in one transaction.

        Raises:
            ChangedMeanwhile: somebody else wrote the work since it was read.
            OnceAnswered: the idempotency key was answered before; nothing is written.
        """

    def listed(
        self, wanted: WantedWorks, *, now: datetime, limit: int, cursor: str | None
    ) -> Page[RepairWork]:
        """Return works: those not closed first, earliest `eta_at` first, then the last closed."""

    def in_street(self, street_key: str) -> list[RepairWork]:
        """Return the works of a street that are not closed, earliest `eta_at` first."""

    def to_wake(self, until: datetime, *, limit: int) -> list[str]:
        """Return ids of works whose next timer is not after `until`, the earliest first."""


class Subscriptions(Protocol):
    """Who wants to hear of the works of a street."""

    def read(self, street: str, subscription_id: str, now: datetime) -> Subscription | None:
        """Return a subscription, confirmed or waiting for that; None for none or a lapsed one."""

    def keep(self, subscription: Subscription) -> None:
        """Write a subscription over what stands there, for one who has proved the address."""

    def write(
        self, writing: SubscriptionWriting, once: OnceRecord | None = None, *, now: datetime
    ) -> None:
        """Write a subscription and its notice, in one transaction.

        A notice that is there already was asked for at the same instant: nothing is written.

        Raises:
            ChangedMeanwhile: it stands no longer as it was read.
            OnceAnswered: the idempotency key was answered before; nothing is written.
        """

    def remove(
        self, street: str, subscription_id: str, once: OnceRecord | None = None, *, now: datetime
    ) -> None:
        """Forget a subscription and its address, if there is one. Raises OnceAnswered."""

    def confirmed(self, street: str, *, after: str, limit: int) -> Sequence[Subscription]:
        """Return confirmed subscriptions of a street by their ids, from the one after `after`."""


class CityMessages(Protocol):
    """The coordinator's message to the city; there is at most one."""

    def read(self, now: datetime) -> CityMessage | None:
        """Return the message that stands now, None where there is none or its time is over."""

    def put(self, message: CityMessage) -> None:
        """Put a message in the place of whatever stands."""

    def take_down(self) -> None:
        """Take the message down."""
