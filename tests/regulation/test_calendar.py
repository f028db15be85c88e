"""Working days, holidays under martial law, and the ends of month terms."""

from datetime import date, datetime

import pytest

from chalicelib.domain.city import Calendar
from chalicelib.regulation.calendar import (
    add_working_days,
    is_holiday,
    is_working,
    midnight_after,
    midnight_before,
    working_day_on_or_after,
    working_day_on_or_before,
)
from chalicelib.regulation.deadlines import month_after
from tests.builders import KYIV, local

CONSTITUTION_DAY = date(2021, 6, 28)
INDEPENDENCE_DAY = date(2022, 8, 24)
CALENDAR = Calendar(
    zone=KYIV,
    holidays=frozenset({CONSTITUTION_DAY, INDEPENDENCE_DAY}),
    moved_workdays=frozenset({date(2021, 1, 16)}),
    moved_days_off=frozenset({date(2021, 1, 8)}),
    martial_law=((date(2022, 3, 24), None),),
)


@pytest.mark.clause("LAW-2136")
class TestHolidays:
    """While martial law is in force, holidays are ordinary working days."""

    def test_before_martial_law_a_holiday_is_free(self) -> None:
        assert is_holiday(CONSTITUTION_DAY, CALENDAR)
        assert not is_working(CONSTITUTION_DAY, CALENDAR)

    def test_under_martial_law_it_is_not(self) -> None:
        assert not is_holiday(INDEPENDENCE_DAY, CALENDAR)
        assert is_working(INDEPENDENCE_DAY, CALENDAR)

    def test_weekends_stay_free_and_moved_days_are_moved(self) -> None:
        assert not is_working(date(2022, 8, 27), CALENDAR)
        assert is_working(date(2021, 1, 16), CALENDAR)
        assert not is_working(date(2021, 1, 8), CALENDAR)


@pytest.mark.clause("CIVIL-254")
class TestEnds:
    """A last day that is a day off moves to the first working day after it."""

    def test_a_day_off_is_rolled_forward_and_back(self) -> None:
        saturday = date(2026, 3, 7)
        assert working_day_on_or_after(saturday, CALENDAR) == date(2026, 3, 9)
        assert working_day_on_or_before(saturday, CALENDAR) == date(2026, 3, 6)
        assert working_day_on_or_after(date(2026, 3, 9), CALENDAR) == date(2026, 3, 9)

    def test_working_days_are_counted_from_the_next_day(self) -> None:
        assert add_working_days(date(2026, 3, 5), 2, CALENDAR) == date(2026, 3, 9)

    @pytest.mark.parametrize(
        ("received_at", "ends_at"),
        [
            (local("Mon 2026-03-02 10:15"), local("Fri 2026-04-03 00:00")),
            (local("Sat 2026-01-31 10:15"), local("Sun 2026-03-01 00:00")),
            (local("Wed 2026-12-30 10:15"), local("Sun 2027-01-31 00:00")),
        ],
    )
    def test_a_month_ends_on_the_same_date_or_the_last(
        self, received_at: datetime, ends_at: datetime
    ) -> None:
        assert month_after(received_at, CALENDAR) == ends_at

    def test_a_day_has_two_midnights(self) -> None:
        day = date(2026, 3, 29)
        hours = midnight_after(day, CALENDAR) - midnight_before(day, CALENDAR)
        assert hours.total_seconds() == 23 * 3600
