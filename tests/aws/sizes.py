"""Bytes of items and attributes as DynamoDB counts them (Developer Guide, "Item sizes")."""

from base64 import b64decode
from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.aws.images import Image

_CONTAINER_BYTES: Final = 3
_LONGEST_NUMBER_BYTES: Final = 21


def item_bytes(image: Image) -> int:
    """Return the size of an item: UTF-8 bytes of the names, and the values."""
    return sum(len(name.encode()) + value_bytes(value) for name, value in image.items())


def value_bytes(value: Mapping[str, Any]) -> int:
    """Return the size of one attribute value, given as `{"S": "…"}` and so on."""
    kind, content = next(iter(value.items()))
    return _BYTES[kind](content)


def number_bytes(text: str) -> int:
    """Return the size of a number: one byte, one for each two significant digits, one for minus.

    Zeros before and after are not significant; 38 digits take 21 bytes at most.
    """
    mantissa = text.lower().partition("e")[0]
    whole, _, fraction = mantissa.lstrip("+-").partition(".")
    digits = (whole + fraction).lstrip("0").rstrip("0")
    minus = mantissa.startswith("-")
    return min(_LONGEST_NUMBER_BYTES, 1 + (len(digits) + 1) // 2 + minus)


def _map_bytes(content: Mapping[str, Mapping[str, Any]]) -> int:
    return _CONTAINER_BYTES + len(content) + item_bytes(content)


def _list_bytes(content: list[Mapping[str, Any]]) -> int:
    return _CONTAINER_BYTES + sum(1 + value_bytes(value) for value in content)


_BYTES: Final[Mapping[str, Callable[[Any], int]]] = {
    "S": lambda content: len(content.encode()),
    "N": number_bytes,
    "B": lambda content: len(b64decode(content)),
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "M": _map_bytes,
    "L": _list_bytes,
    "SS": lambda content: sum(len(text.encode()) for text in content),
    "NS": lambda content: sum(number_bytes(text) for text in content),
    "BS": lambda content: sum(len(b64decode(raw)) for raw in content),
}
