"""The operator's desk: who is calling, what happened in the talk, whose calls are not taken."""

from typing import Any

import pytest

from chalicelib.domain.errors import StoreAway
from tests.api.cases import faults, kind_of
from tests.door import Reply
from tests.fake_door import FakeDoor
from tests.requests import an_appeal_body

PHONE = "+380501112233"
OPERATOR, COORDINATOR, OTHER = "operator-1", "coordinator-1", "coordinator-2"
BLOCK = {"phone": "050 111 22 33", "reason": "Лайка й образи", "evidence": "дзвінок c7"}
EMERGENCY = {"khmelnytskyi": "WA-04", "kryvyi-rih": "HS-02"}


def call(door: FakeDoor, event: str, **facts: Any) -> Reply:
    """Tell what happened in a call."""
    return door.post("/calls", {"event": event, **facts}, by=OPERATOR)


def by_phone(door: FakeDoor, **changes: Any) -> Reply:
    """Register what a caller asks."""
    body = {**an_appeal_body(**changes), "channel": "phone", "call_id": "c7"}
    return door.post("/operator/appeals", body, by=OPERATOR)


def caller(door: FakeDoor, phone: str = PHONE) -> Any:
    """Read who is calling."""
    reply = door.get(f"/callers/{phone}", by=OPERATOR)
    assert reply.status == 200, reply.text
    return reply.json


@pytest.mark.clause("K-2")
class TestWhoIsCalling:
    """An operator sees a caller before a word is said."""

    def test_nothing_is_known_of_a_new_phone(self, either: FakeDoor) -> None:
        known = caller(either)
        assert (known["blocked"], known["blocked_until"], known["warnings"]) == (False, None, 0)
        assert (known["name"], known["cards"], known["calls"]) == (None, [], [])
        assert known["at_address"]["appeals"] == known["at_address"]["repair_works"] == []

    def test_the_last_cards_and_what_is_open_at_home(self, door: FakeDoor) -> None:
        home = {"street": "вулиця Проскурівська", "building": "14"}
        first = by_phone(door).json["number"]
        neighbours = {"name": "Інший", "phone": "+380670000009", "residence": home}
        at_home = by_phone(door, applicant=neighbours, place=home).json["number"]
        known = caller(door)
        assert known["name"] == "Олена Вигадана"
        assert known["residence"]["building"] == "14"
        assert [row["number"] for row in known["cards"]] == [first]
        assert [row["number"] for row in known["at_address"]["appeals"]] == [at_home, first]

    @pytest.mark.parametrize("written", ["0501112233", "380501112233", "%2B380501112233"])
    def test_a_phone_is_read_as_exchanges_write_it(self, door: FakeDoor, written: str) -> None:
        assert caller(door, written)["phone"] == PHONE

    def test_what_is_no_phone_is_not_found(self, door: FakeDoor) -> None:
        assert door.get("/callers/12", by=OPERATOR).status == 404


