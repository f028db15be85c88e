"""An appeal's whole way in Khmelnytskyi, through the API's functions (K-3 to K-6)."""

from typing import Any

import pytest

from tests.door import Door
from tests.requests import TEXT, a_photo, an_appeal_body

RESPONSIBLE, COORDINATOR, PERFORMER = "svitlo-responsible", "coordinator-1", "svitlo-performer-1"


@pytest.fixture
def door(moto_door: Door) -> Door:
    """The way of one appeal is proved on the real store."""
    return moto_door


def filed(door: Door, **changes: Any) -> dict[str, Any]:
    reply = door.post("/appeals", an_appeal_body(**changes))
    assert reply.status == 201, reply.text
    body: dict[str, Any] = reply.json
    return body


def proved(door: Door, number: str, photo: bytes | None = None) -> dict[str, Any]:
    photo = photo or a_photo()
    announced = door.post(
        f"/cards/{number}/evidence",
        {"content_type": "image/jpeg", "size_bytes": len(photo), "caption": "Ліхтарі горять"},
        by=PERFORMER,
    )
    assert announced.status == 201, announced.text
    door.upload(announced.json, photo)
    card = door.get(f"/cards/{number}", by=RESPONSIBLE).json
    return next(item for item in card["evidence"] if item["id"] == announced.json["id"])


def in_work(door: Door, number: str) -> None:
    assert door.act(number, "accept", {}, by=RESPONSIBLE).status == 200
    assert door.act(number, "assign", {"performer": PERFORMER}, by=RESPONSIBLE).status == 200


def closed(door: Door, number: str) -> None:
    in_work(door, number)
    assert proved(door, number)["status"] == "accepted"
    done = {"result": "done", "text": "Замінено лампи на чотирьох опорах."}
    assert door.act(number, "report", done, by=PERFORMER).status == 200
    asked = door.act(
        number, "requests", {"kind": "closure", "reason": "Роботу завершено"}, by=RESPONSIBLE
    )
    assert asked.status == 201, asked.text
    decided = door.post(
        f"/requests/{asked.json['id']}/decision",
        {"decision": "approve", "reason": "Фото підтверджує"},
        by=COORDINATOR,
    )
    assert decided.status == 200, decided.text


def tracked(door: Door, appeal: dict[str, Any]) -> dict[str, Any]:
    reply = door.get(
        f"/appeals/{appeal['number']}", headers={"X-Access-Code": appeal["access_code"]}
    )
    assert reply.status == 200, reply.text
    body: dict[str, Any] = reply.json
    return body


@pytest.mark.clause("K-3.1", "K-3.3")
class TestFiled:
    """3.1 An appeal is registered as an electronic card; 3.3 it is sent in real time."""

    def test_the_applicant_is_told_number_code_executor_and_due_date(self, door: Door) -> None:
        appeal = filed(door)
        assert appeal["number"].startswith("2026-000001-")
        assert len(appeal["access_code"]) == 19
        assert appeal["executor"]["id"] == "svitlo"
        assert appeal["due_at"] == "2026-03-08T00:00:00+02:00"
        assert appeal["explanation"][0]["clause"] == "K-6.1"

    def test_the_card_is_in_the_executors_queue_at_once(self, door: Door) -> None:
        number = filed(door)["number"]
        queue = door.get("/cards", by=RESPONSIBLE).json["items"]
        assert [row["number"] for row in queue] == [number]
        assert queue[0]["status"] == "sent"

    def test_another_executor_does_not_see_it(self, door: Door) -> None:
        number = filed(door)["number"]
        assert door.get("/cards", by="vodokanal-responsible").json["items"] == []
        assert door.get(f"/cards/{number}", by="vodokanal-responsible").status == 404


