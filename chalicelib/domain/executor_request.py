"""What an executor may ask of the centre, and how it was decided (K-3.5, K-5.2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RequestKind(StrEnum):
    """The requests of K-3.5 and K-5.2."""

    CHANGE_EXECUTOR = "change_executor"
    CO_EXECUTOR = "co_executor"
    EXTENSION = "extension"
    STRATEGIC_PLAN = "strategic_plan"
    CLOSURE = "closure"


class RequestStatus(StrEnum):
    """A request is decided once."""

    PENDING = "pending"
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Plan:
    """The strategic plan that a card is to be included in (K-5.2.3)."""

    name: str
    year: int
    funding: str
    programme: str = ""


@dataclass(frozen=True, slots=True)
class ExecutorRequest:
    """One request; `id` is `<number>.r<n>`; `decider` is the queue of those who may decide.

    Attributes:
        to_executor: whom a change or a co-executor names; None means "unknown".
        was_due_at, new_due_at: the due date that an extension moves, and where to.
        responsible_person: who answers for the work after a breach (K-5.2.2).
        level: which head of the ladder has to know first; 0 when nobody has to.
        acknowledged_at, acknowledged_by: that head's own acknowledgement.
    """

    id: str
    number: str
    kind: RequestKind
    status: RequestStatus
    reason: str
    asked_at: datetime
    asked_by: str
    executor: str
    decider: str
    decide_by_at: datetime
    to_executor: str | None = None
    was_due_at: datetime | None = None
    new_due_at: datetime | None = None
    responsible_person: str | None = None
    plan: Plan | None = None
    level: int = 0
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision_reason: str | None = None
