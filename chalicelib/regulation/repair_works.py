"""What must be told of a repair work, when it moves by itself, and which appeals it is about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from chalicelib.domain.appeal import Place
from chalicelib.domain.city import City, Law
from chalicelib.domain.errors import Fault, InputRefused, RoleNotPermitted, RuleRefused
from chalicelib.domain.people import Actor
from chalicelib.domain.places import street_key
from chalicelib.domain.repair_work import (
    CAUSE_UNKNOWN,
    RepairWork,
    ToTell,
    WorkChange,
    WorkEvent,
    WorkKind,
    WorkStatus,
)
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.permissions import Deed, Scope, require
from chalicelib.regulation.typed_text import folded

FEATURE: Final = "repair_works"
"""The word by which a city's data say that its Regulation speaks of repair works."""

KNOWN_WORK: Final = "known_work"
"""The flag of a card about a known work, until an answer of that work has reached it."""

BEGINS, OVERDUE, TELL, ANSWER = "begins", "overdue", "tell", "answer"

TOLD: Final = frozenset(WorkEvent) - {WorkEvent.ANSWERED}
"""Changes that somebody is told of; an answer goes to the appeals themselves."""

TOLD_TO_STAFF: Final = frozenset({WorkEvent.OVERDUE})
"""Changes that the executor and the coordinator hear of, and not the subscribers."""

CURRENT: Final = frozenset({WorkStatus.PLANNED, WorkStatus.ACTIVE, WorkStatus.OVERDUE})

_REQUIRED: Final = ("summary", "cause", "consequences", "eta_at", "places")
_PARITIES: Final = {"odd": 1, "непарні": 1, "непарний": 1, "even": 0, "парні": 0, "парний": 0}
_RANGE: Final = re.compile(r"(\d+)\s*[-–—]\s*(\d+)(?:\s+(\w+))?")
_FIRST_NUMBER: Final = re.compile(r"\s*(\d+)")
_BEFORE_LETTER: Final = re.compile(r"[\s-]+(?=[^\W\d_]|$)|^\s+")


@clause("K-7")
def require_kept_here(city: City) -> None:
    """Check that the city's Regulation speaks of repair works. Raises RuleRefused.

    Where it does not, they are the matter of the city's own contact centre (KR-1.1).
    """
    if FEATURE not in city.features:
        clause_number = "K-7" if city.law is Law.K else "KR-1.1"
        raise RuleRefused(words="no-repair-works", clause=clause_number)


@clause("K-7")
def missing(told: Mapping[str, object], *, changing: bool = False) -> Iterator[Fault]:
    """Yield a fault for each of the four data, and for the place, that is not told.

    Args:
        told: what came, by field.
        changing: whether it changes a work that has them; then only an emptied one is a fault.
    """
    for field in _REQUIRED:
        value = told.get(field)
        empty = not value.strip() if isinstance(value, str) else not value
        if empty and (field in told or not changing):
            yield Fault(field, f"missing_{field}", clause="K-7")


@clause("K-7")
def faults_of_term(starts_at: datetime, eta_at: datetime, now: datetime) -> Iterator[Fault]:
    """Yield what is wrong with a term: it is over already, or before the works begin."""
    if eta_at <= now:
        yield Fault("eta_at", "in_the_past", clause="K-7")
    elif eta_at <= starts_at:
        yield Fault("eta_at", "ends_before_it_begins", clause="K-7")


def require_term(starts_at: datetime, eta_at: datetime, now: datetime) -> None:
    """Check a term. Raises InputRefused."""
    faults = tuple(faults_of_term(starts_at, eta_at, now))
    if faults:
        raise InputRefused(faults=faults)


@clause("K-7")
def cause_of(text: str) -> str:
    """Return the cause as it is kept: "not known yet" is one too, in one spelling."""
    return CAUSE_UNKNOWN if folded(text) == folded(CAUSE_UNKNOWN) else text


def kind_of(asked: WorkKind | None, starts_at: datetime, now: datetime) -> WorkKind:
    """Return what a work is where nobody said: planned if it is to begin later."""
    return asked or (WorkKind.PLANNED if starts_at > now else WorkKind.EMERGENCY)


