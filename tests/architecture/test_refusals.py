"""Every refusal has one HTTP status, and whatever may be said has words in both languages."""

import ast
from collections.abc import Iterator
from typing import Final

import pytest

from chalicelib.api.faults import CODES
from chalicelib.api.problem import STATUS_BY_FAULT, STATUS_BY_REFUSAL
from chalicelib.domain import errors
from chalicelib.domain.card import Action, Result, Status
from chalicelib.domain.errors import DomainError
from chalicelib.domain.events import EventName
from chalicelib.domain.executor_request import RequestKind, RequestStatus
from chalicelib.domain.people import Role
from chalicelib.domain.survey import Outcome
from chalicelib.words.say import LANGUAGES, keys
from tests.architecture.sources import layer_of, product_files, tree_of

REFUSALS: Final = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, DomainError) and kind is not DomainError
]
STEPS_OF_THE_CLOCK: Final = {Action.FALL_SILENT}


def calls(name: str) -> Iterator[ast.Call]:
    """Yield the calls of a name in the product's code."""
    for path in product_files():
        # Faults of a city's data are another thing: they are for whoever edits it.
        if layer_of(path) == "cities":
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield node


def said_words() -> set[str]:
    """Return the values of `words=` wherever a refusal is raised."""
    return {
        str(keyword.value.value)
        for refusal in (kind.__name__ for kind in REFUSALS)
        for call in calls(refusal)
        for keyword in call.keywords
        if keyword.arg == "words" and isinstance(keyword.value, ast.Constant)
    }


def fault_codes() -> set[str]:
    """Return every code of a fault that the code can name."""
    named = {
        call.args[1].value
        for call in calls("Fault")
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
    }
    own = {
        call.args[0].value
        for call in calls("PydanticCustomError")
        if isinstance(call.args[0], ast.Constant)
    }
    return {str(code) for code in named | own} | set(CODES.values()) | set(STATUS_BY_FAULT)


def test_every_refusal_has_exactly_one_status() -> None:
    assert set(STATUS_BY_REFUSAL) == set(REFUSALS)
    assert all(400 <= status < 600 for status in STATUS_BY_REFUSAL.values())


def test_the_drawing_of_the_hierarchy_names_them_all() -> None:
    drawn = errors.__doc__ or ""
    assert [kind.__name__ for kind in REFUSALS if f"── {kind.__name__} " not in drawn] == []


def test_kinds_are_stable_names_of_their_own() -> None:
    kinds = [kind.kind for kind in REFUSALS]
    assert len(kinds) == len(set(kinds))


@pytest.mark.parametrize("language", LANGUAGES)
class TestWords:
    """A key without words would be a defect in the caller's face."""

    def test_every_refusal_is_said(self, language: str) -> None:
        named = {kind.kind for kind in REFUSALS} | said_words()
        wanted = {f"problem.{name}.{part}" for name in named for part in ("title", "detail")}
        assert wanted - keys(language) == set()

    def test_every_fault_is_said(self, language: str) -> None:
        assert {f"fault.{code}" for code in fault_codes()} - keys(language) == set()

    def test_every_status_result_event_and_request_is_said(self, language: str) -> None:
        wanted = {
            *(f"status.{status}" for status in Status),
            *(f"result.{result}" for result in Result),
            *(f"event.{name}" for name in EventName),
            *(f"request.{kind}" for kind in RequestKind),
            *(f"request_status.{status}" for status in RequestStatus),
            *(f"outcome.{outcome}" for outcome in Outcome),
            *(f"role.{role}" for role in Role),
            *(f"action.{action}" for action in set(Action) - STEPS_OF_THE_CLOCK),
        }
        assert wanted - keys(language) == set()


def test_both_languages_have_the_same_keys() -> None:
    assert keys("uk") == keys("en")
