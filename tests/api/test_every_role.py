"""Every route of staff as every role: on an own object, on another's, on one that is not there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pytest

import app as entry
from chalicelib import wiring
from chalicelib.domain.card import CardFile
from chalicelib.domain.city import Law
from chalicelib.domain.directory import Entries
from chalicelib.domain.people import EXECUTOR_ROLES, Role
from chalicelib.domain.repair_work import WorkFile, WorkWriting
from tests.api.permitted import BODIES, DEED_OF, OF_EVERYBODY_SIGNED_IN, roles_of
from tests.door import Reply
from tests.fake_door import FakeDoor, fake_door
from tests.fakes import FakeRepairWorks
from tests.requests import an_appeal_body
from tests.works import a_change, a_work, work_id_of

STAFF: Final = [
    f"{method} {declared.path}"
    for declared in entry.app.declared
    for method in declared.methods
    if not declared.public
]
OF_OBJECTS: Final = [route for route in STAFF if "{" in route]
NOWHERE: Final = {
    "number": "2026-000999-1",
    "request_id": "2026-000999-1.r1",
    "executor": "nobody",
    "person": "nobody",
    "phone": "12",
    "letter": "nothing",
    "notice": "nothing",
    "year": "12",
    "work_id": "rw-0000000000f9",
    "receipt": "nothing",
}
IN_ANOTHER_STATE: Final = {
    "DELETE /blocks/{phone}",
    "DELETE /cards/{number}/hold",
    "DELETE /executors/{executor}/suspension",
    "DELETE /executors/{executor}/webhook",
    "DELETE /people/{person}/absence",
    "GET /cards/{number}/outside-link",
    "GET /executors/{executor}/webhook",
    "GET /letters/{letter}/file",
    "POST /cards/{number}/notices/{notice}/again",
    "POST /cards/{number}/notices/{notice}/posted",
    "POST /letters/{letter}/settlement",
    "POST /blocks/{phone}/confirmation",
    "POST /cards/{number}/recording",
    "POST /cards/{number}/survey",
    "POST /quarantine/{receipt}/decision",
    "POST /requests/{request_id}/acknowledgement",
    "POST /requests/{request_id}/decision",
}
"""What is open only in a state that the two cards are not in; the journeys go there."""

PLACE: Final = {"street": "вулиця Невідома", "building": "1"}


@dataclass
class Town:
    """A city with a card of an own executor and one of another's, each with a request."""

    city: str
    law: Law
    own: str
    other: str
    own_topic: str
    other_topic: str
    door: FakeDoor = field(init=False)
    files: dict[str, CardFile] = field(init=False)
    works: dict[str, WorkFile] = field(init=False)
    objects: dict[str, dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        """File the two cards and bring them to their executors."""
        self.door = fake_door(self.city)
        topics = ((self.own, self.own_topic), (self.other, self.other_topic))
        self.objects = {who: self._objects(who, topic) for who, topic in topics}
        self.files = self.door.stored()
        self.works = dict(self.door.centre.works.files)  # type: ignore[attr-defined]

    def person(self, role: Role) -> str:
        """Return the person who acts by a role: of the own executor, or of the centre."""
        word = role.replace("_", "-")
        if role is Role.PERFORMER:
            return f"{self.own}-performer-1"
        return f"{self.own}-{word}" if role in EXECUTOR_ROLES else f"{word}-1"

    def roles(self) -> Iterator[Role]:
        """Yield the roles that the city has people of."""
        people = self.door.centre.city.people
        yield from (role for role in Role if any(p.role == role for p in people.values()))

    def call(self, route: str, values: dict[str, str], role: Role | None) -> Reply:
        """Call a route on an object as a role, with a right body and version."""
        method, path = route.split(" ")
        headers = {"If-Match": f'"{self.version(values)}"'} if "/cards/" in path else {}
        url = path.format_map(values) + ("?from=2026-03-01&to=2026-03-31" * ("/reports/" in path))
        by = None if role is None else self.person(role)
        return self.door.call(method, url, self.body_of(route), by=by, headers=headers)

    def body_of(self, route: str) -> dict[str, Any] | None:
        """Return a right body of a route; None where it takes none."""
        method, word = route.partition(" ")[0], route.rpartition("/")[2]
        if method in {"GET", "DELETE"}:
            return None
        made = {
            "appeals": {**an_appeal_body(topic=self.own_topic, place=PLACE), "channel": "phone"},
            "join": {"to": self.objects[self.other]["number"]},
            "route": {"executor": self.own, "reason": "За Класифікатором"},
            "split": {"parts": [{"text": "Раз", "topic": self.own_topic},
                                {"text": "Два", "topic": self.other_topic}]},
        }  # fmt: skip
        return made.get(word) or BODIES.get("people" if "{person}" in word else word, {})

    def version(self, values: dict[str, str]) -> int:
        """Return the version of a card, 1 of one that is not there."""
        file = self.files.get(values["number"])
        return file.card.version if file else 1

    def put_back(self) -> None:
        """Forget what a call has changed."""
        self.door.shelf.files.clear()
        self.door.shelf.files.update(self.files)
        self.door.centre.appointments._entries = Entries()  # type: ignore[attr-defined]
        self.door.centre.works.files = dict(self.works)  # type: ignore[attr-defined]
        self.door.centre.messages.take_down()

    def is_as_it_was(self) -> bool:
        """Tell whether no card and no work has changed."""
        works: FakeRepairWorks = self.door.centre.works  # type: ignore[assignment]
        return self.door.stored() == self.files and works.files == self.works

    def _objects(self, executor: str, topic: str) -> dict[str, str]:
        filed = self.door.post("/appeals", an_appeal_body(topic=topic, place=PLACE))
        assert filed.status == 201, filed.text
        number = filed.json["number"]
        if self.law is Law.KR:
            sending = {"executor": executor, "reason": "За Класифікатором"}
            assert self.door.act(number, "route", sending, by="clerk-1").status == 200
        extension = BODIES["requests"]
        self.door.act(number, "requests", extension, by=f"{executor}-responsible")
        return {
            "number": number,
            "request_id": f"{number}.r1",
            "executor": executor,
            "person": f"{executor}-performer-1",
            "phone": "+380670000009",
            "letter": "nothing",
            "notice": "nothing",
            "year": "2020",
            "work_id": self._work(executor),
            "receipt": "q-none.00000000000000000000000000",
        }

    def _work(self, executor: str) -> str:
        """Leave a work of an executor, as if the city had kept works before."""
        made = a_work(id=work_id_of(sum(executor.encode())), executor=executor)
        self.door.centre.works.save(WorkWriting(None, made, (a_change(),)))
        return made.id


TOWNS: Final[dict[str, Callable[[], Town]]] = {
    "K": lambda: Town("khmelnytskyi", Law.K, "svitlo", "vodokanal", "LI-01", "WA-02"),
    "KR": lambda: Town("kryvyi-rih", Law.KR, "zhytlo", "dorohy", "HS-01", "RD-01"),
}


@pytest.fixture(scope="module", params=TOWNS)
def _town(request: pytest.FixtureRequest) -> Iterator[Town]:
    yield TOWNS[request.param]()
    wiring.use(None)


@pytest.fixture
def town(_town: Town) -> Town:
    """A city as it was, whatever was called before."""
    wiring.use(_town.door.centre)
    _town.put_back()
    return _town


def is_closed_to(town: Town, route: str, role: Role) -> bool:
    """Tell whether neither table opens a route to a role."""
    return route not in OF_EVERYBODY_SIGNED_IN and role not in roles_of(route, town.law)


def test_every_route_of_staff_is_a_deed_or_a_step() -> None:
    assert set(DEED_OF) <= set(STAFF)
    for route in set(STAFF) - set(DEED_OF) - OF_EVERYBODY_SIGNED_IN:
        assert roles_of(route, Law.K) | roles_of(route, Law.KR), route


@pytest.mark.parametrize("route", STAFF)
class TestEveryRoute:
    """What the tables do not open stays shut, and nothing is written."""

    def test_nobody_gets_in_without_a_token(self, town: Town, route: str) -> None:
        assert town.call(route, town.objects[town.own], None).status == 401

    def test_a_role_that_no_table_names_changes_nothing(self, town: Town, route: str) -> None:
        for role in town.roles():
            if is_closed_to(town, route, role):
                reply = town.call(route, town.objects[town.own], role)
                assert reply.status in {403, 404, 409}, (role, reply.text)
                assert town.is_as_it_was(), role
                assert town.door.centre.appointments.entries(town.door.clock()).nothing


@pytest.mark.parametrize("route", OF_OBJECTS)
class TestObjects:
    """Another's object looks as one that is not there."""

    def test_another_executors_is_out_of_sight(self, town: Town, route: str) -> None:
        for role in set(town.roles()) & EXECUTOR_ROLES:
            reply = town.call(route, town.objects[town.other], role)
            assert reply.status in {403, 404}, (role, reply.text)
            assert town.is_as_it_was(), role

    def test_what_is_not_there_is_not_found(self, town: Town, route: str) -> None:
        for role in town.roles():
            if not is_closed_to(town, route, role):
                reply = town.call(route, NOWHERE, role)
                assert reply.status in {403, 404}, (role, reply.text)
            town.put_back()


@pytest.mark.parametrize("route", sorted(set(DEED_OF) - IN_ANOTHER_STATE))
def test_what_the_table_opens_is_open(town: Town, route: str) -> None:
    opened = False
    for role in town.roles():
        if not is_closed_to(town, route, role):
            reply = town.call(route, town.objects[town.own], role)
            opened |= reply.status not in {401, 403, 404}
            town.put_back()
    assert opened
