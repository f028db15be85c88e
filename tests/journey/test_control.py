"""Control that runs by itself: nobody opens a page, and everybody who is waited for is named."""

from datetime import datetime
from typing import Any, Final

import pytest

from tests.crash import stages
from tests.crash.stages import COORDINATOR, PERFORMER, RESPONSIBLE, Stage
from tests.door import Door
from tests.journey import kryvyi_rih as kr
from tests.journey.test_extension_in_kryvyi_rih import UNTIL, arrived, asked, decided
from tests.requests import a_photo

HEAD, NEXT_HEAD, ADMIN = "svitlo-head", "svitlo-next-head", "admin-1"
MORE_TIME: Final = {"kind": "extension", "reason": "Немає опор на складі"}


def history(door: Door, number: str, by: str = COORDINATOR) -> list[dict[str, Any]]:
    """Return a card's history."""
    events: list[dict[str, Any]] = door.get(f"/cards/{number}", by=by).json["history"]
    return events


def names(door: Door, number: str, by: str = COORDINATOR) -> list[str]:
    """Return the names of a card's events."""
    return [line["event"] for line in history(door, number, by)]


def attention(door: Door, number: str, by: str = COORDINATOR) -> list[str]:
    """Return what a card needs attention for, in words."""
    return [line["text"] for line in history(door, number, by) if line["event"] == "attention"]


def run_at(door: Door, at: str) -> None:
    """Let the schedule's minute be `at`, and run it twice."""
    door.clock.at = max(door.clock.at, datetime.fromisoformat(at))
    door.sweep()
    door.sweep()


def extended(door: Door, number: str, until: str, *heads: str) -> None:
    """Grant more time; after a breach the heads of the ladder know of it first."""
    body = {**MORE_TIME, "new_due_at": until, "responsible_person": "Анна"}
    asked = door.act(number, "requests", body, by=RESPONSIBLE)
    assert asked.status == 201, asked.text
    for head in heads:
        url = f"/requests/{asked.json['id']}/acknowledgement"
        assert door.post(url, {}, by=head).status == 200
    decided = door.post(f"/requests/{asked.json['id']}/decision", stages.APPROVAL, by=COORDINATOR)
    assert decided.status == 200, decided.text


@pytest.mark.clause("K-6.1", "K-5.2.2", "K-6.2")
class TestOneCardsWay:
    """From the first warning to the silence of its applicant, by the clock alone."""

    def test_warning_overdue_three_levels_closing_survey_reminder_silence(self, door: Door) -> None:
        stage = stages.in_work(door)
        number = stage.number
        run_at(door, "2026-03-05T12:00:00+02:00")
        run_at(door, "2026-03-06T22:00:00+02:00")
        assert names(door, number)[4:] == ["deadline_warning", "deadline_warning"]
        run_at(door, "2026-03-08T00:00:00+02:00")
        assert names(door, number)[6:] == ["overdue"]

        extended(door, number, "2026-03-12T00:00:00+02:00")
        run_at(door, "2026-03-12T00:00:00+02:00")
        assert self.levels(door, number) == ["1"]
        extended(door, number, "2026-03-16T00:00:00+02:00", NEXT_HEAD)
        run_at(door, "2026-03-16T00:00:00+02:00")
        assert self.levels(door, number) == ["1", "2"]
        extended(door, number, "2026-03-20T00:00:00+02:00", ADMIN)
        run_at(door, "2026-03-20T00:00:00+02:00")
        assert self.levels(door, number) == ["1", "2", "3"]
        assert names(door, number).count("overdue") == 4

        self.close(door, stage)
        run_at(door, "2026-03-23T12:00:00+02:00")
        run_at(door, "2026-03-27T12:00:00+02:00")
        assert names(door, number)[-4:] == ["closed", "survey_opened", "attention", "unconfirmed"]
        assert door.get(f"/cards/{number}", by=COORDINATOR).json["status"] == "unconfirmed"

    def levels(self, door: Door, number: str) -> list[str]:
        file = door.centre.cards.read_file(number)
        return [event.facts["level"] for event in file.events if event.name == "escalated"]

    def close(self, door: Door, stage: Stage) -> None:
        photo = a_photo()
        door.upload(stages.announced(stage, photo), photo)
        stage.act("report", stages.DONE, PERFORMER)
        asked = door.act(stage.number, "requests", stages.CLOSURE, by=RESPONSIBLE)
        url = f"/requests/{asked.json['id']}/decision"
        assert door.post(url, stages.APPROVAL, by=COORDINATOR).status == 200

    def test_a_broken_extension_that_nobody_mends_goes_up_by_itself(self, door: Door) -> None:
        number = stages.in_work(door).number
        extended(door, number, "2026-03-12T00:00:00+02:00")
        run_at(door, "2026-03-12T00:00:00+02:00")
        run_at(door, "2026-03-19T00:00:00+02:00")
        run_at(door, "2026-03-26T00:00:00+02:00")
        run_at(door, "2026-05-26T00:00:00+03:00")
        assert self.levels(door, number) == ["1", "2", "3"]
        assert names(door, number).count("overdue") == 1


