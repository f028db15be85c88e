"""What executors request in Khmelnytskyi, and what is decided (K-3.5, K-5.2)."""

from datetime import timedelta
from typing import Any

import pytest

from tests.door import Door, Reply
from tests.requests import an_appeal_body

SVITLO, SHLIAKHY = "svitlo-responsible", "shliakhy-responsible"
HEAD, COORDINATOR, ADMIN = "svitlo-next-head", "coordinator-1", "admin-1"
PLAN = {"name": "Програма освітлення міста", "year": 2027, "funding": "міський бюджет"}
REASON = "Потрібне обладнання, якого немає на складі"


def filed(door: Door) -> str:
    number: str = door.post("/appeals", an_appeal_body()).json["number"]
    assert door.act(number, "accept", {}, by=SVITLO).status == 200
    return number


def asked(door: Door, number: str, kind: str, **fields: Any) -> Reply:
    body = {"kind": kind, "reason": REASON, **fields}
    return door.act(number, "requests", body, by=SVITLO)


def decided(door: Door, request: Reply, decision: str = "approve", **fields: Any) -> Reply:
    assert request.status == 201, request.text
    body = {"decision": decision, "reason": "Обґрунтовано", **fields}
    return door.post(f"/requests/{request.json['id']}/decision", body, by=COORDINATOR)


def card(door: Door, number: str, by: str = COORDINATOR) -> dict[str, Any]:
    reply = door.get(f"/cards/{number}", by=by)
    assert reply.status == 200, reply.text
    body: dict[str, Any] = reply.json
    return body


def in_days(door: Door, days: float) -> str:
    return (door.clock() + timedelta(days=days)).isoformat()


def extended(door: Door, number: str, days: float, **fields: Any) -> Reply:
    return decided(door, asked(door, number, "extension", new_due_at=in_days(door, days), **fields))


@pytest.mark.clause("K-3.5(1)", "K-5.2.1")
class TestChangeOfExecutor:
    """3.5(1) On the executor's request the executor is changed."""

    def test_the_card_goes_to_the_other_executor_and_the_clock_runs_on(self, door: Door) -> None:
        number = filed(door)
        due_at = card(door, number)["due_at"]
        assert (
            decided(door, asked(door, number, "change_executor", to_executor="shliakhy")).status
            == 200
        )
        after = card(door, number, by=SHLIAKHY)
        assert (after["status"], after["executor"]["id"]) == ("sent", "shliakhy")
        assert after["due_at"] == due_at
        assert door.get(f"/cards/{number}", by=SVITLO).status == 404

    def test_who_does_not_know_whose_it_is_lets_the_coordinator_appoint(self, door: Door) -> None:
        number = filed(door)
        request = asked(door, number, "change_executor", to_executor="unknown")
        unnamed = decided(door, request)
        assert unnamed.status == 422
        assert unnamed.json["errors"][0]["field"] == "to_executor"
        assert decided(door, request, to_executor="shliakhy").status == 200

    def test_a_refusal_changes_nothing(self, door: Door) -> None:
        number = filed(door)
        request = asked(door, number, "change_executor", to_executor="shliakhy")
        assert decided(door, request, "refuse").status == 200
        assert card(door, number)["executor"]["id"] == "svitlo"

    def test_after_two_changes_the_appointment_is_final(self, door: Door) -> None:
        number = filed(door)
        decided(door, asked(door, number, "change_executor", to_executor="shliakhy"))
        body = {"kind": "change_executor", "reason": REASON, "to_executor": "svitlo"}
        decided(door, door.act(number, "requests", body, by=SHLIAKHY))
        third = asked(door, number, "change_executor", to_executor="shliakhy")
        assert (third.status, third.json["clause"]) == (409, "K-3.5(1)")


