"""Who holds which post at an executor, and whether the executor may receive cards (K-5.1.1)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from chalicelib.domain.city import City, Executor, Law, Person
from chalicelib.domain.directory import Absence, Appointment, Entries, Post
from chalicelib.domain.errors import Fault, InputRefused, RuleRefused
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.clauses import clause

RESPONSIBLE_POSTS = frozenset({Post.RESPONSIBLE, Post.DEPUTY})
"""Posts whose holder answers for the work in the system; the deputy acts as the first does."""


def appointed(city: City, entries: Entries, now: datetime) -> City:
    """Return the city as it stands at `now`: what was entered stands over the city's data."""
    if entries.nothing:
        return city
    people = {person.id: person for person in city.people.values()}
    for appointment in entries.appointments.values():
        people.pop(appointment.person, None)
        if _holds(appointment, now):
            people[appointment.person] = _person(appointment, city.people.get(appointment.person))
    for absence in entries.absences.values():
        if absence.person in people and is_away(absence, now):
            away = people[absence.person]
            instead = absence.substitute or away.substitute
            people[away.id] = replace(away, absent=True, substitute=instead)
    executors = {e.id: _executor(e, people.values(), entries) for e in city.executors.values()}
    return replace(city, people=MappingProxyType(people), executors=MappingProxyType(executors))


def is_away(absence: Absence, now: datetime) -> bool:
    """Tell whether a person is away at `now`."""
    return absence.from_at <= now < absence.until_at


@clause("K-5.1.1", "KR-2.3")
def responsible_people(city: City, executor: Executor) -> tuple[Person, ...]:
    """Return who answers now for an executor's work: those present, and substitutes of the away."""
    acting = []
    for person in executor.people:
        if person.role in RESPONSIBLE_POSTS:
            instead = city.people.get(person.substitute or "") if person.absent else person
            if instead is not None and not instead.absent:
                acting.append(instead)
    return tuple(dict.fromkeys(acting))


def receives(city: City, executor_id: str) -> bool:
    """Tell whether cards may be sent to an executor now."""
    executor = city.executors.get(executor_id)
    if executor is None or executor.suspended:
        return False
    return bool(responsible_people(city, executor))


@clause("K-1.4", "K-5.1.1", "KR-2.2", "KR-2.3")
def require_receives(city: City, executor_id: str) -> None:
    """Check that cards may be sent to an executor now.

    Raises RuleRefused for one that is suspended, or has nobody who answers for its work.
    """
    executor = city.executors[executor_id]
    if executor.suspended:
        raise RuleRefused(words="executor-suspended", clause=registered_by(city.law))
    if not responsible_people(city, executor):
        raise RuleRefused(words="nobody-responsible", clause=answered_by(city.law))


def registered_by(law: Law) -> str:
    """Return the clause under which executors stand in the system."""
    return "K-1.4" if law is Law.K else "KR-2.2"


def answered_by(law: Law) -> str:
    """Return the clause under which an executor has a person who answers for its work."""
    return "K-5.1.1" if law is Law.K else "KR-2.3"


@clause("K-1.4", "KR-2.2")
def require_no_open_cards(numbers: Iterable[str], law: Law) -> None:
    """Check that nothing is left with an executor to be suspended. Raises RuleRefused."""
    first = next(iter(numbers), None)
    if first is not None:
        raise RuleRefused(words="cards-left", clause=registered_by(law), number=first)


def require_substitute(city: City, absent: Person, substitute: str | None) -> None:
    """Check that a substitute is another person of the same executor, or also of the centre.

    Raises InputRefused.
    """
    if substitute is None:
        return
    instead = city.people.get(substitute)
    if instead is None or instead.id == absent.id:
        raise InputRefused(faults=(Fault("substitute", "unknown_person"),))
    if instead.executor != absent.executor:
        raise InputRefused(faults=(Fault("substitute", "other_executors_person"),))


def account_role(post: Post) -> Role:
    """Return by which role a post acts in the system: a deputy acts as the responsible person."""
    return Role.RESPONSIBLE if post is Post.DEPUTY else Role(post)


def actor_of(appointment: Appointment) -> Actor:
    """Return who an appointed person's account stands for."""
    return Actor(
        subject=appointment.account or "",
        role=account_role(appointment.post),
        name=appointment.name,
        executor=appointment.executor,
        person=appointment.person,
    )


def _holds(appointment: Appointment, now: datetime) -> bool:
    began = appointment.from_at is None or appointment.from_at <= now
    lasts = appointment.until_at is None or now < appointment.until_at
    return began and lasts and not appointment.dismissed


def _person(appointment: Appointment, known: Person | None) -> Person:
    return Person(
        id=appointment.person,
        name=appointment.name,
        role=appointment.post,
        executor=appointment.executor,
        phone=appointment.phone,
        email=appointment.email,
        substitute=known.substitute if known else None,
    )


def _executor(executor: Executor, people: Iterable[Person], entries: Entries) -> Executor:
    suspension = entries.suspensions.get(executor.id)
    return replace(
        executor,
        people=tuple(person for person in people if person.executor == executor.id),
        suspended=suspension is not None and not suspension.lifted,
    )
