"""One stack and one door for all flows; each begins with its store empty."""

from collections.abc import Callable, Iterator

import pytest

from tests.aws.tables import snapshot
from tests.door import START, Door, open_door


@pytest.fixture(scope="package")
def fresh_door() -> Iterator[Callable[[], Door]]:
    """Each call gives Khmelnytskyi's app on an empty store, at the same instant."""
    with open_door() as opened:
        door = opened()
        centre, empty = door.centre, snapshot()

        def fresh() -> Door:
            empty.restore()
            door.clock.at, door.centre = START, centre
            door.tokens.clear()
            return door

        yield fresh
