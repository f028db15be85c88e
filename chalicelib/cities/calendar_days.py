"""From the rows of `calendar.toml` to the days off they mean."""

from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.cities.tables import CalendarTable, FixedHoliday
from chalicelib.domain.city import Calendar

_SATURDAY: Final = 5


def calendar_of(table: CalendarTable, zone: str) -> Calendar:
    """Return the calendar of the years that the table covers."""
    years = range(table.first_year, table.last_year + 1)
    named = {day for row in table.fixed for day in _dates(row, years)}
    named |= {day for row in table.movable for day in row.dates}
    return Calendar(
        zone=ZoneInfo(zone),
        holidays=frozenset(named | _moved_from_weekends(named)),
        moved_workdays=frozenset(row.workday for row in table.moved),
        moved_days_off=frozenset(row.day_off for row in table.moved),
        martial_law=tuple((row.since, row.until) for row in table.martial_law),
    )


def _dates(row: FixedHoliday, years: range) -> list[date]:
    days = (date.fromisoformat(f"{year}-{row.month_day}") for year in years)
    return [day for day in days if row.since <= day and (row.until is None or day < row.until)]


def _moved_from_weekends(holidays: set[date]) -> set[date]:
    """Return the workdays that become days off for holidays of a weekend (Labour Code, 67(3))."""
    moved: set[date] = set()
    for holiday in sorted(holidays):
        if holiday.weekday() < _SATURDAY:
            continue
        day = holiday
        while day.weekday() >= _SATURDAY or day in holidays or day in moved:
            day += timedelta(days=1)
        moved.add(day)
    return moved
