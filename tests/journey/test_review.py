"""What an executor does before a card may be closed (K-4, K-5.3)."""

import pytest

from tests.door import Door
from tests.requests import an_appeal_body

RESPONSIBLE, PERFORMER, COORDINATOR = "svitlo-responsible", "svitlo-performer-1", "coordinator-1"
EXPLAINED = {"result": "explained", "text": "Лампи увімкнуть за графіком вуличного освітлення."}
CLOSURE = {"kind": "closure", "reason": "Питання вирішено"}


def filed(door: Door) -> str:
    number: str = door.post("/appeals", an_appeal_body()).json["number"]
    return number


def in_work(door: Door) -> str:
    number = filed(door)
    door.act(number, "accept", {"text": "Беремо"}, by=RESPONSIBLE)
    naming = {"performer": PERFORMER, "text": "Перевірте"}
    assert door.act(number, "assign", naming, by=RESPONSIBLE).status == 200
    return number


@pytest.mark.clause("K-4.1")
class TestAccepting:
    """4.1 The executor takes the appeal into work and confirms competence."""

    def test_accepting_is_a_step_of_its_own_not_opening(self, door: Door) -> None:
        number = filed(door)
        assert door.get(f"/cards/{number}", by=RESPONSIBLE).json["status"] == "sent"
        accepted = door.act(number, "accept", {"text": "Наша компетенція"}, by=RESPONSIBLE)
        assert accepted.json["status"] == "accepted"
        assert "Наша компетенція" in accepted.json["history"][-1]["text"]

    def test_nothing_is_done_to_a_card_that_nobody_accepted(self, door: Door) -> None:
        number = filed(door)
        refused = door.act(number, "report", EXPLAINED, by=RESPONSIBLE)
        assert (refused.status, refused.json["clause"]) == (409, "K-4.4")

    def test_a_card_not_accepted_in_time_is_shown_to_the_centre(self, door: Door) -> None:
        number = filed(door)
        door.clock.pass_(days=2)
        door.sweep()
        events = [e["event"] for e in door.get(f"/cards/{number}", by=COORDINATOR).json["history"]]
        assert "attention" in events


@pytest.mark.clause("K-5.1.4")
class TestComments:
    """5.1.4 The executor comments on the present state, on every action of the review."""

    def lines(self, door: Door, **texts: str) -> list[str]:
        answered = door.post("/appeals", an_appeal_body()).json
        number, code = answered["number"], answered["access_code"]
        said = {name: {"text": text} for name, text in texts.items()}
        door.act(number, "accept", said.get("accept", {}), by=RESPONSIBLE)
        naming = {"performer": PERFORMER, **said.get("assign", {})}
        door.act(number, "assign", naming, by=RESPONSIBLE)
        seen = door.get(f"/appeals/{number}", headers={"X-Access-Code": code}).json
        return [line["text"] for line in seen["history"]][-2:]

    def test_words_of_the_executor_are_the_comment(self, door: Door) -> None:
        accepted, assigned = self.lines(door, accept="Беремо", assign="Виїдуть завтра")
        assert accepted == "Виконавець прийняв звернення в роботу. Беремо"
        assert assigned == "Призначено конкретного виконавця робіт. Виїдуть завтра"

    def test_without_words_the_step_says_how_the_card_stands(self, door: Door) -> None:
        accepted, assigned = self.lines(door)
        assert "триває попередній розгляд. Строк виконання: до кінця " in accepted
        assert "доручено працівникові виконавця. Строк виконання: до кінця " in assigned

    def test_spaces_are_no_words(self, door: Door) -> None:
        accepted, _ = self.lines(door, accept="  ")
        assert "триває попередній розгляд" in accepted


@pytest.mark.clause("K-4.4")
class TestReporting:
    """4.4 The results of the review are entered by the executor."""

    def test_the_executor_reports_in_words(self, door: Door) -> None:
        number = in_work(door)
        wordless = door.act(number, "report", {"result": "explained"}, by=PERFORMER)
        assert wordless.status == 422
        reported = door.act(number, "report", EXPLAINED, by=PERFORMER)
        assert (reported.json["status"], reported.json["result"]) == ("reported", "explained")

    def test_the_centre_does_not_report_for_it(self, door: Door) -> None:
        refused = door.act(in_work(door), "report", EXPLAINED, by=COORDINATOR)
        assert (refused.status, refused.json["clause"]) == (403, "K-4.4")


@pytest.mark.clause("K-5.3")
class TestGroundForClosing:
    """5.3 The work done and the matter resolved is the ground for closing."""

    def test_closing_is_not_asked_before_the_report(self, door: Door) -> None:
        refused = door.act(in_work(door), "requests", CLOSURE, by=RESPONSIBLE)
        assert (refused.status, refused.json["clause"]) == (409, "K-5.3")

    def test_after_the_report_it_is(self, door: Door) -> None:
        number = in_work(door)
        door.act(number, "report", EXPLAINED, by=PERFORMER)
        assert door.act(number, "requests", CLOSURE, by=RESPONSIBLE).status == 201