@pytest.mark.clause("K-5.2.1")
class TestCoExecutor:
    """5.2.1 … or when other executors have to be drawn in."""

    def test_both_see_the_card_and_the_main_one_stays(self, door: Door) -> None:
        number = filed(door)
        assert (
            decided(door, asked(door, number, "co_executor", to_executor="shliakhy")).status == 200
        )
        assert card(door, number, by=SHLIAKHY)["executor"]["id"] == "svitlo"
        queue = door.get("/cards", by=SHLIAKHY).json["items"]
        assert [row["number"] for row in queue] == [number]

    def test_the_co_executor_helps_and_takes_no_step_of_the_main_one(self, door: Door) -> None:
        number = filed(door)
        decided(door, asked(door, number, "co_executor", to_executor="shliakhy"))
        offered = set(card(door, number, by=SHLIAKHY)["actions"])
        assert {"comment", "evidence"} <= offered
        assert not offered & {"assign", "clarify", "request:change_executor"}
        assert door.act(number, "comment", {"text": "Допоможемо"}, by=SHLIAKHY).status == 200
        refused = door.act(number, "assign", {"performer": "Хтось"}, by=SHLIAKHY)
        assert (refused.status, refused.json["clause"]) == (403, "K-5.1.5")
        body = {"kind": "extension", "reason": REASON, "new_due_at": in_days(door, 10)}
        assert door.act(number, "requests", body, by=SHLIAKHY).status == 403

    def test_the_co_executors_queue_follows_the_card(self, door: Door) -> None:
        number = filed(door)
        decided(door, asked(door, number, "co_executor", to_executor="shliakhy"))
        door.act(number, "assign", {"performer": "svitlo-performer-1"}, by=SVITLO)
        assert door.get("/cards", by=SHLIAKHY).json["items"][0]["status"] == "in_work"

    def test_who_became_the_main_executor_is_not_drawn_in_too(self, door: Door) -> None:
        number = filed(door)
        both = asked(door, number, "co_executor", to_executor="shliakhy")
        decided(door, asked(door, number, "change_executor", to_executor="shliakhy"))
        reply = decided(door, both)
        assert (reply.status, reply.json["errors"][0]["code"]) == (422, "same_executor")

    def test_it_has_to_be_named(self, door: Door) -> None:
        reply = asked(door, filed(door), "co_executor")
        assert (reply.status, reply.json["errors"][0]["field"]) == (422, "to_executor")


@pytest.mark.clause("K-3.5(2)", "K-5.2.2", "LAW-20")
class TestExtension:
    """3.5(2) More time is agreed on the executor's motivated request.
    5.2.2 When the extra control is broken, the request for more is given with the knowledge of
    the next-level head, naming the responsible person."""

    def test_the_first_one_is_decided_by_the_coordinator(self, door: Door) -> None:
        number = filed(door)
        was = card(door, number)["due_at"]
        assert extended(door, number, 10).status == 200
        after = card(door, number)
        assert after["due_at"] > was
        assert after["extensions"][0]["reason"] == REASON

    def test_the_applicant_reads_the_new_date_and_the_reason(self, door: Door) -> None:
        appeal = door.post("/appeals", an_appeal_body()).json
        extended(door, appeal["number"], 10)
        headers = {"X-Access-Code": appeal["access_code"]}
        tracked = door.get(f"/appeals/{appeal['number']}", headers=headers).json
        line = next(line for line in tracked["history"] if line["event"] == "extended")
        assert REASON in line["text"]

    def test_a_date_is_demanded(self, door: Door) -> None:
        reply = asked(door, filed(door), "extension")
        assert (reply.status, reply.json["errors"][0]["field"]) == (422, "new_due_at")

    def test_an_earlier_date_is_no_extension(self, door: Door) -> None:
        reply = asked(door, filed(door), "extension", new_due_at=in_days(door, 1))
        assert (reply.status, reply.json["errors"][0]["code"]) == (422, "not_later")

    def test_nobody_extends_past_forty_five_days(self, door: Door) -> None:
        reply = asked(door, filed(door), "extension", new_due_at=in_days(door, 46))
        assert (reply.status, reply.json["clause"]) == (409, "LAW-20")

    def test_nobody_extends_for_themselves(self, door: Door) -> None:
        request = asked(door, filed(door), "extension", new_due_at=in_days(door, 10))
        body = {"decision": "approve", "reason": "Сам собі"}
        for person in (SVITLO, "svitlo-head", HEAD):
            reply = door.post(f"/requests/{request.json['id']}/decision", body, by=person)
            assert reply.status == 403

    def broken(self, door: Door) -> str:
        number = filed(door)
        assert extended(door, number, 10).status == 200
        door.clock.pass_(days=11)
        return number

    def test_after_a_breach_the_responsible_person_is_demanded(self, door: Door) -> None:
        reply = asked(door, self.broken(door), "extension", new_due_at=in_days(door, 5))
        assert (reply.status, reply.json["clause"]) == (409, "K-5.2.2")

    def again(self, door: Door, number: str) -> Reply:
        return asked(
            door,
            number,
            "extension",
            new_due_at=in_days(door, 5),
            responsible_person="Михайло Рябокінь",
        )

    def test_it_waits_for_the_next_level_heads_own_acknowledgement(self, door: Door) -> None:
        request = self.again(door, self.broken(door))
        refused = decided(door, request)
        assert (refused.status, refused.json["clause"]) == (409, "K-5.2.2")
        url = f"/requests/{request.json['id']}/acknowledgement"
        assert door.post(url, {"name": "Наталія Яворик"}, by=HEAD).status == 422
        assert door.post(url, {}, by=SVITLO).status == 403
        assert door.post(url, {}, by="shliakhy-next-head").status == 404
        known = door.post(url, {}, by=HEAD)
        assert known.status == 200
        assert known.json["acknowledged_by"] == "Наталія Яворик"
        assert decided(door, request).status == 200

    def test_the_head_finds_it_in_the_own_list(self, door: Door) -> None:
        request = self.again(door, self.broken(door))
        waiting = door.get("/requests?status=pending", by=HEAD).json["items"]
        assert [item["id"] for item in waiting] == [request.json["id"]]
        assert door.get("/requests?status=pending", by=COORDINATOR).json["items"] == []

    def test_a_second_extension_in_time_is_no_breach_and_raises_no_level(self, door: Door) -> None:
        number = filed(door)
        assert extended(door, number, 10).status == 200
        assert extended(door, number, 12).status == 200
        door.clock.pass_(days=13)
        assert self.again(door, number).json["level"] == 1

    def test_each_further_breach_goes_one_level_up(self, door: Door) -> None:
        number = self.broken(door)
        first = self.again(door, number)
        door.post(f"/requests/{first.json['id']}/acknowledgement", {}, by=HEAD)
        assert decided(door, first).status == 200
        door.clock.pass_(days=6)
        second = self.again(door, number)
        assert second.json["level"] == 2
        url = f"/requests/{second.json['id']}/acknowledgement"
        assert door.post(url, {}, by=HEAD).status == 403
        assert door.post(url, {}, by=ADMIN).status == 200
        assert decided(door, second).status == 200


