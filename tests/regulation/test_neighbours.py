"""What is near a place, and what of it anybody may be shown."""

from dataclasses import replace

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Kind, Place
from chalicelib.domain.card import Status
from chalicelib.domain.places import cells_around, geohash
from chalicelib.regulation.neighbours import (
    concerns_matter,
    distance_metres,
    houses_near,
    may_be_offered,
    same_house,
    streets_near,
    turn_of,
)
from tests.builders import RECEIVED_AT, a_card


def test_houses_beside_and_across_the_street_are_near() -> None:
    assert houses_near("12") == ("10", "14", "11", "13", "8", "16", "9", "15")
    assert houses_near("12-А") == houses_near("12")
    assert houses_near("2") == ("4", "1", "3", "6", "5")
    assert houses_near("") == houses_near("б/н") == ()


def test_a_house_is_the_same_however_its_letter_is_written() -> None:
    assert same_house("12-А", "12 а")
    assert not same_house("12", "12/1")


@pytest.mark.clause("LAW-10")
class TestWhatIsOffered:
    """Nobody's appeal is shown to others but what it is about and where it stands."""

    def test_an_open_card_of_the_topic(self) -> None:
        assert may_be_offered(a_card(), "LI-01")
        assert may_be_offered(a_card(), None)
        assert not may_be_offered(a_card(), "RD-01")
        assert not may_be_offered(a_card(status=Status.CLOSED), "LI-01")
        assert not may_be_offered(a_card(status=Status.QUARANTINED), "LI-01")

    def test_no_complaint_and_nobody_who_hides(self) -> None:
        for card in (a_card(kind=Kind.COMPLAINT), a_card(flags=frozenset({"hidden"}))):
            assert not may_be_offered(card, "LI-01")
            assert concerns_matter(card, "LI-01")


def test_those_of_the_house_come_first_then_the_newest() -> None:
    place = Place("вулиця Ялинкова", "12")
    here, near = a_card(), a_card(number="2", building="14")
    newer = replace(near, number="3", received_at=RECEIVED_AT.replace(day=3))
    order = sorted((near, newer, here), key=lambda card: turn_of(place, card))
    assert order == [here, newer, near]


def test_cells_around_a_point_touch_its_own() -> None:
    cells = cells_around(49.42, 26.99)
    assert cells[0] == geohash(49.42, 26.99)
    assert len(set(cells)) == 9
    assert geohash(49.4213, 26.99) in cells


def test_streets_near_a_point_are_those_of_the_registry_the_nearest_first() -> None:
    city = load_city("khmelnytskyi")
    known = next(street for street in city.streets.values() if street.lat and street.lon)
    assert known.lat
    assert known.lon
    found = streets_near(city, known.lat, known.lon)
    assert found[0] == known
    distances = [distance_metres(known.lat, known.lon, s.lat or 0, s.lon or 0) for s in found]
    assert distances == sorted(distances)
    assert distances[-1] <= 300
