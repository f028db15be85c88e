"""What operators correct is counted by words, and printed as proposals for the classifier."""

from datetime import date
from typing import Any

import pytest

from chalicelib.cities.word_forms import word_forms
from chalicelib.reports.topic_words import Proposal, proposals
from infra.topic_words import print_proposals
from tests.fake_door import FakeDoor
from tests.phone.test_callers import OPERATOR, by_phone
from tests.requests import an_appeal_body

TEXT = "Знову гойдалка скрипить і вночі заважає спати мешканцям"


def found(door: FakeDoor, least: int) -> list[Proposal]:
    """Return what the stored cards propose."""
    files = door.stored().values()
    return proposals(files, door.centre.city, word_forms(door.city), least=least)


def words(door: FakeDoor, least: int) -> dict[str, int]:
    """Return how many cards propose each word for lighting."""
    return {each.word: each.cards for each in found(door, least) if each.topic == "LI-01"}


def file(door: FakeDoor, **changes: Any) -> str:
    """File an appeal on the website; return its number."""
    number: str = door.post("/appeals", an_appeal_body(**changes)).json["number"]
    return number


def test_words_of_what_operators_chose_otherwise_are_counted_a_card_once(door: FakeDoor) -> None:
    for _ in range(2):
        assert by_phone(door, text=f"{TEXT} {TEXT}", topic="LI-01").status == 201
    counted = words(door, 2)
    assert set(counted.values()) == {2}
    assert any(word.startswith("гойдал") for word in counted)
    assert words(door, 3) == {}


def test_what_the_hint_had_right_proposes_nothing(door: FakeDoor) -> None:
    by_phone(door, text="Не горить вуличне освітлення", topic="LI-01")
    assert words(door, 1) == {}


def test_a_residents_own_choice_counts_once_a_person_has_changed_it(door: FakeDoor) -> None:
    number = file(door, text=TEXT, topic="RD-01")
    assert found(door, 1) == []
    changed = {"topic": "LI-01", "reason": "Мова про ліхтар"}
    assert door.act(number, "reclassify", changed, by=OPERATOR).status == 200
    assert words(door, 1)


def test_the_command_prints_them(door: FakeDoor, capsys: pytest.CaptureFixture[str]) -> None:
    by_phone(door, text=TEXT, topic="LI-01")
    capsys.readouterr()
    print_proposals(door.centre, date(2026, 3, 1), date(2026, 3, 31), 1)
    printed = capsys.readouterr().out
    assert "LI-01" in printed
    assert printed.rstrip().endswith("proposals")


@pytest.mark.clause("K-3.1")
def test_the_route_suggests_three_at_most_and_keeps_nothing(door: FakeDoor) -> None:
    reply = door.get("/topics/suggestions?text=У під'їзді не працює ліфт і немає води")
    assert reply.status == 200
    items = reply.json["items"]
    assert 0 < len(items) <= 3
    assert {"code", "name", "group", "urgency", "safety_redirect"} <= set(items[0])
    assert reply.headers["cache-control"] == "no-store"
    assert door.get("/topics/suggestions?text=" + "x" * 1001).status == 422
    assert door.get("/topics/suggestions").status == 422
