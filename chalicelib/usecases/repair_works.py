"""Publish repair works, keep what is told of them true, and close them (K-5.1.10, K-7)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.appeal import Place
from chalicelib.domain.card import Card
from chalicelib.domain.city import City, Topic
from chalicelib.domain.errors import InputRefused, RoleNotPermitted, StoreAway
from chalicelib.domain.places import street_key
from chalicelib.domain.repair_work import (
    RepairWork,
    WorkEvent,
    WorkFile,
    WorkKind,
)
from chalicelib.regulation.permissions import Deed, require
from chalicelib.regulation.repair_works import (
    BEGINS,
    FEATURE,
    KNOWN_WORK,
    OVERDUE,
    cause_of,
    concerns,
    kind_of,
    missing,
    require_kept_here,
    require_open,
    require_term,
    services_of,
    timers_of_nothing_due,
    timers_of_term,
)
from chalicelib.regulation.street_search import resolve
from chalicelib.usecases.ports import Start
from chalicelib.usecases.work_ports import RepairWorks
from chalicelib.usecases.work_writing import Keeping, WorkNote, changed, keep, saved

MOST_KNOWN = 5
"""How many works one appeal is told of."""
MOST_LINKED = 3
"""How many of them its card keeps, which has to stay within one kilobyte."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an executor tells of a work; None leaves what stands as it is.

    Attributes:
        reason: why the term moved, told to residents with the new one.
    """

    summary: str | None = None
    cause: str | None = None
    consequences: str | None = None
    eta_at: datetime | None = None
    starts_at: datetime | None = None
    places: tuple[Place, ...] | None = None
    services: tuple[str, ...] | None = None
    kind: WorkKind | None = None
    reason: str = ""


def register(told: Told, keeping: Keeping, *, works: RepairWorks) -> WorkFile:
    """Publish a work under the id that `keeping` names.

    Raises RoleNotPermitted, RuleRefused (no repair works in this city), InputRefused with every
    one of the four data that is missing.
    """
    now, city, executor = keeping.now, keeping.city, _own_executor(keeping)
    require_kept_here(city)
    faults = tuple(missing(_named(told)))
    if faults or told.eta_at is None:
        raise InputRefused(faults=faults)
    starts_at = told.starts_at or now
    require_term(starts_at, told.eta_at, now)
    work = RepairWork(
        id=keeping.work_id,
        executor=executor,
        kind=kind_of(told.kind, starts_at, now),
        summary=told.summary or "",
        cause=cause_of(told.cause or ""),
        consequences=told.consequences or "",
        starts_at=starts_at,
        eta_at=told.eta_at,
        places=_bound(told.places or (), city),
        services=services_of(told.services or (), executor, city),
        registered_at=now,
        timers=timers_of_term(starts_at, told.eta_at, now),
    )
    note = WorkNote(WorkEvent.REGISTERED, facts={"eta_at": told.eta_at.isoformat()})
    writing = changed(None, work, now, keeping.actor, note)
    return saved(writing, (), keeping, works)


def change(told: Told, keeping: Keeping, *, works: RepairWorks) -> WorkFile:
    """Change what is told of a work; a new term is kept beside the old one, and told (K-7).

    Raises NotFound, RoleNotPermitted, RuleRefused (closed), InputRefused, VersionStale,
    ChangedMeanwhile.
    """
    faults = tuple(missing(_named(told), changing=True))
    if faults:
        raise InputRefused(faults=faults)

    def write(work: RepairWork) -> tuple[RepairWork, tuple[WorkNote, ...]]:
        require_open(work)
        after = _retold(work, told, keeping)
        return after, _notes_of(work, after, told)

    return keep(keeping, write, works)


def close(text: str, keeping: Keeping, *, works: RepairWorks) -> WorkFile:
    """Close a work on the fact of its end; its timers end with it (K-5.1.10).

    Raises NotFound, RoleNotPermitted, RuleRefused (closed already), VersionStale,
    ChangedMeanwhile.
    """

    def write(work: RepairWork) -> tuple[RepairWork, tuple[WorkNote, ...]]:
        require_open(work)
        timers = timers_of_nothing_due(work.timers)
        after = replace(work, closed_at=keeping.now, result=text, timers=timers)
        in_time = "yes" if keeping.now <= work.eta_at else "no"
        return after, (WorkNote(WorkEvent.CLOSED, text, {"in_time": in_time}),)

    return keep(keeping, write, works)


def known_soon(
    place: Place, topic: Topic | None, *, city: City, works: RepairWorks, start: Start
) -> Callable[[], tuple[RepairWork, ...]]:
    """Start asking which works are known at a place, and return what waits for them.

    A city that keeps no works is asked nothing.
    """
    if FEATURE not in city.features:
        return tuple
    return start(lambda: known_at(place, topic, city=city, works=works))


def known_at(
    place: Place, topic: Topic | None, *, city: City, works: RepairWorks
) -> tuple[RepairWork, ...]:
    """Return the works that are known at a place and touch a topic's group.

    Nobody's appeal waits for this: where the database does not answer, nothing is known.
    """
    found_place = bound(place, city)
    key = street_key(found_place)
    if FEATURE not in city.features or not key:
        return ()
    try:
        found = works.in_street(key)
    except StoreAway:
        return ()
    group = topic.group_code if topic else None
    return tuple(work for work in found if concerns(work, found_place, group))[:MOST_KNOWN]


def linked_to(card: Card, works: tuple[RepairWork, ...]) -> Card:
    """Return a new card with the works that were known at its place (K-5.1.10)."""
    if not works:
        return card
    ids = tuple(work.id for work in works[:MOST_LINKED])
    return replace(card, works=ids, flags=card.flags | {KNOWN_WORK})


def bound(place: Place, city: City) -> Place:
    """Return a place with its street as the registry names it, where the registry knows it."""
    street = resolve(city, place.street, place.building)
    if street is None:
        return place
    return replace(place, street=f"{street.kind} {street.name.uk}", street_id=street.id)


def _own_executor(keeping: Keeping) -> str:
    require(keeping.actor, Deed.KEEP_WORKS, clause="K-5.1.10")
    if keeping.actor.executor is None:
        raise RoleNotPermitted(clause="K-5.1.10", role=keeping.actor.role, action=Deed.KEEP_WORKS)
    return keeping.actor.executor


def _named(told: Told) -> dict[str, object]:
    """Return what was told by field, without what was not."""
    fields = ("summary", "cause", "consequences", "eta_at", "places")
    return {name: value for name in fields if (value := getattr(told, name)) is not None}


def _retold(work: RepairWork, told: Told, keeping: Keeping) -> RepairWork:
    now, city = keeping.now, keeping.city
    starts_at = told.starts_at or work.starts_at
    eta_at = told.eta_at or work.eta_at
    if (starts_at, eta_at) != (work.starts_at, work.eta_at):
        require_term(starts_at, eta_at, now)
    services = work.services
    if told.services is not None:
        services = services_of(told.services, work.executor, city)
    return replace(
        work,
        kind=told.kind or work.kind,
        summary=told.summary or work.summary,
        cause=cause_of(told.cause) if told.cause else work.cause,
        consequences=told.consequences or work.consequences,
        starts_at=starts_at,
        eta_at=eta_at,
        places=work.places if told.places is None else _bound(told.places, city),
        services=services,
        timers=_timers(work, starts_at, eta_at, now),
    )


def _timers(
    work: RepairWork, starts_at: datetime, eta_at: datetime, now: datetime
) -> dict[str, datetime]:
    """Return the timers of a changed term; what has happened by an unchanged instant stays so."""
    timers = dict(work.timers)
    fresh = timers_of_term(starts_at, eta_at, now)
    for name, moved in ((BEGINS, starts_at != work.starts_at), (OVERDUE, eta_at != work.eta_at)):
        if moved:
            timers.pop(name, None)
            timers |= {name: fresh[name]} if name in fresh else {}
    return timers


def _notes_of(work: RepairWork, after: RepairWork, told: Told) -> tuple[WorkNote, ...]:
    """Return what has changed: the term with its old end, and the rest as one change."""
    notes = []
    if after.eta_at != work.eta_at:
        facts = {"was_eta_at": work.eta_at.isoformat(), "eta_at": after.eta_at.isoformat()}
        notes.append(WorkNote(WorkEvent.TERM_CHANGED, told.reason, facts))
    same_term = replace(after, eta_at=work.eta_at, timers=work.timers)
    if same_term != work:
        notes.append(WorkNote(WorkEvent.CHANGED, "" if notes else told.reason))
    return tuple(notes)


def _bound(places: tuple[Place, ...], city: City) -> tuple[Place, ...]:
    return tuple(dict.fromkeys(bound(place, city) for place in places))
