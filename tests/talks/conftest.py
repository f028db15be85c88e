"""One city in memory with both messengers before it."""

from collections.abc import Iterator

import pytest

from tests.talks.chain import Chain, chain


@pytest.fixture
def talk() -> Iterator[Chain]:
    """Khmelnytskyi, which has the survey and repair works."""
    with chain() as running:
        yield running


@pytest.fixture
def talk_kr() -> Iterator[Chain]:
    """Kryvyi Rih, which has neither."""
    with chain("kryvyi-rih") as running:
        yield running
