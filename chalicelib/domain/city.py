"""A city as the Regulation sees it: its numbers, topics, executors, people and streets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from chalicelib.domain.screening import Lexicon
from chalicelib.domain.words import Words


class Law(StrEnum):
    """Which of the two regulations a city works by."""

    K = "K"
    KR = "KR"


class Urgency(StrEnum):
    """The class of a topic, which decides its term (KR-2.12; the city's classifier in K)."""

    EMERGENCY = "emergency"
    NORMAL = "normal"
    MEDIUM = "medium"


class Unit(StrEnum):
    """The unit of a number of the Regulation."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"
    YEAR = "year"
    MINUTE = "minute"
    PERCENT = "percent"
    TIME = "time"


class EvidenceRule(StrEnum):
    """What must prove that the work of a topic was done (K-5.1.9, KR-2.5)."""

    NONE = "none"
    PHOTO = "photo"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Number:
    """One dated number: in force from `since` until a later row of the same name.

    Attributes:
        source: `regulation`, `law` or `city`: a city's own setting is never shown as law.
    """

    name: str
    value: int
    unit: Unit
    clause: str
    since: date
    source: str


@dataclass(frozen=True, slots=True)
class Edition:
    """The numbers in force from one day on; a card keeps the edition of its registration."""

    since: date
    numbers: Mapping[str, Number]

    @property
    def name(self) -> str:
        """The edition's name: the ISO date from which it is in force."""
        return self.since.isoformat()

    def __getitem__(self, name: str) -> Number:
        return self.numbers[name]

    def get(self, name: str) -> Number | None:
        """Return the number, or None where this city's Regulation has no such number."""
        return self.numbers.get(name)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of a city: weekends, holidays, moved days, martial law.

    Attributes:
        holidays: public holidays; ordinary days while martial law is in force.
        moved_workdays: Saturdays and Sundays that the government made working days.
        moved_days_off: workdays that the government made days off.
        martial_law: closed periods; the end is None while it lasts (law 2136-IX art. 6(6)).
    """

    zone: ZoneInfo
    holidays: frozenset[date]
    moved_workdays: frozenset[date] = frozenset()
    moved_days_off: frozenset[date] = frozenset()
    martial_law: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """An entry of the classifier."""

    code: str
    group_code: str
    group: Words
    name: Words
    urgency: Urgency
    executor: str
    evidence: EvidenceRule
    safety_redirect: Words | None
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person of an executor or of the centre; `id` is stable within the city's data.

    Attributes:
        topic_groups: the groups whose replies a signatory signs (KR-2.4, distribution of duties).
        substitute: the id of the person who acts in this one's absence.
        absent: whether the person is away now, so that the substitute acts.
    """

    id: str
    name: str
    role: str
    executor: str | None
    phone: str | None = None
    email: str | None = None
    topic_groups: tuple[str, ...] = ()
    substitute: str | None = None
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Executor:
    """An organisation registered in the system (K-1.4), or a unit of the committee (KR-2.2).

    `suspended` executors receive nothing.
    """

    id: str
    name: Words
    duty_phone: str
    email: str
    people: tuple[Person, ...] = ()
    suspended: bool = False


STREET_KINDS: Final[Mapping[str, str]] = {
    "вулиця": "vulytsia",
    "проспект": "prospekt",
    "провулок": "provulok",
    "бульвар": "bulvar",
    "площа": "ploshcha",
    "проїзд": "proizd",
    "шосе": "shose",
}
"""The kinds of streets a registry may name, with their transliteration."""


@dataclass(frozen=True, slots=True)
class Street:
    """A street of the registry.

    Attributes:
        buildings: inclusive ranges of house numbers with their parity,
            such as `1-45 odd`; empty when unknown.
    """

    id: str
    kind: str
    name: Words
    old_names: tuple[str, ...]
    buildings: tuple[str, ...]
    district: str
    lat: float | None = None
    lon: float | None = None

    @property
    def full_name(self) -> Words:
        """The kind and the name, as they stand in an address."""
        kind_en = STREET_KINDS.get(self.kind, self.kind)
        return Words(f"{self.kind} {self.name.uk}", f"{kind_en} {self.name.en}")


@dataclass(frozen=True, slots=True)
class RegulationTitle:
    """What the city calls its Regulation; None where the text given has no such line."""

    law: Law
    title: str | None
    number: str | None
    approved_on: date | None


@dataclass(frozen=True, slots=True)
class Centre:
    """Who answers in the city: the centre, the authority behind it, and their mail.

    Attributes:
        official_mail: the address to which replies go as e-versions (KR-2.7); None where unused.
        official_senders: who sends cards to the official address (KR-2.1); empty for anybody.
    """

    name: Words
    authority: Words
    email: str
    official_mail: str | None = None
    official_senders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """The box of degrees that holds the city."""

    south: float
    west: float
    north: float
    east: float

    def hold(self, lat: float, lon: float) -> bool:
        """Tell whether a point in degrees lies in the box."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


@dataclass(frozen=True, slots=True, eq=False)
class City:
    """Everything of a city that rules and use cases may ask; compared by identity.

    Attributes:
        name_genitive, name_locative: the Ukrainian name in the cases that sentences need.
        features: what this city's Regulation provides, by the words of its `city.toml`.
        demonstration: which of its data are invented for demonstration.
        ladder: roles of the heads who acknowledge a further breach, one level up each: a city
            setting, shown as such (K-5.2.2).
        accent: the colour of the city's pages and letters, on which white is readable.
        signal_groups: topic groups on which nameless signals are taken; empty where on all.
        lexicon: the words that texts are screened for (K-3.4); empty where none are.
        delegated_groups: topic groups delegated to the district (KR-1.3); empty where all are.
    """

    id: str
    name: Words
    calendar: Calendar
    regulation: RegulationTitle
    editions: tuple[Edition, ...]
    topics: Mapping[str, Topic]
    executors: Mapping[str, Executor]
    streets: Mapping[str, Street]
    people: Mapping[str, Person]
    centre_phone: str
    emergency_numbers: tuple[tuple[str, Words], ...] = ()
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("uk", "en")
    features: frozenset[str] = field(default_factory=frozenset)
    name_genitive: str = ""
    name_locative: str = ""
    centre: Centre | None = None
    bounds: Bounds | None = None
    demonstration: frozenset[str] = frozenset()
    delegated_groups: frozenset[str] = frozenset()
    signal_groups: frozenset[str] = frozenset()
    ladder: tuple[str, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)
    accent: str = "#1b5e4b"

    @property
    def law(self) -> Law:
        """Which of the two regulations this city works by."""
        return self.regulation.law

    def edition_at(self, instant: datetime) -> Edition:
        """Return the edition in force at `instant` (by Kyiv date); the first one before it."""
        day = instant.astimezone(self.calendar.zone).date()
        in_force = [edition for edition in self.editions if edition.since <= day]
        return in_force[-1] if in_force else self.editions[0]

    def edition(self, name: str) -> Edition:
        """Return the edition a card has kept. Raises LookupError for an unknown name."""
        for edition in self.editions:
            if edition.name == name:
                return edition
        raise LookupError(name)
