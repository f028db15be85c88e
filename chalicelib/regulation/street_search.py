"""Finding a street of the registry by what people type: the place of an appeal (K-3.2)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from chalicelib.domain.city import City, Street
from chalicelib.regulation.typed_text import folded, folded_words, other_layout

_KIND_WORDS: Final[Mapping[str, str]] = {
    word: kind
    for kind, words in {
        "вулиця": "вулиця вул улица ул vulytsia vul street st str",
        "проспект": "проспект просп пр пр-т пр-кт prospekt prosp avenue ave",
        "провулок": "провулок пров переулок пер provulok prov lane",
        "бульвар": "бульвар бульв бул б-р bulvar bulv boulevard blvd",
        "площа": "площа пл площадь ploshcha pl square sq",
        "проїзд": "проїзд пр-д проезд proizd passage",
        "шосе": "шосе ш шоссе shose highway",
    }.items()
    for word in words.split()
}
_TOWN_WORDS: Final = frozenset({"м", "місто", "г", "город", "city"})
_TOKEN: Final = re.compile(r"[^\s.,;]+")
_HOUSE: Final = re.compile(
    r"[\s,.]+(?:(?:буд(?:инок)?|б|д|дом|house|№)[\s.]*)?"
    r"(?P<building>\d{1,4}\s?[-/]?\s?[^\W\d_]?(?:[-/]\d+)?)"
    r"(?:[\s,.]+(?:корп(?:ус)?|к|під['’ʼ]?їзд|кв(?:артира)?|оф(?:іс)?|flat|apt)[\s.]*\d+)*"
    r"[\s.,]*$",
    re.IGNORECASE,
)
_RANGE: Final = re.compile(r"(\d+)(?:-(\d+))?(?: (odd|even))?")
_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"\s*(\d+)")


@dataclass(frozen=True, slots=True)
class FoundStreet:
    """A street that a text may mean.

    Attributes:
        building: the house number that stood in the text; None where there was none.
        old_name: the former name by which the street was found.
    """

    street: Street
    building: str | None = None
    old_name: str | None = None


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    words: tuple[str, ...]
    street: Street
    old_name: str | None


@dataclass(frozen=True, slots=True)
class _Index:
    names: tuple[_Name, ...]
    by_text: Mapping[str, tuple[_Name, ...]]
    town: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    text: str
    kind: str | None
    building: str | None


def find_streets(city: City, text: str, limit: int = 8) -> tuple[FoundStreet, ...]:
    """Return the streets that a text may mean, the likeliest first.

    Words for the kind of street are understood and may lack, a house number is split off, former
    names find the street of today, and the wrong keyboard layout is read when nothing else fits.
    """
    index = _index(city)
    for reading in (text, other_layout(text)):
        asked = _asked(reading, index.town)
        ranked = sorted(_fitting(index, asked), key=lambda pair: pair[0])
        if ranked:
            best: dict[str, _Name] = {}
            for _, name in ranked:
                best.setdefault(name.street.id, name)
            return tuple(
                FoundStreet(name.street, asked.building, name.old_name)
                for name in islice(best.values(), limit)
            )
    return ()


def resolve(city: City, street_text: str, building: str = "") -> Street | None:
    """Return the one street that a text names, to bind a place to the registry; else None.

    The name must be whole: of today or former, in either language, with or without its kind, in
    any case; the registry's id is understood too. Where streets of several kinds share the name
    and no kind is given, the one that has the building is meant, then the `вулиця`.
    """
    if street_text in city.streets:
        return city.streets[street_text]
    index = _index(city)
    for reading in (street_text, other_layout(street_text)):
        asked = _asked(reading, index.town)
        same = [
            name
            for name in index.by_text.get(asked.text, ())
            if asked.kind in {None, name.street.kind}
        ]
        today = [name.street for name in same if name.old_name is None]
        streets = today or [name.street for name in same]
        if streets:
            return _the_one(streets, building or asked.building or "")
    return None


def building_known(street: Street, building: str) -> bool:
    """Tell whether a house number such as `12`, `12-А` or `12/3` lies in the street's ranges.

    A street without ranges knows every building: the registry says nothing against it.
    """
    found = _NUMBER.match(building)
    if found is None:
        return False
    number = int(found[1])
    return not street.buildings or any(_holds(text, number) for text in street.buildings)


def _holds(text: str, number: int) -> bool:
    found = _RANGE.fullmatch(text)
    if found is None:
        return False
    first, last, parity = found.groups()
    right_side = parity is None or (number % 2 == 1) == (parity == "odd")
    return int(first) <= number <= int(last or first) and right_side


def _the_one(streets: list[Street], building: str) -> Street | None:
    with_building = [street for street in streets if building and building_known(street, building)]
    for choice in (streets, with_building):
        if len(choice) == 1:
            return choice[0]
    plain = [street for street in with_building or streets if street.kind == "вулиця"]
    return plain[0] if len(plain) == 1 else None


def _asked(text: str, town: frozenset[str]) -> _Asked:
    """Take a typed place apart: the kind of street, its name, the house number."""
    street, building = _without_house(text[:_LONGEST])
    tokens = _TOKEN.findall(street.lower())
    if tokens and tokens[0] in _TOWN_WORDS:
        tokens = [token for token in tokens[1:] if token not in town]
    kind = None
    for at in (0, -1):
        if len(tokens) > 1 and kind is None and tokens[at] in _KIND_WORDS:
            kind = _KIND_WORDS[tokens.pop(at)]
    return _Asked(folded(" ".join(tokens)), kind, building)


def _without_house(text: str) -> tuple[str, str | None]:
    """Split the house number off, unless nothing but the number would be left of the name."""
    house = _HOUSE.search(text)
    if house is None or not any(map(str.isalpha, text[: house.start()])):
        return text, None
    return text[: house.start()], "".join(house["building"].split())


def _fitting(index: _Index, asked: _Asked) -> Iterator[tuple[tuple[int, bool, int, str], _Name]]:
    """Yield the names that fit with their rank: exact, beginning, word, inside; today's first."""
    if not asked.text:
        return
    for name in index.names:
        fit = _fit(name, asked.text)
        if fit is not None:
            other_kind = asked.kind is not None and asked.kind != name.street.kind
            is_plain = 0 if name.street.kind == "вулиця" else 1
            yield (fit + 4 * other_kind, name.old_name is not None, is_plain, name.text), name


def _fit(name: _Name, asked: str) -> int | None:
    if name.text == asked:
        return 0
    if name.text.startswith(asked):
        return 1
    if any(word.startswith(asked) for word in name.words):
        return 2
    return 3 if asked in name.text and len(asked) > 2 else None


@lru_cache(maxsize=8)
def _index(city: City) -> _Index:
    names = tuple(name for street in city.streets.values() for name in _names(street))
    by_text: defaultdict[str, tuple[_Name, ...]] = defaultdict(tuple)
    for name in names:
        if all(name.street is not other.street for other in by_text[name.text]):
            by_text[name.text] += (name,)
    town = frozenset(folded_words(f"{city.name.uk} {city.name.en}"))
    return _Index(names, dict(by_text), town)


def _names(street: Street) -> Iterator[_Name]:
    for text in dict.fromkeys((street.name.uk, street.name.en)):
        yield _Name(folded(text), folded_words(text), street, None)
    for text in street.old_names:
        yield _Name(folded(text), folded_words(text), street, text)
