"""Appeals about one matter are linked, one message about several is split (art. 8, K-3.1)."""

from typing import Any

import pytest

from tests.door import Door
from tests.journey.side_cards import (
    COORDINATOR,
    OPERATOR,
    OTHER_TOPIC,
    RESPONSIBLE,
    URGENT_TOPIC,
    closed,
    done,
    events,
    filed,
    from_another,
    refused,
    said,
    seen,
    tracked,
)
from tests.requests import an_appeal_body

PARTS = [
    {"text": "Не горить ліхтар біля школи.", "topic": "LI-01"},
    {"text": "У будинку немає води.", "topic": URGENT_TOPIC},
    {"text": "Миготить світло у дворі.", "topic": OTHER_TOPIC},
]


def joined(door: Door) -> tuple[dict[str, Any], dict[str, Any]]:
    """File two appeals of different people and join the second to the first."""
    main = filed(door)
    door.clock.pass_(hours=5)
    second = filed(door, **from_another())
    done(door.act(second["number"], "join", {"to": main["number"]}, by=OPERATOR))
    return main, second


@pytest.mark.clause("LAW-8", "K-3.1")
class TestJoined:
    """Art. 8. Duplicates of different people are linked, never refused."""

    def test_each_keeps_its_card_number_and_term(self, door: Door) -> None:
        main, second = joined(door)
        card = tracked(door, second["number"], second["access_code"])
        assert (card["status"], card["joined_to"]) == ("joined", main["number"])
        assert card["due_at"] == second["due_at"]
        assert events(card)[-1] == "joined"

    def test_the_code_of_the_joined_card_opens_the_main_one_for_reading(self, door: Door) -> None:
        main, second = joined(door)
        assert tracked(door, main["number"], second["access_code"])["status"] == "sent"
        body = {"reason": "Не моє"}
        assert said(door, main, "withdrawal", body, second["access_code"]).status == 404

    @pytest.mark.clause("LAW-10")
    def test_it_does_not_tell_what_the_other_applicant_wrote_or_where_they_live(
        self, door: Door
    ) -> None:
        home = {"street": "вулиця Проскурівська", "building": "12", "flat": "7", "note": "код 12"}
        main = filed(door, text="Мій діагноз нікого не стосується.", place=home)
        said(door, main, "messages", {"text": "Лежу хвора"}, main["access_code"])
        body = an_appeal_body(**from_another(), join=main["number"])
        stranger = door.post("/appeals", body).json
        seen_by_stranger = tracked(door, main["number"], stranger["access_code"])
        assert (seen_by_stranger["text"], seen_by_stranger["reply"]) == ("", None)
        place = seen_by_stranger["place"]
        assert (place["building"], place["flat"], place["note"]) == ("12", "", "")
        assert tracked(door, main["number"], main["access_code"])["place"]["flat"] == "7"

    def test_that_code_does_not_answer_the_main_card_s_survey(self, door: Door) -> None:
        main, second = joined(door)
        closed(door, main["number"])
        survey = tracked(door, main["number"], second["access_code"])["survey"]
        assert (survey["token"], survey["url"]) == (None, None)
        assert tracked(door, main["number"], main["access_code"])["survey"]["token"]

    def test_the_executor_works_on_the_main_card_alone(self, door: Door) -> None:
        main, second = joined(door)
        queue = door.get("/cards", by=RESPONSIBLE).json["items"]
        assert [row["number"] for row in queue] == [main["number"]]
        assert queue[0]["flags"] == ["has_joined"]
        refused(door.act(second["number"], "accept", {"text": "Так"}, by=RESPONSIBLE), 409, "K-4.1")

    def test_closing_the_main_card_closes_and_surveys_each(self, door: Door) -> None:
        main, second = joined(door)
        closed(door, main["number"])
        door.clock.pass_(minutes=1)
        door.sweep()
        card = tracked(door, second["number"], second["access_code"])
        assert card["status"] == "closed"
        assert card["result"] == "explained"
        assert events(card)[-3:] == ["reported", "closed", "survey_opened"]
        token = card["survey"]["token"]
        assert token != tracked(door, main["number"], main["access_code"])["survey"]["token"]
        answered = door.post(f"/surveys/{token}", {"outcome": "poor", "reason": "Миготить"})
        assert answered.json["status"] == "returned"
        assert tracked(door, main["number"], main["access_code"])["status"] == "closed"

    def test_a_quick_answer_about_the_main_card_does_not_forget_the_others(
        self, door: Door
    ) -> None:
        main, second = joined(door)
        closed(door, main["number"])
        token = tracked(door, main["number"], main["access_code"])["survey"]["token"]
        done(door.post(f"/surveys/{token}", {"outcome": "poor", "reason": "Блимає"}))
        door.clock.pass_(minutes=1)
        door.sweep()
        assert seen(door, second["number"])["status"] == "closed"

    def test_it_happens_once_however_often_the_sweep_runs(self, door: Door) -> None:
        main, second = joined(door)
        closed(door, main["number"])
        for _ in range(3):
            door.clock.pass_(minutes=1)
            door.sweep()
        assert events(seen(door, second["number"])).count("closed") == 1
        assert events(seen(door, main["number"])).count("joined_settled") == 1

    def test_a_withdrawn_main_card_lets_the_others_go_their_own_way(self, door: Door) -> None:
        main, second = joined(door)
        said(door, main, "withdrawal", {"reason": "Передумав"})
        door.clock.pass_(minutes=1)
        door.sweep()
        card = seen(door, second["number"])
        assert (card["status"], card["joined_to"]) == ("registered", None)
        assert card["due_at"] == second["due_at"]

    def test_a_breach_of_its_own_term_is_kept_while_it_is_joined(self, door: Door) -> None:
        _, second = joined(door)
        door.clock.pass_(days=7)
        door.sweep()
        assert events(seen(door, second["number"])).count("overdue") == 1

    def test_joining_at_intake_is_the_same(self, door: Door) -> None:
        main = filed(door)
        second = filed(door, **from_another(join=main["number"]))
        assert second["status"] == "joined"
        closed(door, main["number"])
        door.clock.pass_(minutes=1)
        door.sweep()
        assert tracked(door, second["number"], second["access_code"])["survey"]["token"]

    def test_a_joined_applicant_may_withdraw(self, door: Door) -> None:
        main, second = joined(door)
        assert said(door, second, "withdrawal", {"reason": "Досить"}).json["status"] == "withdrawn"
        closed(door, main["number"])
        door.clock.pass_(minutes=1)
        door.sweep()
        assert seen(door, second["number"])["status"] == "withdrawn"


