"""How long cards are kept, and which an admin may release after that (law 393/96 art. 13)."""

from datetime import datetime
from typing import Any, Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.card import Card, Status
from chalicelib.domain.errors import RuleRefused
from chalicelib.regulation.retention import HOLD, Kept, judged, keep_until, require_year_over
from tests.builders import a_card, local

CITY: Final = load_city("khmelnytskyi")
EDITION: Final = CITY.editions[0]
OVER: Final = local("Thu 2032-01-01 00:00")
ENDED: Final = local("Tue 2026-03-10 12:00")


def an_old_card(**changes: Any) -> Card:
    """Return a card that was confirmed long ago."""
    given = {"status": Status.CONFIRMED, "closed_at": ENDED, "edition": EDITION.name}
    return a_card(**(given | changes))


def kept(card: Card, *linked: Card, now: datetime = OVER) -> Kept | None:
    """Return why a card stays, None if it may go."""
    return judged(card, linked, now, CITY).kept


@pytest.mark.clause("LAW-13")
class TestKeeping:
    """Appeals are kept for five years; destroying them is a human act."""

    def test_the_years_are_counted_from_the_new_year_after_the_end(self) -> None:
        for ended in ("Thu 2026-01-01 00:00", "Thu 2026-12-31 23:59"):
            assert keep_until(local(ended), EDITION, CITY.calendar) == OVER

    def test_the_year_is_that_of_the_city_not_of_greenwich(self) -> None:
        new_year = local("Fri 2027-01-01 00:30")
        assert new_year.year == 2026
        assert keep_until(new_year, EDITION, CITY.calendar) == local("Sat 2033-01-01 00:00")

    def test_a_card_goes_when_its_term_is_over_and_not_before(self) -> None:
        assert kept(an_old_card(), now=OVER) is None
        assert kept(an_old_card(), now=local("Wed 2031-12-31 23:59")) is Kept.TERM

    def test_one_that_is_still_in_hand_stays_whatever_its_age(self) -> None:
        planned = an_old_card(status=Status.PLANNED, closed_at=None)
        assert kept(planned) is Kept.OPEN

    def test_a_hold_keeps_it(self) -> None:
        assert kept(an_old_card(flags=frozenset({HOLD}))) is Kept.HOLD

    def test_a_repeat_is_kept_from_its_last_consideration_and_all_before_it(self) -> None:
        later = an_old_card(number="2027-000001-0", closed_at=local("Tue 2027-01-05 12:00"))
        assert kept(an_old_card(repeats=(later.number,)), later) is Kept.REPEAT
        assert kept(an_old_card(), an_old_card()) is None

    def test_a_held_repeat_holds_what_was_before_it(self) -> None:
        assert kept(an_old_card(), an_old_card(flags=frozenset({HOLD}))) is Kept.REPEAT


@pytest.mark.clause("LAW-13")
class TestYear:
    """A year's list is opened once its cards can have outlived their term."""

    def test_not_before(self) -> None:
        with pytest.raises(RuleRefused) as refused:
            require_year_over(2026, local("Wed 2031-12-31 23:59"), CITY)
        assert refused.value.words == "year-kept"

    def test_but_then(self) -> None:
        require_year_over(2026, OVER, CITY)
