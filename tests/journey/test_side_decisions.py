"""Another topic, no consideration, and a dispute (KR-2.12, K-6.1, K-6.2, art. 8)."""

from typing import Any, ClassVar

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
    in_work,
    refused,
    said,
    seen,
    tracked,
    uploaded,
)

LEFT = {"ground": "incapable", "reason": "Рішення суду додано до справи."}


class TestOffered:
    """The console offers what may be done now, and no more."""

    def offered(self, door: Door, number: str, by: str) -> set[str]:
        return set(seen(door, number, by)["actions"])

    def test_the_centre_is_offered_every_side_step(self, door: Door) -> None:
        number = filed(door)["number"]
        side = {"clarify", "forward", "join", "split", "reclassify"}
        assert side <= self.offered(door, number, OPERATOR)
        assert side | {"not-consider"} <= self.offered(door, number, COORDINATOR)
        assert side & self.offered(door, number, RESPONSIBLE) == {"clarify"}

    def test_nothing_of_it_on_a_finished_card(self, door: Door) -> None:
        appeal = filed(door)
        said(door, appeal, "withdrawal", {"reason": "Досить"})
        assert self.offered(door, appeal["number"], COORDINATOR) == {"open-contacts"}


@pytest.mark.clause("K-6.1")
class TestReclassified:
    """6.1 The term follows from the topic; the receipt stays what it was."""

    def test_a_slower_class_counts_from_the_same_receipt(self, door: Door) -> None:
        appeal = filed(door, topic=URGENT_TOPIC)
        door.clock.pass_(hours=3)
        body = {"topic": "LI-01", "reason": "Це про світло"}
        card = done(door.act(appeal["number"], "reclassify", body, by=COORDINATOR))
        assert card["due_at"] == "2026-03-08T00:00:00+02:00"
        assert card["executor"]["id"] == "vodokanal"
        assert card["edition"] == appeal["edition"]

    def test_an_emergency_counts_from_now(self, door: Door) -> None:
        number = filed(door)["number"]
        door.clock.pass_(days=2)
        body = {"topic": URGENT_TOPIC, "reason": "Насправді прорив"}
        card = done(door.act(number, "reclassify", body, by=OPERATOR))
        assert card["due_at"] == "2026-03-05T10:15:00+02:00"
        assert card["topic"]["urgency"] == "emergency"
        door.clock.pass_(days=1)
        door.sweep()
        assert events(seen(door, number)).count("overdue") == 1

    def test_the_same_class_leaves_the_date_alone(self, door: Door) -> None:
        appeal = filed(door)
        body = {"topic": OTHER_TOPIC, "reason": "У дворі"}
        card = done(door.act(appeal["number"], "reclassify", body, by=OPERATOR))
        assert card["due_at"] == appeal["due_at"]

    def test_the_history_keeps_both_topics_and_dates(self, door: Door) -> None:
        appeal = filed(door)
        body = {"topic": URGENT_TOPIC, "reason": "Прорив"}
        card = done(door.act(appeal["number"], "reclassify", body, by=OPERATOR))
        facts = card["history"][-1]["facts"]
        assert (facts["was_topic"], facts["topic"]) == ("LI-01", URGENT_TOPIC)
        own = tracked(door, appeal["number"], appeal["access_code"])
        assert "Відсутність холодної води" in own["history"][-1]["text"]
        assert "Прорив" in own["history"][-1]["text"]

    def test_executors_do_not_choose_their_topics(self, door: Door) -> None:
        number = filed(door)["number"]
        body = {"topic": OTHER_TOPIC, "reason": "Так"}
        refused(door.act(number, "reclassify", body, by=RESPONSIBLE), 403, "K-6.1")

    @pytest.mark.parametrize(("topic", "code"), [("LI-01", "same_topic"), ("X-1", "unknown_topic")])
    def test_the_topic_is_another_one_of_the_classifier(
        self, door: Door, topic: str, code: str
    ) -> None:
        number = filed(door)["number"]
        body = {"topic": topic, "reason": "Так"}
        reply = door.act(number, "reclassify", body, by=OPERATOR)
        assert reply.json["errors"][0]["code"] == code


@pytest.mark.clause("LAW-8", "LAW-17")
class TestNotConsidered:
    """Art. 8. Only a named human leaves an appeal without consideration, on a closed list."""

    def test_the_applicant_is_told_the_ground_and_how_to_complain(self, door: Door) -> None:
        appeal = filed(door)
        card = done(door.act(appeal["number"], "not-consider", LEFT, by=COORDINATOR))
        assert (card["status"], card["overdue"]) == ("not_considered", False)
        own = tracked(door, appeal["number"], appeal["access_code"])
        assert "стаття 8" in own["history"][-1]["text"]
        assert LEFT["reason"] in own["history"][-1]["text"]
        assert "до суду" in own["complain"]
        assert card["history"][-1]["by"] == "Олег Лугинець"

    @pytest.mark.parametrize("by", [OPERATOR, RESPONSIBLE])
    def test_nobody_else_decides_it(self, door: Door, by: str) -> None:
        number = filed(door)["number"]
        refused(door.act(number, "not-consider", LEFT, by=by), 403, "LAW-8")

    def test_there_is_no_other_ground(self, door: Door) -> None:
        number = filed(door)["number"]
        body = {**LEFT, "ground": "rude"}
        assert door.act(number, "not-consider", body, by=COORDINATOR).status == 422

    def test_a_nameless_emergency_is_acted_on(self, door: Door) -> None:
        number = filed(door, topic=URGENT_TOPIC)["number"]
        body = {**LEFT, "ground": "anonymous"}
        refused(door.act(number, "not-consider", body, by=COORDINATOR), 409, "LAW-8")

    def test_only_a_complaint_comes_too_late(self, door: Door) -> None:
        number = filed(door)["number"]
        body = {**LEFT, "ground": "late_complaint"}
        refused(door.act(number, "not-consider", body, by=COORDINATOR), 409, "LAW-17")
        complaint = filed(door, kind="complaint")["number"]
        done(door.act(complaint, "not-consider", body, by=COORDINATOR))

    def test_whoever_is_known_by_name_and_residence_is_not_anonymous(self, door: Door) -> None:
        body = {**LEFT, "ground": "anonymous"}
        number = filed(door)["number"]
        refused(door.act(number, "not-consider", body, by=COORDINATOR), 409, "LAW-8")
        nameless = {"phone": "050 111 22 33"}
        signal = filed(door, kind="signal", applicant=nameless)["number"]
        done(door.act(signal, "not-consider", body, by=COORDINATOR))