@pytest.mark.clause("K-3.1")
class TestUnjoined:
    """A joining can be undone."""

    def test_the_card_is_registered_again_under_its_own_term(self, door: Door) -> None:
        main, second = joined(door)
        body = {"reason": "Інший будинок"}
        card = done(door.act(second["number"], "unjoin", body, by=COORDINATOR))
        assert (card["status"], card["joined_to"]) == ("registered", None)
        assert card["due_at"] == second["due_at"]
        assert "has_joined" not in seen(door, main["number"])["flags"]
        headers = {"X-Access-Code": second["access_code"]}
        assert door.get(f"/appeals/{main['number']}", headers=headers).status == 404
        route = {"executor": "svitlo", "reason": "За темою"}
        assert done(door.act(second["number"], "route", route, by=OPERATOR))["status"] == "sent"

    def test_its_breach_comes_at_its_own_time(self, door: Door) -> None:
        _, second = joined(door)
        done(door.act(second["number"], "unjoin", {"reason": "Інше"}, by=OPERATOR))
        door.clock.pass_(days=7)
        door.sweep()
        assert "overdue" in events(seen(door, second["number"]))

    def test_what_is_not_joined_cannot_be_separated(self, door: Door) -> None:
        number = filed(door)["number"]
        refused(door.act(number, "unjoin", {"reason": "Так"}, by=OPERATOR), 409, "K-3.1")


