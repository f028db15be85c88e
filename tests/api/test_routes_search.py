"""`q=` finds by the indexes; other words filter the chosen queue; nothing is ever scanned."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

import pytest

from tests.api.cases import COORDINATOR, FOREIGN, OPERATOR, RESPONSIBLE, filed
from tests.aws.gate import Gate
from tests.door import Door
from tests.requests import an_appeal_body

READS: Final = {"dynamodb.Query", "dynamodb.BatchGetItem", "dynamodb.GetItem"}


@pytest.fixture
def number(door: Door) -> str:
    """Return the card to be found, among another one of another street, phone and topic."""
    elsewhere = {
        "place": {"street": "вулиця Зарічанська", "building": "3"},
        "applicant": {**an_appeal_body()["applicant"], "phone": "067 000 00 00"},
        "topic": "WA-01",
    }
    filed(door, text="Немає води від ранку", **elsewhere)
    body = an_appeal_body(channel="official_mail", external_id="МКЦ-2026/77")
    return str(door.post("/operator/appeals", body, by=OPERATOR).json["number"])


@pytest.fixture
def gate(door: Door, number: str) -> Iterator[Gate]:
    """Log every call of a test; no list and no search may scan."""
    door.token(COORDINATOR)
    door.token(RESPONSIBLE)
    door.token(FOREIGN)
    with Gate() as gate:
        yield gate
    assert gate.calls
    assert {call.name for call in gate.calls} <= READS


def found(door: Door, words: str, by: str = COORDINATOR, more: str = "") -> list[str]:
    """Return the numbers that a search finds."""
    reply = door.get(f"/cards?q={quote(words)}{more}", by=by)
    assert reply.status == 200, reply.text
    rows: list[dict[str, Any]] = reply.json["items"]
    return [row["number"] for row in rows]


@pytest.mark.parametrize(
    "words",
    [
        "050 111 22 33",
        "+380501112233",
        "МКЦ-2026/77",
        "вулиця Проскурівська",
        "проскурівська",
        "вул. Проскурівська 12",
        "Ghjcrehsdcmrf",
        "ліхтар горить",
        "ЛІХТАР",
    ],
)
def test_a_card_is_found_by(door: Door, number: str, gate: Gate, words: str) -> None:
    assert found(door, words) == [number]
    assert found(door, words, by=RESPONSIBLE) == [number]
    assert found(door, words, by=FOREIGN) == []


@pytest.mark.parametrize(
    "words", ["вулиця Проскурівська 13", "МКЦ-2026/78", "067 111 11 11", "кіт"]
)
def test_a_near_miss_finds_nothing(door: Door, gate: Gate, words: str) -> None:
    assert found(door, words) == []


def test_a_full_number_ignores_the_filters(door: Door, number: str, gate: Gate) -> None:
    for more in ("&status=closed", "&overdue=true", "&topic=WA-01", "&executor=vodokanal"):
        assert found(door, number, more=more) == [number]
        assert found(door, "050 111 22 33", more=more) == []


def test_a_full_number_is_no_way_round_ones_sight(door: Door, number: str, gate: Gate) -> None:
    assert found(door, number, by=FOREIGN) == []


def test_a_number_with_a_slip_finds_nothing(door: Door, number: str, gate: Gate) -> None:
    slip = f"{number[:-1]}{(int(number[-1]) + 1) % 10}"
    assert found(door, slip) == []


def test_no_list_scans(door: Door, gate: Gate) -> None:
    for query in ("", "?status=sent", "?overdue=true", "?topic=LI-01", "?executor=svitlo"):
        assert door.get(f"/cards{query}", by=COORDINATOR).status == 200
    assert door.get("/requests", by=COORDINATOR).status == 200
