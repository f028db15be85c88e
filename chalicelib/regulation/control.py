"""When something must happen to a card by itself: its named timers (K-6.1, K-6.2, K-3.3, KR-2.2).

What each of them sets off stands in `control_steps.py`; every number is a dated row of the city.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.card import Card, Status
from chalicelib.domain.city import Calendar, City, Edition, Urgency
from chalicelib.domain.executor_request import ExecutorRequest
from chalicelib.domain.survey import Survey
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.deadlines import within
from chalicelib.regulation.retention import keep_until

ROUTE, ACCEPT, ASSIGN = "route", "accept", "assign"
WARNINGS = ("warning_first", "warning_second")
OVERDUE, ESCALATE = "overdue", "escalate"
DECIDE, QUESTION = "decide", "question"
PLAN_REMINDER = "plan_reminder"
SURVEY_REMINDER, SURVEY_CLOSES = "survey_reminder", "survey_closes"
SETTLE_JOINED = "settle_joined"
KEEPING = "keeping"

HAS_JOINED = "has_joined"
"""The flag of a card that others are joined to."""
ANSWERED = "answered"
"""The flag of a card whose applicant has written and nobody has taken a step since."""

_UNANSWERED: Final = frozenset(
    {
        Status.REGISTERED,
        Status.SENT,
        Status.ACCEPTED,
        Status.IN_WORK,
        Status.REPORTED,
        Status.CLARIFICATION,
        Status.REPLY_SUBMITTED,
        Status.REPLY_SIGNED,
    }
)
"""Statuses in which a card's term still runs: KR answers it by handing over."""
_ENDED: Final = frozenset(
    {
        Status.CLOSED,
        Status.CONFIRMED,
        Status.UNCONFIRMED,
        Status.RETURNED,
        Status.FORWARDED,
        Status.WITHDRAWN,
        Status.NOT_CONSIDERED,
    }
)
_MATTERS_IN: Final[Mapping[str, frozenset[Status]]] = {
    **dict.fromkeys(WARNINGS, _UNANSWERED),
    OVERDUE: _UNANSWERED | {Status.JOINED},
    ESCALATE: _UNANSWERED,
    DECIDE: _UNANSWERED,
    ROUTE: frozenset({Status.REGISTERED}),
    ACCEPT: frozenset({Status.SENT}),
    ASSIGN: frozenset({Status.ACCEPTED}),
    QUESTION: frozenset(),
    PLAN_REMINDER: frozenset({Status.PLANNED}),
    SURVEY_REMINDER: frozenset({Status.CLOSED}),
    SURVEY_CLOSES: frozenset({Status.CLOSED}),
    SETTLE_JOINED: frozenset(Status),
    KEEPING: _ENDED,
}
"""In which statuses each timer still matters; a step answers the applicant's question."""


@clause("K-6.1")
def timers_of_term(
    received_at: datetime, due_at: datetime, edition: Edition
) -> dict[str, datetime]:
    """Return the instants of a term's warnings, to the second, and of its breach."""
    timers = {OVERDUE: due_at}
    for name in WARNINGS:
        percent = edition.get(name)
        if percent is not None:
            part = (due_at - received_at) * percent.value / 100
            timers[name] = (received_at + part).replace(microsecond=0)
    return timers


@clause("K-3.3", "KR-2.2")
def route_timer(
    registered_at: datetime, urgency: str, edition: Edition, calendar: Calendar
) -> dict[str, datetime]:
    """Return until when a card without an executor should have been given one (a city setting)."""
    return _inner(ROUTE, registered_at, urgency, edition, calendar)


@clause("K-4.1", "KR-2.3")
def accept_timer(
    sent_at: datetime, urgency: str, edition: Edition, calendar: Calendar
) -> dict[str, datetime]:
    """Return until when an executor should have accepted a card (a city setting)."""
    return _inner(ACCEPT, sent_at, urgency, edition, calendar)


@clause("K-5.1.5", "KR-2.3")
def assign_timer(
    accepted_at: datetime, urgency: str, edition: Edition, calendar: Calendar
) -> dict[str, datetime]:
    """Return until when a performer should have been named (a city setting)."""
    return _inner(ASSIGN, accepted_at, urgency, edition, calendar)


@clause("K-6.1", "K-3.3", "KR-2.2")
def timers_of_start(card: Card, now: datetime, city: City) -> dict[str, datetime]:
    """Return what runs for a card from now on: its term, and until when somebody has to take it."""
    if card.status is Status.JOINED:
        return {OVERDUE: card.due_at}
    edition = city.edition(card.edition)
    timers = timers_of_term(card.received_at, card.due_at, edition)
    if card.status is Status.SENT:
        timers |= accept_timer(now, card.urgency, edition, city.calendar)
    if card.status is Status.REGISTERED:
        timers |= route_timer(now, card.urgency, edition, city.calendar)
    return timers


