"""The signed reply of Kryvyi Rih, from its distribution to its publication (KR-2.2 – KR-2.9)."""

from typing import Any

import pytest

from tests.door import Door
from tests.journey.kryvyi_rih import (
    CLERK,
    FOREIGN_ID,
    HEAD,
    LETTER,
    PERFORMER,
    RESPONSIBLE,
    SIGNATORY,
    arrived,
    done,
    handed_over,
    in_work,
    refused,
    reported,
    seen,
    signed,
    submitted,
)


def tracked(door: Door, appeal: dict[str, Any]) -> dict[str, Any]:
    reply = door.get(
        f"/appeals/{appeal['number']}", headers={"X-Access-Code": appeal["access_code"]}
    )
    assert reply.status == 200, reply.text
    body: dict[str, Any] = reply.json
    return body


def events(card: dict[str, Any]) -> list[str]:
    return [line["event"] for line in card["history"]]


@pytest.mark.clause("KR-2.2", "KR-2.3")
class TestDistribution:
    """2.2 The general office sends the card to the unit; 2.3 it is printed for the head."""

    def test_the_clerk_sends_it_and_the_clock_runs_on(self, kr_door: Door) -> None:
        appeal = arrived(kr_door)
        kr_door.clock.pass_(hours=3)
        route = {"executor": "blahoustrii", "reason": "За класифікатором"}
        card = done(kr_door, appeal["number"], "route", route, by=CLERK)
        assert (card["status"], card["due_at"]) == ("sent", appeal["due_at"])

    def test_printing_is_kept_and_changes_nothing(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        route = {"executor": "blahoustrii", "reason": "За класифікатором"}
        sent = done(kr_door, number, "route", route, by=CLERK)
        assert "print" in seen(kr_door, number, by=RESPONSIBLE)["actions"]
        printed = done(kr_door, number, "print", {}, by=RESPONSIBLE)
        assert events(printed)[-1] == "printed"
        assert (printed["status"], printed["version"]) == ("sent", sent["version"])

    def test_the_responsible_person_alone_prints(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        in_work(kr_door, number)
        refused(kr_door.act(number, "print", {}, by=HEAD), 403, "KR-2.3")

    def test_the_head_alone_names_the_performer(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        route = {"executor": "blahoustrii", "reason": "За класифікатором"}
        done(kr_door, number, "route", route, by=CLERK)
        done(kr_door, number, "accept", {"text": "Приймаємо"}, by=RESPONSIBLE)
        named = kr_door.act(number, "assign", {"performer": PERFORMER}, by=RESPONSIBLE)
        refused(named, 403, "KR-2.3")

    def test_a_finished_card_is_not_printed(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        handed_over(kr_door, number)
        done(kr_door, number, "publish", {}, by=CLERK)
        refused(kr_door.act(number, "print", {}, by=RESPONSIBLE), 409, "KR-2.3")


@pytest.mark.clause("KR-2.5", "KR-2.6")
class TestSubmitted:
    """2.5 The result is a reply to the applicant; 2.6 the head gives it for signature alone."""

    def test_a_draft_leaves_status_and_version(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        in_work(kr_door, number)
        before = seen(kr_door, number)
        card = done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        assert (card["status"], card["version"]) == ("in_work", before["version"])
        assert (card["reply"]["text"], card["reply"]["statement"]) == (LETTER, "")
        assert card["reply"]["signatory"] is None

    def test_there_is_nothing_to_reply_before_the_work(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        route = {"executor": "blahoustrii", "reason": "За класифікатором"}
        done(kr_door, number, "route", route, by=CLERK)
        refused(kr_door.act(number, "reply", {"text": LETTER}, by=HEAD), 409, "KR-2.5")

    def test_the_general_office_drafts_nothing(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        in_work(kr_door, number)
        refused(kr_door.act(number, "reply", {"text": LETTER}, by=CLERK), 403, "KR-2.5")

    def test_a_reply_needs_words(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        in_work(kr_door, number)
        assert kr_door.act(number, "reply", {"text": ""}, by=PERFORMER).status == 422

    def test_without_a_draft_nothing_is_submitted(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        reported(kr_door, number)
        refused(kr_door.act(number, "submit", {}, by=HEAD), 409, "KR-2.6")

    def test_without_a_result_nothing_is_submitted(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        in_work(kr_door, number)
        done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        refused(kr_door.act(number, "submit", {}, by=HEAD), 409, "KR-2.6")

    @pytest.mark.parametrize("other", [RESPONSIBLE, PERFORMER])
    def test_the_head_alone_submits(self, kr_door: Door, other: str) -> None:
        number = arrived(kr_door)["number"]
        reported(kr_door, number)
        done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        refused(kr_door.act(number, "submit", {}, by=other), 403, "KR-2.6")


@pytest.mark.clause("KR-2.7", "KR-2.12")
class TestHandedOver:
    """2.7 Reply, evidence and card go to the general office; 2.12 that instant is the answer."""

    def test_it_answers_the_term(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        card = handed_over(kr_door, number)
        assert card["status"] == "handed_over"
        assert card["reply"]["handed_over_at"] == "2026-03-02T10:15:00+02:00"
        kr_door.clock.pass_(days=30)
        kr_door.sweep()
        later = seen(kr_door, number)
        assert later["overdue"] is False
        assert "overdue" not in events(later)
        assert kr_door.get("/cards?overdue=true", by=CLERK).json["items"] == []

    def test_a_signature_is_no_answer_yet(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        signed(kr_door, number)
        kr_door.clock.pass_(days=30)
        kr_door.sweep()
        late = seen(kr_door, number)
        assert late["overdue"] is True
        assert events(late).count("overdue") == 1

    def test_handed_over_late_is_overdue_for_ever(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        signed(kr_door, number)
        kr_door.clock.pass_(days=30)
        assert done(kr_door, number, "hand-over", {}, by=RESPONSIBLE)["overdue"] is True

    def test_the_official_mail_is_told_the_e_version(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        line = handed_over(kr_door, number)["history"][-1]
        official_mail = kr_door.centre.city.centre.official_mail  # type: ignore[union-attr]
        assert (line["event"], line["facts"]["mail"]) == ("handed_over", official_mail)

    def test_the_performer_hands_nothing_over(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        signed(kr_door, number)
        refused(kr_door.act(number, "hand-over", {}, by=PERFORMER), 403, "KR-2.7")


@pytest.mark.clause("KR-2.9")
class TestPublished:
    """2.9 The general office publishes the unit's reply."""

    def test_the_card_is_off_control_without_a_survey(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        handed_over(kr_door, number)
        kr_door.clock.pass_(hours=2)
        card = done(kr_door, number, "publish", {}, by=CLERK)
        assert (card["status"], card["survey"]) == ("closed", None)
        assert card["reply"]["published_at"] == "2026-03-02T12:15:00+02:00"
        assert events(card)[-2:] == ["reply_published", "closed"]
        assert kr_door.get("/cards", by=CLERK).json["items"] == []

    def test_the_reply_returns_under_the_foreign_id(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        handed_over(kr_door, number)
        card = done(kr_door, number, "publish", {}, by=CLERK)
        assert card["history"][-2]["facts"] == {"external_id": FOREIGN_ID}

    def test_the_applicant_reads_the_reply_once_it_is_published(self, kr_door: Door) -> None:
        appeal = arrived(kr_door)
        handed_over(kr_door, appeal["number"])
        assert tracked(kr_door, appeal)["reply"] is None
        done(kr_door, appeal["number"], "publish", {}, by=CLERK)
        assert tracked(kr_door, appeal)["reply"]["text"] == LETTER

    def test_the_applicant_reads_the_whole_way_in_public_words(self, kr_door: Door) -> None:
        appeal = arrived(kr_door)
        handed_over(kr_door, appeal["number"])
        done(kr_door, appeal["number"], "publish", {}, by=CLERK)
        assert events(tracked(kr_door, appeal)) == [
            "registered", "sent", "accepted", "performer_assigned", "evidence_accepted",
            "reported", "reply_submitted", "reply_signed", "handed_over", "reply_published",
            "closed",
        ]  # fmt: skip

    def test_the_clerk_alone_publishes(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        handed_over(kr_door, number)
        refused(kr_door.act(number, "publish", {}, by=HEAD), 403, "KR-2.9")

    def test_an_incomplete_package_goes_back_and_the_term_runs_on(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        handed_over(kr_door, number)
        assert kr_door.act(number, "send-back", {}, by=CLERK).status == 422
        back = {"reason": "Бракує акта виконання"}
        card = done(kr_door, number, "send-back", back, by=CLERK)
        assert card["status"] == "reported"
        reply = card["reply"]
        assert reply["text"] == LETTER
        assert {reply["signatory"], reply["signed_at"], reply["handed_over_at"]} == {None}
        kr_door.clock.pass_(days=30)
        for _ in range(2):
            kr_door.sweep()
        late = seen(kr_door, number)
        assert late["overdue"] is True
        assert events(late).count("overdue") == 1

    def test_what_came_back_goes_the_same_way_again(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        handed_over(kr_door, number)
        done(kr_door, number, "send-back", {"reason": "Бракує акта"}, by=CLERK)
        done(kr_door, number, "submit", {}, by=HEAD)
        done(kr_door, number, "sign", {}, by=SIGNATORY)
        done(kr_door, number, "hand-over", {}, by=HEAD)
        assert done(kr_door, number, "publish", {}, by=CLERK)["status"] == "closed"

    def test_nothing_is_published_before_it_is_handed_over(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        submitted(kr_door, number)
        refused(kr_door.act(number, "publish", {}, by=CLERK), 409, "KR-2.9")

    def test_a_card_joined_to_it_is_answered_by_the_same_reply(self, kr_door: Door) -> None:
        main, other = arrived(kr_door), arrived(kr_door, external_id="CC-339-2026-18")
        done(kr_door, other["number"], "join", {"to": main["number"]}, by=CLERK)
        refused(kr_door.act(other["number"], "publish", {}, by=CLERK), 409, "KR-2.9")
        handed_over(kr_door, main["number"])
        done(kr_door, main["number"], "publish", {}, by=CLERK)
        kr_door.sweep()
        answered = tracked(kr_door, other)
        assert (answered["status"], answered["reply"]["text"]) == ("closed", LETTER)
        assert answered["overdue"] is False

    def test_nothing_is_added_to_a_published_card_by_its_own_clause(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        handed_over(kr_door, number)
        done(kr_door, number, "publish", {}, by=CLERK)
        photo = {"content_type": "image/jpeg", "size_bytes": 100}
        refused(kr_door.post(f"/cards/{number}/evidence", photo, by=PERFORMER), 409, "KR-2.5")
