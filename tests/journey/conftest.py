"""Each test of a journey begins at a fresh door.

The way from an appeal to its result is walked on the real store over moto; the other journeys
on fakes that are held to the store's own contract, a hundred times faster.
"""

from collections.abc import Callable, Iterator

import pytest

from chalicelib import wiring
from tests.door import Door, open_door
from tests.fake_door import fake_door


@pytest.fixture(scope="package")
def _khmelnytskyi() -> Iterator[Callable[[], Door]]:
    with open_door() as fresh:
        yield fresh


@pytest.fixture
def moto_door(_khmelnytskyi: Callable[[], Door]) -> Door:
    """Khmelnytskyi's app on an empty store in moto."""
    return _khmelnytskyi()


@pytest.fixture
def door() -> Iterator[Door]:
    """Khmelnytskyi's app on an empty shelf in memory."""
    yield fake_door("khmelnytskyi")
    wiring.use(None)


@pytest.fixture
def kr_door() -> Iterator[Door]:
    """Kryvyi Rih's app on an empty shelf in memory."""
    yield fake_door("kryvyi-rih")
    wiring.use(None)
