"""What the coordinator sees of places and of calls: counted, never guessed."""

from typing import Any

import pytest

from chalicelib.domain.card import Status
from chalicelib.reports.places import chronic_places
from tests.builders import RECEIVED_AT, a_card, number_of
from tests.fake_door import FakeDoor
from tests.phone.test_callers import COORDINATOR, OPERATOR, call
from tests.phone.test_nearby import STREET, file


@pytest.mark.clause("LAW-19")
class TestChronicPlaces:
    """The same trouble at the same house, again and again, is seen."""

    def cards(self, *buildings: str, **changes: Any) -> list[Any]:
        """Return cards of one topic, the later ones newer."""
        days = (RECEIVED_AT.replace(day=day) for day in range(3, 28))
        return [
            a_card(number=number_of(at), building=building, received_at=next(days), **changes)
            for at, building in enumerate(buildings, 3)
        ]

    def test_so_many_cards_of_one_topic_at_one_house(self) -> None:
        (place,) = chronic_places(self.cards("12-А", "12 а", "12а", "14"), 3)
        assert (place.building, len(place.cards), place.open) == ("12а", 3, 3)
        assert chronic_places(self.cards("12", "12"), 3) == []

    def test_another_topic_and_another_street_are_other_places(self) -> None:
        mixed = [*self.cards("12", "12"), *self.cards("12", topic="RD-01")]
        assert chronic_places(mixed, 3) == []
        mixed = [*self.cards("12", "12"), *self.cards("12", street="вулиця Інша")]
        assert chronic_places(mixed, 3) == []

    def test_a_joined_card_is_the_same_matter(self) -> None:
        cards = [*self.cards("12", "12"), *self.cards("12", status=Status.JOINED)]
        assert chronic_places(cards, 3) == []

    def test_those_that_came_back_are_counted(self) -> None:
        (place,) = chronic_places(self.cards("12", "12", "12", repeat_no=1), 2)
        assert place.repeats == 3

    def test_the_coordinator_reads_them_and_may_save_a_table(self, door: FakeDoor) -> None:
        numbers = [file(door, "12") for _ in range(3)]
        file(door, "14")
        report = door.get("/reports/places", by=COORDINATOR).json
        (place,) = report["places"]
        assert (place["street"], place["building"], place["cards"]) == (STREET, "12", 3)
        assert place["numbers"] == numbers[::-1]
        assert (report["least"], report["from"], report["to"]) == (3, "2025-03-02", "2026-03-02")
        table = door.get("/reports/places?least=2", by=COORDINATOR, headers={"Accept": "text/csv"})
        assert table.text.count("\r\n") == 2
        assert "Вулиця" in table.text

    def test_a_longer_period_than_a_year_is_refused(self, door: FakeDoor) -> None:
        asked = door.get("/reports/places?from=2024-01-01&to=2026-03-02", by=COORDINATOR)
        assert asked.status == 422

    def test_an_operator_does_not_read_it(self, door: FakeDoor) -> None:
        assert door.get("/reports/places", by=OPERATOR).status == 403


@pytest.mark.clause("K-2")
def test_consultations_are_counted_by_topic(door: FakeDoor) -> None:
    for topic in ("LI-01", "LI-01", "WA-04"):
        call(door, "consultation", topic=topic)
    call(door, "warning", phone="+380670000001")
    report = door.get("/reports/calls?from=2026-03-01&to=2026-03-31", by=COORDINATOR).json
    assert report["counts"]["consulted"] == 3
    assert report["counts"]["warned"] == 1
    assert [(t["topic"]["code"], t["count"]) for t in report["topics"]] == [
        ("LI-01", 2),
        ("WA-04", 1),
    ]
    empty = door.get("/reports/calls?from=2026-02-01&to=2026-02-28", by=COORDINATOR).json
    assert set(empty["counts"].values()) == {0}
