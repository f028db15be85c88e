"""The survey in Khmelnytskyi: calls, reminders, silence, returns and disputes (K-6.2)."""

from typing import Any, Final

import pytest

from tests.crash import stages
from tests.crash.stages import COORDINATOR, OPERATOR, POOR, RESPONSIBLE, Stage
from tests.door import Door

UNREACHABLE: Final = {"outcome": "unreachable", "reason": "Не бере слухавку"}


def closed(door: Door, **changes: Any) -> Stage:
    """Return a closed appeal whose applicant asked to be phoned."""
    return stages.closed(door, **({"reply_channel": "phone"} | changes))


def calls(door: Door) -> list[dict[str, Any]]:
    """Return those whom operators have to phone."""
    reply = door.get("/survey-calls", by=OPERATOR)
    assert reply.status == 200, reply.text
    items: list[dict[str, Any]] = reply.json["items"]
    return items


def heard(stage: Stage, body: object) -> Any:
    """Enter what an operator heard."""
    reply = stage.door.post(f"/cards/{stage.number}/survey", body, by=OPERATOR)
    assert reply.status == 200, reply.text
    return reply.json


def history(stage: Stage, number: str | None = None) -> list[dict[str, Any]]:
    """Return what a coordinator reads of a card."""
    card = stage.door.get(f"/cards/{number or stage.number}", by=COORDINATOR).json
    events: list[dict[str, Any]] = card["history"]
    return events


def causes(stage: Stage) -> list[str]:
    """Return the texts of what needs attention."""
    return [line["text"] for line in history(stage) if line["event"] == "attention"]


@pytest.mark.clause("K-6.2")
class TestCallList:
    """6.2 The applicant is asked by phone, on the site or in the bot."""

    def test_who_asked_for_a_call_stands_in_the_list_at_once(self, door: Door) -> None:
        stage = closed(door)
        (call,) = calls(door)
        assert (call["number"], call["due"], call["attempts"]) == (stage.number, True, 0)
        assert call["attempts_max"] == 3
        assert call["topic"]["code"] == "LI-01"
        assert "phone" not in str(call)

    def test_who_gets_the_link_does_not(self, door: Door) -> None:
        closed(door, reply_channel="email")
        assert calls(door) == []

    def test_an_answer_takes_off_the_list(self, door: Door) -> None:
        stage = closed(door)
        told = heard(stage, stages.CONFIRMED)
        assert (told["status"], told["call_at"]) == ("confirmed", None)
        assert calls(door) == []

    def test_so_does_an_answer_by_the_link(self, door: Door) -> None:
        stage = closed(door)
        assert door.post(f"/surveys/{stage.token}", POOR).status == 200
        assert calls(door) == []

    def test_only_operators_have_it(self, door: Door) -> None:
        assert door.get("/survey-calls", by=RESPONSIBLE).status == 403

    def test_page_by_page_whoever_is_due_first(self, door: Door) -> None:
        first = closed(door)
        door.clock.pass_(minutes=1)
        second = closed(door)
        door.clock.pass_(hours=1)
        heard(first, UNREACHABLE)
        page = door.get("/survey-calls?limit=1", by=OPERATOR).json
        assert [each["number"] for each in page["items"]] == [second.number]
        rest = door.get(f"/survey-calls?cursor={page['next_cursor']}", by=OPERATOR).json
        assert [each["number"] for each in rest["items"]] == [first.number]
        assert rest["items"][0]["due"] is False


