"""JSON that a messenger has sent: read whole, its texts cleaned, or not at all."""

import json
from typing import Any, Final, NoReturn

from chalicelib.domain.clean_text import clean
from chalicelib.usecases.conversation_ports import Unreadable

_MOST_DEEP: Final = 24


def read_object(raw: bytes) -> dict[str, Any]:
    """Return a JSON object with clean texts. Raises Unreadable."""
    try:
        found = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
        if not isinstance(found, dict):
            raise Unreadable
        return {str(name): _cleaned(value, _MOST_DEEP) for name, value in found.items()}
    except (ValueError, RecursionError) as error:
        raise Unreadable from error


def _cleaned(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (dict, list)) and not depth:
        raise Unreadable
    if isinstance(value, dict):
        return {clean(name): _cleaned(item, depth - 1) for name, item in value.items()}
    if isinstance(value, list):
        return [_cleaned(item, depth - 1) for item in value]
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