@pytest.mark.clause("K-3.5(3)", "K-5.2.3")
class TestStrategicPlan:
    """3.5(3) Inclusion into strategic plans, with motivated reasoning, for budget works."""

    def test_the_resident_gets_a_reasoned_reply_and_the_card_stays_in_a_public_list(
        self, door: Door
    ) -> None:
        appeal = door.post("/appeals", an_appeal_body()).json
        number = appeal["number"]
        request = asked(door, number, "strategic_plan", plan=PLAN)
        assert decided(door, request).status == 200
        headers = {"X-Access-Code": appeal["access_code"]}
        tracked = door.get(f"/appeals/{number}", headers=headers).json
        assert (tracked["status"], tracked["result"]) == ("planned", "planned")
        told = next(line["text"] for line in tracked["history"] if line["event"] == "planned")
        assert "Обґрунтовано" in told
        assert "2027" in told
        public = door.get("/plans").json["items"]
        assert [item["number"] for item in public] == [number]
        assert "text" not in public[0]

    def test_the_public_list_shows_the_plan_as_it_was_entered(self, door: Door) -> None:
        number = filed(door)
        plan = {**PLAN, "programme": "Програма енергоощадності"}
        decided(door, asked(door, number, "strategic_plan", plan=plan))
        (planned,) = door.get("/plans").json["items"]
        assert planned["plan"] == plan

    def test_it_leaves_the_queue_and_is_not_overdue_later(self, door: Door) -> None:
        number = filed(door)
        decided(door, asked(door, number, "strategic_plan", plan=PLAN))
        door.clock.pass_(days=60)
        assert door.get("/cards", by=SVITLO).json["items"] == []
        assert card(door, number)["overdue"] is False

    def test_it_is_remembered_every_year_until_it_is_taken_up(self, door: Door) -> None:
        number = filed(door)
        decided(door, asked(door, number, "strategic_plan", plan=PLAN))
        for year in (1, 2):
            door.clock.pass_(days=366)
            door.sweep()
            door.sweep()
            history = card(door, number)["history"]
            assert [line["event"] for line in history].count("attention") == year
        assert door.act(number, "assign", {"performer": "Бригада"}, by=SVITLO).status == 200
        door.clock.pass_(days=366)
        door.sweep()
        history = card(door, number)["history"]
        assert [line["event"] for line in history].count("attention") == 2

    def test_the_plan_is_demanded(self, door: Door) -> None:
        reply = asked(door, filed(door), "strategic_plan")
        assert (reply.status, reply.json["errors"][0]["field"]) == (422, "plan")


@pytest.mark.clause("K-3.5")
class TestRequests:
    """3.5 … on the executor's request, online."""

    def test_one_of_a_kind_waits_at_a_time(self, door: Door) -> None:
        number = filed(door)
        asked(door, number, "change_executor", to_executor="shliakhy")
        assert asked(door, number, "change_executor", to_executor="vodokanal").status == 409

    def test_a_request_is_decided_once(self, door: Door) -> None:
        request = asked(door, filed(door), "change_executor", to_executor="shliakhy")
        assert decided(door, request, "refuse").status == 200
        assert decided(door, request).status == 409