@pytest.mark.clause("K-3.4")
class TestTheTalk:
    """Warning one, warning two, the end: records of the call, never a card."""

    def test_a_talk_is_ended_after_two_warnings(self, either: FakeDoor) -> None:
        ended = {"reason": "abuse", "phone": PHONE, "call_id": "c7"}
        refused = call(either, "ended", **ended)
        assert (refused.status, kind_of(refused)) == (409, "rule-refused")
        first = call(either, "warning", phone=PHONE, call_id="c7")
        second = call(either, "warning", phone=PHONE, call_id="c7")
        assert [r.json["warnings"] for r in (first, second)] == [1, 2]
        assert [r.json["may_end"] for r in (first, second)] == [False, True]
        assert call(either, "ended", **ended, text="Кричав і лаявся").status == 201
        known = caller(either)
        assert known["warnings"] == 2
        assert [event["event"] for event in known["calls"]] == ["ended", "warned", "warned"]
        assert either.stored() == {}

    def test_warnings_are_forgotten_after_a_day(self, door: FakeDoor) -> None:
        call(door, "warning", phone=PHONE)
        door.clock.pass_(hours=24)
        assert caller(door)["warnings"] == 1
        door.clock.pass_(seconds=1)
        assert caller(door)["warnings"] == 0

    def test_a_withheld_number_is_warned_by_its_call(self, door: FakeDoor) -> None:
        call(door, "warning", call_id="c8")
        assert call(door, "warning", call_id="c8").json["may_end"]
        assert call(door, "ended", call_id="c8", reason="abuse").status == 201

    def test_whose_call_it_is_must_be_said(self, door: FakeDoor) -> None:
        assert faults(call(door, "warning")) == {"phone": "whose_call"}
        assert faults(call(door, "ended", phone=PHONE)) == {"reason": "reason_required"}
        assert faults(call(door, "consultation", topic="XX-99")) == {"topic": "unknown_topic"}

    def test_a_consultation_is_counted_and_is_no_card(self, either: FakeDoor) -> None:
        for _ in range(2):
            noted = call(either, "consultation", street="вулиця Проскурівська", seconds=95)
            assert noted.status == 201
        events = either.centre.doors.calls.of_month("2026-03")
        assert [event.name for event in events] == ["consulted", "consulted"]
        assert either.stored() == {}

    def test_the_same_event_sent_twice_is_one(self, door: FakeDoor) -> None:
        body, key = {"event": "warning", "phone": PHONE}, {"Idempotency-Key": "k1"}
        first = door.post("/calls", body, by=OPERATOR, headers=key)
        again = door.post("/calls", body, by=OPERATOR, headers=key)
        assert again.text == first.text
        assert again.headers["idempotent-replay"] == "true"
        assert caller(door)["warnings"] == 1


