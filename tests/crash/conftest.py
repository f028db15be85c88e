"""One stack and one door for all flows; each begins with its store empty."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.aws.tables import snapshot
from tests.door import START, Door, open_door


@pytest.fixture(scope="package")
def fresh_door() -> Iterator[Callable[[], Door]]:
    """Each call gives Khmelnytskyi's app on an empty store, at the same instant."""
    with _fresh_doors("khmelnytskyi") as fresh:
        yield fresh


@pytest.fixture(scope="module")
def fresh_committee() -> Iterator[Callable[[], Door]]:
    """Each call gives Kryvyi Rih's app, to which another centre writes letters."""
    with _fresh_doors("kryvyi-rih") as fresh:
        yield fresh


@contextmanager
def _fresh_doors(city: str) -> Iterator[Callable[[], Door]]:
    with open_door(city) as opened:
        door = opened()
        centre, empty = door.centre, snapshot()

        def fresh() -> Door:
            empty.restore()
            door.clock.at, door.centre = START, centre
            door.tokens.clear()
            return door

        yield fresh
