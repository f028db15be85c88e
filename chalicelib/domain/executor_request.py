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
class ExecutorRequest:
    """One request; `id` is `<number>.r<n>`; `decider` is the queue of those who may decide."""

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
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision_reason: str | None = None