def services_of(asked: tuple[str, ...], executor: str, city: City) -> tuple[str, ...]:
    """Return the groups of topics that a work touches: those named, or all of its executor.

    Raises InputRefused for a group that the classifier does not have.
    """
    known = {topic.group_code for topic in city.topics.values()}
    unknown = tuple(
        Fault(f"services.{at}", "unknown_service")
        for at, group in enumerate(asked)
        if group not in known
    )
    if unknown:
        raise InputRefused(faults=unknown)
    own = (topic.group_code for topic in city.topics.values() if topic.executor == executor)
    return tuple(dict.fromkeys(asked or own))


@clause("K-5.1.10")
def require_open(work: RepairWork) -> None:
    """Check that a work is not closed. Raises RuleRefused."""
    if work.closed_at is not None:
        raise RuleRefused(words="work-closed", clause="K-5.1.10")


@clause("K-5.1.10")
def require_own_work(actor: Actor, deed: Deed, executor: str) -> None:
    """Check that an actor may do a deed on the works of an executor. Raises RoleNotPermitted."""
    if require(actor, deed, clause="K-5.1.10") is Scope.ALL or actor.executor == executor:
        return
    raise RoleNotPermitted(
        clause="K-5.1.10", words="other-executors-work", role=actor.role, action=deed
    )


@clause("K-5.1.10", "K-6.1")
def timers_of_term(starts_at: datetime, eta_at: datetime, now: datetime) -> dict[str, datetime]:
    """Return when a work begins, unless it has, and when its term runs out."""
    begins = {BEGINS: starts_at} if starts_at > now else {}
    return {**begins, OVERDUE: eta_at}


def timers_of_nothing_due(timers: Mapping[str, datetime]) -> dict[str, datetime]:
    """Return the timers that do not follow from a term: what people are still to be told."""
    return {name: at for name, at in timers.items() if name in {TELL, ANSWER}}


@clause("K-7")
def to_be_told(telling: tuple[ToTell, ...], changes: Sequence[WorkChange]) -> tuple[ToTell, ...]:
    """Return what subscribers are to be told of when these changes more have happened at once.

    They are one message: the first of them that is told, for each shows the work as it stands.
    """
    told = next((change.seq for change in changes if change.event in TOLD), None)
    return telling if told is None else (*telling, ToTell(told))


@clause("K-7")
def is_still_told(work: RepairWork, change: WorkChange) -> bool:
    """Tell whether a change is still news: of a closed work only that it is closed."""
    return work.closed_at is None or change.event is WorkEvent.CLOSED


@clause("K-5.1.10", "K-6.1")
def due_steps(work: RepairWork, now: datetime) -> tuple[str, ...]:
    """Return the names of the timers that have run out by `now`, earliest first."""
    run_out = [(at, name) for name, at in work.timers.items() if at <= now]
    return tuple(name for _, name in sorted(run_out))


@clause("K-5.1.10", "K-7")
def concerns(work: RepairWork, place: Place, group: str | None) -> bool:
    """Tell whether a work is about a place, and about a group of topics where one is known.

    An appeal that names no building may be about any of its street.
    """
    of_group = group is None or not work.services or group in work.services
    return of_group and any(_covers(one, place) for one in work.places)


def _covers(one: Place, place: Place) -> bool:
    if not street_key(place) or street_key(one) != street_key(place):
        return False
    if not one.building or not place.building:
        return True
    return any(_holds(part, place.building) for part in re.split(r"[,;]", one.building))


def _holds(part: str, building: str) -> bool:
    if _house(part) == _house(building):
        return True
    bounds, number = _RANGE.fullmatch(part.strip()), _FIRST_NUMBER.match(building)
    if bounds is None or number is None:
        return False
    first, last, side = bounds.groups()
    parity = _PARITIES.get((side or "").lower())
    right_side = parity is None or int(number[1]) % 2 == parity
    return int(first) <= int(number[1]) <= int(last) and right_side


def _house(text: str) -> str:
    """Return a house number as it is compared: `12-А` and `12 а` are one house, `12/1` is not."""
    return _BEFORE_LETTER.sub("", text.casefold())