@pytest.mark.clause("K-6.2")
class TestConfirmed:
    """6.2 The fact and the quality of the work are checked by asking the applicant."""

    def test_closing_opens_the_survey_and_the_link_confirms(self, door: Door) -> None:
        appeal = filed(door)
        closed(door, appeal["number"])
        survey = tracked(door, appeal)["survey"]
        assert survey["url"] == f"{door.centre.settings.site_url}/uk/survey/#{survey['token']}"
        answered = door.post(f"/surveys/{survey['token']}", {"outcome": "confirmed", "score": 5})
        assert answered.json == {"status": "confirmed", "repeat_number": None}
        assert tracked(door, appeal)["status"] == "confirmed"

    def test_the_history_tells_the_whole_way_in_public_words(self, door: Door) -> None:
        appeal = filed(door)
        closed(door, appeal["number"])
        events = [line["event"] for line in tracked(door, appeal)["history"]]
        assert events == [
            "registered", "sent", "accepted", "performer_assigned", "evidence_accepted",
            "reported", "request_decided", "closed", "survey_opened",
        ]  # fmt: skip

    def test_a_link_is_used_once(self, door: Door) -> None:
        appeal = filed(door)
        closed(door, appeal["number"])
        token = tracked(door, appeal)["survey"]["token"]
        assert door.post(f"/surveys/{token}", {"outcome": "confirmed"}).status == 200
        again = door.post(f"/surveys/{token}", {"outcome": "not_done", "reason": "Темно"})
        assert again.status == 409
        assert again.json["clause"] == "K-6.2"


@pytest.mark.clause("K-6.2")
class TestReturned:
    """6.2 Work not confirmed, or poor, makes a repeat appeal with the reason."""

    def returned(self, door: Door, outcome: str = "poor") -> tuple[dict[str, Any], str]:
        appeal = filed(door)
        closed(door, appeal["number"])
        door.clock.pass_(days=1)
        token = tracked(door, appeal)["survey"]["token"]
        reply = door.post(f"/surveys/{token}", {"outcome": outcome, "reason": "Знову не горить"})
        assert reply.status == 200, reply.text
        assert reply.json["status"] == "returned"
        return appeal, reply.json["repeat_number"]

    @pytest.mark.parametrize("outcome", ["not_done", "poor"])
    def test_the_repeat_stands_in_the_executors_queue_with_the_reason(
        self, door: Door, outcome: str
    ) -> None:
        _, repeat = self.returned(door, outcome)
        queue = door.get("/cards", by=RESPONSIBLE).json["items"]
        assert [row["number"] for row in queue] == [repeat]
        assert queue[0]["flags"] == ["repeat"]
        assert queue[0]["excerpt"].startswith("Знову не горить")

    def test_parent_and_repeat_are_linked_both_ways(self, door: Door) -> None:
        appeal, repeat = self.returned(door)
        assert door.get(f"/cards/{repeat}", by=RESPONSIBLE).json["repeat_of"] == appeal["number"]
        assert tracked(door, appeal)["repeats"] == [repeat]

    def test_the_code_of_the_first_appeal_opens_the_repeat(self, door: Door) -> None:
        appeal, repeat = self.returned(door)
        opened = tracked(door, {"number": repeat, "access_code": appeal["access_code"]})
        assert TEXT in opened["text"]

    def test_it_has_a_new_clock_of_the_same_class(self, door: Door) -> None:
        _, repeat = self.returned(door)
        assert door.get(f"/cards/{repeat}", by=RESPONSIBLE).json["due_at"].startswith("2026-03-09")

    def test_a_photo_given_with_the_answer_is_on_the_repeat(self, door: Door) -> None:
        appeal = filed(door)
        closed(door, appeal["number"])
        photo = a_photo((9, 9, 90))
        form = door.post("/uploads", {"content_type": "image/jpeg", "size_bytes": len(photo)}).json
        door.upload(form, photo)
        token = tracked(door, appeal)["survey"]["token"]
        body = {"outcome": "poor", "reason": "Темно", "uploads": [form["upload_id"]]}
        repeat = door.post(f"/surveys/{token}", body).json["repeat_number"]
        opened = tracked(door, {"number": repeat, "access_code": appeal["access_code"]})
        assert len(opened["evidence"]) == 1

    def test_a_reason_is_demanded(self, door: Door) -> None:
        appeal = filed(door)
        closed(door, appeal["number"])
        token = tracked(door, appeal)["survey"]["token"]
        reply = door.post(f"/surveys/{token}", {"outcome": "poor"})
        assert reply.status == 422
        assert reply.json["errors"][0]["field"] == "reason"
        assert tracked(door, appeal)["status"] == "closed"


