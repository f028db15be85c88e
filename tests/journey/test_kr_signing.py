"""Who signs the reply in Kryvyi Rih, what must be there first, and the ways back (KR-2)."""

import pytest

from tests.door import Door
from tests.journey.kryvyi_rih import (
    HEAD,
    LETTER,
    PERFORMER,
    SIGNATORY,
    SUBSTITUTE,
    added,
    arrived,
    done,
    in_work,
    refused,
    reported,
    seen,
    signed,
    submitted,
    tried,
    without_email,
)
from tests.requests import an_appeal_body

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
E_SIGNATURE = bytes.fromhex("308006092a864886f70d010702a080") + bytes(64)


def document_added(
    door: Door, number: str, *, by: str, about: str = "review", data: bytes = PDF
) -> str:
    content_type = "application/pdf" if data is PDF else "application/pkcs7-signature"
    body = {
        "content_type": content_type, "size_bytes": len(data), "kind": "document",
        "about": about, "caption": "Підписана відповідь",
    }  # fmt: skip
    announced = door.post(f"/cards/{number}/evidence", body, by=by)
    assert announced.status == 201, announced.text
    door.upload(announced.json, data)
    found: str = announced.json["id"]
    return found


@pytest.mark.clause("KR-2.4")
class TestSignatory:
    """2.4 The reply is signed by distribution of duties."""

    def test_the_topic_decides_who_signs(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        card = submitted(kr_door, number)
        assert card["reply"]["signatory"] == {"id": SIGNATORY, "name": "Світлана Вербенко"}
        assert "sign" in seen(kr_door, number, by=SIGNATORY)["actions"]

    def test_the_substitute_may_be_asked_and_may_sign(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        card = submitted(kr_door, number, signatory=SUBSTITUTE)
        assert card["reply"]["signatory"]["id"] == SUBSTITUTE
        card = done(kr_door, number, "sign", {}, by=SUBSTITUTE)
        assert card["reply"]["signed_by"] == "Оксана Степовик"

    def test_unasked_the_substitute_does_not_sign_beside_a_signatory_who_is_there(
        self, kr_door: Door
    ) -> None:
        number = arrived(kr_door)["number"]
        submitted(kr_door, number)
        assert "sign" not in seen(kr_door, number, by=SUBSTITUTE)["actions"]
        refused(kr_door.act(number, "sign", {}, by=SUBSTITUTE), 403, "KR-2.4")

    def test_while_the_signatory_is_away_the_substitute_signs_of_itself(
        self, kr_door: Door
    ) -> None:
        away = {
            "from": "2026-03-02", "until": "2026-03-09", "substitute": SUBSTITUTE,
            "reason": "Відпустка",
        }  # fmt: skip
        entered = kr_door.call("PUT", f"/people/{SIGNATORY}/absence", away, by="admin-1")
        assert entered.status == 200, entered.text
        number = arrived(kr_door)["number"]
        assert submitted(kr_door, number)["reply"]["signatory"]["id"] == SUBSTITUTE

    @pytest.mark.parametrize("wrong", ["clerk-1", HEAD, "nobody"])
    def test_somebody_else_is_refused(self, kr_door: Door, wrong: str) -> None:
        number = arrived(kr_door)["number"]
        reported(kr_door, number)
        done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        reply = kr_door.act(number, "submit", {"signatory": wrong}, by=HEAD)
        refused(reply, 422, "KR-2.4")
        assert reply.json["errors"][0]["field"] == "signatory"

    def test_a_card_without_a_topic_needs_its_signatory_named(self, kr_door: Door) -> None:
        number = arrived(kr_door, topic=None)["number"]
        reported(kr_door, number)
        done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        assert kr_door.act(number, "submit", {}, by=HEAD).status == 422
        card = done(kr_door, number, "submit", {"signatory": SUBSTITUTE}, by=HEAD)
        assert card["status"] == "reply_submitted"

    def test_the_signatory_sees_deadline_and_evidence(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        submitted(kr_door, number)
        card = seen(kr_door, number, by=SIGNATORY)
        assert card["due_at"] == "2026-03-07T00:00:00+02:00"
        assert card["overdue"] is False
        assert [item["status"] for item in card["evidence"]] == ["accepted"]

    @pytest.mark.parametrize("data", [PDF, E_SIGNATURE], ids=["scan", "e-signature"])
    def test_the_signed_file_is_kept_with_the_reply(self, kr_door: Door, data: bytes) -> None:
        number = arrived(kr_door)["number"]
        submitted(kr_door, number)
        scan = document_added(kr_door, number, by=SIGNATORY, data=data)
        card = done(kr_door, number, "sign", {"file": scan}, by=SIGNATORY)
        assert card["reply"]["file"] == scan

    def test_what_is_no_document_of_the_review_is_no_signed_file(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        submitted(kr_door, number)
        other = document_added(kr_door, number, by=PERFORMER, about="execution")
        for file in (other, "0" * 32):
            reply = kr_door.act(number, "sign", {"file": file}, by=SIGNATORY)
            refused(reply, 422, None)
            assert reply.json["errors"][0]["clause"] == "KR-2.4"


@pytest.mark.clause("KR-2.4", "KR-2.8")
class TestWaysBack:
    """A reply goes back with a reason; 2.8 a signature is revoked with one."""

    def test_a_signature_is_revoked_with_a_reason_only(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        signed(kr_door, number)
        assert kr_door.act(number, "revoke", {}, by=SIGNATORY).status == 422
        reason = {"reason": "Помилка в адресі"}
        card = done(kr_door, number, "revoke", reason, by=SIGNATORY)
        assert (card["status"], card["reply"]["signed_at"]) == ("reply_submitted", None)
        assert card["history"][-1]["event"] == "signature_revoked"
        assert done(kr_door, number, "sign", {}, by=SIGNATORY)["status"] == "reply_signed"

    def test_the_signatory_sends_a_reply_back(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        submitted(kr_door, number)
        reason = {"reason": "Не сказано, коли покошено"}
        card = done(kr_door, number, "send-back", reason, by=SIGNATORY)
        assert (card["status"], card["reply"]["submitted_at"]) == ("reported", None)
        done(kr_door, number, "reply", {"text": f"{LETTER} Роботи завершено о 14:00."}, by=HEAD)
        assert done(kr_door, number, "submit", {}, by=HEAD)["status"] == "reply_submitted"

    def test_what_was_handed_over_is_not_revoked(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        signed(kr_door, number)
        done(kr_door, number, "hand-over", {}, by=HEAD)
        refused(kr_door.act(number, "revoke", {"reason": "Пізно"}, by=SIGNATORY), 409, "KR-2.8")

    def test_a_reply_already_submitted_is_not_redrafted(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        submitted(kr_door, number)
        refused(kr_door.act(number, "reply", {"text": LETTER}, by=PERFORMER), 409, "KR-2.5")


@pytest.mark.clause("KR-2.5")
class TestEvidence:
    """2.5 Photos or acts of execution are added if closing needs them."""

    def test_without_proof_it_is_not_signed_unless_the_head_says_why(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        in_work(kr_door, number)
        half = {"result": "partly_done", "text": "Покошено половину."}
        done(kr_door, number, "report", half, by=PERFORMER)
        done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        done(kr_door, number, "submit", {}, by=HEAD)
        refused(kr_door.act(number, "sign", {}, by=SIGNATORY), 409, "KR-2.5")
        done(kr_door, number, "send-back", {"reason": "Немає фото"}, by=SIGNATORY)
        why = {"without_evidence_reason": "Роботи тривають, фото буде наприкінці"}
        card = done(kr_door, number, "submit", why, by=HEAD)
        assert card["reply"]["without_evidence_reason"] == why["without_evidence_reason"]
        assert done(kr_door, number, "sign", {}, by=SIGNATORY)["status"] == "reply_signed"

    def test_the_proof_may_come_while_the_reply_waits(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        in_work(kr_door, number)
        half = {"result": "partly_done", "text": "Покошено половину."}
        done(kr_door, number, "report", half, by=PERFORMER)
        done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        done(kr_door, number, "submit", {}, by=HEAD)
        added(kr_door, number, by=PERFORMER)
        assert done(kr_door, number, "sign", {}, by=SIGNATORY)["status"] == "reply_signed"


@pytest.mark.clause("KR-2.10", "KR-2.11")
class TestContact:
    """2.10 The unit speaks with who gave no e-mail; 2.11 or states that it could not."""

    def test_without_an_email_it_is_not_signed_before_a_talk(self, kr_door: Door) -> None:
        number = arrived(kr_door, applicant=without_email())["number"]
        submitted(kr_door, number)
        refused(kr_door.act(number, "sign", {}, by=SIGNATORY), 409, "KR-2.10")
        tried(kr_door, number, "reached")
        card = done(kr_door, number, "sign", {}, by=SIGNATORY)
        assert card["reply"]["statement"] == ""

    def test_a_failed_attempt_is_enough_and_stated_by_itself(self, kr_door: Door) -> None:
        number = arrived(kr_door, applicant=without_email())["number"]
        reported(kr_door, number)
        tried(kr_door, number, "off")
        card = done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        said = "Зв’язатися із заявником не вдалося: 2 березня 2026, 10:15 — телефон вимкнено."
        assert card["reply"]["statement"] == said
        done(kr_door, number, "submit", {}, by=HEAD)
        assert done(kr_door, number, "sign", {}, by=SIGNATORY)["reply"]["statement"] == said

    def test_attempts_made_while_the_reply_waits_are_stated_too(self, kr_door: Door) -> None:
        number = arrived(kr_door, applicant=without_email())["number"]
        submitted(kr_door, number)
        tried(kr_door, number, "no_answer")
        assert "ніхто не відповів" in seen(kr_door, number)["reply"]["statement"]
        kept = done(kr_door, number, "sign", {}, by=SIGNATORY)["reply"]["statement"]
        tried(kr_door, number, "wrong_number")
        assert seen(kr_door, number)["reply"]["statement"] == kept

    def test_unclear_details_demand_a_talk_whoever_gave_an_email(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        in_work(kr_door, number)
        done(kr_door, number, "clarify", {"text": "Уточніть, з якого боку будинку"}, by=HEAD)
        done(kr_door, number, "accept", {"text": "Уточнено"}, by=HEAD)
        done(kr_door, number, "assign", {"performer": PERFORMER, "text": "Далі"}, by=HEAD)
        added(kr_door, number, by=PERFORMER)
        done(kr_door, number, "report", {"result": "done", "text": "Готово."}, by=PERFORMER)
        done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        done(kr_door, number, "submit", {}, by=HEAD)
        refused(kr_door.act(number, "sign", {}, by=SIGNATORY), 409, "KR-2.10")
        tried(kr_door, number, "no_answer")
        assert done(kr_door, number, "sign", {}, by=SIGNATORY)["status"] == "reply_signed"


@pytest.mark.parametrize(
    ("action", "body", "by"),
    [
        ("print", {}, "svitlo-responsible"),
        ("reply", {"text": LETTER}, "svitlo-performer-1"),
        ("submit", {}, "svitlo-head"),
        ("sign", {}, "coordinator-1"),
        ("revoke", {"reason": "Причина"}, "coordinator-1"),
        ("send-back", {"reason": "Причина"}, "coordinator-1"),
        ("hand-over", {}, "svitlo-head"),
        ("publish", {}, "coordinator-1"),
    ],
)
def test_khmelnytskyi_has_no_signed_reply_and_names_no_foreign_clause(
    door: Door, action: str, body: dict[str, str], by: str
) -> None:
    number = door.post("/appeals", an_appeal_body()).json["number"]
    assert action not in seen(door, number, by=by)["actions"]
    refused(door.act(number, action, body, by=by), 409, "K-3.5(4)")


@pytest.mark.clause("KR-2.5")
class TestEvidenceExcused:
    """2.5 Proof is added if it is needed to close the card."""

    def test_the_head_may_say_why_a_done_work_needs_none(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        in_work(kr_door, number)
        done(kr_door, number, "report", {"result": "done", "text": "Готово."}, by=PERFORMER)
        done(kr_door, number, "reply", {"text": LETTER}, by=PERFORMER)
        why = {"without_evidence_reason": "Заявник підтвердив виконання на місці"}
        done(kr_door, number, "submit", why, by=HEAD)
        assert done(kr_door, number, "sign", {}, by=SIGNATORY)["status"] == "reply_signed"