@pytest.mark.clause("K-6.2")
class TestUnreachable:
    """Attempts on different days and hours; after the city's number of them it is silence."""

    def test_an_attempt_sets_the_next_one(self, door: Door) -> None:
        stage = closed(door)
        told = heard(stage, UNREACHABLE)
        assert told == {
            "status": "closed",
            "repeat_number": None,
            "attempts": 1,
            "call_at": "2026-03-03T15:15:00+02:00",
        }

    def test_a_second_one_at_once_is_kept_and_does_not_count(self, door: Door) -> None:
        stage = closed(door)
        heard(stage, UNREACHABLE)
        assert heard(stage, UNREACHABLE)["attempts"] == 1
        names = [line["event"] for line in history(stage)]
        assert names.count("contact_attempted") == 2

    def test_the_third_ends_it_unconfirmed_and_never_confirmed(self, door: Door) -> None:
        stage = closed(door)
        for _ in range(2):
            assert heard(stage, UNREACHABLE)["status"] == "closed"
            door.clock.pass_(days=1, hours=5)
        assert heard(stage, UNREACHABLE)["status"] == "unconfirmed"
        assert calls(door) == []
        assert [line["event"] for line in history(stage)][-1] == "unconfirmed"

    def test_after_it_nothing_more_is_asked(self, door: Door) -> None:
        self.test_the_third_ends_it_unconfirmed_and_never_confirmed(door)
        door.clock.pass_(days=30)
        assert door.sweep()["cards"] == 0


@pytest.mark.clause("K-6.2")
class TestClock:
    """Closing opens the survey; the clock reminds of it and ends it."""

    def test_reminder_then_silence(self, door: Door) -> None:
        stage = closed(door, reply_channel="email")
        door.clock.pass_(days=3)
        door.sweep()
        assert causes(stage) == ["Звернення потребує уваги: на опитування ще немає відповіді."]
        door.clock.pass_(days=4)
        door.sweep()
        door.sweep()
        assert [line["event"] for line in history(stage)].count("unconfirmed") == 1

    def test_whoever_was_not_phoned_enough_is_told_of(self, door: Door) -> None:
        stage = closed(door)
        door.clock.pass_(days=8)
        door.sweep()
        assert calls(door) == []
        assert "не додзвонилися" in causes(stage)[-1]


@pytest.mark.clause("K-6.2")
class TestReturned:
    """What is not confirmed becomes a repeat appeal; two returns go to the coordinator."""

    def test_the_second_return_is_the_coordinators_too(self, door: Door) -> None:
        stage = closed(door)
        first = heard(stage, POOR)["repeat_number"]
        assert "coordinator" not in door.get(f"/cards/{first}", by=COORDINATOR).json["flags"]
        _close_again(door, first)
        second = heard(Stage(door, first, ""), POOR)["repeat_number"]
        card = door.get(f"/cards/{second}", by=COORDINATOR).json
        assert "coordinator" in card["flags"]
        assert "attention" in [line["event"] for line in card["history"]]

    def test_silence_may_be_disputed_by_phone_for_thirty_days(self, door: Door) -> None:
        stage = closed(door)
        door.clock.pass_(days=8)
        door.sweep()
        door.clock.pass_(days=29)
        told = heard(stage, POOR)
        assert told["status"] == "returned"
        repeat = door.get(f"/cards/{told['repeat_number']}", by=COORDINATOR).json
        assert repeat["repeat_of"] == stage.number
        assert "disputed" in [line["event"] for line in history(stage)]

    def test_and_no_longer(self, door: Door) -> None:
        stage = closed(door)
        door.clock.pass_(days=8)
        door.sweep()
        door.clock.pass_(days=30)
        reply = door.post(f"/cards/{stage.number}/survey", POOR, by=OPERATOR)
        assert (reply.status, reply.json["clause"]) == (409, "K-6.2")

    def test_the_dispute_needs_its_reason(self, door: Door) -> None:
        stage = closed(door)
        door.clock.pass_(days=8)
        door.sweep()
        reply = door.post(f"/cards/{stage.number}/survey", {"outcome": "poor"}, by=OPERATOR)
        assert reply.status == 422


def _close_again(door: Door, number: str) -> None:
    explained = {"result": "explained", "text": "Роз'яснено порядок обслуговування."}
    for action, body in (("accept", {}), ("assign", {"performer": "Бригада"})):
        assert door.act(number, action, body, by=RESPONSIBLE).status == 200
    assert door.act(number, "report", explained, by=RESPONSIBLE).status == 200
    asked = door.act(number, "requests", stages.CLOSURE, by=RESPONSIBLE)
    url = f"/requests/{asked.json['id']}/decision"
    assert door.post(url, stages.APPROVAL, by=COORDINATOR).status == 200
