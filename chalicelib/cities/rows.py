"""The shape of one row of each of a city's CSV files; relations between rows are in the checks."""

import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

from chalicelib.domain.city import STREET_KINDS, EvidenceRule, Urgency
from chalicelib.domain.screening import Part
from chalicelib.regulation.lexicon import spellings

_BUILDINGS: Final = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?(?: (?:odd|even))?")


def _split(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _none_if_empty(cell: object) -> object:
    return None if cell == "" else cell


def _known_kind(kind: str) -> str:
    if kind not in STREET_KINDS:
        raise ValueError(f"must be one of {', '.join(STREET_KINDS)}")
    return kind


def _building_range(text: str) -> str:
    match = _BUILDINGS.fullmatch(text)
    if match is None:
        raise ValueError("must look like `1-45 odd`, `2-60 even`, `1-8` or `17`")
    if match[2] and int(match[1]) > int(match[2]):
        raise ValueError(f"{text} ends before it begins")
    return text


def _spelt_out(pattern: str) -> str:
    spellings(pattern)
    return pattern


def _yes(cell: object) -> object:
    if cell not in {"", "yes"}:
        raise ValueError("must be yes or empty")
    return cell == "yes"


Text = Annotated[str, StringConstraints(min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}-\d{2}$")]
GroupCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Phone = Annotated[str, StringConstraints(pattern=r"^[+0-9][0-9 ()-]{2,19}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Parts = Annotated[tuple[str, ...], BeforeValidator(_split)]
OptionalSlug = Annotated[Slug | None, BeforeValidator(_none_if_empty)]
Degrees = Annotated[float | None, BeforeValidator(_none_if_empty)]
OptionalText = Annotated[Text | None, BeforeValidator(_none_if_empty)]
Role = Literal[
    "operator", "coordinator", "admin", "clerk", "signatory",
    "responsible", "deputy", "head", "next_head", "performer",
]  # fmt: skip


class Row(BaseModel):
    """A row that may hold nothing unknown."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, defer_build=True
    )


class TopicRow(Row):
    """A row of `topics.csv`: an entry of the classifier."""

    code: Code
    group_code: GroupCode
    group_uk: Text
    group_en: Text
    name_uk: Text
    name_en: Text
    urgency: Urgency
    executor: Slug
    evidence: EvidenceRule
    safety_redirect_uk: OptionalText
    safety_redirect_en: OptionalText
    keywords: Parts


class ExecutorRow(Row):
    """A row of `executors.csv`: an organisation or a structural unit."""

    id: Slug
    name_uk: Text
    name_en: Text
    duty_phone: Phone
    email: Email


class PersonRow(Row):
    """A row of `people.csv`; people of the centre have no executor."""

    id: Slug
    name: Text
    role: Role
    executor: OptionalSlug
    phone: Annotated[Phone | None, BeforeValidator(_none_if_empty)]
    email: Annotated[Email | None, BeforeValidator(_none_if_empty)]
    topic_groups: Parts
    substitute: OptionalSlug


class AccountRow(Row):
    """A row of `accounts.csv`: who may sign in to the demonstration."""

    username: Slug
    password: Text
    role: Role
    executor: OptionalSlug
    person: Slug
    name: Text


class StreetRow(Row):
    """A row of `streets.csv`; `buildings` are inclusive ranges with their parity."""

    id: Slug
    kind: Annotated[str, AfterValidator(_known_kind)]
    name_uk: Text
    name_en: Text
    old_names: Parts
    buildings: Annotated[
        tuple[Annotated[str, AfterValidator(_building_range)], ...], BeforeValidator(_split)
    ]
    district: str
    lat: Degrees
    lon: Degrees


class LexiconLine(Row):
    """A row of `lexicon.csv`: a word that screening looks for, and from when to when (K-3.4)."""

    pattern: Annotated[Text, AfterValidator(_spelt_out)]
    part: Part
    masked: Annotated[bool, BeforeValidator(_yes)]
    since: date
    until: Annotated[date | None, BeforeValidator(_none_if_empty)]
