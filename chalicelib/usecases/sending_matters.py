"""What a notice speaks of: where its addressee is reached, and what is said to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.city import City
from chalicelib.domain.notice import Notice, NoticeStep
from chalicelib.domain.webhook import Webhook
from chalicelib.usecases.ports import Cards, EvidenceFiles, Secrets
from chalicelib.usecases.sending_ports import (
    Attachment,
    ChatButton,
    Notices,
    Worded,
    Wording,
)


@dataclass(frozen=True, slots=True)
class Desk:
    """What messages are made of.

    Attributes:
        phone_of: returns a phone as people write it in E.164, None for what cannot be one.
        hook_of: returns an executor's webhook while it is on.
    """

    city: City
    site_url: str
    cards: Cards
    notices: Notices
    secrets: Secrets
    files: EvidenceFiles
    wording: Callable[[], Wording]
    phone_of: Callable[[str], str | None]
    hook_of: Callable[[str], Webhook | None]


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent, for whichever medium; each takes what it can carry.

    Attributes:
        id: of the notice that leads; the gateway's key.
        to: the address of the medium.
        thread: what letters of one matter share.
        body: of a webhook; `secrets` sign it, at `at`.
    """

    id: str
    to: str
    at: datetime
    words: Worded | None = None
    language: str = "uk"
    thread: str = ""
    one_click_off: str | None = None
    attachments: tuple[Attachment, ...] = ()
    buttons: tuple[tuple[ChatButton, ...], ...] = ()
    body: bytes = b""
    secrets: tuple[str, ...] = ()


class Matter(Protocol):
    """What notices of one number are about, as it stands now."""

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All notices of the matter."""

    def outdated(self, notice: Notice) -> str:
        """Return why a notice need not be sent any more, a stable word; empty if it must."""

    def address(self, notice: Notice) -> str | None:
        """Return where the addressee is reached now, None where nowhere."""

    def message(self, told: Sequence[Notice], address: str, now: datetime) -> Message:
        """Return several notices to one person as one message; the first leads."""

    def fallback(self, notice: Notice, now: datetime) -> Notice | None:
        """Return the notice by the next way that reaches the same person; None if none is left."""

    def quiet_until(self, notice: Notice, at: datetime) -> datetime:
        """Return `at`, or the end of the quiet hours that it falls into."""

    def settle(self, steps: Sequence[NoticeStep], now: datetime) -> bool:
        """Write how the sending went, with what it means for the matter, all or none.

        Returns False when another sender has taken the notices over.
        """


Read = Callable[[str], Matter | None]
"""Reads the matter of a number as it stands now; None for one that is no more."""
