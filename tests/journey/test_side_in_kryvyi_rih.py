"""Side states in Kryvyi Rih: the general office and the signatory decide (KR-2.2, art. 8)."""

from typing import Any

import pytest

from tests.door import Door
from tests.journey import kryvyi_rih as way
from tests.journey.kryvyi_rih import CLERK, COORDINATOR, FOREIGN_ID, HEAD, OPERATOR, SIGNATORY
from tests.journey.side_cards import done, events, filed, from_another, refused, said, tracked

PLACE = {"street": "бульвар Вечірній", "building": "12"}
URGENT, NORMAL = "HS-02", "GR-04"


def a_card(door: Door, **changes: Any) -> dict[str, Any]:
    """File an appeal at a place of the district."""
    return filed(door, **{"topic": NORMAL, "place": PLACE} | changes)


@pytest.mark.clause("KR-2.2", "KR-2.12.1", "KR-2.12.3")
class TestReclassified:
    """2.2 The classifier decides who executes, 2.12 and how long it takes."""

    def test_an_emergency_has_twenty_three_hours_from_now(self, kr_door: Door) -> None:
        number = a_card(kr_door)["number"]
        kr_door.clock.pass_(days=1)
        body = {"topic": URGENT, "reason": "Падає карниз"}
        card = done(kr_door.act(number, "reclassify", body, by=CLERK))
        assert card["due_at"] == "2026-03-04T09:15:00+02:00"

    def test_a_normal_one_has_four_days_from_its_receipt(self, kr_door: Door) -> None:
        number = a_card(kr_door, topic=URGENT)["number"]
        kr_door.clock.pass_(hours=6)
        body = {"topic": NORMAL, "reason": "Це трава"}
        card = done(kr_door.act(number, "reclassify", body, by=CLERK))
        assert card["due_at"] == "2026-03-07T00:00:00+02:00"

    @pytest.mark.parametrize("by", [OPERATOR, COORDINATOR])
    def test_only_the_general_office_does(self, kr_door: Door, by: str) -> None:
        number = a_card(kr_door)["number"]
        body = {"topic": URGENT, "reason": "Так"}
        refused(kr_door.act(number, "reclassify", body, by=by), 403, "KR-2.2")


@pytest.mark.clause("LAW-8")
class TestNotConsidered:
    """Art. 8. The head of the body decides: here the signatory."""

    def test_the_signatory_leaves_it_and_nobody_else(self, kr_door: Door) -> None:
        number = a_card(kr_door)["number"]
        body = {"ground": "incapable", "reason": "Рішення суду додано до справи."}
        refused(kr_door.act(number, "not-consider", body, by=CLERK), 403, "LAW-8")
        card = done(kr_door.act(number, "not-consider", body, by=SIGNATORY))
        assert card["status"] == "not_considered"


@pytest.mark.clause("KR-2.2", "KR-2.9", "LAW-8")
class TestJoined:
    """2.9 Each applicant gets the published reply on a card of their own."""

    def test_the_published_reply_answers_the_joined_card_too(self, kr_door: Door) -> None:
        main = way.arrived(kr_door)
        second = a_card(kr_door, **from_another())
        done(kr_door.act(second["number"], "join", {"to": main["number"]}, by=CLERK))
        way.submitted(kr_door, main["number"])
        for action, by in (("sign", SIGNATORY), ("hand-over", HEAD), ("publish", CLERK)):
            done(kr_door.act(main["number"], action, {}, by=by))
        kr_door.clock.pass_(minutes=1)
        kr_door.sweep()
        own = tracked(kr_door, second["number"], second["access_code"])
        assert own["status"] == "closed"
        assert own["reply"]["text"] == way.LETTER
        assert own["survey"] is None
        assert events(own)[-1] == "closed"

    def test_an_emergency_is_not_joined_to_what_can_wait(self, kr_door: Door) -> None:
        main, urgent = a_card(kr_door)["number"], a_card(kr_door, topic=URGENT)["number"]
        refused(kr_door.act(urgent, "join", {"to": main}, by=CLERK), 409, "KR-2.12.3")

    def test_separated_it_waits_for_the_general_office(self, kr_door: Door) -> None:
        main, second = a_card(kr_door), a_card(kr_door)
        done(kr_door.act(second["number"], "join", {"to": main["number"]}, by=CLERK))
        body = {"reason": "Інша адреса"}
        refused(kr_door.act(second["number"], "unjoin", body, by=COORDINATOR), 403, "KR-2.2")
        card = done(kr_door.act(second["number"], "unjoin", body, by=CLERK))
        assert card["status"] == "registered"


@pytest.mark.clause("KR-2.2")
class TestSplit:
    """2.2 Each part is distributed by the general office, under the same foreign id."""

    def test_the_parts_wait_for_distribution(self, kr_door: Door) -> None:
        appeal = way.arrived(kr_door)
        parts = [{"text": "Трава", "topic": NORMAL}, {"text": "Карниз", "topic": URGENT}]
        card = done(kr_door.act(appeal["number"], "split", {"parts": parts}, by=CLERK))
        part = kr_door.get(f"/cards/{card['parts'][0]}", by=CLERK).json
        assert (part["status"], part["external_id"]) == ("registered", FOREIGN_ID)
        assert part["due_at"] == "2026-03-03T09:15:00+02:00"


@pytest.mark.clause("LAW-7", "LAW-18")
class TestResidents:
    """The law of appeals is the same in every city."""

    def test_the_clerk_forwards_and_the_body_answers(self, kr_door: Door) -> None:
        appeal = a_card(kr_door)
        number = appeal["number"]
        body = {"body": "Обласна рада", "reason": "Обласна власність"}
        done(kr_door.act(number, "forward", body, by=CLERK))
        token = kr_door.get(f"/cards/{number}/outside-link", by=CLERK).json["token"]
        done(kr_door.post(f"/outside/{token}", {"text": "Прийнято"}))
        own = tracked(kr_door, number, appeal["access_code"])
        assert own["forwarding"]["answer"] == "Прийнято"

    def test_there_is_nothing_to_dispute_without_a_survey(self, kr_door: Door) -> None:
        refused(said(kr_door, a_card(kr_door), "dispute", {"reason": "Ні"}), 409, "KR-2.8")

    def test_an_appeal_is_withdrawn(self, kr_door: Door) -> None:
        answered = said(kr_door, a_card(kr_door), "withdrawal", {"reason": "Досить"})
        assert answered.json["status"] == "withdrawn"


@pytest.mark.clause("KR-2.1")
class TestSentTwice:
    """2.1 A message of the official address that is sent again is the same message."""

    def test_a_retry_gets_the_first_answer(self, kr_door: Door) -> None:
        key = {"Idempotency-Key": "mail-1"}
        first, again = (
            kr_door.post("/operator/appeals", way.arrival_body(), by=CLERK, headers=key)
            for _ in range(2)
        )
        assert (first.status, again.status) == (201, 201)
        assert (again.text, again.headers["idempotent-replay"]) == (first.text, "true")
