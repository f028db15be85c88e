"""A repair work: what executors tell residents of works that are under way or to come (K-7)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from chalicelib.domain.appeal import Place
from chalicelib.domain.people import Actor
from chalicelib.domain.places import street_key

CAUSE_UNKNOWN: Final = "з'ясовується"
"""The cause of a work whose cause is not known yet."""

_ID: Final = re.compile(r"rw-[0-9a-f]{12}")


def work_id(drawn: str) -> str:
    """Return the id of a new work from a random one, short enough to be said by phone."""
    return f"rw-{drawn[-12:]}"


def is_work_id(text: str) -> bool:
    """Tell whether a text can be the id of a work."""
    return _ID.fullmatch(text) is not None


class WorkKind(StrEnum):
    """Whether a work was foreseen, or mends what has broken."""

    PLANNED = "planned"
    EMERGENCY = "emergency"


class WorkStatus(StrEnum):
    """Where a work stands: computed from its instants, never stored."""

    PLANNED = "planned"
    ACTIVE = "active"
    OVERDUE = "overdue"
    CLOSED = "closed"


class WorkEvent(StrEnum):
    """What happened to a work, in the past tense; clients match on the names."""

    REGISTERED = "work_registered"
    BEGAN = "work_began"
    TERM_CHANGED = "work_term_changed"
    CHANGED = "work_changed"
    OVERDUE = "work_overdue"
    CLOSED = "work_closed"
    ANSWERED = "work_answered"


@dataclass(frozen=True, slots=True)
class ToTell:
    """How far subscribers were told of one change: street by street, page by page.

    Attributes:
        seq: of the change.
        street: key of the street whose subscribers are being told; empty before the first.
        after: id of the last subscription of that street that was told; empty before the first.
    """

    seq: int
    street: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class RepairWork:
    """A published work; `summary`, `cause`, `consequences` and `eta_at` are the four data of K-7.

    Attributes:
        places: streets with a building, a range of buildings such as `1-45 odd`, or whole.
        services: groups of topics that the work touches; appeals of other groups are not about it.
        starts_at: when the work begins, or began.
        eta_at: by when all is as it was: the term of elimination.
        result: what was done, told when the work was closed.
        version: what ETag shows; raised by people's changes.
        seq: number of the last change; every write raises it, so two writers never both win.
        timers: instants by name at which something must happen by itself.
        telling: changes that subscribers are still to be told of, the first one being told.
        answering: changes whose answer linked cards are still to get.
    """

    id: str
    executor: str
    kind: WorkKind
    summary: str
    cause: str
    consequences: str
    starts_at: datetime
    eta_at: datetime
    places: tuple[Place, ...]
    services: tuple[str, ...]
    registered_at: datetime
    closed_at: datetime | None = None
    result: str = ""
    version: int = 1
    seq: int = 0
    timers: Mapping[str, datetime] = field(default_factory=dict)
    telling: tuple[ToTell, ...] = ()
    answering: tuple[int, ...] = ()

    def status(self, now: datetime) -> WorkStatus:
        """Return where the work stands at an instant."""
        if self.closed_at is not None:
            return WorkStatus.CLOSED
        if self.eta_at <= now:
            return WorkStatus.OVERDUE
        return WorkStatus.PLANNED if self.starts_at > now else WorkStatus.ACTIVE

    @property
    def streets(self) -> tuple[str, ...]:
        """The keys of the work's streets, each once, in order."""
        return tuple(dict.fromkeys(map(street_key, self.places)))


@dataclass(frozen=True, slots=True)
class WorkChange:
    """One thing that happened to a work.

    Attributes:
        seq: place in the work's history, from 1.
        text: words a person gave with it: why the term moved, what was done, the answer.
        facts: short values that its words mention.
    """

    seq: int
    at: datetime
    event: WorkEvent
    by: Actor
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkFile:
    """A work with its whole history."""

    work: RepairWork
    changes: tuple[WorkChange, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkWriting:
    """One transaction on a work: the state as read (None for a new one), the new one, history."""

    before: RepairWork | None
    work: RepairWork
    changes: tuple[WorkChange, ...] = ()
