"""The template's tables, keys and indexes are those that the store uses."""

from collections.abc import Mapping
from typing import Any, Final

import pytest

from chalicelib.store.tables import INDEXES, KEYS, WAKE_INDEX
from tests.aws import template

RESOURCES: Final[Mapping[str, Any]] = template.load(template.TEMPLATE)["Resources"]
PREFIX: Final = "${AWS::StackName}-"
NOT_USED_YET: Final[frozenset[str]] = frozenset()
"""Tables that stand in the template ahead of the code, for AWS changes a table slowly."""

QUEUE_ROW: Final = {
    *("status", "topic", "received_at", "executor", "version"),
    *("street", "building", "excerpt", "flags"),
}


def tables() -> dict[str, Mapping[str, Any]]:
    """Return the properties of the template's tables by noun."""
    found = {}
    for resource in RESOURCES.values():
        if resource.get("Type") == "AWS::DynamoDB::Table":
            name = resource["Properties"]["TableName"]
            text = name if isinstance(name, str) else next(iter(name.values()))
            found[str(text).removeprefix(PREFIX)] = resource["Properties"]
    return found


TABLES: Final = tables()


def keys(schema: list[Mapping[str, str]]) -> tuple[str, ...]:
    """Return the names of a key schema, the partition key first."""
    by_kind = {part["KeyType"]: part["AttributeName"] for part in schema}
    return tuple(by_kind[kind] for kind in ("HASH", "RANGE") if kind in by_kind)


def indexes(noun: str) -> dict[str, Mapping[str, Any]]:
    """Return a table's indexes by name."""
    return {index["IndexName"]: index for index in TABLES[noun].get("GlobalSecondaryIndexes", [])}


def test_the_store_uses_the_tables_of_the_template() -> None:
    assert set(KEYS) | NOT_USED_YET == set(TABLES)
    assert not NOT_USED_YET & set(KEYS)


@pytest.mark.parametrize("noun", KEYS)
def test_keys_are_the_same(noun: str) -> None:
    assert keys(TABLES[noun]["KeySchema"]) == KEYS[noun]


def test_indexes_of_cards_are_the_same() -> None:
    declared = {name: keys(index["KeySchema"]) for name, index in indexes("cards").items()}
    assert declared == dict(INDEXES)


@pytest.mark.parametrize("noun", ["repair_works", "conversations"])
def test_the_index_of_other_things_that_have_timers_is_the_same(noun: str) -> None:
    declared = {name: keys(index["KeySchema"]) for name, index in indexes(noun).items()}
    assert declared == dict(WAKE_INDEX)


def test_every_key_is_a_string() -> None:
    kinds = {
        attribute["AttributeType"]
        for properties in TABLES.values()
        for attribute in properties["AttributeDefinitions"]
    }
    assert kinds == {"S"}


def test_the_two_lists_show_a_row_without_reading_the_card() -> None:
    for name in ("queue", "open"):
        projection = indexes("cards")[name]["Projection"]
        assert projection["ProjectionType"] == "INCLUDE"
        assert set(projection["NonKeyAttributes"]) == QUEUE_ROW


def test_only_requests_are_copied_whole_into_an_index() -> None:
    whole = {n for n, i in indexes("cards").items() if i["Projection"]["ProjectionType"] == "ALL"}
    assert whole == {"requests"}
