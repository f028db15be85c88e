"""What may incite waits for people; whatever nobody refuses is registered (K-3.4)."""

from typing import Any

import pytest

from tests.door import Door, Reply
from tests.journey.side_cards import filed, refused, seen, tracked, uploaded
from tests.requests import an_appeal_body

OPERATOR, SECOND, COORDINATOR = "operator-1", "operator-2", "coordinator-1"
EMERGENCY = "WA-01"
INCITES = "Не горить ліхтар. Ромів треба виселити всіх до одного, інакше самі спалимо їхні хати!"
HIDDEN = "Не горить ліхтар. *** їхні хати!"
WHY = "Це заклик до насильства над людьми певної національності."


def kept_back(door: Door, **changes: Any) -> dict[str, Any]:
    """Send what may incite and return what its author is told."""
    reply = door.post("/appeals", an_appeal_body(text=INCITES) | changes)
    assert reply.status == 202, reply.text
    body: dict[str, Any] = reply.json
    return body


def judge(door: Door, receipt: str, decision: str, *, by: str, reason: str = WHY) -> Reply:
    """Decide about a text as a person."""
    body = {"decision": decision, "reason": reason}
    return door.post(f"/quarantine/{receipt}/decision", body, by=by)


def by_receipt(door: Door, receipt: str) -> dict[str, Any]:
    """Return what the author reads by the receipt."""
    reply = door.get(f"/receipts/{receipt}")
    assert reply.status == 200, reply.text
    body: dict[str, Any] = reply.json
    return body


def waiting(door: Door, by: str = OPERATOR, status: str = "waiting") -> list[dict[str, Any]]:
    """Return the list of texts as somebody who judges them reads it."""
    reply = door.get(f"/quarantine?status={status}", by=by)
    assert reply.status == 200, reply.text
    items: list[dict[str, Any]] = reply.json["items"]
    return items


@pytest.mark.clause("K-3.4")
class TestKeptBack:
    """3.4 Not registered and not processed are appeals with calls to incite … enmity."""

    def test_the_author_gets_a_receipt_and_no_number(self, door: Door) -> None:
        told = kept_back(door)
        assert told["status"] == "quarantined"
        assert told["explanation"][0]["clause"] == "K-3.4"
        assert told["release_at"] == "2026-03-03T10:15:00+02:00"
        own = by_receipt(door, told["receipt"])
        assert (own["status"], own["number"], own["access_code"]) == ("quarantined", None, None)
        assert door.get("/cards", by=COORDINATOR).json["items"] == []

    def test_people_read_it_with_its_marks_and_without_its_author(self, door: Door) -> None:
        told = kept_back(door)
        (held,) = waiting(door)
        assert held["receipt"] == told["receipt"]
        assert (held["state"], held["labels"]) == ("waiting", ["hate"])
        assert "".join(piece["text"] for piece in held["pieces"]) == INCITES
        marked = [piece["text"] for piece in held["pieces"] if piece["label"]]
        assert marked[0].startswith("Ромів треба виселити")
        assert "Олена" not in str(held)
        assert held["review_by_at"] == "2026-03-02T14:15:00+02:00"

    def test_it_is_found_by_nothing_that_finds_appeals(self, door: Door) -> None:
        kept_back(door)
        for words in ("050 111 22 33", "вулиця Проскурівська 12", "виселити"):
            assert door.get(f"/cards?q={words}", by=COORDINATOR).json["items"] == []

    def test_an_emergency_is_registered_at_once_with_the_words_hidden(self, door: Door) -> None:
        number = filed(door, topic=EMERGENCY, text=INCITES)["number"]
        card = seen(door, number)
        assert (card["status"], card["text"]) == ("sent", HIDDEN)
        assert "incitement" in card["flags"]
        assert card["history"][-1]["facts"] == {"cause": "incitement"}

    def test_a_second_sending_is_the_same_text(self, door: Door) -> None:
        key = {"Idempotency-Key": "k"}
        body = an_appeal_body(text=INCITES)
        first, again = (door.post("/appeals", body, headers=key) for _ in range(2))
        assert (again.status, again.text) == (202, first.text)
        assert len(waiting(door)) == 1

    def test_what_the_operator_enters_waits_too(self, door: Door) -> None:
        body = an_appeal_body(text=INCITES, channel="phone")
        assert door.post("/operator/appeals", body, by=OPERATOR).status == 202

    def test_a_fault_of_the_form_is_told_first(self, door: Door) -> None:
        unknown = door.post("/appeals", an_appeal_body(text=INCITES, topic="XX-99"))
        assert unknown.status == 422
        body = an_appeal_body(text=INCITES, uploads=["0" * 32])
        assert door.post("/appeals", body).json["errors"][0]["code"] == "unknown_upload"

    @pytest.mark.parametrize("receipt", ["q-1.X", "nothing", "2026-000001-1", "q-."])
    def test_a_wrong_receipt_is_none(self, door: Door, receipt: str) -> None:
        assert door.get(f"/receipts/{receipt}").status == 404
        right = kept_back(door)["receipt"]
        forged = right[:-1] + ("0" if right[-1] != "0" else "1")
        assert door.get(f"/receipts/{forged}").status == 404


