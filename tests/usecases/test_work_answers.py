"""One answer to all linked appeals: each gets it once, whoever breaks off."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.appeal import Applicant, Place
from chalicelib.domain.card import CardFile, Change
from chalicelib.domain.errors import RoleNotPermitted, RuleRefused, StoreAway
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.people import Role
from chalicelib.usecases import repair_works, work_answers
from tests.builders import COORDINATOR
from tests.fakes import FakeCards
from tests.usecases.collaborators import NOW
from tests.usecases.works_centre import WorksCentre
from tests.works import KEEPER, WORK

MINUTE = timedelta(minutes=1)
WORDS = "Муфту замінено, воду подано о 17:40."


@pytest.fixture
def centre() -> WorksCentre:
    """A centre with a work under way."""
    centre = WorksCentre(appeals_a_day=1000)
    centre.publish()
    return centre


def filed(centre: WorksCentre, count: int) -> list[str]:
    """File so many appeals about the work's place."""
    return [
        centre.register(
            topic="WA-02",
            place=Place("вулиця Проскурівська", str(2 + no % 30)),
            applicant=Applicant(name="Оксана Вигадана", phone=f"+38067{no:07d}"),
        ).card.number
        for no in range(count)
    ]


def answers(centre: WorksCentre, number: str) -> list[Event]:
    """Return the public comments of a card."""
    return [e for e in centre.file(number).events if e.name is EventName.COMMENTED]


def answer(centre: WorksCentre, **how: object) -> None:
    """Give the one answer."""
    keeping = centre.keeping(**how)  # type: ignore[arg-type]
    work_answers.answer(WORDS, keeping, works=centre.works, cards=centre.cards)


@pytest.mark.clause("K-5.1.4", "K-5.1.10")
class TestAnswering:
    """5.1.4 All actions are commented; closing a work offers its appeals for one answer."""

    def test_every_linked_appeal_gets_it_as_a_public_comment(self, centre: WorksCentre) -> None:
        linked = filed(centre, 3)
        other = centre.register(topic="LI-01").card.number
        answer(centre)
        for number in linked:
            (event,) = answers(centre, number)
            assert (event.text, event.public, event.tell) == (WORDS, True, True)
            assert event.by == KEEPER
            assert event.facts == {"work": WORK, "answer": "2"}
        assert answers(centre, other) == []

    def test_the_list_tells_who_was_answered(self, centre: WorksCentre) -> None:
        numbers = filed(centre, 2)

        def seen() -> dict[str, bool]:
            found = work_answers.linked(WORK, actor=KEEPER, works=centre.works, cards=centre.cards)
            return {each.card.number: each.answered for each in found}

        assert seen() == dict.fromkeys(numbers, False)
        answer(centre)
        assert seen() == dict.fromkeys(numbers, True)

    def test_the_first_are_answered_at_once_the_others_by_the_clock(
        self, centre: WorksCentre
    ) -> None:
        numbers = filed(centre, 60)
        answer(centre)
        assert sum(len(answers(centre, number)) for number in numbers) == 25
        for minute in range(3):
            centre.sweep(NOW + minute * MINUTE)
        assert [len(answers(centre, number)) for number in numbers] == [1] * 60
        work = centre.works.read(WORK).work
        assert (work.answering, "answer" in work.timers) == ((), False)

    def test_more_than_a_run_takes_wait_a_minute(
        self, centre: WorksCentre, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("chalicelib.usecases.work_sweeps.ANSWERS_AT_ONCE", 10)
        numbers = filed(centre, 50)
        answer(centre)
        centre.sweep(NOW)
        assert sum(len(answers(centre, number)) for number in numbers) == 35
        for minute in range(4):
            centre.sweep(NOW + minute * MINUTE)
        assert [len(answers(centre, number)) for number in numbers] == [1] * 50

    def test_another_answer_waits_for_the_last_one(self, centre: WorksCentre) -> None:
        filed(centre, 1)
        answer(centre)
        with pytest.raises(RuleRefused):
            answer(centre)
        centre.sweep(NOW)
        answer(centre)

    def test_a_closed_work_may_be_answered(self, centre: WorksCentre) -> None:
        (number,) = filed(centre, 1)
        repair_works.close("", centre.keeping(), works=centre.works)
        answer(centre)
        assert len(answers(centre, number)) == 1

    def test_closing_does_not_break_an_answer_off(self, centre: WorksCentre) -> None:
        numbers = filed(centre, 30)
        answer(centre)
        repair_works.close("", centre.keeping(), works=centre.works)
        centre.sweep(NOW)
        assert [len(answers(centre, number)) for number in numbers] == [1] * 30

    def test_who_may(self, centre: WorksCentre) -> None:
        filed(centre, 1)
        for role in (Role.PERFORMER, Role.OPERATOR, Role.ADMIN):
            with pytest.raises(RoleNotPermitted):
                answer(centre, actor=replace(KEEPER, role=role))
        with pytest.raises(RoleNotPermitted):
            answer(centre, actor=replace(KEEPER, executor="svitlo"))
        answer(centre, actor=COORDINATOR)


class _BreakingCards(FakeCards):
    """Dies at a save, before or after it was written."""

    left, written = 0, False

    def save(self, *changes: Change, **more: object) -> None:
        self.left -= 1
        if self.left == 0:
            if self.written:
                super().save(*changes, **more)  # type: ignore[arg-type]
            raise StoreAway
        super().save(*changes, **more)  # type: ignore[arg-type]


@pytest.mark.clause("K-5.1.4")
@pytest.mark.parametrize("written", [False, True], ids=["lost", "answer lost"])
@pytest.mark.parametrize("dies_at", range(1, 7))
def test_an_answer_that_dies_is_taken_up_where_it_was(dies_at: int, written: bool) -> None:
    centre = WorksCentre(appeals_a_day=1000)
    centre.publish()
    numbers = filed(centre, 5)
    breaking = _BreakingCards(centre.shelf)
    centre.cards = breaking
    breaking.left, breaking.written = dies_at, written
    answer(centre)
    centre.sweep(NOW)
    files: list[CardFile] = [centre.file(number) for number in numbers]
    assert [len(answers(centre, file.card.number)) for file in files] == [1] * 5
