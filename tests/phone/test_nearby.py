"""What is open at and around a place, before one matter is asked twice."""

from typing import Any

import pytest

from tests.api.cases import faults
from tests.fake_door import FakeDoor
from tests.requests import an_appeal_body

STREET = "вулиця Проскурівська"


def file(door: FakeDoor, building: str, topic: str | None = "LI-01", **changes: Any) -> str:
    """File an appeal about a house; return its number."""
    place = {"street": STREET, "building": building, **changes.pop("place", {})}
    reply = door.post("/appeals", an_appeal_body(topic=topic, place=place, **changes))
    assert reply.status == 201, reply.text
    door.clock.pass_(minutes=1)
    number: str = reply.json["number"]
    return number


def nearby(door: FakeDoor, query: str) -> Any:
    """Ask what is near."""
    reply = door.get(f"/nearby?{query}")
    assert reply.status == 200, reply.text
    return reply.json


def numbers(found: Any) -> list[str]:
    """Return the numbers of the appeals found."""
    return [appeal["number"] for appeal in found["appeals"]]


@pytest.mark.clause("K-3.1")
class TestAtAPlace:
    """Open appeals of the same topic at and around a house."""

    def test_those_of_the_house_come_first_then_those_near(self, door: FakeDoor) -> None:
        here, near, _far = (file(door, house) for house in ("12", "14", "40"))
        found = nearby(door, "street=Проскурівська&building=12&topic=LI-01")
        assert numbers(found) == [here, near]
        assert [appeal["here"] for appeal in found["appeals"]] == [True, False]

    def test_the_house_is_told_only_to_who_asked_for_it(self, door: FakeDoor) -> None:
        file(door, "14")
        (other,) = nearby(door, "street=Проскурівська&building=12")["appeals"]
        (own,) = nearby(door, "street=Проскурівська&building=14")["appeals"]
        assert (other["building"], own["building"]) == (None, "14")

    def test_another_topic_is_another_matter(self, door: FakeDoor) -> None:
        file(door, "12", "RD-01")
        assert numbers(nearby(door, f"street={STREET}&building=12&topic=LI-01")) == []
        assert len(numbers(nearby(door, f"street={STREET}&building=12"))) == 1

    def test_a_street_without_a_house_shows_the_street(self, door: FakeDoor) -> None:
        filed = [file(door, "2"), file(door, "90")]
        assert numbers(nearby(door, f"street={STREET}")) == filed[::-1]

    def test_a_finished_one_is_not_offered(self, door: FakeDoor) -> None:
        number = file(door, "12")
        body = {"ground": "anonymous", "reason": "Перевірка"}
        withdrawn = door.act(number, "forward", {"body": "Поліція", "reason": "Не наше"},
                             by="operator-1")  # fmt: skip
        assert withdrawn.status == 200, (withdrawn.text, body)
        assert numbers(nearby(door, f"street={STREET}&building=12")) == []

    def test_nothing_personal_is_told(self, door: FakeDoor) -> None:
        file(door, "12")
        (appeal,) = nearby(door, f"street={STREET}&building=12")["appeals"]
        assert {"text", "excerpt", "applicant", "access_code"} & set(appeal) == set()

    def test_complaints_and_hidden_ones_are_for_staff_only(self, door: FakeDoor) -> None:
        file(door, "12", kind="complaint")
        file(door, "12", hide_identity=True)
        assert numbers(nearby(door, f"street={STREET}&building=12")) == []
        staff = door.get(f"/operator/nearby?street={STREET}&building=12", by="operator-1").json
        assert len(staff["appeals"]) == 2
        assert staff["appeals"][0]["excerpt"]

    def test_an_unknown_place_is_known_by_its_words(self, door: FakeDoor) -> None:
        body = an_appeal_body(place={"street": "Дачний масив", "building": "3"})
        number = door.post("/appeals", body).json["number"]
        assert numbers(nearby(door, "street=дачний масив&building=3")) == [number]


class TestAroundAPoint:
    """With coordinates, what is within a cell or two."""

    def test_a_point_shows_what_is_within_some_150_metres(self, door: FakeDoor) -> None:
        near = file(door, "12", place={"lat": 49.4221, "lon": 26.9968})
        file(door, "99", place={"lat": 49.4400, "lon": 26.9968})
        assert numbers(nearby(door, "lat=49.4225&lon=26.9966")) == [near]

    def test_half_a_point_is_none(self, door: FakeDoor) -> None:
        assert faults(door.get("/nearby?lat=49.4225")) == {"street": "required"}
        assert faults(door.get("/nearby?lat=91&lon=0"))["lat"] == "too_big"
        assert faults(door.get("/nearby?street=x&topic=XX-1")) == {"topic": "unknown_topic"}


@pytest.mark.clause("K-7")
def test_active_works_at_the_place_are_shown(door: FakeDoor) -> None:
    work = {
        "summary": "Відновлення освітлення",
        "cause": "Обрив кабелю",
        "consequences": "Не світять ліхтарі",
        "eta_at": "2026-03-02T18:00:00+02:00",
        "places": [{"street": STREET, "building": "1-45"}],
    }
    assert door.post("/repair-works", work, by="svitlo-responsible").status == 201
    (known,) = nearby(door, f"street={STREET}&building=12&topic=LI-01")["repair_works"]
    assert known["summary"] == work["summary"]
    assert nearby(door, f"street={STREET}&building=12&topic=RD-01")["repair_works"] == []
    street = next(s for s in door.centre.city.streets.values() if s.full_name.uk == STREET)
    assert street.lat is not None
    assert nearby(door, f"lat={street.lat}&lon={street.lon}")["repair_works"]


def test_an_executor_does_not_read_the_operators_list(door: FakeDoor) -> None:
    assert door.get(f"/operator/nearby?street={STREET}", by="svitlo-head").status == 403
