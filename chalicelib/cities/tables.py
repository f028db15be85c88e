"""The shape of a city's TOML files: the city itself, the Regulation's numbers, the calendar."""

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, StringConstraints

from chalicelib.cities.rows import Email, GroupCode, Phone, Role, Row, Slug, Text
from chalicelib.domain.city import Law, Unit


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(f"no time zone is called {name}") from None
    return name


def _month_day(text: str) -> str:
    try:
        date.fromisoformat(f"2021-{text}")
    except ValueError:
        raise ValueError("must be a month and a day of every year, such as `08-24`") from None
    return text


Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Clause = Annotated[str, StringConstraints(pattern=r"^(K|KR|LAW)-\d+(\.\d+)*$")]
MonthDay = Annotated[str, AfterValidator(_month_day)]
Channel = Literal[
    "web", "phone", "telegram", "viber", "email", "post", "in_person", "official_mail"
]


class CityName(Row):
    """The city's name, with the Ukrainian cases that sentences need."""

    uk: Text
    uk_genitive: Text
    uk_locative: Text
    en: Text


class CentreTable(Row):
    """Who answers, and where."""

    name_uk: Text
    name_en: Text
    authority_uk: Text
    authority_en: Text
    phone: Phone
    email: Email
    official_mail: Email | None = None
    official_senders: tuple[Email, ...] = ()


class EmergencyNumberTable(Row):
    """A number to call when life is at risk."""

    number: Annotated[str, StringConstraints(pattern=r"^1\d\d$")]
    uk: Text
    en: Text


class MapTable(Row):
    """The middle and the box of the city, in degrees."""

    lat: float
    lon: float
    south: float
    west: float
    north: float
    east: float


class ThemeTable(Row):
    """The colours of the pages."""

    accent: Colour
    accent_hover: Colour
    accent_text: Colour
    accent_soft: Colour
    text: Colour
    muted: Colour
    background: Colour
    surface: Colour
    border: Colour
    focus: Colour
    danger: Colour
    warning: Colour
    success: Colour


class CityTable(Row):
    """`city.toml`."""

    id: Slug
    law: Law
    timezone: Annotated[str, AfterValidator(_known_zone)]
    languages: tuple[Literal["uk", "en"], ...]
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)]
    features: frozenset[str]
    demonstration: frozenset[str] = frozenset()
    delegated_groups: frozenset[GroupCode] = frozenset()
    signals: Annotated[frozenset[GroupCode], Field(min_length=1)] | Literal["all"] = "all"
    ladder: tuple[Role, ...] = ()
    name: CityName
    centre: CentreTable
    emergency_number: tuple[EmergencyNumberTable, ...]
    map: MapTable
    theme: ThemeTable


class NumberTable(Row):
    """A dated number; `until` is the first day on which it no longer holds."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    value: Annotated[int, Field(ge=0)]
    unit: Unit
    clause: Clause
    since: date
    until: date | None = None
    source: Literal["regulation", "law", "city"]
    note: Text


class TitleTable(Row):
    """What the Regulation is called; number and date are absent where the text has none."""

    law: Law
    title: Text | None = None
    number: Text | None = None
    approved_on: date | None = None
    note: Text


class RegulationTable(Row):
    """`regulation.toml`."""

    regulation: TitleTable
    number: tuple[NumberTable, ...]


class FixedHoliday(Row):
    """A holiday on the same date each year, while the law names it."""

    name: Text
    month_day: MonthDay
    since: date
    until: date | None = None
    law: Text


class MovableHoliday(Row):
    """A holiday of the church calendar, by its dates."""

    name: Text
    dates: tuple[date, ...]
    law: Text


class MovedDay(Row):
    """A workday that the government exchanged for a day of the weekend."""

    day_off: date
    workday: date
    order: Text


class MartialLaw(Row):
    """A period without days off for holidays; open while it lasts."""

    since: date
    until: date | None = None
    law: Text


class CalendarTable(Row):
    """`calendar.toml`."""

    first_year: Annotated[int, Field(ge=2021)]
    last_year: Annotated[int, Field(le=2100)]
    fixed: tuple[FixedHoliday, ...]
    movable: tuple[MovableHoliday, ...] = ()
    moved: tuple[MovedDay, ...] = ()
    martial_law: tuple[MartialLaw, ...] = ()
