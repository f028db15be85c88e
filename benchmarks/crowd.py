"""Thousands of cards, put straight beneath the API: moto copies whole tables a transaction."""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import patch

from moto.dynamodb import models
from moto.dynamodb.models.dynamo_type import LimitedSizeDict
from moto.dynamodb.models.table import Table

from chalicelib.domain.card import Card, Status
from chalicelib.regulation.intake import excerpt
from chalicelib.store.appeals import appeal_item
from chalicelib.store.cards import card_item
from chalicelib.store.events import event_item
from tests.aws.images import table_of
from tests.aws.tables import REGION, Stack
from tests.builders import a_card, an_appeal, number_of, registering
from tests.door import START

TEXT: Final = ("На розі двох вулиць третій день не горить жоден ліхтар, темно й слизько. " * 8)[
    :500
]
EXECUTOR: Final = "svitlo"
STREET: Final = "вулиця Проскурівська"
_FIRST: Final = 1000


def fill(stack: Stack, count: int, *, due: int = 0) -> None:
    """Put `count` open cards into one executor's queue; timers of `due` of them have run out."""
    table = table_of(REGION, f"{stack.name}-cards")
    # moto weighs an item anew for each of its attributes: two thirds of the time.
    with patch.object(LimitedSizeDict, "__setitem__", dict.__setitem__):
        for place in range(count):
            for item in _items(_card(place, is_due=place < due), whole=place < due):
                table.put_item(item)


def _card(place: int, *, is_due: bool) -> Card:
    number, later = number_of(_FIRST + place), timedelta(minutes=place)
    wakes_at = START - timedelta(minutes=1) if is_due else START + timedelta(days=1) + later
    return a_card(
        number=number,
        root=number,
        status=Status.IN_WORK,
        executor=EXECUTOR,
        street=STREET,
        excerpt=excerpt(TEXT),
        due_at=START + timedelta(days=3) + later,
        timers={"warning_first": wakes_at},
    )


def _items(card: Card, *, whole: bool) -> Iterator[Any]:
    yield card_item(card)
    if whole:
        yield appeal_item(an_appeal(number=card.number, text=TEXT))
        yield event_item(card.number, registering(card).events)


@contextmanager
def no_way_back() -> Iterator[None]:
    """Spare moto the copy of a whole table that it makes for each write of a transaction.

    A transaction that fails is then not undone, so this is for those that succeed.
    """

    def copied(value: Any) -> Any:
        return value if isinstance(value, Table) else copy.deepcopy(value)

    with patch.object(models, "copy", SimpleNamespace(deepcopy=copied)):
        yield
