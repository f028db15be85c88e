"""What the clock does: each step in its time and once, however late the clock is looked at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.card import Card, Status
from chalicelib.domain.city import City
from chalicelib.domain.events import EventName
from chalicelib.regulation.control import (
    ACCEPT,
    ASSIGN,
    KEEPING,
    OVERDUE,
    PLAN_REMINDER,
    QUESTION,
    ROUTE,
    SURVEY_CLOSES,
    SURVEY_REMINDER,
    timers_of_term,
)
from chalicelib.regulation.control_steps import ControlStep, due_steps, levels, wakes_at
from tests.builders import a_card, local

CITY: Final = load_city("khmelnytskyi")
DISTRICT: Final = load_city("kryvyi-rih")
RECEIVED: Final = local("Mon 2026-03-02 10:00")
DUE: Final = local("Sat 2026-03-07 00:00")
SECOND: Final = timedelta(seconds=1)


def a_running_card(city: City = CITY, **changes: Any) -> Card:
    """Return a card in work under its term."""
    edition = city.edition_at(RECEIVED)
    due_at = changes.get("due_at", DUE)
    given = {
        "status": Status.IN_WORK,
        "received_at": RECEIVED,
        "due_at": due_at,
        "edition": edition.name,
        "timers": timers_of_term(RECEIVED, due_at, edition),
    }
    return a_card(**(given | changes))


def steps_of(card: Card, at: datetime, city: City = CITY) -> tuple[ControlStep, ...]:
    """Return the steps that are due at an instant."""
    return due_steps(card, at, city)[1]


def names(steps: Sequence[ControlStep]) -> list[str]:
    """Return what steps write, with the cause of an attention."""
    return [step.facts.get("cause") or str(step.event) for step in steps]


@pytest.mark.clause("K-6.1")
class TestTerm:
    """6.1 Terms are controlled automatically."""

    def test_the_breach_is_at_the_end_of_the_term_and_not_before(self) -> None:
        card = a_running_card(timers={OVERDUE: DUE})
        assert steps_of(card, DUE - SECOND) == ()
        assert names(steps_of(card, DUE)) == ["overdue"]

    def test_at_the_end_of_the_term_there_is_one_overdue_and_no_further_warning(self) -> None:
        after, steps = due_steps(a_running_card(), DUE, CITY)
        assert names(steps) == ["deadline_warning", "deadline_warning", "overdue"]
        assert steps_of(after, DUE + timedelta(days=400)) == ()

    def test_the_card_and_the_instant_tell_when_to_look_next(self) -> None:
        card = a_running_card()
        assert wakes_at(card) == card.timers["warning_first"]
        after, _ = due_steps(card, card.timers["warning_first"], CITY)
        assert wakes_at(after) == card.timers["warning_second"]
        assert wakes_at(due_steps(card, DUE, CITY)[0]) is None

    @pytest.mark.parametrize("late_hours", [0, 1, 24, 48, 72])
    def test_a_late_look_takes_every_step_once_with_the_instant_it_was_due(
        self, late_hours: int
    ) -> None:
        card = a_running_card()
        steps = steps_of(card, DUE + timedelta(hours=late_hours))
        assert [step.since_at for step in steps] == sorted(card.timers.values())

    @pytest.mark.parametrize("sunday", ["Sun 2026-03-29 00:00", "Sun 2026-10-25 00:00"])
    def test_on_both_sundays_of_the_clocks_each_step_comes_once(self, sunday: str) -> None:
        begin = local(sunday)
        received, due = begin - timedelta(days=1), local(sunday) + timedelta(days=2)
        timers = timers_of_term(received, due, CITY.edition_at(RECEIVED))
        card, seen = a_running_card(due_at=due, timers=timers), []
        for minute in range(4 * 24 * 60):
            card, steps = due_steps(card, received + timedelta(minutes=minute), CITY)
            seen += names(steps)
        assert seen == ["deadline_warning", "deadline_warning", "overdue"]


@pytest.mark.clause("K-5.2.2")
class TestEscalation:
    """5.2.2 A broken additional control is known to the head of the next level."""

    def broken(self, **changes: Any) -> Card:
        return a_running_card(timers={OVERDUE: DUE}, **({"extensions": 1} | changes))

    def test_the_chain_is_the_units_head_and_the_citys_ladder(self) -> None:
        assert levels(CITY) == ("head", "next_head", "admin")

    def test_a_term_that_was_never_extended_goes_to_no_head(self) -> None:
        assert names(steps_of(self.broken(extensions=0), DUE)) == ["overdue"]

    def test_the_first_broken_extension_goes_to_the_head_of_the_unit(self) -> None:
        after, steps = due_steps(self.broken(), DUE, CITY)
        assert names(steps) == ["overdue", "escalated"]
        assert (steps[1].facts["level"], steps[1].facts["head"]) == ("1", "head")
        assert after.escalation == 1

    def test_each_further_breach_goes_one_level_up_and_from_the_top_nowhere(self) -> None:
        card, heads = self.broken(), []
        for breach in range(4):
            at = DUE + timedelta(days=breach)
            card, steps = due_steps(replace(card, timers={OVERDUE: at}), at, CITY)
            heads += [step.facts["head"] for step in steps if step.event is EventName.ESCALATED]
        assert heads == ["head", "next_head", "admin"]

    def test_a_breach_that_nobody_mends_goes_up_by_itself_after_the_citys_days(self) -> None:
        card, _ = due_steps(self.broken(), DUE, CITY)
        at = local("Sat 2026-03-14 00:00")
        assert steps_of(card, at - SECOND) == ()
        card, steps = due_steps(card, at, CITY)
        assert [step.facts["level"] for step in steps] == ["2"]
        card, steps = due_steps(card, local("Sat 2026-03-21 00:00"), CITY)
        assert [step.facts["level"] for step in steps] == ["3"]
        assert wakes_at(card) is None

    def test_a_late_look_of_three_days_goes_one_level_up_only(self) -> None:
        steps = steps_of(self.broken(), DUE + timedelta(hours=72))
        assert names(steps) == ["overdue", "escalated"]

    def test_a_very_late_one_goes_up_level_by_level_each_since_its_own_instant(self) -> None:
        steps = steps_of(self.broken(), DUE + timedelta(days=60))[1:]
        assert [step.facts["level"] for step in steps] == ["1", "2", "3"]
        assert len({step.since_at for step in steps}) == 3


@pytest.mark.clause("KR-2.13")
def test_a_broken_extension_of_an_emergency_goes_up_faster() -> None:
    """2.13 An emergency is extended once, by two working days at most."""
    card = a_running_card(DISTRICT, extensions=1, urgency="emergency", timers={OVERDUE: DUE})
    steps = due_steps(card, DUE + timedelta(days=14), DISTRICT)[1]
    assert [step.facts.get("head") for step in steps] == [None, "head", "next_head", "admin"]
    assert steps[2].since_at == local("Tue 2026-03-10 00:00")


class TestWhoIsWaitedFor:
    """What somebody should have done by now is shown as attention, with its cause."""

    @pytest.mark.parametrize(
        ("timer", "cause", "clause"),
        [
            (ROUTE, "no_executor", "K-3.3"),
            (ACCEPT, "not_accepted", "K-4.1"),
            (ASSIGN, "no_performer", "K-5.1.5"),
            (QUESTION, "message_unanswered", "LAW-18"),
            (SURVEY_REMINDER, "survey_unanswered", "K-6.2"),
            (KEEPING, "keeping_over", "LAW-13"),
        ],
    )
    def test_each_has_a_cause(self, timer: str, cause: str, clause: str) -> None:
        card = a_running_card(status=Status.CLOSED, timers={timer: DUE})
        (step,) = steps_of(card, DUE)
        assert (step.event, step.facts["cause"]) == (EventName.ATTENTION, cause)
        assert not step.public

    def test_in_the_district_the_general_office_is_waited_for(self) -> None:
        card = a_running_card(DISTRICT, timers={ROUTE: DUE})
        assert names(due_steps(card, DUE, DISTRICT)[1]) == ["not_distributed"]

    def test_a_request_is_named(self) -> None:
        card = a_running_card(timers={"decide_r12": DUE})
        (step,) = steps_of(card, DUE)
        assert step.facts == {"cause": "request_undecided", "request": f"{card.number}.r12"}


@pytest.mark.clause("K-3.5(3)")
class TestPlan:
    """3.5(3) A planned work is remembered every year until it is taken up (R32)."""

    def test_every_year_again(self) -> None:
        card = a_running_card(status=Status.PLANNED, timers={PLAN_REMINDER: DUE})
        for _ in range(3):
            at = card.timers[PLAN_REMINDER]
            card, steps = due_steps(card, at, CITY)
            assert names(steps) == ["plan_waits"]
            assert timedelta(days=364) < card.timers[PLAN_REMINDER] - at < timedelta(days=368)

    def test_years_that_nobody_looked_are_one_reminder(self) -> None:
        card = a_running_card(status=Status.PLANNED, timers={PLAN_REMINDER: DUE})
        now = DUE + timedelta(days=365 * 4)
        after, steps = due_steps(card, now, CITY)
        assert names(steps) == ["plan_waits"]
        assert after.timers[PLAN_REMINDER] > now


@pytest.mark.clause("K-6.2")
class TestSilence:
    """6.2 Who does not answer has confirmed nothing."""

    def silent(self, **changes: Any) -> Card:
        timers = {SURVEY_CLOSES: DUE, KEEPING: DUE + timedelta(days=2000)}
        return a_running_card(status=Status.CLOSED, timers=timers, **changes)

    def test_it_ends_unconfirmed(self) -> None:
        after, steps = due_steps(self.silent(), DUE, CITY)
        assert names(steps) == ["unconfirmed"]
        assert after.status is Status.UNCONFIRMED
        assert set(after.timers) == {KEEPING}

    def test_whoever_was_to_be_phoned_and_was_not_is_told_of(self) -> None:
        after, steps = due_steps(self.silent(call_at=RECEIVED), DUE, CITY)
        assert names(steps) == ["unconfirmed", "survey_not_called"]
        assert after.call_at is None
