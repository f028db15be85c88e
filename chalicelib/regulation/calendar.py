"""Days and working days on Kyiv civil dates."""

from datetime import UTC, date, datetime, timedelta

from chalicelib.domain.city import Calendar
from chalicelib.regulation.clauses import clause

_DAY = timedelta(days=1)
_WEEKEND = (6, 7)


def local_date(instant: datetime, calendar: Calendar) -> date:
    """Return the civil date of an instant in the city's zone."""
    return instant.astimezone(calendar.zone).date()


def midnight_after(day: date, calendar: Calendar) -> datetime:
    """Return the instant (UTC) at which a civil day ends: its exclusive bound."""
    after = day + _DAY
    return datetime(after.year, after.month, after.day, tzinfo=calendar.zone).astimezone(UTC)


def midnight_before(day: date, calendar: Calendar) -> datetime:
    """Return the instant (UTC) at which a civil day begins."""
    return midnight_after(day - _DAY, calendar)


@clause("LAW-2136")
def is_holiday(day: date, calendar: Calendar) -> bool:
    """Tell whether a public holiday makes `day` free; none does under martial law."""
    return day in calendar.holidays and not _under_martial_law(day, calendar)


def is_working(day: date, calendar: Calendar) -> bool:
    """Tell whether `day` is a working day, moved days counted."""
    if day in calendar.moved_workdays:
        return True
    weekend = day.isoweekday() in _WEEKEND
    return not weekend and day not in calendar.moved_days_off and not is_holiday(day, calendar)


@clause("CIVIL-254")
def working_day_on_or_after(day: date, calendar: Calendar) -> date:
    """Return `day` itself if it is a working day, else the first working day after it."""
    while not is_working(day, calendar):
        day += _DAY
    return day


def working_day_on_or_before(day: date, calendar: Calendar) -> date:
    """Return `day` itself if it is a working day, else the last working day before it."""
    while not is_working(day, calendar):
        day -= _DAY
    return day


def add_working_days(day: date, count: int, calendar: Calendar) -> date:
    """Return the `count`-th working day after `day`."""
    for _ in range(count):
        day = working_day_on_or_after(day + _DAY, calendar)
    return day


def _under_martial_law(day: date, calendar: Calendar) -> bool:
    return any(start <= day and (end is None or day <= end) for start, end in calendar.martial_law)
