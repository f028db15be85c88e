"""moto's answers, written faster: most of a test's time went into members that are not there.

An attribute value is a structure of ten members of which one is set. moto looks for each of the
ten, by a chain of guesses; here it is asked only for those that stand in the value.
"""

from collections.abc import Mapping
from typing import Any, Final

from moto.core.serialize import BaseJSONSerializer

_whole: Final = BaseJSONSerializer._serialize_type_structure


def _present_only(
    self: BaseJSONSerializer, serialized: Any, value: Any, shape: Any, key: str
) -> None:
    if shape.name != "AttributeValue" or not isinstance(value, Mapping):
        _whole(self, serialized, value, shape, key)
        return
    written: dict[str, Any] = {}
    for name in value:
        self._serialize_structure_member(written, value, shape.members[name], name)
    self._default_serialize(serialized, written, shape, key)


def install() -> None:
    """Let moto write its answers so."""
    setattr(BaseJSONSerializer, "_serialize_type_structure", _present_only)  # noqa: B010
