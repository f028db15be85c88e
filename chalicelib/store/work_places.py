"""How the places of a repair work are written: a list of small maps, absent parts left out."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from pynamodb.attributes import Attribute
from pynamodb.constants import LIST, MAP, NUMBER, STRING

from chalicelib.domain.appeal import Place
from chalicelib.store.attributes import Raw

_TEXTS: Final = ("street", "street_id", "building", "note")
_NUMBERS: Final = ("lat", "lon")


class PlacesAttribute(Attribute[tuple[Place, ...]]):
    """Places in order; absent when there are none."""

    attr_type = LIST

    def serialize(self, value: Iterable[Place]) -> list[dict[str, Any]] | None:
        """Return the places as a raw list."""
        return [{MAP: _raw(place)} for place in value] or None

    def deserialize(self, value: Sequence[dict[str, Any]]) -> tuple[Place, ...]:
        """Return a raw list as places."""
        return tuple(_place(item[MAP]) for item in value)


def _raw(place: Place) -> Raw:
    texts = {name: getattr(place, name) for name in _TEXTS}
    numbers = {name: getattr(place, name) for name in _NUMBERS}
    return {
        **{name: {STRING: text} for name, text in texts.items() if text},
        **{name: {NUMBER: str(number)} for name, number in numbers.items() if number is not None},
    }


def _place(raw: Raw) -> Place:
    values: dict[str, Any] = {n: raw[n][STRING] for n in _TEXTS if n in raw}
    values |= {name: float(raw[name][NUMBER]) for name in _NUMBERS if name in raw}
    return Place(**{"street": "", **values})