@pytest.mark.clause("K-3.4")
class TestJudged:
    """A machine refuses nothing: one person registers, two people refuse."""

    def test_one_person_registers_it_with_nothing_hidden(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        door.clock.pass_(hours=3)
        done = judge(door, receipt, "register", by=OPERATOR, reason="Цитата з листівки")
        assert (done.status, done.json["state"]) == (200, "registered")
        own = by_receipt(door, receipt)
        assert (own["status"], own["number"]) == ("registered", done.json["number"])
        card = tracked(door, own["number"], own["access_code"])
        assert card["text"] == INCITES
        assert card["received_at"] == "2026-03-02T10:15:00+02:00"
        assert card["due_at"] == "2026-03-08T00:00:00+02:00"
        events = [line["event"] for line in card["history"]]
        assert events == ["quarantined", "released", "registered", "sent"]

    def test_a_refusal_counts_when_a_second_person_agrees(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        first = judge(door, receipt, "refuse", by=OPERATOR)
        assert (first.json["state"], first.json["refusal"]["reason"]) == ("waiting", WHY)
        assert by_receipt(door, receipt)["status"] == "quarantined"
        refused(judge(door, receipt, "refuse", by=OPERATOR), 409, "K-3.4")
        assert waiting(door, OPERATOR)[0]["needs_another_person"] is True
        assert waiting(door, SECOND)[0]["needs_another_person"] is False
        second = judge(door, receipt, "refuse", by=SECOND, reason="Погоджуюся: заклик.")
        assert second.json["state"] == "refused"
        own = by_receipt(door, receipt)
        assert (own["status"], own["reason"]) == ("refused", "Погоджуюся: заклик.")
        assert "до суду" in own["complain"]
        assert waiting(door) == []
        (kept,) = waiting(door, status="decided")
        assert (kept["state"], kept["text"]) == ("refused", INCITES)

    def test_the_second_person_may_register_it(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        judge(door, receipt, "refuse", by=OPERATOR)
        assert judge(door, receipt, "register", by=COORDINATOR).json["state"] == "registered"

    def test_what_is_decided_stays_so(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        judge(door, receipt, "register", by=OPERATOR)
        refused(judge(door, receipt, "refuse", by=SECOND), 409, "K-3.4")
        refused(judge(door, receipt, "register", by=SECOND), 409, "K-3.4")

    def test_a_reason_is_given(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        assert judge(door, receipt, "refuse", by=OPERATOR, reason=" ").status == 422

    @pytest.mark.parametrize("by", ["svitlo-responsible", "admin-1", "svitlo-head"])
    def test_nobody_else_reads_or_judges(self, door: Door, by: str) -> None:
        receipt = kept_back(door)["receipt"]
        refused(door.get("/quarantine", by=by), 403, "K-3.4")
        refused(judge(door, receipt, "register", by=by), 403, "K-3.4")

    def test_a_decision_sent_twice_is_one(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        body, key = {"decision": "register", "reason": "Цитата"}, {"Idempotency-Key": "k"}
        url = f"/quarantine/{receipt}/decision"
        first, again = (door.post(url, body, by=OPERATOR, headers=key) for _ in range(2))
        assert (again.status, again.text) == (200, first.text)
        assert len(door.get("/cards", by=COORDINATOR).json["items"]) == 1

    def test_its_text_then_stands_with_the_card_only(self, door: Door) -> None:
        judge(door, kept_back(door)["receipt"], "register", by=OPERATOR)
        (kept,) = waiting(door, status="decided")
        assert (kept["text"], kept["pieces"], kept["state"]) == ("***", [], "registered")

    def test_a_year_later_nothing_is_told_of_it(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        for by in (OPERATOR, SECOND):
            judge(door, receipt, "refuse", by=by)
        door.clock.pass_(days=366)
        assert door.get(f"/receipts/{receipt}").status == 404
        assert waiting(door, status="decided") == []

    def test_photos_wait_with_it(self, door: Door) -> None:
        photo = uploaded(door)
        receipt = kept_back(door, uploads=[photo])["receipt"]
        door.clock.pass_(hours=23)
        number = judge(door, receipt, "register", by=OPERATOR).json["number"]
        assert [item["status"] for item in seen(door, number)["evidence"]] == ["accepted"]

    def test_what_it_was_to_be_joined_to_may_have_ended(self, door: Door) -> None:
        main = filed(door)
        receipt = kept_back(door, join=main["number"])["receipt"]
        code = {"X-Access-Code": main["access_code"]}
        withdrawn = {"reason": "Вже горить"}
        door.post(f"/appeals/{main['number']}/withdrawal", withdrawn, headers=code)
        number = judge(door, receipt, "register", by=OPERATOR).json["number"]
        assert seen(door, number)["status"] == "sent"


@pytest.mark.clause("K-3.4")
class TestReleased:
    """Undecided after the city's hours, it is registered by itself (the city's reading)."""

    def test_after_a_day_it_is_registered_with_the_words_hidden(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        door.clock.pass_(hours=23, minutes=59)
        door.sweep()
        assert by_receipt(door, receipt)["status"] == "quarantined"
        door.clock.pass_(minutes=1)
        door.sweep()
        own = by_receipt(door, receipt)
        card = seen(door, own["number"])
        assert (card["text"], card["text_hidden"]) == (HIDDEN, True)
        assert card["received_at"] == "2026-03-02T10:15:00+02:00"
        assert {"incitement"} <= set(card["flags"])
        events = [line["event"] for line in card["history"]]
        assert events == ["quarantined", "released", "registered", "sent"]

    def test_however_often_the_clock_runs_it_is_one_card(self, door: Door) -> None:
        kept_back(door)
        door.clock.pass_(days=2)
        for _ in range(3):
            door.sweep()
        assert len(door.get("/cards", by=COORDINATOR).json["items"]) == 1

    def test_one_persons_refusal_does_not_stop_it(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        judge(door, receipt, "refuse", by=OPERATOR)
        door.clock.pass_(days=1)
        refused(judge(door, receipt, "refuse", by=SECOND), 409, "K-3.4")
        door.sweep()
        assert by_receipt(door, receipt)["status"] == "registered"

    def test_a_refused_one_stays_refused(self, door: Door) -> None:
        receipt = kept_back(door)["receipt"]
        for by in (OPERATOR, SECOND):
            judge(door, receipt, "refuse", by=by)
        door.clock.pass_(days=2)
        door.sweep()
        assert by_receipt(door, receipt)["status"] == "refused"


class TestInADistrict:
    """A city whose regulation knows no such refusal registers every text at once."""

    def test_nothing_waits(self, kr_door: Door) -> None:
        body = an_appeal_body(
            topic="GR-04", text=INCITES, place={"street": "бульвар Вечірній", "building": "1"}
        )
        assert kr_door.post("/appeals", body).status == 201
        assert kr_door.get("/quarantine", by=COORDINATOR).json["items"] == []
