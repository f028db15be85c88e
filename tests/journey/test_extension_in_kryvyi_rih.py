"""The extension of an emergency in Kryvyi Rih (KR-2.13)."""

from typing import Any

import pytest

from tests.builders import local
from tests.door import Door, Reply
from tests.requests import an_appeal_body

CLERK, RECEIVED_AT = "clerk-1", local("Mon 2026-03-02 10:15")


def arrived(door: Door, urgency: str = "emergency") -> tuple[str, str]:
    """Let a card arrive at 10:15, be distributed and accepted; return its number and unit."""
    topic = next(t for t in door.centre.city.topics.values() if t.urgency == urgency)
    door.clock.at = RECEIVED_AT
    body = an_appeal_body(topic=topic.code, channel="official_mail", external_id="CC-1")
    number = door.post("/operator/appeals", body, by=CLERK).json["number"]
    unit = topic.executor
    routed = door.act(number, "route", {"executor": unit, "reason": "За темою"}, by=CLERK)
    assert routed.status == 200, routed.text
    assert door.act(number, "accept", {}, by=f"{unit}-responsible").status == 200
    return number, unit


def asked(door: Door, number: str, unit: str, until: str) -> Reply:
    body = {"kind": "extension", "reason": "Немає доступу до підвалу", "new_due_at": until}
    return door.act(number, "requests", body, by=f"{unit}-responsible")


def decided(door: Door, request: Reply, by: str) -> Reply:
    assert request.status == 201, request.text
    body: dict[str, Any] = {"decision": "approve", "reason": "Погоджено"}
    return door.post(f"/requests/{request.json['id']}/decision", body, by=by)


UNTIL = "2026-03-05T18:00:00+02:00"


@pytest.mark.clause("KR-2.13")
class TestEmergencyExtended:
    """2.13 If an emergency cannot be done at once, the unit within 12 hours decides to extend its
    term (not more than two working days), with reasons and the concrete date."""

    def test_the_head_alone_decides_at_hour_eleven(self, kr_door: Door) -> None:
        number, unit = arrived(kr_door)
        kr_door.clock.pass_(hours=11)
        request = asked(kr_door, number, unit, UNTIL)
        assert request.json["decide_by_at"] == "2026-03-02T22:15:00+02:00"
        assert decided(kr_door, request, f"{unit}-head").status == 200
        card = kr_door.get(f"/cards/{number}", by=f"{unit}-head").json
        assert card["due_at"] == UNTIL

    def test_a_coordinator_has_no_say(self, kr_door: Door) -> None:
        number, unit = arrived(kr_door)
        request = asked(kr_door, number, unit, UNTIL)
        reply = decided(kr_door, request, "coordinator-1")
        assert (reply.status, reply.json["clause"]) == (403, "KR-2.13")

    def test_after_twelve_hours_it_is_refused(self, kr_door: Door) -> None:
        number, unit = arrived(kr_door)
        kr_door.clock.pass_(hours=12, seconds=1)
        reply = asked(kr_door, number, unit, UNTIL)
        assert (reply.status, reply.json["clause"]) == (409, "KR-2.13")

    def test_a_decision_after_twelve_hours_is_refused_too(self, kr_door: Door) -> None:
        number, unit = arrived(kr_door)
        kr_door.clock.pass_(hours=11)
        request = asked(kr_door, number, unit, UNTIL)
        kr_door.clock.pass_(hours=2)
        assert decided(kr_door, request, f"{unit}-head").status == 409

    def test_the_end_of_the_second_working_day_is_the_most(self, kr_door: Door) -> None:
        number, unit = arrived(kr_door)
        longer = asked(kr_door, number, unit, "2026-03-06T00:00:01+02:00")
        assert (longer.status, longer.json["clause"]) == (409, "KR-2.13")
        assert asked(kr_door, number, unit, "2026-03-06T00:00:00+02:00").status == 201

    def test_it_is_extended_once(self, kr_door: Door) -> None:
        number, unit = arrived(kr_door)
        decided(kr_door, asked(kr_door, number, unit, "2026-03-04T12:00:00+02:00"), f"{unit}-head")
        again = asked(kr_door, number, unit, UNTIL)
        assert (again.status, again.json["clause"]) == (409, "KR-2.13")

    @pytest.mark.parametrize("urgency", ["normal", "medium"])
    def test_only_emergencies_are_extended(self, kr_door: Door, urgency: str) -> None:
        number, unit = arrived(kr_door, urgency)
        reply = asked(kr_door, number, unit, "2026-03-20T00:00:00+02:00")
        assert (reply.status, reply.json["clause"]) == (409, "KR-2.13")

    @pytest.mark.parametrize(
        ("kind", "clause"),
        [("change_executor", "KR-2.2"), ("strategic_plan", "KR-2.5"), ("closure", "KR-2.8")],
    )
    def test_requests_that_the_city_lacks_name_the_clause_that_applies(
        self, kr_door: Door, kind: str, clause: str
    ) -> None:
        number, unit = arrived(kr_door)
        body = {"kind": kind, "reason": "Не наше"}
        reply = kr_door.act(number, "requests", body, by=f"{unit}-responsible")
        assert (reply.status, reply.json["clause"]) == (409, clause)
