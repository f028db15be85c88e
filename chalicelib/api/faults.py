"""What pydantic finds wrong, as faults with stable codes and words of our own."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from chalicelib.domain.errors import Fault
from chalicelib.words.say import knows

MOST_FAULTS: Final = 100
"""How many faults one answer names; more would only echo a flood."""

_MOST_NAME: Final = 64

CODES: Final[Mapping[str, str]] = {
    "missing": "required",
    "extra_forbidden": "unknown_field",
    "string_too_short": "too_short",
    "string_too_long": "too_long",
    "too_short": "too_few",
    "too_long": "too_many",
    "string_pattern_mismatch": "bad_format",
    "enum": "bad_choice",
    "literal_error": "bad_choice",
    "union_tag_invalid": "bad_choice",
    "union_tag_not_found": "required",
    "greater_than_equal": "too_small",
    "greater_than": "above",
    "less_than_equal": "too_big",
    "less_than": "below",
    "int_parsing_size": "invalid",
    "finite_number": "invalid",
    "multiple_of": "invalid",
    "value_error": "invalid",
    "assertion_error": "invalid",
    "timezone_aware": "not_an_instant",
    "datetime_type": "not_an_instant",
    "datetime_parsing": "not_an_instant",
    "datetime_from_date_parsing": "not_an_instant",
    "datetime_object_invalid": "not_an_instant",
    "date_type": "not_a_date",
    "date_parsing": "not_a_date",
    "date_from_datetime_parsing": "not_a_date",
    "date_from_datetime_inexact": "not_a_date",
    "model_type": "not_an_object",
    "model_attributes_type": "not_an_object",
    "dict_type": "not_an_object",
}
"""Codes of pydantic's error types; `…_type` and `…_parsing` that are not named are `bad_type`."""

_FACTS: Final[Mapping[str, str]] = {
    "min_length": "least",
    "ge": "least",
    "gt": "least",
    "max_length": "most",
    "le": "most",
    "lt": "most",
}
_CHOICE: Final = re.compile("'([^']*)'")


def faults_of(error: ValidationError) -> list[Fault]:
    """Return pydantic's errors as faults, at most MOST_FAULTS.

    An error type of our own (`PydanticCustomError("not_a_phone", …)`) is the fault's code.
    """
    details = error.errors(include_url=False, include_input=False)[:MOST_FAULTS]
    return [
        Fault(_field(item["loc"]), _code(item["type"], context), _facts(context))
        for item in details
        for context in [item.get("ctx", {})]
    ]


def _field(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part)[:_MOST_NAME] for part in location)


def _code(kind: str, context: Mapping[str, Any]) -> str:
    if kind.endswith("too_short") and context.get("min_length") == 1:
        return "required"
    if kind in CODES:
        return CODES[kind]
    if kind.endswith(("_type", "_parsing", "_from_float")):
        return "bad_type"
    return kind if knows(f"fault.{kind}") else "invalid"


def _facts(context: Mapping[str, Any]) -> dict[str, str]:
    facts = {
        _FACTS.get(name, name): str(value)
        for name, value in context.items()
        if isinstance(value, (str, int, float))
    }
    if "expected" in facts:
        facts["choices"] = ", ".join(_CHOICE.findall(facts.pop("expected")))
    return facts
