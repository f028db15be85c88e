"""What happens to a card by itself: warnings, breach, acceptance, silence."""

from datetime import datetime, timedelta
from typing import Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.card import Status
from chalicelib.regulation.control import (
    ACCEPT,
    OVERDUE,
    SURVEY_CLOSES,
    SURVEY_REMINDER,
    accept_timer,
    due_steps,
    timers_left,
    timers_of_survey,
    timers_of_term,
)
from tests.builders import a_card, a_survey, local

CITY: Final = load_city("khmelnytskyi")
RECEIVED: Final = local("Mon 2026-03-02 10:00")
EDITION: Final = CITY.edition_at(RECEIVED)
DUE: Final = local("Thu 2026-03-12 10:00")
TIMERS: Final = timers_of_term(RECEIVED, DUE, EDITION)


@pytest.mark.clause("K-6.1")
class TestTerm:
    """6.1 Terms are controlled automatically."""

    def test_it_warns_at_half_and_at_four_fifths_of_the_term(self) -> None:
        assert TIMERS["warning_first"] == local("Sat 2026-03-07 10:00")
        assert TIMERS["warning_second"] == local("Tue 2026-03-10 10:00")

    def test_the_breach_is_at_the_end_of_the_term_and_not_before(self) -> None:
        card = a_card(timers=TIMERS)
        assert OVERDUE not in due_steps(card, DUE - timedelta(microseconds=1))
        assert OVERDUE in due_steps(card, DUE)

    def test_a_late_sweep_takes_all_steps_in_their_order(self) -> None:
        steps = due_steps(a_card(timers=TIMERS), DUE + timedelta(days=9))
        assert steps == ("warning_first", "warning_second", OVERDUE)

    def test_nothing_is_due_when_nothing_is_set(self) -> None:
        assert due_steps(a_card(timers={}), DUE) == ()


@pytest.mark.clause("K-4.1")
class TestAcceptance:
    """4.1 The executor takes the card into work; how soon is a setting of the city."""

    def test_an_emergency_is_accepted_within_minutes_at_any_hour(self) -> None:
        sunday_night = local("Sun 2026-03-01 02:00")
        timer = accept_timer(sunday_night, "emergency", EDITION, CITY.calendar)
        assert timer == {ACCEPT: sunday_night + timedelta(minutes=30)}

    def test_another_card_is_accepted_within_a_working_day(self) -> None:
        friday = local("Fri 2026-03-06 15:00")
        (at,) = accept_timer(friday, "normal", EDITION, CITY.calendar).values()
        assert local("Mon 2026-03-09 00:00") < at <= local("Tue 2026-03-10 00:00")


class TestTimersLeft:
    """A step ends the timers that no longer matter."""

    EVERY: Final = {**TIMERS, ACCEPT: RECEIVED, SURVEY_CLOSES: DUE, SURVEY_REMINDER: DUE}

    def left(self, status: Status) -> dict[str, datetime]:
        return timers_left(a_card(timers=self.EVERY), status)

    @pytest.mark.parametrize("status", [Status.ACCEPTED, Status.IN_WORK, Status.REPORTED])
    def test_work_goes_on_under_its_term(self, status: Status) -> None:
        assert ACCEPT not in self.left(status)
        assert OVERDUE in self.left(status)

    @pytest.mark.parametrize(
        "status", [Status.CLOSED, Status.CONFIRMED, Status.UNCONFIRMED, Status.RETURNED]
    )
    def test_what_has_ended_waits_for_nothing(self, status: Status) -> None:
        assert self.left(status) == {}


@pytest.mark.clause("K-6.2")
class TestSurveyTimers:
    """6.2 The applicant is asked; silence after the city's term is no confirmation."""

    def test_it_is_reminded_of_once_and_then_closes(self) -> None:
        survey = a_survey()
        timers = timers_of_survey(survey, EDITION)
        assert timers[SURVEY_CLOSES] == survey.closes_at
        assert survey.opened_at < timers[SURVEY_REMINDER] < survey.closes_at
