"""When something must happen to a card by itself: what runs in which state, and until when."""

from datetime import datetime, timedelta
from typing import Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.card import Card, Status
from chalicelib.domain.city import City
from chalicelib.regulation import control
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
    accept_timer,
    assign_timer,
    at_once_by,
    decide_timer,
    heard,
    moved,
    question_timer,
    timer_of_plan,
    timers_left,
    timers_of_ending,
    timers_of_start,
    timers_of_survey,
    timers_of_term,
)
from tests.builders import a_card, a_request, a_survey, local

CITY: Final = load_city("khmelnytskyi")
DISTRICT: Final = load_city("kryvyi-rih")
RECEIVED: Final = local("Mon 2026-03-02 10:00")
EDITION: Final = CITY.edition_at(RECEIVED)
DUE: Final = local("Thu 2026-03-12 10:00")
TIMERS: Final = timers_of_term(RECEIVED, DUE, EDITION)


def a_new_card(city: City = CITY, **changes: object) -> Card:
    """Return a card of a city's present edition, received just now."""
    given = {"edition": city.edition_at(RECEIVED).name, "received_at": RECEIVED, "due_at": DUE}
    return a_card(**(given | changes))


@pytest.mark.clause("K-6.1")
class TestTerm:
    """6.1 Terms are controlled automatically."""

    def test_it_warns_at_half_and_at_four_fifths_of_the_term(self) -> None:
        assert TIMERS["warning_first"] == local("Sat 2026-03-07 10:00")
        assert TIMERS["warning_second"] == local("Tue 2026-03-10 10:00")

    def test_a_day_of_23_hours_is_no_shorter_a_term(self) -> None:
        received, due = local("Sat 2026-03-28 00:00"), local("Mon 2026-03-30 00:00")
        half = timers_of_term(received, due, EDITION)["warning_first"]
        assert half - received == due - half == timedelta(hours=23.5)


@pytest.mark.clause("K-3.3")
class TestWithoutExecutor:
    """3.3 Appeals are sent to executors in real time: one that has none does not wait unseen."""

    def test_an_emergency_is_looked_at_within_minutes(self) -> None:
        card = a_new_card(status=Status.REGISTERED, executor=None, urgency="emergency")
        timers = timers_of_start(card, RECEIVED, CITY)
        assert timers[ROUTE] == RECEIVED + timedelta(minutes=15)
        assert ACCEPT not in timers

    def test_another_within_hours(self) -> None:
        card = a_new_card(status=Status.REGISTERED, executor=None)
        assert timers_of_start(card, RECEIVED, CITY)[ROUTE] == RECEIVED + timedelta(hours=4)

    def test_one_that_was_sent_is_waited_for_at_its_executor(self) -> None:
        timers = timers_of_start(a_new_card(), RECEIVED, CITY)
        assert ACCEPT in timers
        assert ROUTE not in timers


@pytest.mark.clause("KR-2.2")
def test_the_general_office_sends_a_card_on_within_the_hour() -> None:
    """2.2 The general office forwards the registration card at once."""
    card = a_new_card(DISTRICT, status=Status.REGISTERED, executor=None)
    assert timers_of_start(card, RECEIVED, DISTRICT)[ROUTE] == RECEIVED + timedelta(hours=1)


@pytest.mark.clause("K-4.1", "KR-2.3")
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


@pytest.mark.clause("K-5.1.5", "KR-2.3")
class TestPerformer:
    """5.1.5 Performers are named; 2.3 the head names the performer."""

    def test_an_emergency_has_one_within_the_hour(self) -> None:
        timer = assign_timer(RECEIVED, "emergency", EDITION, CITY.calendar)
        assert timer == {ASSIGN: RECEIVED + timedelta(hours=1)}

    def test_another_card_within_a_working_day(self) -> None:
        timer = assign_timer(RECEIVED, "medium", EDITION, CITY.calendar)
        assert timer == {ASSIGN: local("Wed 2026-03-04 00:00")}


@pytest.mark.clause("K-3.5", "KR-2.13")
def test_a_request_is_waited_for_until_it_is_to_be_decided() -> None:
    """3.5 Requests of executors are decided in the system; each has a term of its own."""
    request = a_request(no=7)
    assert decide_timer(request) == {"decide_r7": request.decide_by_at}


@pytest.mark.clause("K-4.2")
class TestAtOnce:
    """4.2 Another's matter: a request to change the executor at once. "At once" has no number."""

    def test_the_citys_figure_of_at_once_is_no_timer(self) -> None:
        by = at_once_by(RECEIVED, "normal", EDITION, CITY.calendar)
        assert by == RECEIVED + timedelta(hours=4)
        assert by not in timers_of_start(a_new_card(), RECEIVED, CITY).values()

    def test_a_city_without_the_figure_has_none(self) -> None:
        edition = DISTRICT.edition_at(RECEIVED)
        assert at_once_by(RECEIVED, "normal", edition, DISTRICT.calendar) is None


