"""Both messengers, served for each test."""

from collections.abc import Iterator

import pytest

from tests.support.fake_messengers import FakeMessengers, serving


@pytest.fixture
def fake() -> Iterator[FakeMessengers]:
    """Telegram and Viber on 127.0.0.1."""
    with serving() as served:
        yield served
