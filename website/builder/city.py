"""What the pages say about the city: its name, phones, languages and colours, from its folder."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from website.builder.faults import BuildError


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number to call at once; `words` by language say whose it is."""

    number: str
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class SiteCity:
    """A city as its website shows it.

    Attributes:
        phone: the centre's phone as people write it.
        features: what this city's Regulation has, such as `survey`.
        demonstration: whether its streets and texts are for demonstration, so name their authors.
        theme: the city's own colours by name.
    """

    id: str
    name: dict[str, str]
    centre: dict[str, str]
    phone: str
    email: str
    timezone: str
    languages: tuple[str, ...]
    features: tuple[str, ...]
    demonstration: bool
    emergency: tuple[EmergencyNumber, ...]
    theme: dict[str, str]

    @property
    def phone_link(self) -> str:
        """The phone as a `tel:` link has it: digits only."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


def read_city(folder: Path) -> SiteCity:
    """Read `city.toml` of a city. Raises BuildError naming the file and the field."""
    path = folder / "city.toml"
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        return as_city(facts)
    except FileNotFoundError as fault:
        raise BuildError(f"no city {folder.name!r}: {path} is absent") from fault
    except (tomllib.TOMLDecodeError, KeyError) as fault:
        raise BuildError(f"{path}: {fault!r}") from fault


def as_city(facts: dict[str, Any]) -> SiteCity:
    """Take from the city's facts what the pages show. Raises KeyError."""
    languages = tuple(facts["languages"])
    return SiteCity(
        id=facts["id"],
        name={language: facts["name"][language] for language in languages},
        centre={language: facts["centre"][f"name_{language}"] for language in languages},
        phone=facts["centre"]["phone"],
        email=facts["centre"]["email"],
        timezone=facts["timezone"],
        languages=languages,
        features=tuple(facts["features"]),
        demonstration=bool(facts.get("demonstration")),
        emergency=tuple(as_emergency_number(row, languages) for row in facts["emergency_number"]),
        theme=dict(facts.get("theme", {})),
    )


def as_emergency_number(row: dict[str, str], languages: tuple[str, ...]) -> EmergencyNumber:
    """Take one emergency number from its row. Raises KeyError."""
    return EmergencyNumber(row["number"], {language: row[language] for language in languages})
