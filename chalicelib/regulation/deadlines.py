"""Terms and deadlines: when a card must be done, and why (KR-2.12, K-6.1)."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from chalicelib.domain.city import Calendar, Edition, Law, Number, Unit, Urgency
from chalicelib.regulation.calendar import (
    add_working_days,
    local_date,
    midnight_after,
    working_day_on_or_after,
    working_day_on_or_before,
)
from chalicelib.regulation.clauses import clause


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation: the clause, the words by key, and the facts they mention."""

    clause: str
    key: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The bounds of one term.

    Attributes:
        due_at: strict; a day term ends exclusively with the midnight after its last day.
        certain_late_at: the last day rolled to a working day; after it nobody can dispute.
        act_by_at: the last day rolled back to a working day; what a planner looks at.
    """

    due_at: datetime
    certain_late_at: datetime
    act_by_at: datetime
    reason: Reason


@clause("KR-2.12.1", "KR-2.12.2", "KR-2.12.3", "K-6.1")
def deadline(
    received_at: datetime, urgency: Urgency, *, edition: Edition, calendar: Calendar, law: Law
) -> Deadline:
    """Return the deadline of an appeal received at an instant.

    Day terms are counted on Kyiv civil dates: day one is the day after receipt, and the term
    ends with its last day. Hour terms are elapsed hours and never roll.
    """
    term = edition[f"term_{urgency}"]
    if term.unit is Unit.HOUR:
        return _hours(received_at, term, edition.get(f"margin_{urgency}"), law)
    return _days(received_at, term, calendar, law)


def _hours(received_at: datetime, term: Number, margin: Number | None, law: Law) -> Deadline:
    hours = term.value - (margin.value if margin else 0)
    due_at = received_at + timedelta(hours=hours)
    facts = {"hours": str(hours), "due_at": due_at.isoformat()}
    return Deadline(due_at, due_at, due_at, Reason(term.clause, f"explain.{law}.hour", facts))


def _days(received_at: datetime, term: Number, calendar: Calendar, law: Law) -> Deadline:
    last_day = local_date(received_at, calendar) + timedelta(days=term.value)
    facts = {"days": str(term.value), "last_day": last_day.isoformat()}
    reason = Reason(term.clause, f"explain.{law}.day", facts)
    return Deadline(
        due_at=midnight_after(last_day, calendar),
        certain_late_at=midnight_after(working_day_on_or_after(last_day, calendar), calendar),
        act_by_at=midnight_after(working_day_on_or_before(last_day, calendar), calendar),
        reason=reason,
    )


@clause("LAW-20")
def law_cap(received_at: datetime, *, edition: Edition, calendar: Calendar) -> datetime:
    """Return the instant past which no extension may go: 45 days (law 393/96 art. 20)."""
    return days_after(received_at, edition["law_cap"].value, calendar)


@clause("LAW-5", "LAW-7", "LAW-20")
def days_after(received_at: datetime, days: int, calendar: Calendar) -> datetime:
    """Return the exclusive end of the `days`-th civil day after an instant."""
    return midnight_after(local_date(received_at, calendar) + timedelta(days=days), calendar)


@clause("LAW-20", "CIVIL-254")
def month_after(received_at: datetime, calendar: Calendar) -> datetime:
    """Return the exclusive end of the same date of the next month, or of its last day."""
    return midnight_after(_next_month(local_date(received_at, calendar)), calendar)


@clause("KR-2.13")
def decide_extension_by(received_at: datetime, edition: Edition) -> datetime | None:
    """Return until when an emergency's extension may be decided; None where no clause says."""
    hours = edition.get("decide_extension")
    return received_at + timedelta(hours=hours.value) if hours else None


@clause("KR-2.13")
def extension_max(received_at: datetime, edition: Edition, calendar: Calendar) -> datetime | None:
    """Return the latest end of an emergency's extension: working days after the term's day."""
    limit, term = edition.get("extension_max"), edition[f"term_{Urgency.EMERGENCY}"]
    if limit is None:
        return None
    expires_on = local_date(received_at + timedelta(hours=term.value), calendar)
    return midnight_after(add_working_days(expires_on, limit.value, calendar), calendar)


def within(start_at: datetime, number: Number, calendar: Calendar) -> datetime:
    """Return the instant at which a city's inner term (minutes, hours, days, years) runs out."""
    if number.unit is Unit.MINUTE:
        return start_at + timedelta(minutes=number.value)
    if number.unit is Unit.HOUR:
        return start_at + timedelta(hours=number.value)
    if number.unit is Unit.WORKING_DAY:
        day = add_working_days(local_date(start_at, calendar), number.value, calendar)
        return midnight_after(day, calendar)
    if number.unit is Unit.YEAR:
        return _years_after(start_at, number.value, calendar)
    return days_after(start_at, number.value, calendar)


def _years_after(start_at: datetime, years: int, calendar: Calendar) -> datetime:
    """Return the same day and hour of a later year, the last of a month that is shorter then."""
    local = start_at.astimezone(calendar.zone)
    last = monthrange(local.year + years, local.month)[1]
    return local.replace(year=local.year + years, day=min(local.day, last)).astimezone(UTC)


def _next_month(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
