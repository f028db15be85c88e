"""The registration card as centres send it in a letter: lines of `label: value`."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from chalicelib.domain.appeal import Applicant, Place, Residence


class FormLine(StrEnum):
    """What a line of the card may say."""

    ID = "id"
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    RESIDENCE = "residence"
    PLACE = "place"
    TOPIC = "topic"
    ESSENCE = "essence"
    OTHER = "other"


Said = Mapping[FormLine, str]

_LABELS: Final[Mapping[FormLine, tuple[str, ...]]] = {
    FormLine.ID: (
        "реєстраційна картка",
        "реєстраційний номер",
        "номер картки",
        "номер звернення",
        "номер заявки",
        "заявка",
        "звернення",
        "картка",
    ),
    FormLine.NAME: ("прізвище, ім'я, по батькові", "піб", "заявник", "хто звернувся"),
    FormLine.PHONE: ("контактний телефон", "номер телефону", "телефон", "тел."),
    FormLine.EMAIL: ("електронна пошта", "електронна адреса", "e-mail", "email"),
    FormLine.RESIDENCE: ("адреса проживання", "місце проживання", "адреса заявника"),
    FormLine.PLACE: (
        "адреса проблеми",
        "місце проблеми",
        "адреса об'єкта",
        "місце події",
        "адреса",
    ),
    FormLine.TOPIC: ("тема звернення", "тема", "питання", "класифікатор", "рубрика"),
    FormLine.ESSENCE: (
        "зміст звернення",
        "суть звернення",
        "текст звернення",
        "зміст",
        "суть питання",
        "суть",
        "опис",
    ),
    FormLine.OTHER: (
        "дата надходження",
        "дата реєстрації",
        "строк виконання",
        "термін виконання",
        "виконавець",
        "категорія",
        "пільга",
        "канал надходження",
        "дата",
    ),
}
_BY_LABEL: Final = {label: name for name, labels in _LABELS.items() for label in labels}
_ANY_LABEL: Final = "|".join(map(re.escape, sorted(_BY_LABEL, key=len, reverse=True)))
_LINE: Final = re.compile(
    rf"(?P<label>{_ANY_LABEL})\s*(?:[:\u2013\u2014-]|(?=№))\s*(?P<value>.*)", re.IGNORECASE
)
_APOSTROPHES: Final = re.compile("[’ʼ`´‘]")
_SIGNATURE: Final = re.compile(r"^(?:--|_{5,}|з повагою\b.*)\s*$", re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r"(?P<street>.*?[^\W\d_].*?)"
    r"(?:[\s,]+(?:буд(?:инок)?\.?|б\.|д\.)?\s*"
    r"(?P<building>\d{1,4}(?:\s?[-/]?\s?[^\W\d_](?!\w))?(?:[-/]\d+)?))?"
    r"(?:[\s,]+(?:кв(?:артира)?\.?|оф\.?)\s*(?P<flat>\d{1,5}\w?))?[\s.,]*",
    re.IGNORECASE,
)
_TOWN: Final = re.compile(r"^(?:м\.|місто|смт\.?|с\.)\s*[^,]+,\s*", re.IGNORECASE)
_LONGEST: Final = 200


def said_in(text: str) -> dict[FormLine, str]:
    """Return what each line of a card says; the matter goes on to the next line with a label."""
    found: dict[FormLine, list[str]] = {}
    current: FormLine | None = None
    for line in text.splitlines():
        labelled = _LINE.fullmatch(_APOSTROPHES.sub("'", line.strip()))
        if labelled is not None:
            current = _BY_LABEL[labelled["label"].lower()]
            if current in found:
                current = FormLine.OTHER
            found[current] = [labelled["value"].lstrip("№ ")]
        elif _SIGNATURE.match(line):
            current = None
        elif current is FormLine.ESSENCE:
            found[current].append(line)
    return {name: "\n".join(lines).strip() for name, lines in found.items()}


def applicant_of(said: Said) -> Applicant:
    """Return who asks, as the card names them; contacts are not checked yet."""
    home = address_of(said.get(FormLine.RESIDENCE, ""))
    residence = Residence(home.street, home.building, home.flat) if home.street else None
    return Applicant(
        name=said.get(FormLine.NAME, "")[:_LONGEST],
        phone=said.get(FormLine.PHONE) or None,
        email=said.get(FormLine.EMAIL) or None,
        residence=residence,
    )


def address_of(text: str) -> Place:
    """Return a written address as street, house and flat; the whole as the street in doubt."""
    line = _TOWN.sub("", " ".join(text.split()))[:_LONGEST]
    found = _ADDRESS.fullmatch(line)
    if found is None:
        return Place(line)
    building = "".join((found["building"] or "").split())
    return Place(found["street"].strip(" ,"), building, found["flat"] or "")
