"""Both cities in memory."""

from collections.abc import Iterator

import pytest

from chalicelib import wiring
from tests.fake_door import FakeDoor, fake_door


@pytest.fixture
def door() -> Iterator[FakeDoor]:
    """Khmelnytskyi, nothing asked yet."""
    yield fake_door("khmelnytskyi")
    wiring.use(None)


@pytest.fixture(params=["khmelnytskyi", "kryvyi-rih"])
def either(request: pytest.FixtureRequest) -> Iterator[FakeDoor]:
    """Each city, nothing asked yet."""
    yield fake_door(request.param)
    wiring.use(None)