@pytest.mark.clause("LAW-8")
class TestRepeated:
    """Art. 8. Repeated is what the same person asks of the same body again, once resolved."""

    BODY: ClassVar = {"ground": "repeated", "reason": "Відповідь надано, нових доводів немає."}

    def confirmed(self, door: Door, **changes: Any) -> str:
        """File an appeal, close it, and let its survey meet silence."""
        number: str = filed(door, **changes)["number"]
        closed(door, number)
        door.clock.pass_(days=8)
        door.sweep()
        assert seen(door, number)["status"] == "unconfirmed"
        return number

    def test_the_earlier_card_is_found_by_the_phone(self, door: Door) -> None:
        earlier, again = self.confirmed(door), filed(door)["number"]
        card = done(door.act(again, "not-consider", self.BODY, by=COORDINATOR))
        assert card["history"][-1]["facts"] == {"ground": "repeated", "earlier": earlier}

    def test_without_one_nothing_is_repeated(self, door: Door) -> None:
        number = filed(door)["number"]
        refused(door.act(number, "not-consider", self.BODY, by=COORDINATOR), 409, "LAW-8")

    def test_one_that_is_still_worked_on_is_none(self, door: Door) -> None:
        first, again = filed(door)["number"], filed(door)["number"]
        in_work(door, first)
        refused(door.act(again, "not-consider", self.BODY, by=COORDINATOR), 409, "LAW-8")

    def test_it_may_be_named_where_no_phone_tells(self, door: Door) -> None:
        home = {"street": "вулиця Проскурівська", "building": "14"}
        of_mail = {"name": "Олена Вигадана", "email": "olena@example.org", "residence": home}
        earlier = self.confirmed(door)
        again = filed(door, applicant=of_mail)["number"]
        refused(door.act(again, "not-consider", self.BODY, by=COORDINATOR), 409, "LAW-8")
        done(door.act(again, "not-consider", {**self.BODY, "earlier": earlier}, by=COORDINATOR))

    def test_another_persons_card_is_joined_not_repeated(self, door: Door) -> None:
        earlier = self.confirmed(door, **from_another())
        body = {**self.BODY, "earlier": earlier}
        refused(door.act(filed(door)["number"], "not-consider", body, by=COORDINATOR), 409, "LAW-8")

    def test_an_unknown_card_is_a_fault(self, door: Door) -> None:
        body = {**self.BODY, "earlier": "2026-999999-9"}
        reply = door.act(filed(door)["number"], "not-consider", body, by=COORDINATOR)
        assert (reply.status, reply.json["errors"][0]["field"]) == (422, "earlier")


@pytest.mark.clause("K-6.2")
class TestDisputed:
    """6.2 Silence is not confirmation: for 30 days it may still be disputed."""

    def unconfirmed(self, door: Door) -> dict[str, Any]:
        appeal = filed(door)
        closed(door, appeal["number"])
        door.clock.pass_(days=8)
        door.sweep()
        return appeal

    def test_a_repeat_appeal_with_reason_and_photos_goes_to_the_executor(self, door: Door) -> None:
        appeal = self.unconfirmed(door)
        body = {"reason": "Так і не світить", "uploads": [uploaded(door)]}
        answered = said(door, appeal, "dispute", body).json
        assert answered["status"] == "returned"
        repeat = tracked(door, answered["repeat_number"], appeal["access_code"])
        assert (repeat["status"], repeat["repeat_of"]) == ("sent", appeal["number"])
        assert len(repeat["evidence"]) == 1
        assert repeat["text"].startswith("Так і не світить")
        own = tracked(door, appeal["number"], appeal["access_code"])
        assert events(own)[-2:] == ["disputed", "returned"]

    def test_once(self, door: Door) -> None:
        appeal = self.unconfirmed(door)
        assert said(door, appeal, "dispute", {"reason": "Ні"}).status == 200
        refused(said(door, appeal, "dispute", {"reason": "Ні"}), 409, "K-6.2")

    def test_within_thirty_days(self, door: Door) -> None:
        appeal = self.unconfirmed(door)
        door.clock.pass_(days=29, hours=23)
        assert said(door, appeal, "dispute", {"reason": "Ні"}).status == 200

    def test_and_not_later(self, door: Door) -> None:
        appeal = self.unconfirmed(door)
        door.clock.pass_(days=30)
        refused(said(door, appeal, "dispute", {"reason": "Ні"}), 409, "K-6.2")

    def test_what_is_still_in_work_is_not_disputed(self, door: Door) -> None:
        refused(said(door, filed(door), "dispute", {"reason": "Ні"}), 409, "K-6.2")
