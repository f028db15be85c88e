"""Going back to the applicant, and on to another body (law 393/96 art. 5, 7, 18)."""

import pytest

from tests.door import Door
from tests.journey.side_cards import (
    COORDINATOR,
    OPERATOR,
    RESPONSIBLE,
    closed,
    done,
    events,
    filed,
    refused,
    said,
    seen,
    tracked,
    uploaded,
)

QUESTION = "Уточніть, будь ласка, біля якого під'їзду не горить."
FORWARDED = {"body": "Державна служба автошляхів", "reason": "Дорога державного значення."}


@pytest.mark.clause("LAW-7", "LAW-5")
class TestClarified:
    """Art. 5, 7. An appeal that lacks something goes back with an explanation, in 10 or 5 days."""

    def test_the_applicant_reads_the_question_and_the_term_goes_on(self, door: Door) -> None:
        appeal = filed(door)
        card = done(door.act(appeal["number"], "clarify", {"text": QUESTION}, by=RESPONSIBLE))
        assert (card["status"], card["due_at"]) == ("clarification", appeal["due_at"])
        own = tracked(door, appeal["number"], appeal["access_code"])
        assert own["clarification"]["text"] == QUESTION
        assert QUESTION in own["history"][-1]["text"]

    @pytest.mark.parametrize(("lack", "until"), [("data", "2026-03-08"), ("form", "2026-03-13")])
    def test_until_when_it_goes_back_is_shown(self, door: Door, lack: str, until: str) -> None:
        number = filed(door)["number"]
        card = done(door.act(number, "clarify", {"text": QUESTION, "lack": lack}, by=OPERATOR))
        assert card["clarification"]["return_by_at"] == f"{until}T00:00:00+02:00"

    def test_the_breach_comes_though_nobody_answered(self, door: Door) -> None:
        number = filed(door)["number"]
        done(door.act(number, "clarify", {"text": QUESTION}, by=RESPONSIBLE))
        door.clock.pass_(days=7)
        door.sweep()
        assert "overdue" in events(seen(door, number))

    def test_words_are_demanded(self, door: Door) -> None:
        number = filed(door)["number"]
        assert door.act(number, "clarify", {"text": " "}, by=RESPONSIBLE).status == 422

    def test_the_answer_is_marked_in_the_queue_until_somebody_takes_a_step(
        self, door: Door
    ) -> None:
        appeal = filed(door)
        number = appeal["number"]
        done(door.act(number, "clarify", {"text": QUESTION}, by=RESPONSIBLE))
        assert said(door, appeal, "messages", {"text": "Біля третього."}).status == 200
        card = seen(door, number, RESPONSIBLE)
        assert card["flags"] == ["answered"]
        assert card["clarification"]["answered_at"] is not None
        assert "Біля третього." in card["history"][-1]["text"]
        card = done(door.act(number, "accept", {"text": "Дякуємо."}, by=RESPONSIBLE))
        assert (card["status"], card["flags"]) == ("accepted", [])


