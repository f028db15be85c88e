"""What a message is, who may not get it, and who may not know who asks (art. 3, 7, 8, 10, 15)."""

from typing import Any

import pytest

from tests.door import Door
from tests.journey.side_cards import (
    COORDINATOR,
    OPERATOR,
    PERFORMER,
    RESPONSIBLE,
    closed,
    done,
    events,
    filed,
    from_another,
    in_work,
    refused,
    seen,
    tracked,
)
from tests.requests import an_appeal_body

REFUSAL = {
    "result": "refused",
    "text": "Ділянка не є комунальною.",
    "ground": "Стаття 15 Закону: питання поза повноваженнями.",
    "complain_to": "Виконавчий комітет або суд",
}


@pytest.mark.clause("LAW-7", "LAW-3")
class TestComplaint:
    """Art. 7. A complaint is not sent to those whose acts it is about."""

    def complaint(self, door: Door) -> dict[str, Any]:
        return filed(door, complaint_about="svitlo")

    def test_it_waits_for_a_person_instead_of_going_to_the_executor(self, door: Door) -> None:
        appeal = self.complaint(door)
        assert (appeal["status"], appeal["kind"]) == ("registered", "complaint")
        assert door.get("/cards", by=RESPONSIBLE).json["items"] == []
        waiting = door.get("/cards?executor=none", by=COORDINATOR).json["items"]
        assert [row["number"] for row in waiting] == [appeal["number"]]
        assert "complaint" in waiting[0]["flags"]

    def test_nobody_reads_that_it_is_with_those_complained_about(self, door: Door) -> None:
        appeal = self.complaint(door)
        assert appeal["executor"] is None
        assert tracked(door, appeal["number"], appeal["access_code"])["executor"] is None
        assert seen(door, appeal["number"])["executor"] is None

    def test_nobody_sends_it_there_later(self, door: Door) -> None:
        number = self.complaint(door)["number"]
        body = {"executor": "svitlo", "reason": "За класифікатором"}
        refused(door.act(number, "route", body, by=COORDINATOR), 409, "LAW-7")
        body = {"executor": "inspektsiia", "reason": "Перевірить інший орган"}
        assert done(door.act(number, "route", body, by=COORDINATOR))["status"] == "sent"
        assert door.get("/cards?executor=none", by=COORDINATOR).json["items"] == []

    def test_parts_of_it_are_not_sent_there_either(self, door: Door) -> None:
        number = self.complaint(door)["number"]
        parts = [{"text": "Один", "topic": "WA-01"}, {"text": "Два", "topic": "LI-02"}]
        card = done(door.act(number, "split", {"parts": parts}, by=OPERATOR))
        assert seen(door, card["parts"][0])["status"] == "registered"

    def test_an_unknown_executor_is_a_fault(self, door: Door) -> None:
        reply = door.post("/appeals", an_appeal_body(complaint_about="nobody"))
        assert reply.json["errors"][0]["code"] == "unknown_executor"

    def test_an_executor_has_no_queue_of_what_nobody_has(self, door: Door) -> None:
        self.complaint(door)
        assert door.get("/cards?executor=none", by=RESPONSIBLE).json["items"] == []


@pytest.mark.clause("LAW-8")
class TestSignal:
    """Art. 8. A message without a name is a signal: acted on, answered to nobody."""

    def signal(self, door: Door) -> dict[str, Any]:
        return filed(door, kind="signal", applicant={}, reply_channel="none")

    def test_it_is_sent_and_counted_apart(self, door: Door) -> None:
        appeal = self.signal(door)
        assert (appeal["status"], appeal["kind"]) == ("sent", "signal")
        assert door.get("/cards", by=RESPONSIBLE).json["items"][0]["flags"] == ["signal"]

    def test_it_gets_no_survey_and_no_personal_reply(self, door: Door) -> None:
        appeal = filed(door, applicant={"phone": "050 111 22 33"}, kind="signal")
        assert seen(door, appeal["number"])["reply_channel"] == "none"
        closed(door, appeal["number"])
        assert tracked(door, appeal["number"], appeal["access_code"])["survey"] is None

    def test_without_a_name_a_complaint_is_a_signal_too(self, door: Door) -> None:
        applicant = {**an_appeal_body()["applicant"], "name": ""}
        assert filed(door, applicant=applicant, kind="complaint")["kind"] == "signal"


