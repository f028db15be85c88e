"""Which people the table's words mean on one card: by post, with substitutes of the absent."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from chalicelib.domain.appeal import ReplyChannel
from chalicelib.domain.city import City, Executor, Law, Person
from chalicelib.domain.executor_request import ExecutorRequest
from chalicelib.domain.notice import Audience
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.appointments import responsible_people
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.complaints import may_go_to
from chalicelib.regulation.notices import Telling, Whom


class Addressee(NamedTuple):
    """One who is told: as whom, and by which id; empty for the applicant and the centre."""

    audience: Audience
    to: str = ""


AUDIENCE_OF_ROLE: Final[Mapping[str, Audience]] = {
    Role.HEAD: Audience.HEAD,
    Role.NEXT_HEAD: Audience.NEXT_HEAD,
    Role.ADMIN: Audience.ADMIN,
    Role.COORDINATOR: Audience.COORDINATOR,
    Role.CLERK: Audience.CLERK,
}
"""As whom people of a role are told."""

_ROLE_OF: Final = {Law.K: Role.COORDINATOR, Law.KR: Role.CLERK}


@clause("K-5.1.1", "KR-2.3")
def addressees(whom: Whom, telling: Telling) -> tuple[Addressee, ...]:
    """Return who is told, each once; nobody is told of what they did themselves."""
    found = dict.fromkeys(_FINDERS[whom](telling))
    by = telling.event.by
    return tuple(one for one in found if not _did_it(telling.city.people.get(one.to), by))


def acting(people: Iterable[Person], city: City) -> Iterator[Person]:
    """Yield those who are present, and the substitutes of those who are away."""
    for person in people:
        instead = city.people.get(person.substitute or "") if person.absent else person
        if instead is not None and not instead.absent:
            yield instead


def answering_for(city: City, executor: Executor) -> tuple[Person, ...]:
    """Return who is told of an executor's work: its deputies only where nobody else is there."""
    first = tuple(acting(_holding(executor, Role.RESPONSIBLE), city))
    return first or responsible_people(city, executor)


def _did_it(person: Person | None, by: Actor) -> bool:
    """The history keeps accounts, not the city's ids: a name and an executor tell the person."""
    return person is not None and (person.name, person.executor) == (by.name, by.executor)


def _applicant(telling: Telling) -> Iterator[Addressee]:
    if telling.file.appeal.reply_channel is not ReplyChannel.NONE:
        yield Addressee(Audience.APPLICANT)


def _centre(telling: Telling) -> Iterator[Addressee]:
    centre = telling.city.centre
    if centre is not None and centre.official_mail:
        yield Addressee(Audience.CENTRE)


def _desk(telling: Telling) -> Iterator[Addressee]:
    return _of_role(telling.city, _ROLE_OF[telling.city.law])


def _signatory(telling: Telling) -> Iterator[Addressee]:
    person = telling.city.people.get(telling.file.card.signatory or "")
    for one in acting([person] if person else [], telling.city):
        yield Addressee(Audience.SIGNATORY, one.id)


def _responsible(telling: Telling) -> Iterator[Addressee]:
    return _of_executor(telling.city, telling.file.card.executor)


def _asker(telling: Telling) -> Iterator[Addressee]:
    request = _request(telling)
    return _of_executor(telling.city, request.executor if request else telling.file.card.executor)


def _co_executor(telling: Telling) -> Iterator[Addressee]:
    named = telling.event.facts.get("executor")
    return _of_executor(telling.city, named, Audience.CO_EXECUTOR)


def _performer(telling: Telling) -> Iterator[Addressee]:
    person = telling.city.people.get(telling.file.card.performer or "")
    for one in acting([person] if person else [], telling.city):
        yield Addressee(Audience.PERFORMER, one.id)


def _head(telling: Telling) -> Iterator[Addressee]:
    return _of_post(telling, Role.HEAD)


def _decider(telling: Telling) -> Iterator[Addressee]:
    """Return who decides a request, or the head who has to know of it first."""
    request = _request(telling)
    if request is not None and request.level and request.acknowledged_at is None:
        yield from _of_head(telling, telling.city.ladder[request.level - 1])
    elif telling.city.law is Law.KR:
        yield from _of_post(telling, Role.HEAD)
    else:
        yield from _desk(telling)


def _higher(telling: Telling) -> Iterator[Addressee]:
    return _of_head(telling, telling.event.facts.get("head", Role.HEAD))


def _duty(telling: Telling) -> Iterator[Addressee]:
    """Return the duty service of the executor, or of the one that the card would go to."""
    city, card = telling.city, telling.file.card
    topic = city.topics.get(card.topic)
    named = card.executor or (topic.executor if topic else None)
    told = any(
        notice.audience is Audience.DUTY and notice.to == named for notice in telling.file.notices
    )
    if named and named in city.executors and not told and may_go_to(named, telling.file.appeal):
        yield Addressee(Audience.DUTY, named)


def _system(telling: Telling) -> Iterator[Addressee]:
    card = telling.file.card
    for executor in (card.executor, *card.co_executors):
        if executor:
            yield Addressee(Audience.SYSTEM, executor)


def _of_executor(
    city: City, executor_id: str | None, audience: Audience = Audience.RESPONSIBLE
) -> Iterator[Addressee]:
    """Yield those who answer for an executor's work, or its mail box where nobody does."""
    executor = city.executors.get(executor_id or "")
    if executor is None:
        return
    people = answering_for(city, executor)
    for person in people:
        yield Addressee(audience, person.id)
    if not people:
        yield Addressee(audience, executor.id)


def _of_post(telling: Telling, role: str) -> Iterator[Addressee]:
    executor = telling.city.executors.get(telling.file.card.executor or "")
    for person in acting(_holding(executor, role), telling.city):
        yield Addressee(AUDIENCE_OF_ROLE[role], person.id)


def _of_head(telling: Telling, role: str) -> Iterator[Addressee]:
    """Yield the heads of a role: the executor's own, or those above all executors."""
    yield from list(_of_post(telling, role)) or list(_of_role(telling.city, role))


def _of_role(city: City, role: str) -> Iterator[Addressee]:
    """Yield the people of the centre or the committee who have a role."""
    own = [person for person in city.people.values() if person.role == role]
    for person in acting((person for person in own if person.executor is None), city):
        yield Addressee(AUDIENCE_OF_ROLE[role], person.id)


def _holding(executor: Executor | None, role: str) -> list[Person]:
    return [person for person in executor.people if person.role == role] if executor else []


def _request(telling: Telling) -> ExecutorRequest | None:
    named = telling.event.facts.get("request")
    return next((one for one in telling.file.requests if one.id == named), None)


_FINDERS: Final[Mapping[Whom, Callable[[Telling], Iterator[Addressee]]]] = {
    Whom.APPLICANT: _applicant,
    Whom.CENTRE: _centre,
    Whom.DESK: _desk,
    Whom.SIGNATORY: _signatory,
    Whom.RESPONSIBLE: _responsible,
    Whom.ASKER: _asker,
    Whom.PERFORMER: _performer,
    Whom.HEAD: _head,
    Whom.DECIDER: _decider,
    Whom.HIGHER: _higher,
    Whom.CO_EXECUTOR: _co_executor,
    Whom.DUTY: _duty,
    Whom.SYSTEM: _system,
}
