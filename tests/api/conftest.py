"""Each test of the door begins with the same city: its people entered, nothing asked yet."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib import wiring
from tests.aws.snapshot import Snapshot
from tests.aws.tables import snapshot
from tests.door import START, Door, open_door


@pytest.fixture(scope="package")
def _opened() -> Iterator[tuple[Door, Snapshot]]:
    with open_door() as fresh:
        door = fresh()
        yield door, snapshot()


@pytest.fixture
def door(_opened: tuple[Door, Snapshot]) -> Door:
    """Khmelnytskyi's app on an empty store, at START."""
    door, empty = _opened
    empty.restore()
    door.clock.at = START
    door.tokens.clear()
    wiring.use(door.centre)
    return door


@pytest.fixture
def strict(door: Door) -> Iterator[Door]:
    """The same, counting its callers as production does."""
    settings = door.centre.settings.model_copy(update={"demo_limits": 1})
    wiring.use(replace(door.centre, settings=settings))
    yield door
    wiring.use(door.centre)