@pytest.mark.clause("K-5.1.4", "LAW-18")
class TestQuestion:
    """The applicant adds to the appeal, and is answered within the city's time."""

    def test_the_first_unanswered_words_are_counted_from(self) -> None:
        first = question_timer(a_new_card(timers={}), RECEIVED, CITY)
        asked = a_new_card(timers=first)
        assert question_timer(asked, RECEIVED + timedelta(days=1), CITY) == first

    def test_an_answer_without_a_step_ends_the_waiting(self) -> None:
        asked = a_new_card(timers={QUESTION: DUE, OVERDUE: DUE}, flags=frozenset({"answered"}))
        answered = heard(asked)
        assert answered.timers == {OVERDUE: DUE}
        assert answered.flags == frozenset()

    def test_and_so_does_any_step(self) -> None:
        asked = a_new_card(timers={QUESTION: DUE, OVERDUE: DUE}, flags=frozenset({"answered"}))
        assert QUESTION not in moved(asked, Status.ACCEPTED).timers


@pytest.mark.clause("K-3.5(3)")
def test_a_planned_work_is_remembered_every_year() -> None:
    """3.5(3) What is included in a plan is no way out of sight (R32)."""
    (at,) = timer_of_plan(RECEIVED, EDITION, CITY.calendar).values()
    assert at == local("Tue 2027-03-02 10:00")
    leap_day = local("Tue 2028-02-29 12:00")
    (at,) = timer_of_plan(leap_day, EDITION, CITY.calendar).values()
    assert at == local("Wed 2029-02-28 12:00")


class TestTimersLeft:
    """A step ends the timers that no longer matter."""

    EVERY: Final = {
        **TIMERS,
        **dict.fromkeys((ROUTE, ACCEPT, ASSIGN, QUESTION, PLAN_REMINDER), DUE),
        **dict.fromkeys((SURVEY_CLOSES, SURVEY_REMINDER, KEEPING, "decide_r1", "escalate"), DUE),
    }

    def left(self, status: Status) -> dict[str, datetime]:
        return timers_left(a_card(timers=self.EVERY), status)

    @pytest.mark.parametrize("status", [Status.ACCEPTED, Status.IN_WORK, Status.REPORTED])
    def test_work_goes_on_under_its_term(self, status: Status) -> None:
        assert {OVERDUE, "escalate", "decide_r1"} <= set(self.left(status))
        assert not {ACCEPT, ROUTE, SURVEY_CLOSES, KEEPING} & set(self.left(status))

    @pytest.mark.parametrize(
        ("status", "waits_for"),
        [
            (Status.REGISTERED, ROUTE),
            (Status.SENT, ACCEPT),
            (Status.ACCEPTED, ASSIGN),
            (Status.PLANNED, PLAN_REMINDER),
        ],
    )
    def test_each_state_waits_for_its_own_step(self, status: Status, waits_for: str) -> None:
        of_steps = {ROUTE, ACCEPT, ASSIGN, PLAN_REMINDER}
        assert of_steps & set(self.left(status)) == {waits_for}

    @pytest.mark.parametrize("status", [Status.CONFIRMED, Status.UNCONFIRMED, Status.RETURNED])
    def test_what_has_ended_waits_for_the_end_of_its_keeping_only(self, status: Status) -> None:
        assert set(self.left(status)) == {KEEPING}

    def test_every_timer_says_in_which_states_it_matters(self) -> None:
        names = {control.kind_of(name) for name in self.EVERY} | {control.SETTLE_JOINED}
        assert names == set(control._MATTERS_IN)


@pytest.mark.clause("K-6.2")
class TestSurveyTimers:
    """6.2 The applicant is asked; silence after the city's term is no confirmation."""

    def test_it_is_reminded_of_once_and_then_closes(self) -> None:
        survey = a_survey()
        timers = timers_of_survey(survey, EDITION)
        assert timers[SURVEY_CLOSES] == survey.closes_at
        assert survey.opened_at < timers[SURVEY_REMINDER] < survey.closes_at


@pytest.mark.clause("LAW-13")
def test_a_card_is_kept_five_years_from_the_new_year_after_its_end() -> None:
    timers = timers_of_ending(a_new_card(), local("Thu 2026-12-31 23:59"), CITY)
    assert timers[KEEPING] == local("Thu 2032-01-01 00:00")
