"""How values of the domain are written into attributes.

Instants are ISO 8601 in UTC without an offset, and without a fraction when it is zero
(`2026-03-02T08:15:00`): short, readable, and text order is time order.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pynamodb.attributes import Attribute
from pynamodb.constants import LIST, MAP, NUMBER, STRING
from pynamodb.models import Model

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Raw = dict[str, dict[str, Any]]
"""An item as DynamoDB gives it: type descriptors by attribute."""


def raw_of(model: type[Model], **values: Any) -> Raw:
    """Return the raw item that `model(**values).serialize()` gives, at a third of its cost.

    An intake writes three items of up to 40 attributes, of which a dozen have a value.
    """
    attributes = model.get_attributes()
    raw = {}
    for name, value in values.items():
        written = None if value is None else attributes[name].serialize(value)
        if written is not None:
            raw[name] = {attributes[name].attr_type: written}
    return raw


def written_instant(instant: datetime) -> str:
    """Return an aware instant as stored text. Raises ValueError for a naive one."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant without a zone: {instant}")
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat()


def read_instant(text: str) -> datetime:
    """Return stored text as an aware UTC instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _written_seconds(instant: datetime) -> str:
    seconds, micros = divmod((instant - _EPOCH) // _MICROSECOND, 10**6)
    return f"{seconds}.{micros:06d}" if micros else str(seconds)


def _read_seconds(text: str) -> datetime:
    seconds, _, micros = text.partition(".")
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(micros.ljust(6, "0") or 0))


class InstantAttribute(Attribute[datetime]):
    """An aware UTC instant."""

    attr_type = STRING

    def serialize(self, value: datetime) -> str:
        """Return the instant as stored text."""
        return written_instant(value)

    def deserialize(self, value: str) -> datetime:
        """Return stored text as an instant."""
        return read_instant(value)


class TimersAttribute(Attribute[Mapping[str, datetime]]):
    """Instants by name; absent when there are none.

    Each is a number, seconds since 1970, of a third of the bytes of a text: a card has several
    and should stay within one write unit.
    """

    attr_type = MAP

    def serialize(self, value: Mapping[str, datetime]) -> Raw | None:
        """Return the instants as a raw map."""
        return {name: {NUMBER: _written_seconds(at)} for name, at in value.items()} or None

    def deserialize(self, value: Raw) -> Mapping[str, datetime]:
        """Return a raw map as instants; cards of before hold texts."""
        return {
            name: _read_seconds(at[NUMBER]) if NUMBER in at else read_instant(at[STRING])
            for name, at in value.items()
        }


class WordsAttribute(Attribute[Mapping[str, str]]):
    """Short texts by name; absent when there are none."""

    attr_type = MAP

    def serialize(self, value: Mapping[str, str]) -> Raw | None:
        """Return the texts as a raw map."""
        return {name: {STRING: text} for name, text in value.items()} or None

    def deserialize(self, value: Raw) -> Mapping[str, str]:
        """Return a raw map as texts."""
        return {name: text[STRING] for name, text in value.items()}


class NamesAttribute(Attribute[tuple[str, ...]]):
    """Texts in order; absent when there are none."""

    attr_type = LIST

    def serialize(self, value: Iterable[str]) -> list[dict[str, str]] | None:
        """Return the texts as a raw list."""
        return [{STRING: text} for text in value] or None

    def deserialize(self, value: list[dict[str, str]]) -> tuple[str, ...]:
        """Return a raw list as texts."""
        return tuple(text[STRING] for text in value)