@pytest.mark.clause("LAW-18")
class TestMessages:
    """Art. 18. The applicant may add to the appeal, and withdraw it."""

    def test_photos_come_with_a_message(self, door: Door) -> None:
        appeal = filed(door)
        body = {"text": "Ось фото.", "uploads": [uploaded(door)]}
        answered = said(door, appeal, "messages", body)
        assert answered.json["status"] == "sent"
        assert len(tracked(door, appeal["number"], appeal["access_code"])["evidence"]) == 1
        again = said(door, appeal, "messages", body)
        assert again.json["errors"][0]["code"] == "unknown_upload"

    def test_the_version_stays_so_the_executor_is_not_disturbed(self, door: Door) -> None:
        appeal = filed(door)
        before = seen(door, appeal["number"])["version"]
        said(door, appeal, "messages", {"text": "Ще темно."})
        assert seen(door, appeal["number"])["version"] == before

    def test_a_wrong_code_looks_like_no_card(self, door: Door) -> None:
        appeal, other = filed(door), filed(door)
        for deed, body in (("messages", {"text": "Я"}), ("withdrawal", {"reason": "Я"})):
            assert said(door, appeal, deed, body, other["access_code"]).status == 404

    def test_the_same_key_gives_the_same_answer(self, door: Door) -> None:
        appeal = filed(door)
        headers = {"X-Access-Code": appeal["access_code"], "Idempotency-Key": "m-1"}
        url = f"/appeals/{appeal['number']}/messages"
        first = door.post(url, {"text": "Темно"}, headers=headers)
        again = door.post(url, {"text": "Темно"}, headers=headers)
        assert again.text == first.text
        assert again.headers["idempotent-replay"] == "true"
        assert events(seen(door, appeal["number"])).count("message_received") == 1

    def test_a_key_without_the_code_replays_nothing(self, door: Door) -> None:
        appeal, other = filed(door), filed(door)
        url = f"/appeals/{appeal['number']}/messages"
        for code, status in ((appeal["access_code"], 200), (other["access_code"], 404)):
            headers = {"X-Access-Code": code, "Idempotency-Key": "m-1"}
            assert door.post(url, {"text": "Темно"}, headers=headers).status == status

    def test_a_withdrawn_appeal_is_finished(self, door: Door) -> None:
        appeal = filed(door)
        answered = said(door, appeal, "withdrawal", {"reason": "Уже засвітили."})
        assert answered.json["status"] == "withdrawn"
        assert door.get("/cards", by=RESPONSIBLE).json["items"] == []
        refused(said(door, appeal, "messages", {"text": "Ні"}), 409, "LAW-18")
        refused(said(door, appeal, "withdrawal", {"reason": "Ще раз"}), 409, "LAW-18")

    def test_what_is_reported_cannot_be_withdrawn(self, door: Door) -> None:
        appeal = filed(door)
        closed(door, appeal["number"])
        refused(said(door, appeal, "withdrawal", {"reason": "Пізно"}), 409, "LAW-18")

    def test_a_reason_is_demanded(self, door: Door) -> None:
        assert said(door, filed(door), "withdrawal", {"reason": ""}).status == 422


@pytest.mark.clause("LAW-7")
class TestForwarded:
    """Art. 7. What is not the city's is sent to the competent body; the applicant is told."""

    def test_the_applicant_is_told_where_and_why(self, door: Door) -> None:
        appeal = filed(door)
        card = done(door.act(appeal["number"], "forward", FORWARDED, by=OPERATOR))
        assert card["status"] == "forwarded"
        assert card["forwarding"]["forward_by_at"] == "2026-03-08T00:00:00+02:00"
        own = tracked(door, appeal["number"], appeal["access_code"])
        assert own["forwarding"]["body"] == FORWARDED["body"]
        assert FORWARDED["reason"] in own["history"][-1]["text"]

    def test_an_executor_does_not_send_it_away(self, door: Door) -> None:
        number = filed(door)["number"]
        refused(door.act(number, "forward", FORWARDED, by=RESPONSIBLE), 403, "LAW-7")

    def test_the_body_answers_once_by_its_link(self, door: Door) -> None:
        appeal = filed(door)
        number = appeal["number"]
        assert (
            "outside-link" in done(door.act(number, "forward", FORWARDED, by=OPERATOR))["actions"]
        )
        link = door.get(f"/cards/{number}/outside-link", by=OPERATOR).json
        token = link["token"]
        assert link["url"] == f"{door.centre.settings.site_url}/uk/outside/#{token}"
        read = door.get(f"/outside/{token}").json
        assert (read["number"], read["answered_at"]) == (number, None)
        assert "applicant" not in read
        assert door.post(f"/outside/{token}", {"text": "Прийнято."}).status == 200
        refused(door.post(f"/outside/{token}", {"text": "Ще раз."}), 409, "LAW-7")
        refused(door.get(f"/cards/{number}/outside-link", by=OPERATOR), 409, "LAW-7")
        own = tracked(door, number, appeal["access_code"])
        assert own["forwarding"]["answer"] == "Прийнято."
        assert own["history"][-1]["event"] == "outside_answered"

    def test_a_wrong_link_opens_nothing(self, door: Door) -> None:
        number = filed(door)["number"]
        done(door.act(number, "forward", FORWARDED, by=OPERATOR))
        token = door.get(f"/cards/{number}/outside-link", by=OPERATOR).json["token"]
        for wrong in (token[:-1], token[:-1] + "*", number, f"{number}.", "x"):
            assert door.get(f"/outside/{wrong}").status == 404
            assert door.post(f"/outside/{wrong}", {"text": "Так"}).status == 404

    def test_there_is_no_link_to_what_was_not_forwarded(self, door: Door) -> None:
        number = filed(door)["number"]
        assert door.get(f"/cards/{number}/outside-link", by=COORDINATOR).status == 404
        assert door.get(f"/cards/{number}/outside-link", by=RESPONSIBLE).status == 403
