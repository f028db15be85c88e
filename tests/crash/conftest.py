"""One stack for all flows; each begins at a fresh door."""

from collections.abc import Callable, Iterator

import pytest

from tests.door import Door, open_door


@pytest.fixture(scope="package")
def fresh_door() -> Iterator[Callable[[], Door]]:
    """Each call gives Khmelnytskyi's app on an empty store."""
    with open_door() as fresh:
        yield fresh
