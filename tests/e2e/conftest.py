"""The running city that every browser test visits, and the browser that visits it."""

from collections.abc import Iterator

import pytest

from tests.e2e.browser import browser, visit
from tests.infra.running import Running, running

__all__ = ["browser", "visit"]

CITY = "khmelnytskyi"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever asks for the city as end to end."""
    for item in items:
        if "cloud" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The city in a local cloud of its own, with its people and without appeals."""
    with running(CITY, tmp_path_factory.mktemp("city"), "--no-seed") as city:
        yield city
