"""What the clock does by itself: each step once, however often or late somebody looks."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from chalicelib.domain.card import Card, CardFile, Change, Status
from chalicelib.domain.errors import RuleRefused, StoreAway
from chalicelib.domain.events import EventName
from chalicelib.domain.people import Role
from chalicelib.regulation.control import timers_of_survey
from chalicelib.store.shards import shard_of
from chalicelib.usecases import sweeps
from chalicelib.usecases.ports import Waking
from chalicelib.usecases.sweep_ports import PARKED_FOR, Failing
from chalicelib.usecases.sweeps import Sweeping, Swept, require_not_ahead, sweep
from tests.builders import a_card, a_survey, an_appeal, number_of, registering
from tests.fakes import FakeCards, FakeParking, in_turn
from tests.usecases.collaborators import NOW, Centre

DUE: Final = NOW + timedelta(days=10)
LONG_AFTER: Final = DUE + timedelta(days=30)
MINUTE: Final = timedelta(minutes=1)
BROKEN: Final = number_of(2)


def centre_with(*cards: Card) -> Centre:
    """Return a centre that holds cards."""
    centre = Centre()
    for card in cards:
        centre.put(registering(card, an_appeal(number=card.number)))
    return centre


def running(**changes: Any) -> Centre:
    """Return a centre with a card in work under its term."""
    return centre_with(a_running_card(**changes))


def a_running_card(**changes: Any) -> Card:
    """Return a card in work under its term."""
    timers = {
        "warning_first": NOW + timedelta(days=5),
        "warning_second": NOW + timedelta(days=8),
        "overdue": DUE,
    }
    edition = Centre().city.edition_at(NOW).name
    given = {"status": Status.IN_WORK, "due_at": DUE, "edition": edition, "timers": timers}
    return a_card(**(given | changes))


def a_run(centre: Centre, at: datetime, **changes: Any) -> Sweeping:
    """Return a run over a centre's cards."""
    run = Sweeping(at, city=centre.city, cards=centre.cards, start=in_turn, parking=FakeParking())
    return replace(run, **changes)


def swept(centre: Centre, at: datetime) -> list[EventName]:
    """Sweep, and return the events that it wrote."""
    number = next(iter(centre.shelf.files))
    before = len(centre.file(number).events)
    sweep(a_run(centre, at))
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

    @pytest.mark.parametrize("late_hours", [0, 1, 24, 72, 720])
    def test_a_late_sweep_misses_none(self, late_hours: int) -> None:
        steps = [EventName.DEADLINE_WARNING, EventName.DEADLINE_WARNING, EventName.OVERDUE]
        assert swept(running(), DUE + timedelta(hours=late_hours)) == steps

    def test_a_late_sweep_says_when_it_came_and_since_when_it_should_have(self) -> None:
        centre = running()
        swept(centre, LONG_AFTER)
        (file,) = centre.shelf.files.values()
        assert {event.at for event in file.events[2:]} == {LONG_AFTER}
        since = [datetime.fromisoformat(event.facts["since_at"]) for event in file.events[2:]]
        assert since == [NOW + timedelta(days=5), NOW + timedelta(days=8), DUE]

    def test_the_clock_is_nobody_else(self) -> None:
        centre = running()
        swept(centre, LONG_AFTER)
        (file,) = centre.shelf.files.values()
        assert {event.by.role for event in file.events} == {Role.SYSTEM}

    def test_what_waits_for_nothing_is_not_read(self) -> None:
        centre = running()
        swept(centre, LONG_AFTER)
        assert sweep(a_run(centre, LONG_AFTER)) == Swept()


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


class BrokenCards(FakeCards):
    """Cards of which one cannot be written; of another kind of defect it cannot be read."""

    unreadable = False

    def read_cards(self, numbers: Sequence[str]) -> list[Card]:
        """Break wherever the broken card is among those read."""
        if self.unreadable and BROKEN in numbers:
            raise KeyError("status")
        return super().read_cards(numbers)

    def read_file(self, number: str) -> CardFile:
        """Break on the broken card."""
        if self.unreadable and number == BROKEN:
            raise KeyError("status")
        return super().read_file(number)

    def save(self, *changes: Change, **more: Any) -> None:
        """Break on the broken card."""
        if any(change.before and change.card.number == BROKEN for change in changes):
            raise ValueError("this item is never written")
        super().save(*changes, **more)


@pytest.fixture(params=[False, True], ids=["cannot be written", "cannot be read"])
def two(request: pytest.FixtureRequest) -> Centre:
    """A centre with a good card, and one that breaks whatever is done to it."""
    centre = Centre()
    centre.cards = cards = BrokenCards(centre.shelf)
    for card in (a_running_card(), a_running_card(number=BROKEN, root=BROKEN)):
        centre.put(registering(card, an_appeal(number=card.number)))
    cards.unreadable = request.param
    return centre


