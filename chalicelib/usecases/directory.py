"""Appoint, dismiss and replace the people of executors (K-5.1.1, KR-2.3, KR-2.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain.city import City, Executor, Person
from chalicelib.domain.directory import (
    Absence,
    Appointment,
    DirectoryChange,
    DirectoryEvent,
    Entries,
    Post,
)
from chalicelib.domain.errors import Fault, InputRefused, NotFound, RoleNotPermitted
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.appointments import (
    account_role,
    appointed,
    require_substitute,
)
from chalicelib.regulation.calendar import midnight_after, midnight_before
from chalicelib.regulation.permissions import Deed, Scope, require
from chalicelib.usecases.account_book import AccountBook
from chalicelib.usecases.ports import Appointments, Page


@dataclass(frozen=True, slots=True)
class Entering:
    """Who changes the directory now, and where it stands."""

    actor: Actor
    now: datetime
    city: City
    appointments: Appointments

    def entries(self) -> Entries:
        """Return what is entered, read afresh."""
        return self.appointments.entries(self.now, fresh=True)


@dataclass(frozen=True, slots=True)
class Standing:
    """The city as it stands, and what was entered to make it so."""

    city: City
    entries: Entries


@dataclass(frozen=True, slots=True)
class Named:
    """A person as the form names them; days are inclusive Kyiv dates, None leaves one open."""

    post: Post
    name: str
    phone: str | None = None
    email: str | None = None
    from_day: date | None = None
    until_day: date | None = None
    username: str | None = None


def appoint(
    entering: Entering, executor: str, person: str, named: Named, *, book: AccountBook
) -> Standing:
    """Appoint a person to a post of an executor, or change what is known of them (K-5.1.1).

    A username links the person's account, which then may do what the post may.

    Returns the city as it stands then. Raises NotFound, RoleNotPermitted, InputRefused (an
    unknown account, or somebody else's), ChangedMeanwhile, StoreAway.
    """
    entries, city = entering.entries(), entering.city
    before = entries.appointments.get(person)
    known = before or city.people.get(person)
    if known is not None and known.executor != executor:
        raise InputRefused(faults=(Fault("person", "other_executors_person"),))
    require_executor(city, executor)
    _require_may_appoint(entering.actor, executor, named.post, _post_of(known))
    from_at, until_at = _bounds(named.from_day, named.until_day, city)
    account = book.account(named.username, person, entering.now) if named.username else None
    entry = Appointment(
        person=person,
        executor=executor,
        post=named.post,
        name=named.name,
        phone=named.phone,
        email=named.email,
        from_at=from_at,
        until_at=until_at,
        account=account or (before.account if before else None),
        version=before.version + 1 if before else 1,
    )
    facts = {"post": str(named.post), "name": named.name}
    told = line(entering, DirectoryEvent.APPOINTED, executor, person, facts=facts)
    entering.appointments.enter(entry, told)
    return as_it_stands(entering)


def dismiss(
    entering: Entering, executor: str, person: str, reason: str, *, once: Once[Standing]
) -> Standing:
    """Take a person off their post; their account opens nothing within a minute.

    Raises NotFound, RoleNotPermitted, ChangedMeanwhile.
    """
    entries = entering.entries()
    standing = appointed(entering.city, entries, entering.now)
    known = _person(standing, person)
    before = entries.appointments.get(person)
    if known.executor != executor:
        raise NotFound(words="no-person")
    _require_may_appoint(entering.actor, executor, Post(known.role))
    entry = Appointment(
        person=person,
        executor=executor,
        post=Post(known.role),
        name=known.name,
        phone=known.phone,
        email=known.email,
        account=before.account if before else None,
        dismissed=True,
        version=before.version + 1 if before else 1,
    )
    told = line(entering, DirectoryEvent.DISMISSED, executor, person, reason)
    after = replace(entries, appointments={**entries.appointments, person: entry})
    result = Standing(appointed(entering.city, after, entering.now), after)
    entering.appointments.enter(entry, told, once=once.record(result))
    return result


def enter_absence(
    entering: Entering,
    person: str,
    *,
    substitute: str | None,
    from_day: date,
    until_day: date,
    reason: str,
) -> Standing:
    """Enter when a person is away and who acts instead, by the same role (K-5.1.1, KR-2.4).

    Raises NotFound, RoleNotPermitted, InputRefused, ChangedMeanwhile.
    """
    entries = entering.entries()
    standing = appointed(entering.city, entries, entering.now)
    away = _person(standing, person)
    _require_may_replace(entering.actor, away)
    require_substitute(standing, away, substitute)
    from_at, until_at = _bounds(from_day, until_day, entering.city)
    entry = Absence(
        person=person,
        from_at=from_at or entering.now,
        until_at=until_at or entering.now,
        substitute=substitute,
        version=_next_version(entries, person),
    )
    facts = {"from": from_day.isoformat(), "until": until_day.isoformat()}
    facts |= {"substitute": substitute} if substitute else {}
    event = DirectoryEvent.ABSENCE_ENTERED
    told = line(entering, event, away.executor or "", person, reason, facts=facts)
    entering.appointments.enter(entry, told, acts_as=_acts_as(away))
    return as_it_stands(entering)


def end_absence(entering: Entering, person: str) -> Standing:
    """End an absence now: the person is back.

    Raises NotFound, RoleNotPermitted, ChangedMeanwhile.
    """
    entries = entering.entries()
    standing = appointed(entering.city, entries, entering.now)
    away = _person(standing, person)
    _require_may_replace(entering.actor, away)
    absence = entries.absences.get(person)
    if absence is None or absence.until_at <= entering.now:
        raise NotFound(words="no-absence")
    until_at = max(entering.now, absence.from_at)
    entry = replace(absence, until_at=until_at, version=absence.version + 1)
    event = DirectoryEvent.ABSENCE_ENDED
    told = line(entering, event, away.executor or "", person)
    entering.appointments.enter(entry, told, acts_as=_acts_as(away))
    return as_it_stands(entering)


def changes(
    entering: Entering, executor: str, *, limit: int, cursor: str | None
) -> Page[DirectoryChange]:
    """Return who changed what of an executor, newest first. Raises NotFound, RoleNotPermitted."""
    require_executor(entering.city, executor)
    _require_reach(entering.actor, Deed.APPOINT, executor)
    return entering.appointments.changes(executor, limit=limit, cursor=cursor)


def require_executor(city: City, executor: str) -> Executor:
    """Return an executor of the city. Raises NotFound."""
    found = city.executors.get(executor)
    if found is None:
        raise NotFound(words="no-executor")
    return found


def _person(city: City, person: str) -> Person:
    found = city.people.get(person)
    if found is None:
        raise NotFound(words="no-person")
    return found


def _require_reach(actor: Actor, deed: Deed, executor: str | None) -> None:
    own = require(actor, deed) is Scope.OWN_EXECUTOR
    if own and (actor.executor is None or executor != actor.executor):
        raise NotFound(words="no-executor")


def _require_may_appoint(actor: Actor, executor: str, *posts: Post | None) -> None:
    """A head appoints performers of the own executor; everybody else is the admin's to appoint."""
    _require_reach(actor, Deed.APPOINT, executor)
    above = {post for post in posts if post is not None} - {Post.PERFORMER}
    if above and actor.role is not Role.ADMIN:
        raise RoleNotPermitted(role=actor.role, action=Deed.APPOINT)


def _require_may_replace(actor: Actor, person: Person) -> None:
    post = _post_of(person)
    if person.executor is None or post is None:
        if actor.role is not Role.ADMIN:
            raise RoleNotPermitted(role=actor.role, action=Deed.APPOINT)
        return
    _require_may_appoint(actor, person.executor, post)


def _post_of(known: Appointment | Person | None) -> Post | None:
    if isinstance(known, Appointment):
        return known.post
    return Post(known.role) if known is not None and known.role in set(Post) else None


def _acts_as(away: Person) -> Role:
    post = _post_of(away)
    return account_role(post) if post else Role(away.role)


def _next_version(entries: Entries, person: str) -> int:
    before = entries.absences.get(person)
    return before.version + 1 if before else 1


def _bounds(
    from_day: date | None, until_day: date | None, city: City
) -> tuple[datetime | None, datetime | None]:
    if from_day is not None and until_day is not None and until_day < from_day:
        raise InputRefused(faults=(Fault("until", "ends_before_it_begins"),))
    return (
        midnight_before(from_day, city.calendar) if from_day else None,
        midnight_after(until_day, city.calendar) if until_day else None,
    )


def line(
    entering: Entering,
    event: DirectoryEvent,
    executor: str,
    about: str,
    reason: str = "",
    *,
    facts: Mapping[str, str] | None = None,
) -> DirectoryChange:
    """Return the line of history that goes with a change."""
    actor = entering.actor
    return DirectoryChange(
        at=entering.now,
        event=event,
        executor=executor,
        about=about,
        by=actor.person_id,
        by_name=actor.name,
        reason=reason,
        facts=facts or {},
    )


def as_it_stands(entering: Entering) -> Standing:
    """Return the city with everything entered, read afresh."""
    entries = entering.entries()
    return Standing(appointed(entering.city, entries, entering.now), entries)
