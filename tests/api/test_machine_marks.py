"""A form that a program seems to have filled in is marked and slowed down, and never refused."""

from typing import Any, Final

import pytest

from tests.api.cases import EMERGENCY, OPERATOR
from tests.door import Door, Reply
from tests.requests import an_appeal_body

AN_HOUR: Final = 10


def send(door: Door, at: int = 0, **changes: Any) -> Reply:
    """File an appeal of a phone of its own, from one address."""
    body = an_appeal_body(**changes)
    body["applicant"] = {**body["applicant"], "phone": f"05011122{at:02d}"}
    return door.post("/appeals", body)


def is_marked(door: Door, reply: Reply) -> bool:
    """Whether staff see the mark; the applicant never does."""
    assert reply.status == 201, reply.text
    assert "machine" not in reply.text
    card = door.get(f"/cards/{reply.json['number']}", by=OPERATOR).json
    return "machine" in card["flags"]


@pytest.mark.parametrize(
    "signs",
    [{"website": "https://shop.example"}, {"website": 7}, {"filled_ms": 0}, {"filled_ms": 1999.5}],
)
def test_signs_of_a_program_mark_the_card(door: Door, signs: dict[str, Any]) -> None:
    assert is_marked(door, send(door, **signs))


@pytest.mark.parametrize(
    "signs",
    [
        {},
        {"website": ""},
        {"website": "  "},
        {"website": None, "filled_ms": None},
        {"filled_ms": 2000},
        {"filled_ms": -5},
        {"filled_ms": True},
        {"filled_ms": "soon"},
        {"filled_ms": 10**30},
        {"filled_ms": []},
    ],
)
def test_what_says_nothing_marks_nothing(door: Door, signs: dict[str, Any]) -> None:
    assert not is_marked(door, send(door, **signs))


def test_a_marked_card_goes_its_usual_way(door: Door) -> None:
    marked, usual = send(door, website="x").json, send(door, 1).json
    for name in ("status", "executor", "due_at"):
        assert marked[name] == usual[name]


def test_many_of_them_from_one_address_have_to_wait(strict: Door) -> None:
    assert {send(strict, at, website="x").status for at in range(AN_HOUR)} == {201}
    late = send(strict, 50, website="x")
    assert (late.status, late.headers["retry-after"]) == (429, "3600")
    assert send(strict, 51).status == 201
    assert send(strict, 52, website="x", topic=EMERGENCY).status == 201
    strict.clock.pass_(hours=1)
    assert send(strict, 53, website="x").status == 201