@pytest.mark.clause("K-6.1")
class TestParking:
    """What fails again and again stops nothing else, and is tried again after an hour."""

    def test_a_card_that_breaks_its_step_holds_no_other_up(self, two: Centre) -> None:
        found = sweep(a_run(two, DUE))
        assert found.cards == 1
        assert [name for name, _ in found.defects] == [f"{BROKEN} CARD"]

    def test_the_third_failure_parks_it_for_an_hour(self, two: Centre) -> None:
        parking = FakeParking()
        for minute in range(3):
            found = sweep(a_run(two, DUE + minute * MINUTE, parking=parking))
            assert (len(found.defects), found.parked) == (1, ())
        parked_at = DUE + 2 * MINUTE
        for at in (parked_at + MINUTE, parked_at + PARKED_FOR - MINUTE):
            found = sweep(a_run(two, at, parking=parking))
            assert (found.defects, found.parked) == ((), (f"{BROKEN} CARD",))
        found = sweep(a_run(two, parked_at + PARKED_FOR, parking=parking))
        assert len(found.defects) == 1

    def test_what_has_succeeded_since_is_forgotten(self) -> None:
        centre, parking = running(), FakeParking()
        name = f"{next(iter(centre.shelf.files))} CARD"
        parking.failed(name, DUE)
        sweep(a_run(centre, DUE, parking=parking))
        assert parking.failing(DUE) == {}

    def test_a_rehearsal_of_later_days_parks_nothing_today(self) -> None:
        failing = Failing(3, parked_at=LONG_AFTER)
        assert failing.is_parked(LONG_AFTER)
        assert not failing.is_parked(DUE)

    def test_parked_cards_do_not_fill_the_run(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sweeps, "AT_ONCE", 2)
        same_shard = [n for n in map(number_of, range(200)) if shard_of(n) == 0][:3]
        early = {"warning_first": NOW}
        cards = [a_running_card(number=n, root=n, timers=early) for n in same_shard[:2]]
        last = a_running_card(number=same_shard[2], root=same_shard[2])
        centre, parking = centre_with(*cards, last), FakeParking()
        for card in cards * 3:
            parking.failed(f"{card.number} CARD", DUE)
        assert sweep(a_run(centre, DUE, parking=parking)).cards == 1
        assert EventName.OVERDUE in {e.name for e in centre.file(last.number).events}

    def test_the_database_away_is_no_cards_fault(self, two: Centre) -> None:
        parking, away_cards = FakeParking(), FakeCards(two.shelf)
        away_cards.read_cards = _raise_away  # type: ignore[method-assign]
        with pytest.raises(StoreAway):
            sweep(a_run(two, DUE, parking=parking, cards=away_cards))
        assert parking.failing(DUE) == {}


def _raise_away(numbers: Sequence[str]) -> list[Card]:
    raise StoreAway


@pytest.mark.clause("K-6.1")
class TestMoreThanOneRun:
    """More may be due than one run takes: the oldest go first, the next minute goes on."""

    def many(self) -> Centre:
        cards = [
            a_running_card(
                number=number_of(place),
                root=number_of(place),
                timers={"overdue": DUE - place * MINUTE},
            )
            for place in range(30)
        ]
        return centre_with(*cards)

    def overdue(self, centre: Centre) -> set[str]:
        return {
            number
            for number, file in centre.shelf.files.items()
            if any(event.name is EventName.OVERDUE for event in file.events)
        }

    def test_oldest_first_and_to_the_end(self) -> None:
        centre, ticks = self.many(), iter([True] * 10)
        found = sweep(a_run(centre, DUE, in_time=lambda: next(ticks, False)))
        assert (found.cards, found.unfinished) == (10, True)
        assert self.overdue(centre) == {number_of(place) for place in range(20, 30)}
        assert sweep(a_run(centre, DUE + MINUTE)).cards == 20
        assert len(self.overdue(centre)) == 30

    def test_a_run_takes_a_bounded_number_of_each_shard(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sweeps, "AT_ONCE", 2)
        centre, taken = self.many(), []
        while found := sweep(a_run(centre, DUE)).cards:
            taken.append(found)
        assert max(taken) <= 2 * sweeps.SHARDS
        assert sum(taken) == 30


class TestOthers:
    """What stands among the cards without being one is woken by those who know it."""

    class Cards(FakeCards):
        """Cards with one more thing among them."""

        def to_wake(self, shard: int, until: datetime, **asked: Any) -> list[Waking]:
            """Return the thing, too."""
            thing = [Waking("2026-7", "NOTICE#1", DUE)] if shard == 0 else []
            return [*super().to_wake(shard, until, **asked), *thing]

    def test_each_by_the_first_word_of_its_part(self) -> None:
        centre, woken = running(), list[tuple[Waking, datetime]]()
        others: dict[str, Callable[[Waking, datetime], object]] = {
            "NOTICE": lambda each, at: woken.append((each, at))
        }
        run = a_run(centre, LONG_AFTER, cards=self.Cards(centre.shelf), others=others)
        assert sweep(run).cards == 2
        assert woken == [(Waking("2026-7", "NOTICE#1", DUE), LONG_AFTER)]

    def test_what_nobody_knows_is_a_defect_that_parks(self) -> None:
        centre, parking = running(), FakeParking()
        cards = self.Cards(centre.shelf)
        found = sweep(a_run(centre, LONG_AFTER, cards=cards, parking=parking))
        assert [name for name, _ in found.defects] == ["2026-7 NOTICE#1"]
        assert "2026-7 NOTICE#1" in parking.failing(LONG_AFTER)


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