@pytest.mark.clause("LAW-3", "LAW-18")
class TestAsked:
    """Art. 3, 18. What applicants ask for stands on the card."""

    def test_a_benefit_is_served_before_its_equals(self, door: Door) -> None:
        first = filed(door)["number"]
        second = filed(door, **from_another(benefit="war_veteran"))["number"]
        rows = door.get("/cards", by=RESPONSIBLE).json["items"]
        assert [row["number"] for row in rows] == [second, first]
        assert rows[0]["flags"] == ["benefit"]

    def test_which_benefit_is_read_with_the_contacts_only(self, door: Door) -> None:
        number = filed(door, benefit="disability", co_applicants=["Марія Вигадана"])["number"]
        masked = seen(door, number, RESPONSIBLE)["applicant"]
        assert (masked["benefit"], masked["co_applicants"]) == (None, ["М*** В***"])
        opened = done(door.post(f"/cards/{number}/open-contacts", {}, by=RESPONSIBLE))
        assert (opened["benefit"], opened["co_applicants"]) == ("disability", ["Марія Вигадана"])

    def test_an_unknown_benefit_is_a_fault(self, door: Door) -> None:
        assert door.post("/appeals", an_appeal_body(benefit="rich")).status == 422

    def test_the_wish_to_take_part_is_seen(self, door: Door) -> None:
        card = seen(door, filed(door, take_part=True)["number"], RESPONSIBLE)
        assert card["take_part"] is True
        assert card["flags"] == ["take_part"]

    def test_a_proposal_is_marked(self, door: Door) -> None:
        appeal = filed(door, kind="proposal")
        assert appeal["kind"] == "proposal"
        assert seen(door, appeal["number"])["flags"] == ["proposal"]


@pytest.mark.clause("LAW-10")
class TestHidden:
    """Art. 10. At the applicant's wish nobody discloses who asks."""

    def test_an_executor_reads_nothing_and_opens_nothing(self, door: Door) -> None:
        number = filed(door, hide_identity=True)["number"]
        card = seen(door, number, RESPONSIBLE)
        assert card["applicant"]["hidden"] is True
        assert (card["applicant"]["name"], card["applicant"]["phone"]) == ("", None)
        assert "open-contacts" not in card["actions"]
        refused(door.post(f"/cards/{number}/open-contacts", {}, by=RESPONSIBLE), 403, "LAW-10")
        assert "contacts_opened" not in events(seen(door, number))

    def test_an_executor_does_not_find_the_card_by_the_phone(self, door: Door) -> None:
        open_one = filed(door)["number"]
        hidden = filed(door, hide_identity=True)["number"]
        asked = "/cards?q=0501112233"
        assert [row["number"] for row in door.get(asked, by=RESPONSIBLE).json["items"]] == [
            open_one
        ]
        rows = door.get(asked, by=OPERATOR).json["items"]
        assert {row["number"] for row in rows} == {open_one, hidden}

    def test_the_centre_knows(self, door: Door) -> None:
        number = filed(door, hide_identity=True)["number"]
        opened = done(door.post(f"/cards/{number}/open-contacts", {}, by=OPERATOR))
        assert opened["name"] == "Олена Вигадана"


@pytest.mark.clause("LAW-15")
class TestRefused:
    """Art. 15. A refusal names its ground and says where to complain."""

    def test_the_applicant_reads_ground_and_way(self, door: Door) -> None:
        appeal = filed(door)
        in_work(door, appeal["number"])
        done(door.act(appeal["number"], "report", REFUSAL, by=PERFORMER))
        own = tracked(door, appeal["number"], appeal["access_code"])
        assert own["status"] == "reported"
        for name in ("text", "ground", "complain_to"):
            assert REFUSAL[name] in own["history"][-1]["text"]
        assert "Закону" in own["complain"]

    def test_without_them_it_is_refused_itself(self, door: Door) -> None:
        number = filed(door)["number"]
        in_work(door, number)
        body = {"result": "refused", "text": "Ні."}
        reply = door.act(number, "report", body, by=PERFORMER)
        refused(reply, 422, "LAW-15")
        assert [fault["field"] for fault in reply.json["errors"]] == ["ground", "complain_to"]

    def test_another_result_has_none(self, door: Door) -> None:
        number = filed(door)["number"]
        in_work(door, number)
        reply = door.act(number, "report", {**REFUSAL, "result": "explained"}, by=PERFORMER)
        refused(reply, 422, "LAW-15")
