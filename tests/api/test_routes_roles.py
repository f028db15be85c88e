"""Role × route × own, foreign and absent card: who is answered, who is refused by which clause.

What is expected stands here a second time, not read from the tables it checks.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import pytest

from chalicelib.domain.people import Actor, Role
from chalicelib.store.directory import DirectoryStore
from tests.api.cases import (
    ABSENT,
    APPROVED,
    CLOSURE,
    EXPLAINED,
    PERFORMER,
    accepted,
    asked,
    closed,
    in_work,
    kept,
    kind_of,
    reported,
    sent,
    unrouted,
    without_a_trace,
)
from tests.aws.tables import snapshot
from tests.door import Door, Reply
from tests.requests import an_appeal_body

UNIT: Final = frozenset({Role.RESPONSIBLE, Role.HEAD, Role.PERFORMER})
IN_CHARGE: Final = frozenset({Role.RESPONSIBLE, Role.HEAD})
CENTRE: Final = frozenset({Role.OPERATOR, Role.COORDINATOR})
STAFF: Final = frozenset(Role) - {Role.APPLICANT, Role.SYSTEM}
OF_AN_EXECUTOR: Final = UNIT | {Role.NEXT_HEAD}

PHOTO: Final = {"content_type": "image/jpeg", "size_bytes": 9}
PEOPLE: Final = {
    Role.OPERATOR: "operator-1",
    Role.COORDINATOR: "coordinator-1",
    Role.ADMIN: "admin-1",
    Role.RESPONSIBLE: "svitlo-responsible",
    Role.HEAD: "svitlo-head",
    Role.NEXT_HEAD: "svitlo-next-head",
    Role.PERFORMER: PERFORMER,
    Role.CLERK: "clerk-of-the-tests",
    Role.SIGNATORY: "signatory-of-the-tests",
}


class Deed(NamedTuple):
    """One route about a card: the stage it needs, its body, who may, and what refuses others."""

    stage: Callable[[Door], str]
    body: dict[str, Any] | None
    may: frozenset[Role]
    clause: str | None = None


DEEDS: Final = {
    "": Deed(sent, None, STAFF),
    "open-contacts": Deed(sent, {}, UNIT | CENTRE | {Role.ADMIN, Role.CLERK}),
    "comment": Deed(sent, {"text": "Їдемо"}, STAFF - {Role.SIGNATORY}),
    "contact-attempt": Deed(sent, {"outcome": "off"}, UNIT | CENTRE),
    "accept": Deed(sent, {}, IN_CHARGE, "K-4.1"),
    "assign": Deed(accepted, {"performer": PERFORMER}, IN_CHARGE, "K-5.1.5"),
    "evidence": Deed(in_work, PHOTO, UNIT | {Role.SIGNATORY}),
    "report": Deed(in_work, EXPLAINED, UNIT, "K-4.4"),
    "requests": Deed(reported, CLOSURE, IN_CHARGE),
    "survey": Deed(closed, {"outcome": "confirmed"}, frozenset({Role.OPERATOR})),
}


def person(door: Door, role: Role, executor: str = "svitlo") -> str:
    """Return somebody of a role; of an executor, where the role belongs to one."""
    name = PEOPLE[role]
    if role in OF_AN_EXECUTOR:
        return name.replace("svitlo", executor)
    directory = door.centre.directory
    if name.endswith("-of-the-tests"):
        assert isinstance(directory, DirectoryStore)
        directory.put_person(Actor(name, role, "Хтось Вигаданий"))
        door.accounts.add(name, f"password of {name}", name)
    return name


def do(door: Door, number: str, deed: str, by: str) -> Reply:
    """Read or act, on the version that stands."""
    body = DEEDS[deed].body
    if body is None:
        return door.get(f"/cards/{number}", by=by)
    seen = door.get(f"/cards/{number}", by="coordinator-1")
    headers = {"If-Match": seen.headers.get("etag", '"1"')}
    return door.post(f"/cards/{number}/{deed}", body, by=by, headers=headers)


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may_is_answered_and_who_may_not_is_refused_by_the_clause(
    door: Door, deed: str
) -> None:
    people = {role: person(door, role) for role in sorted(STAFF)}
    number = DEEDS[deed].stage(door)
    state = snapshot()
    for role, by in people.items():
        door.token(by)
        before = kept()
        reply = do(door, number, deed, by)
        if role in DEEDS[deed].may:
            assert reply.status in {200, 201}, (role, reply.text)
            state.restore()
            continue
        assert (reply.status, kind_of(reply)) == (403, "role-not-permitted"), role
        assert kept() == before
        if DEEDS[deed].clause:
            assert reply.json["clause"] == DEEDS[deed].clause


@pytest.mark.parametrize("deed", DEEDS)
def test_a_foreign_card_looks_like_no_card(door: Door, deed: str) -> None:
    number = DEEDS[deed].stage(door)
    for role in sorted(OF_AN_EXECUTOR):
        by = person(door, role, "vodokanal")
        before = kept()
        foreign, absent = do(door, number, deed, by), do(door, ABSENT, deed, by)
        assert (foreign.status, absent.status) == (404, 404), role
        assert foreign.text == absent.text
        assert kept() == before


@pytest.mark.parametrize("deed", DEEDS)
def test_an_absent_card_is_absent_for_everybody(door: Door, deed: str) -> None:
    for role in sorted(STAFF):
        reply = do(door, ABSENT, deed, person(door, role))
        assert (reply.status, kind_of(reply)) == (404, "not-found"), role


class TestWithoutACard:
    """Routes that are about no card, or about one that nobody is named for."""

    def test_only_the_centre_registers(self, door: Door) -> None:
        for role in sorted(STAFF):
            by = person(door, role)
            reply = door.post("/operator/appeals", an_appeal_body(channel="phone"), by=by)
            allowed = role in CENTRE | {Role.CLERK}
            assert reply.status == (201 if allowed else 403), role

    @pytest.mark.clause("K-3.5(4)")
    def test_only_the_coordinator_decides_a_closure(self, door: Door) -> None:
        url = f"/requests/{asked(door)}.r1/decision"
        for role in sorted(STAFF - {Role.COORDINATOR}):
            reply = door.post(url, APPROVED, by=person(door, role))
            assert reply.status in {403, 404}, role
        assert door.post(url, APPROVED, by=person(door, Role.COORDINATOR)).status == 200

    @pytest.mark.clause("K-3.3")
    def test_only_the_centre_sends_what_nobody_is_named_for(self, door: Door) -> None:
        number = unrouted(door)
        body = {"executor": "svitlo", "reason": "Ліхтарі"}
        headers = {"If-Match": '"1"'}
        for role in sorted(STAFF - CENTRE):
            by = person(door, role)
            reply = door.post(f"/cards/{number}/route", body, by=by, headers=headers)
            assert reply.status == (404 if role in OF_AN_EXECUTOR else 403), role
        url = f"/cards/{number}/route"
        reply = door.post(url, body, by=person(door, Role.COORDINATOR), headers=headers)
        assert (reply.status, reply.json["executor"]["id"]) == (200, "svitlo")


def test_another_executors_person_is_no_performer(door: Door) -> None:
    number = accepted(door)
    body = {"performer": "vodokanal-performer-1"}
    reply = without_a_trace(
        lambda: door.act(number, "assign", body, by=person(door, Role.RESPONSIBLE))
    )
    assert (reply.status, reply.json["errors"][0]["code"]) == (422, "other_executors_person")