@clause("K-5.1.4", "LAW-18")
def question_timer(card: Card, now: datetime, city: City) -> dict[str, datetime]:
    """Return until when the applicant's first unanswered words should be (a city setting)."""
    asked = {name: at for name, at in card.timers.items() if name == QUESTION}
    edition = city.edition(card.edition)
    return asked or _inner(QUESTION, now, card.urgency, edition, city.calendar)


@clause("K-3.5", "KR-2.13")
def decide_timer(request: ExecutorRequest) -> dict[str, datetime]:
    """Return until when a request on a card is to be decided."""
    return {decide_name(request.id): request.decide_by_at}


def decide_name(request_id: str) -> str:
    """Return the name of the timer of one request, such as `decide_r2`."""
    return f"{DECIDE}_{request_id.rpartition('.')[2]}"


@clause("K-4.2")
def at_once_by(
    sent_at: datetime, urgency: str, edition: Edition, calendar: Calendar
) -> datetime | None:
    """Return until when a request to change the executor is made "at once", as the city counts it.

    A figure of the request and never a breach: the clause has no number.
    """
    return _inner("change_executor", sent_at, urgency, edition, calendar).get("change_executor")


@clause("K-6.2")
def timers_of_survey(survey: Survey, edition: Edition) -> dict[str, datetime]:
    """Return when to remind of a survey and when its silence ends it."""
    timers = {SURVEY_CLOSES: survey.closes_at}
    reminder = edition.get("survey_reminder")
    if reminder is not None:
        timers[SURVEY_REMINDER] = survey.opened_at + timedelta(days=reminder.value)
    return timers


@clause("K-3.5(3)")
def timer_of_plan(now: datetime, edition: Edition, calendar: Calendar) -> dict[str, datetime]:
    """Return when a planned work is next remembered, until it is taken up (R32, a city setting)."""
    number = edition.get(PLAN_REMINDER)
    return {PLAN_REMINDER: within(now, number, calendar)} if number else {}


@clause("K-5.2.2", "KR-2.13")
def timer_of_escalation(card: Card, broken_at: datetime, city: City) -> dict[str, datetime]:
    """Return when a broken extension that nobody mends goes one level up (a city setting)."""
    edition = city.edition(card.edition)
    return _inner(ESCALATE, broken_at, card.urgency, edition, city.calendar)


@clause("K-3.1", "KR-2.2", "LAW-13")
def timers_of_ending(card: Card, now: datetime, city: City) -> dict[str, datetime]:
    """Return what a card's end sets off.

    The cards joined to it get an end of their own at once, and years later its keeping term ends.
    """
    timers = {KEEPING: keep_until(now, city.edition(card.edition), city.calendar)}
    return timers | ({SETTLE_JOINED: now} if HAS_JOINED in card.flags else {})


def without(timers: Mapping[str, datetime], *names: str) -> dict[str, datetime]:
    """Return the timers that are left when `names` no longer matter."""
    return {name: at for name, at in timers.items() if name not in names}


def kind_of(name: str) -> str:
    """Return what kind of timer a name is: each request on a card has a timer of its own."""
    return DECIDE if name.startswith(f"{DECIDE}_") else name


def timers_left(card: Card, status: Status) -> dict[str, datetime]:
    """Return the timers that still matter after a step to `status`.

    What a card's end has set off is finished, whatever becomes of the card meanwhile.
    """
    return {name: at for name, at in card.timers.items() if status in _MATTERS_IN[kind_of(name)]}


def moved(card: Card, status: Status) -> Card:
    """Return the card after a lifecycle step: a new version, and the timers that still matter."""
    return replace(
        card,
        status=status,
        version=card.version + 1,
        timers=timers_left(card, status),
        flags=card.flags - {ANSWERED},
        call_at=None,
    )


def heard(card: Card) -> Card:
    """Return the card whose applicant's words were answered without a step."""
    timers = without(card.timers, QUESTION)
    return replace(card, timers=timers, flags=card.flags - {ANSWERED})


def _inner(
    name: str, start_at: datetime, urgency: str, edition: Edition, calendar: Calendar
) -> dict[str, datetime]:
    suffix = Urgency.EMERGENCY if urgency == Urgency.EMERGENCY else "other"
    number = edition.get(f"{name}_{suffix}")
    return {name: within(start_at, number, calendar)} if number else {}
