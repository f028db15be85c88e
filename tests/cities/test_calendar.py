"""The days off: Labour Code articles 67 and 73 as they changed, and martial law."""

from datetime import date

import pytest

from chalicelib.cities.catalogue import load_city
from tests.cities.copies import KR, K

CALENDAR = load_city(K).calendar


def days(*texts: str) -> set[date]:
    return {date.fromisoformat(text) for text in texts}


def holidays_of(year: int) -> set[date]:
    return {day for day in CALENDAR.holidays if day.year == year}


def test_the_table_of_2021_with_days_off_moved_from_weekends() -> None:
    assert holidays_of(2021) == days(
        "2021-01-01", "2021-01-07", "2021-03-08",
        "2021-05-01", "2021-05-02", "2021-05-03", "2021-05-04", "2021-05-09", "2021-05-10",
        "2021-06-20", "2021-06-21", "2021-06-28", "2021-08-24", "2021-10-14",
        "2021-12-25", "2021-12-27",
    )  # fmt: skip


def test_the_table_of_2026() -> None:
    assert holidays_of(2026) == days(
        "2026-01-01", "2026-03-08", "2026-03-09", "2026-04-12", "2026-04-13", "2026-05-01",
        "2026-05-08", "2026-05-31", "2026-06-01", "2026-06-28", "2026-06-29", "2026-07-15",
        "2026-08-24", "2026-10-01", "2026-12-25",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("month_day", "first", "last"),
    [
        ("01-07", 2021, 2023),
        ("12-25", 2021, 2035),
        ("05-09", 2021, 2023),
        ("05-08", 2024, 2035),
        ("07-28", 2022, 2023),
        ("07-15", 2024, 2035),
        ("10-14", 2021, 2022),
        ("10-01", 2023, 2035),
    ],
)
def test_a_change_of_law_is_dated(month_day: str, first: int, last: int) -> None:
    for year in range(first, last + 1):
        assert date.fromisoformat(f"{year}-{month_day}") in CALENDAR.holidays
    for year in (first - 1, last + 1):
        assert date.fromisoformat(f"{year}-{month_day}") not in CALENDAR.holidays


def test_days_that_the_government_moved() -> None:
    assert set(CALENDAR.moved_workdays) == days(
        "2021-01-16", "2021-08-28", "2021-10-23", "2022-03-12"
    )
    assert set(CALENDAR.moved_days_off) == days(
        "2021-01-08", "2021-08-23", "2021-10-15", "2022-03-07"
    )


def test_martial_law_is_open() -> None:
    assert CALENDAR.martial_law == ((date(2022, 3, 24), None),)


def test_the_years_are_covered_without_a_gap() -> None:
    assert {day.year for day in CALENDAR.holidays} == set(range(2021, 2036))


def test_both_cities_live_by_one_calendar_of_the_state() -> None:
    assert load_city(KR).calendar == CALENDAR
    assert str(CALENDAR.zone) == "Europe/Kyiv"
