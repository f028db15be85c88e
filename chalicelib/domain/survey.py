"""The survey: was the work done, and how well (K-6.2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """What the applicant said; `unreachable` is an operator's attempt without an answer."""

    CONFIRMED = "confirmed"
    NOT_DONE = "not_done"
    POOR = "poor"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Survey:
    """One survey of a card; `no` counts from 1 and is part of its token."""

    no: int
    number: str
    opened_at: datetime
    closes_at: datetime
    outcome: Outcome | None = None
    score: int | None = None
    reason: str = ""
    answered_at: datetime | None = None
    attempts: int = 0