@pytest.mark.clause("K-3.4")
class TestTheBlock:
    """The number is blocked at once and for an hour; more takes a second person."""

    def test_it_stands_for_an_hour_and_lapses_by_itself(self, either: FakeDoor) -> None:
        placed = either.post("/blocks", BLOCK, by=OPERATOR)
        assert placed.status == 201
        assert placed.json["until"] == "2026-03-02T11:15:00+02:00"
        assert placed.json["complain"]
        assert caller(either)["blocked_until"] == placed.json["until"]
        either.clock.pass_(hours=1)
        known = caller(either)
        assert (known["blocked"], known["blocked_until"], known["block"]) == (False, None, None)
        lapsed = either.post(f"/blocks/{PHONE}/confirmation", {"hours": 24}, by=COORDINATOR)
        assert lapsed.status == 409

    def test_a_coordinator_confirms_it_with_hours(self, either: FakeDoor) -> None:
        either.post("/blocks", BLOCK, by=OPERATOR)
        confirmed = either.post(f"/blocks/{PHONE}/confirmation", {"hours": 48}, by=COORDINATOR)
        assert confirmed.json["until"] == "2026-03-04T10:15:00+02:00"
        either.clock.pass_(hours=47)
        assert caller(either)["blocked"]

    def test_without_hours_it_is_the_citys_usual_term(self, door: FakeDoor) -> None:
        door.post("/blocks", BLOCK, by=OPERATOR)
        confirmed = door.post(f"/blocks/{PHONE}/confirmation", {}, by=COORDINATOR)
        assert confirmed.json["until"] == "2026-03-03T10:15:00+02:00"

    def test_it_takes_two_people(self, door: FakeDoor) -> None:
        door.post("/blocks", BLOCK, by=COORDINATOR)
        own = door.post(f"/blocks/{PHONE}/confirmation", {"hours": 2}, by=COORDINATOR)
        operators = door.post(f"/blocks/{PHONE}/confirmation", {"hours": 2}, by=OPERATOR)
        assert (own.status, operators.status) == (403, 403)
        other = door.post(f"/blocks/{PHONE}/confirmation", {"hours": 2}, by=OTHER)
        assert other.status == 200

    def test_reason_and_evidence_are_required(self, door: FakeDoor) -> None:
        assert set(faults(door.post("/blocks", {"phone": PHONE}, by=OPERATOR))) == {
            "reason",
            "evidence",
        }

    def test_blocked_already_is_refused_and_lifted_may_be_blocked_again(
        self, door: FakeDoor
    ) -> None:
        door.post("/blocks", BLOCK, by=OPERATOR)
        assert door.post("/blocks", BLOCK, by=OPERATOR).status == 409
        lifted = door.call("DELETE", f"/blocks/{PHONE}", by=OPERATOR)
        assert (lifted.status, lifted.json["stands"]) == (200, False)
        assert door.call("DELETE", f"/blocks/{PHONE}", by=OPERATOR).status == 409
        assert door.post("/blocks", BLOCK, by=OPERATOR).status == 201

    def test_a_confirmed_one_is_lifted_by_a_coordinator(self, door: FakeDoor) -> None:
        door.post("/blocks", BLOCK, by=OPERATOR)
        door.post(f"/blocks/{PHONE}/confirmation", {"hours": 2}, by=COORDINATOR)
        assert door.call("DELETE", f"/blocks/{PHONE}", by=OPERATOR).status == 403
        assert door.call("DELETE", f"/blocks/{PHONE}", by=COORDINATOR).status == 200
        assert door.call("DELETE", "/blocks/+380670000009", by=COORDINATOR).status == 404

    def test_those_that_stand_are_listed_and_the_journal_keeps_all(self, door: FakeDoor) -> None:
        door.post("/blocks", BLOCK, by=OPERATOR)
        door.post(f"/blocks/{PHONE}/confirmation", {"hours": 2}, by=COORDINATOR)
        (listed,) = door.get("/blocks", by=COORDINATOR).json["items"]
        assert (listed["phone"], listed["reason"]) == (PHONE, BLOCK["reason"])
        assert listed["confirmed_by"]
        door.call("DELETE", f"/blocks/{PHONE}", by=COORDINATOR)
        assert door.get("/blocks", by=COORDINATOR).json["items"] == []
        journal = [event["event"] for event in caller(door)["calls"]]
        assert sorted(journal) == ["block_confirmed", "block_lifted", "block_placed"]

    def test_an_emergency_of_a_blocked_caller_is_registered(self, either: FakeDoor) -> None:
        either.post("/blocks", BLOCK, by=OPERATOR)
        refused = by_phone(either, topic=None)
        assert (refused.status, kind_of(refused)) == (409, "rule-refused")
        assert BLOCK["reason"] in refused.json["detail"]
        assert by_phone(either, topic=EMERGENCY[either.city]).status == 201

    def test_a_block_of_calls_is_of_no_other_door(self, door: FakeDoor) -> None:
        door.post("/blocks", BLOCK, by=OPERATOR)
        assert door.post("/appeals", an_appeal_body()).status == 201
        body = {**an_appeal_body(), "channel": "in_person"}
        assert door.post("/operator/appeals", body, by=OPERATOR).status == 201


@pytest.mark.clause("K-5.1.2")
class TestTheDutyPhone:
    """An emergency is handed over by phone too, and the card says so."""

    def test_the_hand_over_stands_in_the_history(self, door: FakeDoor) -> None:
        number = by_phone(door, topic="WA-04").json["number"]
        said = {"outcome": "reached", "note": "Черговий прийняв"}
        done = door.act(number, "duty-call", said, by=OPERATOR)
        assert done.status == 200
        event = done.json["history"][-1]
        assert (event["event"], event["public"]) == ("duty_phoned", False)
        assert "розмова відбулася" in event["text"]
        assert event["facts"]["phone"]
        assert done.json["version"] == 1
        assert "duty-call" in done.json["actions"]

    def test_nobody_is_phoned_before_somebody_is_named(self, door: FakeDoor) -> None:
        number = by_phone(door, topic=None).json["number"]
        refused = door.act(number, "duty-call", {"outcome": "reached"}, by=OPERATOR)
        assert (refused.status, refused.json["clause"]) == (409, "K-5.1.2")


def test_a_store_that_is_away_is_said(door: FakeDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object, **__: object) -> None:
        raise StoreAway

    monkeypatch.setattr(door.centre.doors.blocks, "read", away)
    assert door.get(f"/callers/{PHONE}", by=OPERATOR).status == 503
