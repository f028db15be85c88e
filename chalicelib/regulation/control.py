"""What must happen to a card by itself, and when (K-6.1, K-6.2)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from chalicelib.domain.card import Card, Status
from chalicelib.domain.city import Calendar, Edition
from chalicelib.domain.survey import Survey
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.deadlines import within

SETTLE_JOINED = "settle_joined"
HAS_JOINED = "has_joined"
"""The flag of a card that others are joined to."""

WARNINGS = ("warning_first", "warning_second")
ACCEPT, OVERDUE, SURVEY_REMINDER, SURVEY_CLOSES = (
    "accept",
    "overdue",
    "survey_reminder",
    "survey_closes",
)

PLAN_REMINDER = "plan_reminder"
_YEAR = timedelta(days=365)

_UNANSWERED = frozenset(
    {
        Status.ACCEPTED,
        Status.IN_WORK,
        Status.REPORTED,
        Status.CLARIFICATION,
        Status.REPLY_SUBMITTED,
        Status.REPLY_SIGNED,
    }
)
"""Statuses of a card that was accepted and whose term still runs: KR answers it by handing over."""


@clause("K-6.1")
def timers_of_term(
    received_at: datetime, due_at: datetime, edition: Edition
) -> dict[str, datetime]:
    """Return the instants of a term's warnings and of its breach."""
    timers = {OVERDUE: due_at}
    for name in WARNINGS:
        percent = edition.get(name)
        if percent is not None:
            timers[name] = received_at + (due_at - received_at) * percent.value / 100
    return timers


@clause("K-4.1")
def accept_timer(
    sent_at: datetime, urgency: str, edition: Edition, calendar: Calendar
) -> dict[str, datetime]:
    """Return until when an executor should have accepted a card (a city setting)."""
    name = "accept_emergency" if urgency == "emergency" else "accept_other"
    number = edition.get(name)
    return {ACCEPT: within(sent_at, number, calendar)} if number else {}


@clause("K-6.2")
def timers_of_survey(survey: Survey, edition: Edition) -> dict[str, datetime]:
    """Return when to remind of a survey and when its silence ends it."""
    timers = {SURVEY_CLOSES: survey.closes_at}
    reminder = edition.get("survey_reminder")
    if reminder is not None:
        timers[SURVEY_REMINDER] = survey.opened_at + timedelta(days=reminder.value)
    return timers


@clause("K-3.5(3)")
def timer_of_plan(now: datetime) -> dict[str, datetime]:
    """Return when a planned work is next remembered: every year, until it is taken up (R32)."""
    return {PLAN_REMINDER: now + _YEAR}


@clause("K-6.1")
def due_steps(card: Card, now: datetime) -> tuple[str, ...]:
    """Return the names of the timers that have run out by `now`, earliest first."""
    run_out = [(at, name) for name, at in card.timers.items() if at <= now]
    return tuple(name for _, name in sorted(run_out))


def without(timers: Mapping[str, datetime], *names: str) -> dict[str, datetime]:
    """Return the timers that are left when `names` no longer matter."""
    return {name: at for name, at in timers.items() if name not in names}


def timers_left(card: Card, status: Status) -> dict[str, datetime]:
    """Return the timers that still matter after a step to `status`.

    What a card's end has set off is finished, whatever becomes of the card meanwhile.
    """
    if status in (Status.SENT, Status.REGISTERED):
        return dict(card.timers)
    if status in _UNANSWERED:
        return without(card.timers, ACCEPT, PLAN_REMINDER)
    lasting = OVERDUE if status is Status.JOINED else SETTLE_JOINED
    return {name: at for name, at in card.timers.items() if name == lasting}


@clause("K-3.1", "KR-2.2")
def timers_of_ending(card: Card, now: datetime) -> dict[str, datetime]:
    """Return what a card's end sets off: the cards joined to it get an end of their own."""
    return {SETTLE_JOINED: now} if HAS_JOINED in card.flags else {}