@pytest.mark.clause("K-5.1.9")
class TestEvidence:
    """5.1.9 Documents (photos) that prove the execution are uploaded."""

    def test_done_without_accepted_evidence_of_execution_is_refused(self, door: Door) -> None:
        number = filed(door)["number"]
        in_work(door, number)
        reply = door.act(number, "report", {"result": "done", "text": "Готово"}, by=PERFORMER)
        assert (reply.status, reply.json["clause"]) == (409, "K-5.1.9")

    def test_evidence_of_the_review_does_not_prove_the_execution(self, door: Door) -> None:
        number = filed(door)["number"]
        in_work(door, number)
        photo = a_photo()
        announced = door.post(
            f"/cards/{number}/evidence",
            {"content_type": "image/jpeg", "size_bytes": len(photo), "about": "review"},
            by=PERFORMER,
        )
        door.upload(announced.json, photo)
        reply = door.act(number, "report", {"result": "done", "text": "Готово"}, by=PERFORMER)
        assert reply.status == 409

    def test_a_report_names_evidence_of_its_own_card(self, door: Door) -> None:
        number = filed(door)["number"]
        in_work(door, number)
        mine = proved(door, number)["id"]
        body = {"result": "done", "text": "Готово", "evidence": [mine, "0" * 32]}
        reply = door.act(number, "report", body, by=PERFORMER)
        assert (reply.status, reply.json["errors"][0]["field"]) == (422, "evidence.1")
        assert door.act(number, "report", body | {"evidence": [mine]}, by=PERFORMER).status == 200

    def test_an_explanation_needs_no_photo(self, door: Door) -> None:
        number = filed(door)["number"]
        in_work(door, number)
        reply = door.act(
            number, "report", {"result": "explained", "text": "Роз'яснено."}, by=PERFORMER
        )
        assert reply.status == 200

    def test_what_is_no_picture_is_rejected_with_a_reason(self, door: Door) -> None:
        number = filed(door)["number"]
        in_work(door, number)
        evidence = proved(door, number, b"<svg onload=alert(1)>")
        assert evidence["status"] == "rejected"
        assert evidence["reason"]

    def test_the_same_picture_on_two_cards_warns_the_coordinator(self, door: Door) -> None:
        first, second = filed(door)["number"], filed(door)["number"]
        for number in (first, second):
            in_work(door, number)
        photo = a_photo((10, 90, 200))
        assert proved(door, first, photo)["warnings"] == []
        assert proved(door, second, photo)["warnings"] == ["same_picture"]
        card = door.get(f"/cards/{second}", by=COORDINATOR).json
        assert "attention" in card["flags"]

    def test_a_picture_older_than_the_appeal_warns_the_coordinator(self, door: Door) -> None:
        number = filed(door)["number"]
        in_work(door, number)
        evidence = proved(door, number, a_photo(taken_at="2026:02:11 10:00:00"))
        assert evidence["warnings"] == ["taken_before"]

    def test_a_residents_photo_is_on_the_card(self, door: Door) -> None:
        photo = a_photo((1, 2, 3))
        form = door.post("/uploads", {"content_type": "image/jpeg", "size_bytes": len(photo)}).json
        door.upload(form, photo)
        appeal = filed(door, uploads=[form["upload_id"]])
        assert tracked(door, appeal)["evidence"][0]["url"].startswith("/evidence/")

    def test_a_photo_that_arrives_after_the_appeal_is_on_the_card_too(self, door: Door) -> None:
        photo = a_photo((3, 2, 1))
        form = door.post("/uploads", {"content_type": "image/jpeg", "size_bytes": len(photo)}).json
        appeal = filed(door, uploads=[form["upload_id"]])
        assert tracked(door, appeal)["evidence"] == []
        door.upload(form, photo)
        assert len(tracked(door, appeal)["evidence"]) == 1


@pytest.mark.clause("K-6.1")
class TestSwept:
    """6.1 Terms are controlled automatically."""

    def events(self, door: Door, number: str) -> list[str]:
        card = door.get(f"/cards/{number}", by=COORDINATOR).json
        return [line["event"] for line in card["history"]]

    def test_nothing_happens_before_its_time(self, door: Door) -> None:
        number = filed(door)["number"]
        door.sweep()
        assert self.events(door, number) == ["registered", "sent"]

    def test_the_breach_is_written_once_however_often_the_sweep_runs(self, door: Door) -> None:
        number = filed(door)["number"]
        door.clock.pass_(days=7)
        for _ in range(3):
            door.sweep()
        assert self.events(door, number).count("overdue") == 1
        assert self.events(door, number).count("deadline_warning") == 2

    def test_silence_is_never_confirmation(self, door: Door) -> None:
        appeal = filed(door)
        closed(door, appeal["number"])
        door.clock.pass_(days=8)
        door.sweep()
        assert tracked(door, appeal)["status"] == "unconfirmed"