class TestWhoIsWaitedFor:
    """Somebody should have done something by now: it is shown, with its cause, once."""

    @pytest.mark.clause("K-3.3")
    def test_an_appeal_without_a_topic_waits_for_an_executor(self, door: Door) -> None:
        number = stages.filed(door, topic=None).number
        run_at(door, "2026-03-02T14:15:00+02:00")
        assert attention(door, number) == [
            "Звернення потребує уваги: для нього ще не визначено виконавця."
        ]
        route = {"executor": "svitlo", "reason": "За змістом"}
        assert door.act(number, "route", route, by=COORDINATOR).status == 200
        run_at(door, "2026-03-04T00:00:00+02:00")
        assert "не прийняв" in attention(door, number)[-1]

    @pytest.mark.clause("K-5.1.5")
    def test_an_accepted_one_waits_for_a_performer(self, door: Door) -> None:
        stage = stages.accepted(door)
        run_at(door, "2026-03-04T00:00:00+02:00")
        assert "не призначив" in attention(door, stage.number)[-1]

    @pytest.mark.clause("K-5.1.5")
    def test_a_performer_named_in_time_ends_the_waiting(self, door: Door) -> None:
        number = stages.in_work(door).number
        run_at(door, "2026-03-04T00:00:00+02:00")
        assert attention(door, number) == []

    @pytest.mark.clause("K-3.5")
    def test_a_request_waits_for_its_decision(self, door: Door) -> None:
        number = stages.asked(door).number
        run_at(door, "2026-03-04T00:00:00+02:00")
        assert "вчасно не розглянуто" in attention(door, number)[-1]

    @pytest.mark.clause("K-3.5")
    def test_a_decided_one_for_nothing(self, door: Door) -> None:
        stage = stages.asked(door)
        url = f"/requests/{stage.request}/decision"
        assert door.post(url, stages.APPROVAL, by=COORDINATOR).status == 200
        assert not [n for n in self.timers(door, stage.number) if n.startswith("decide")]

    @pytest.mark.clause("LAW-18", "K-5.1.4")
    def test_words_of_the_applicant_wait_for_an_answer(self, door: Door) -> None:
        stage = self.with_words(door)
        run_at(door, "2026-03-04T00:00:00+02:00")
        assert "ніхто не відповів" in attention(door, stage.number)[-1]

    @pytest.mark.clause("LAW-18", "K-5.1.4")
    @pytest.mark.parametrize(
        ("action", "body", "answers"),
        [
            ("comment", {"text": "Бригада виїхала"}, True),
            ("comment", {"text": "Для своїх", "public": False}, False),
            ("contact-attempt", {"outcome": "reached"}, True),
            ("contact-attempt", {"outcome": "no_answer"}, False),
        ],
    )
    def test_a_public_word_or_a_talk_answers_them(
        self, door: Door, action: str, body: dict[str, Any], answers: bool
    ) -> None:
        stage = self.with_words(door)
        stage.act(action, body, RESPONSIBLE)
        assert ("question" not in self.timers(door, stage.number)) is answers
        flags = door.get(f"/cards/{stage.number}", by=COORDINATOR).json["flags"]
        assert ("answered" not in flags) is answers

    @pytest.mark.clause("K-4.2")
    def test_how_soon_another_executor_was_asked_for_is_a_figure(self, door: Door) -> None:
        number = stages.filed(door).number
        door.clock.pass_(hours=30)
        body = {"kind": "change_executor", "reason": "Не наша мережа", "to_executor": "vodokanal"}
        assert door.act(number, "requests", body, by=RESPONSIBLE).status == 201
        event = door.centre.cards.read_file(number).events[-1]
        assert event.facts["at_once_by_at"] == "2026-03-02T12:15:00+00:00"
        door.sweep()
        assert not any("змін" in text for text in attention(door, number))

    def with_words(self, door: Door) -> Stage:
        stage = stages.in_work(door)
        said = {"text": "А коли саме приїдуть?"}
        code = {"X-Access-Code": stage.access_code}
        assert door.post(f"/appeals/{stage.number}/messages", said, headers=code).status == 200
        return stage

    def timers(self, door: Door, number: str) -> set[str]:
        return set(door.centre.cards.read_file(number).card.timers)


class TestInTheDistrict:
    """The same clock by the other procedure."""

    @pytest.mark.clause("KR-2.2")
    def test_a_card_waits_for_the_general_office(self, kr_door: Door) -> None:
        number = kr.arrived(kr_door)["number"]
        run_at(kr_door, "2026-03-02T11:15:00+02:00")
        assert "не передав його підрозділу" in attention(kr_door, number, kr.CLERK)[0]
        run_at(kr_door, "2026-03-02T23:15:00+02:00")
        assert len(attention(kr_door, number, kr.CLERK)) == 1

    @pytest.mark.clause("KR-2.13", "KR-3.1")
    def test_a_broken_extension_of_an_emergency_goes_up_to_the_committee(
        self, kr_door: Door
    ) -> None:
        door, (number, unit) = kr_door, arrived(kr_door)
        decided(door, asked(door, number, unit, UNTIL), f"{unit}-head")
        for day in ("06", "07", "08", "11", "20"):
            run_at(door, f"2026-03-{day}T00:00:00+02:00")
        file = door.centre.cards.read_file(number)
        heads = [event.facts["head"] for event in file.events if event.name == "escalated"]
        assert heads == ["head", "next_head", "admin"]
