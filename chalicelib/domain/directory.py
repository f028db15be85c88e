"""What the city's admin has entered over the API about people and executors (K-1.4, K-5.1.1)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.webhook import Webhook


class Post(StrEnum):
    """What a person may be appointed to at an executor."""

    RESPONSIBLE = "responsible"
    DEPUTY = "deputy"
    HEAD = "head"
    NEXT_HEAD = "next_head"
    PERFORMER = "performer"


class DirectoryEvent(StrEnum):
    """What was changed, in the past tense; clients match on the names."""

    APPOINTED = "appointed"
    DISMISSED = "dismissed"
    ABSENCE_ENTERED = "absence_entered"
    ABSENCE_ENDED = "absence_ended"
    SUSPENDED = "suspended"
    SUSPENSION_LIFTED = "suspension_lifted"
    WEBHOOK_ENTERED = "webhook_entered"
    WEBHOOK_ROTATED = "webhook_rotated"
    WEBHOOK_REMOVED = "webhook_removed"
    WEBHOOK_SWITCHED_OFF = "webhook_switched_off"


@dataclass(frozen=True, slots=True)
class Appointment:
    """A person's post at an executor, as entered; it stands over the city's data.

    Attributes:
        from_at, until_at: from when, and before when, the post is held; None leaves it open.
        account: stable id of the person's account, None for one who does not sign in.
        dismissed: whether the person holds no post any more.
        version: how many times the entry was written, this time counted.
    """

    person: str
    executor: str
    post: Post
    name: str
    phone: str | None = None
    email: str | None = None
    from_at: datetime | None = None
    until_at: datetime | None = None
    account: str | None = None
    dismissed: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True)
class Absence:
    """When a person is away, and who acts instead; an ended one keeps its version only."""

    person: str
    from_at: datetime
    until_at: datetime
    substitute: str | None = None
    version: int = 1


@dataclass(frozen=True, slots=True)
class Suspension:
    """An executor that receives nothing, since when, by whom and why; `lifted` when it is over."""

    executor: str
    since_at: datetime
    by: str
    reason: str
    lifted: bool = False
    version: int = 1


Entry = Appointment | Absence | Suspension | Webhook


@dataclass(frozen=True, slots=True)
class Entries:
    """Everything entered, each by the id of its person or executor."""

    appointments: Mapping[str, Appointment] = field(default_factory=dict)
    absences: Mapping[str, Absence] = field(default_factory=dict)
    suspensions: Mapping[str, Suspension] = field(default_factory=dict)
    webhooks: Mapping[str, Webhook] = field(default_factory=dict)

    @property
    def nothing(self) -> bool:
        """Whether the city's data stand as they are."""
        return not (self.appointments or self.absences or self.suspensions)

    def webhook_of(self, executor: str) -> Webhook | None:
        """Return an executor's webhook while it is on."""
        hook = self.webhooks.get(executor)
        return hook if hook is not None and not hook.off_reason else None


@dataclass(frozen=True, slots=True)
class DirectoryChange:
    """One line of the directory's history: who changed what, when and why.

    Attributes:
        executor: whose people were changed; empty for people of the centre.
        about: id of the person concerned; empty where it was the executor itself.
    """

    at: datetime
    event: DirectoryEvent
    executor: str
    about: str
    by: str
    by_name: str
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
