"""What a card's timers set off: a card and an instant in, the steps and the card after them out.

A run that comes late takes everything that is due, each step once and in its order; every step
keeps the instant at which it was due (`since_at`), whatever the instant of the run (K-6.1).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.card import Action, Card
from chalicelib.domain.city import City, Law
from chalicelib.domain.events import EventName
from chalicelib.domain.people import Role
from chalicelib.regulation import control
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.control import kind_of, moved, timer_of_escalation, timer_of_plan
from chalicelib.regulation.lifecycle import step

FIRST_LEVEL: Final = Role.HEAD
"""The head of the unit, below the city's ladder of heads."""


@dataclass(frozen=True, slots=True)
class ControlStep:
    """One step that the clock takes: the event it writes, and since when it was due."""

    name: str
    since_at: datetime
    event: EventName
    facts: Mapping[str, str] = field(default_factory=dict)
    public: bool = False
    tell: bool = True


@dataclass(frozen=True, slots=True)
class _Due:
    """A timer that has run out."""

    name: str
    at: datetime
    now: datetime
    city: City

    def step(
        self, event: EventName, facts: Mapping[str, str] | None = None, *, public: bool = False
    ) -> ControlStep:
        return ControlStep(self.name, self.at, event, facts or {}, public)

    def attention(self, cause: str, **facts: str) -> tuple[ControlStep, ...]:
        return (self.step(EventName.ATTENTION, {"cause": cause, **facts}),)


_Taken = tuple[Card, tuple[ControlStep, ...]]


@clause("K-6.1", "K-6.2")
def due_steps(card: Card, now: datetime, city: City) -> _Taken:
    """Return the card after everything that is due by `now`, and the steps taken, earliest first.

    What a step sets off may be due already, and is then taken too.
    """
    steps: list[ControlStep] = []
    while due := _next(card, now, city):
        without = replace(card, timers=control.without(card.timers, due.name))
        card, taken = _STEPS[kind_of(due.name)](without, due)
        steps += taken
    return card, tuple(steps)


def wakes_at(card: Card) -> datetime | None:
    """Return the next instant at which something happens to a card by itself."""
    return min(card.timers.values(), default=None)


@clause("K-5.2.2", "KR-2.13", "KR-3.1")
def levels(city: City) -> tuple[str, ...]:
    """Return the roles of the heads that a broken extension goes up to, one level each."""
    return (FIRST_LEVEL, *city.ladder)


def _next(card: Card, now: datetime, city: City) -> _Due | None:
    run_out = [(at, name) for name, at in card.timers.items() if at <= now]
    if not run_out:
        return None
    at, name = min(run_out)
    return _Due(name, at, now, city)


def _warning(card: Card, due: _Due) -> _Taken:
    facts = {"due_at": card.due_at.isoformat(), "step": due.name}
    return card, (due.step(EventName.DEADLINE_WARNING, facts),)


def _overdue(card: Card, due: _Due) -> _Taken:
    """Tell the breach; that of a granted extension goes one level up the chain of heads."""
    late = due.step(EventName.OVERDUE, {"due_at": card.due_at.isoformat()}, public=True)
    if not card.extensions:
        return card, (late,)
    card, escalated = _escalated(card, due)
    return card, (late, *escalated)


@clause("K-5.2.2", "KR-2.13")
def _escalated(card: Card, due: _Due) -> _Taken:
    """Go one level up, once a level; from the highest there is nowhere to go."""
    roles = levels(due.city)
    level = card.escalation + 1
    if level > len(roles):
        return card, ()
    facts = {"level": str(level), "head": str(roles[level - 1]), "due_at": card.due_at.isoformat()}
    after = replace(card, escalation=level)
    if level < len(roles):
        following = timer_of_escalation(card, due.at, due.city)
        after = replace(after, timers={**after.timers, **following})
    return after, (due.step(EventName.ESCALATED, facts, public=True),)


def _unrouted(card: Card, due: _Due) -> _Taken:
    return card, due.attention("not_distributed" if due.city.law is Law.KR else "no_executor")


def _undecided(card: Card, due: _Due) -> _Taken:
    request = f"{card.number}.{due.name.rpartition('_')[2]}"
    return card, due.attention("request_undecided", request=request)


def _planned(card: Card, due: _Due) -> _Taken:
    """Remember a plan; of years that nobody looked there is one reminder, not one each."""
    edition, calendar = due.city.edition(card.edition), due.city.calendar
    following = timer_of_plan(due.at, edition, calendar)
    while following and following[control.PLAN_REMINDER] <= due.now:
        following = timer_of_plan(following[control.PLAN_REMINDER], edition, calendar)
    return replace(card, timers={**card.timers, **following}), due.attention("plan_waits")


def _fell_silent(card: Card, due: _Due) -> _Taken:
    """End a survey that nobody answered: never a confirmation."""
    taken = step(due.city.law, card.status, Action.FALL_SILENT, Role.SYSTEM)
    silent = due.step(EventName.UNCONFIRMED, public=True)
    missed = due.attention("survey_not_called") if card.call_at is not None else ()
    return moved(card, taken.target), (silent, *missed)


def _kept(card: Card, due: _Due) -> _Taken:
    (over,) = due.attention("keeping_over")
    return card, (replace(over, tell=False),)


def _settled(card: Card, due: _Due) -> _Taken:
    return card, (replace(due.step(EventName.JOINED_SETTLED), tell=False),)


def _calls(cause: str) -> "_Step":
    def attention(card: Card, due: _Due) -> _Taken:
        return card, due.attention(cause)

    return attention


_Step = Callable[[Card, _Due], _Taken]

_STEPS: Final[Mapping[str, _Step]] = {
    **dict.fromkeys(control.WARNINGS, _warning),
    control.OVERDUE: _overdue,
    control.ESCALATE: _escalated,
    control.ROUTE: _unrouted,
    control.ACCEPT: _calls("not_accepted"),
    control.ASSIGN: _calls("no_performer"),
    control.QUESTION: _calls("message_unanswered"),
    control.DECIDE: _undecided,
    control.PLAN_REMINDER: _planned,
    control.SURVEY_REMINDER: _calls("survey_unanswered"),
    control.SURVEY_CLOSES: _fell_silent,
    control.SETTLE_JOINED: _settled,
    control.KEEPING: _kept,
}
