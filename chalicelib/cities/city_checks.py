"""Checks of `city.toml` and `calendar.toml`: features, numbers to call, colours, periods."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final

from chalicelib.cities.faults import Fault
from chalicelib.cities.files import CityFiles
from chalicelib.cities.sources import Table
from chalicelib.cities.tables import CalendarTable, CityTable, FixedHoliday, ThemeTable
from chalicelib.domain.city import Law

FEATURES: Final[Mapping[Law, frozenset[str]]] = {
    Law.K: frozenset(
        {
            "survey",
            "repeat_appeal",
            "requests_by_coordinator",
            "evidence_of_execution",
            "repair_works",
            "quarantine",
            "call_recording",
        }
    ),
    Law.KR: frozenset({"official_mail", "signed_reply", "requests_by_head", "distribution"}),
}
"""What each regulation provides; a city may do without, but not borrow from the other."""

EMERGENCY_NUMBERS: Final = ("101", "102", "103", "104", "112")

_TEXT_CONTRAST: Final = 4.5
_BORDER_CONTRAST: Final = 3.0
_PAIRS: Final = (
    ("accent_text", "accent", _TEXT_CONTRAST),
    ("accent_text", "accent_hover", _TEXT_CONTRAST),
    *((name, "background", _TEXT_CONTRAST) for name in ("text", "muted", "accent")),
    *((name, "surface", _TEXT_CONTRAST) for name in ("text", "muted", "accent")),
    *((name, "accent_soft", _TEXT_CONTRAST) for name in ("text", "accent")),
    *((name, "background", _TEXT_CONTRAST) for name in ("danger", "warning", "success")),
    *((name, "surface", _TEXT_CONTRAST) for name in ("danger", "warning", "success")),
    *((name, "background", _BORDER_CONTRAST) for name in ("border", "focus")),
    *((name, "surface", _BORDER_CONTRAST) for name in ("border", "focus")),
)


def city_faults(files: CityFiles) -> Iterator[Fault]:
    """Yield the faults of `city.toml` as a whole."""
    table, city = files.city, files.city.value
    if city is None:
        return
    if city.id != files.id:
        yield table.fault(("id",), f"the folder is called {files.id}")
    for feature in sorted(city.features - FEATURES[city.law]):
        yield table.fault(("features",), f"{city.law} does not provide {feature}")
    if set(city.languages) != {"uk", "en"}:
        yield table.fault(("languages",), "uk and en must both be there")
    yield from _mail_faults(table, city)
    yield from _signal_faults(files, city)
    numbers = [each.number for each in city.emergency_number]
    for number in EMERGENCY_NUMBERS:
        if numbers.count(number) != 1:
            yield table.fault(
                ("emergency_number",), f"{number} stands {numbers.count(number)} times"
            )
    yield from _theme_faults(table, city.theme)


def _mail_faults(table: Table[CityTable], city: CityTable) -> Iterator[Fault]:
    if ("official_mail" in city.features) != (city.centre.official_mail is not None):
        message = "goes together with the feature official_mail (KR-2.7)"
        yield table.fault(("centre", "official_mail"), message)


def _signal_faults(files: CityFiles, city: CityTable) -> Iterator[Fault]:
    named = frozenset() if city.signals == "all" else city.signals
    for group in sorted(named - {row.group_code for _, row in files.topics.rows}):
        yield files.city.fault(("signals",), f"{group} is no group of {files.topics.file}")


def _theme_faults(table: Table[CityTable], theme: ThemeTable) -> Iterator[Fault]:
    for name, ground, least in _PAIRS:
        ratio = contrast(getattr(theme, name), getattr(theme, ground))
        if ratio < least:
            message = f"{ratio:.2f}:1 on {ground}, at least {least}:1 is readable"
            yield table.fault(("theme", name), message)


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours such as `#14211d` (WCAG 2.1, 1.4.3)."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def calendar_faults(files: CityFiles) -> Iterator[Fault]:
    """Yield the faults of `calendar.toml` as a whole."""
    table, calendar = files.calendar, files.calendar.value
    if calendar is None:
        return
    if calendar.last_year < calendar.first_year:
        yield table.fault(("last_year",), "the table ends before it begins")
    for index, row in enumerate(calendar.fixed):
        if row.until is not None and row.until <= row.since:
            yield table.fault(("fixed", index, "until"), "the row ends before it begins")
    yield from _twice_fixed(table, calendar)
    yield from _movable_faults(table, calendar)
    for index, moved in enumerate(calendar.moved):
        if moved.workday.isoweekday() < 6:
            yield table.fault(("moved", index, "workday"), "is a workday anyway")
        if moved.day_off.isoweekday() > 5:
            yield table.fault(("moved", index, "day_off"), "is a day off anyway")
    yield from _martial_law_faults(table, calendar)


def _twice_fixed(table: Table[CalendarTable], calendar: CalendarTable) -> Iterator[Fault]:
    def order(item: tuple[int, FixedHoliday]) -> tuple[str, str]:
        return item[1].month_day, item[1].since.isoformat()

    for (_, earlier), (index, later) in pairwise(sorted(enumerate(calendar.fixed), key=order)):
        ended = earlier.until is not None and earlier.until <= later.since
        if earlier.month_day == later.month_day and not ended:
            message = f"{later.month_day} is a holiday already since {earlier.since}"
            yield table.fault(("fixed", index, "since"), message)


def _movable_faults(table: Table[CalendarTable], calendar: CalendarTable) -> Iterator[Fault]:
    years = range(calendar.first_year, calendar.last_year + 1)
    for index, row in enumerate(calendar.movable):
        found = [day.year for day in row.dates]
        for year in years:
            if found.count(year) != 1:
                message = f"{row.name}: {found.count(year)} dates in {year}"
                yield table.fault(("movable", index, "dates"), message)


def _martial_law_faults(table: Table[CalendarTable], calendar: CalendarTable) -> Iterator[Fault]:
    for index, row in enumerate(calendar.martial_law):
        if row.until is not None and row.until <= row.since:
            yield table.fault(("martial_law", index, "until"), "the period ends before it begins")
    for index, (earlier, later) in enumerate(pairwise(calendar.martial_law), 1):
        if earlier.until is None or earlier.until > later.since:
            yield table.fault(("martial_law", index, "since"), "the period before has not ended")
