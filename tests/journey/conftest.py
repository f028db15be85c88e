"""Each test of a journey begins at a fresh door."""

from collections.abc import Callable, Iterator

import pytest

from tests.door import Door, open_door


@pytest.fixture(scope="package")
def _khmelnytskyi() -> Iterator[Callable[[], Door]]:
    with open_door() as fresh:
        yield fresh


@pytest.fixture
def door(_khmelnytskyi: Callable[[], Door]) -> Door:
    """Khmelnytskyi's app on an empty store."""
    return _khmelnytskyi()


@pytest.fixture(scope="package")
def _kryvyi_rih() -> Iterator[Callable[[], Door]]:
    with open_door("kryvyi-rih") as fresh:
        yield fresh


@pytest.fixture
def kr_door(_kryvyi_rih: Callable[[], Door]) -> Door:
    """Kryvyi Rih's app on an empty store."""
    return _kryvyi_rih()