@pytest.mark.clause("LAW-7", "LAW-8", "K-6.1")
class TestNotJoined:
    """What cannot be joined is refused with its reason."""

    def test_to_itself_to_nothing_or_to_what_is_finished(self, door: Door) -> None:
        number, ended = filed(door)["number"], filed(door)
        said(door, ended, "withdrawal", {"reason": "Так"})
        for to, code in (
            (number, "same_card"),
            ("2026-000999-0", "unknown_card"),
            (ended["number"], "not_open"),
        ):
            reply = door.act(number, "join", {"to": to}, by=OPERATOR)
            assert (reply.status, reply.json["errors"][0]["code"]) == (422, code)

    def test_a_card_that_has_others_is_not_joined_itself(self, door: Door) -> None:
        main, _ = joined(door)
        third = filed(door)["number"]
        refused(door.act(main["number"], "join", {"to": third}, by=OPERATOR), 409, "LAW-8")

    def test_nothing_is_joined_to_a_joined_card(self, door: Door) -> None:
        _, second = joined(door)
        reply = door.act(filed(door)["number"], "join", {"to": second["number"]}, by=OPERATOR)
        assert reply.json["errors"][0]["code"] == "not_open"

    def test_a_complaint_is_not_joined_to_a_card_of_those_complained_about(
        self, door: Door
    ) -> None:
        main = filed(door)
        complaint = filed(door, **from_another(complaint_about="svitlo"))
        body = {"to": main["number"]}
        refused(door.act(complaint["number"], "join", body, by=OPERATOR), 409, "LAW-7")
        new = from_another(complaint_about="svitlo", join=main["number"])
        refused(door.post("/appeals", an_appeal_body(**new)), 409, "LAW-7")

    def test_an_emergency_is_not_joined_to_what_can_wait(self, door: Door) -> None:
        main, urgent = filed(door)["number"], filed(door, topic=URGENT_TOPIC)["number"]
        refused(door.act(urgent, "join", {"to": main}, by=OPERATOR), 409, "K-6.1")
        new = an_appeal_body(topic=URGENT_TOPIC, join=main)
        refused(door.post("/appeals", new), 409, "K-6.1")
        done(door.act(main, "join", {"to": urgent}, by=OPERATOR))

    def test_an_executor_joins_nothing(self, door: Door) -> None:
        main, second = filed(door)["number"], filed(door)["number"]
        refused(door.act(second, "join", {"to": main}, by=RESPONSIBLE), 403, "K-3.1")


@pytest.mark.clause("K-3.1")
class TestSplit:
    """3.1 A message about several matters becomes several linked cards."""

    def split(self, door: Door) -> tuple[dict[str, Any], dict[str, Any]]:
        appeal = filed(door)
        door.clock.pass_(hours=2)
        card = done(door.act(appeal["number"], "split", {"parts": PARTS}, by=OPERATOR))
        return appeal, card

    def test_the_card_keeps_the_first_part(self, door: Door) -> None:
        _, card = self.split(door)
        assert (card["status"], card["topic"]["code"]) == ("sent", "LI-01")
        row = door.get(f"/cards?q={card['number']}", by=OPERATOR).json["items"][0]
        assert row["excerpt"] == PARTS[0]["text"]

    def test_each_other_part_goes_to_the_executor_of_its_topic(self, door: Door) -> None:
        appeal, card = self.split(door)
        parts = [seen(door, number) for number in card["parts"]]
        assert [part["text"] for part in parts] == [p["text"] for p in PARTS[1:]]
        assert [part["executor"]["id"] for part in parts] == ["vodokanal", "svitlo"]
        assert {part["part_of"] for part in parts} == {appeal["number"]}
        assert {part["status"] for part in parts} == {"sent"}

    def test_the_terms_count_from_the_receipt_of_the_message(self, door: Door) -> None:
        appeal, card = self.split(door)
        urgent = seen(door, card["parts"][0])
        assert urgent["received_at"] == appeal["received_at"]
        assert urgent["due_at"] == "2026-03-03T10:15:00+02:00"

    def test_the_same_code_opens_all(self, door: Door) -> None:
        appeal, card = self.split(door)
        for number in card["parts"]:
            assert tracked(door, number, appeal["access_code"])["number"] == number
        assert tracked(door, appeal["number"], appeal["access_code"])["parts"] == card["parts"]

    def test_one_part_is_no_split_and_every_fault_is_named(self, door: Door) -> None:
        number = filed(door)["number"]
        one = door.act(number, "split", {"parts": PARTS[:1]}, by=OPERATOR)
        assert (one.status, one.json["errors"][0]["field"]) == (422, "parts")
        unknown = [{"text": "А", "topic": "XX-01"}, {"text": "Б", "topic": "XX-02"}]
        reply = door.act(number, "split", {"parts": unknown}, by=OPERATOR)
        assert [fault["field"] for fault in reply.json["errors"]] == [
            "parts.0.topic",
            "parts.1.topic",
        ]

    def test_an_executor_does_not_split(self, door: Door) -> None:
        number = filed(door)["number"]
        refused(door.act(number, "split", {"parts": PARTS}, by=RESPONSIBLE), 403, "K-3.1")
