"""What the clock does by itself: each step once, however often or late somebody looks."""

from datetime import datetime, timedelta
from typing import Final

import pytest

from chalicelib.domain.card import Card, Status
from chalicelib.domain.errors import RuleRefused
from chalicelib.domain.events import EventName
from chalicelib.domain.people import Role
from chalicelib.regulation.control import timers_of_survey
from chalicelib.usecases.sweeps import require_not_ahead, sweep
from tests.builders import a_card, a_survey, an_appeal, number_of, registering
from tests.fakes import in_turn
from tests.usecases.collaborators import NOW, Centre

DUE: Final = NOW + timedelta(days=10)
LONG_AFTER: Final = DUE + timedelta(days=30)


def centre_with(card: Card) -> Centre:
    """Return a centre that holds a card."""
    centre = Centre()
    centre.put(registering(card, an_appeal(number=card.number)))
    return centre


def running() -> Centre:
    """Return a centre with a card in work under its term."""
    edition = Centre().city.edition_at(NOW).name
    timers = {
        "warning_first": NOW + timedelta(days=5),
        "warning_second": NOW + timedelta(days=8),
        "overdue": DUE,
    }
    return centre_with(a_card(status=Status.IN_WORK, due_at=DUE, edition=edition, timers=timers))


def swept(centre: Centre, at: datetime) -> list[EventName]:
    """Sweep, and return the events that it wrote."""
    number = next(iter(centre.shelf.files))
    before = len(centre.file(number).events)
    sweep(at, city=centre.city, cards=centre.cards, start=in_turn)
    return [event.name for event in centre.file(number).events[before:]]


@pytest.mark.clause("K-6.1")
class TestTerm:
    """6.1 Terms are controlled automatically: nobody has to look."""

    def test_each_step_comes_in_its_time_and_once(self) -> None:
        centre = running()
        assert swept(centre, NOW + timedelta(days=4)) == []
        assert swept(centre, NOW + timedelta(days=5)) == [EventName.DEADLINE_WARNING]
        assert swept(centre, NOW + timedelta(days=5)) == []
        assert swept(centre, NOW + timedelta(days=8)) == [EventName.DEADLINE_WARNING]
        assert swept(centre, DUE) == [EventName.OVERDUE]
        assert swept(centre, LONG_AFTER) == []

    def test_a_late_sweep_misses_none(self) -> None:
        steps = [EventName.DEADLINE_WARNING, EventName.DEADLINE_WARNING, EventName.OVERDUE]
        assert swept(running(), LONG_AFTER) == steps

    def test_the_clock_is_nobody_else(self) -> None:
        centre = running()
        swept(centre, LONG_AFTER)
        (file,) = centre.shelf.files.values()
        assert {event.by.role for event in file.events} == {Role.SYSTEM}

    def test_a_card_that_breaks_its_step_holds_no_other_up(self) -> None:
        centre = running()
        broken = a_card(number=number_of(2), root=number_of(2), timers={"no such timer": NOW})
        centre.put(registering(broken, an_appeal(number=broken.number)))
        found = sweep(DUE, city=centre.city, cards=centre.cards, start=in_turn)
        assert found.cards == 1
        assert [number for number, _ in found.defects] == [broken.number]

    def test_what_waits_for_nothing_is_not_read(self) -> None:
        centre = running()
        swept(centre, LONG_AFTER)
        assert sweep(LONG_AFTER, city=centre.city, cards=centre.cards, start=in_turn).cards == 0


@pytest.mark.clause("K-6.2")
def test_silence_ends_a_survey_and_is_never_confirmation() -> None:
    city, survey = Centre().city, a_survey(opened_at=NOW, closes_at=NOW + timedelta(days=7))
    edition = city.edition_at(NOW)
    timers = timers_of_survey(survey, edition)
    card = a_card(status=Status.CLOSED, closed_at=NOW, edition=edition.name, timers=timers)
    centre = centre_with(card)
    assert EventName.ATTENTION in swept(centre, timers["survey_reminder"])
    assert swept(centre, survey.closes_at) == [EventName.UNCONFIRMED]
    assert centre.file(card.number).card.status is Status.UNCONFIRMED
    assert swept(centre, LONG_AFTER) == []


class TestAhead:
    """A sweep runs at its event's time, never ahead of the clock but where that is allowed."""

    def test_a_little_ahead_is_a_clock_that_differs(self) -> None:
        require_not_ahead(NOW + timedelta(minutes=5), NOW, time_travel=False)

    def test_more_is_refused(self) -> None:
        ahead = NOW + timedelta(minutes=5, seconds=1)
        with pytest.raises(RuleRefused):
            require_not_ahead(ahead, NOW, time_travel=False)
        require_not_ahead(ahead, NOW, time_travel=True)

    def test_the_past_is_open(self) -> None:
        require_not_ahead(NOW - timedelta(days=365), NOW, time_travel=False)
