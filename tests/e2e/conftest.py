"""The running cities that the browser tests visit, and the browser that visits them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from tests.e2e.browser import browser, visit
from tests.infra.running import Running, running

__all__ = ["browser", "visit"]

CITIES = {"cloud": "khmelnytskyi", "kryvyi_rih": "kryvyi-rih"}
"""The city of each fixture; most tests visit the first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever asks for a city as end to end."""
    for item in items:
        if not CITIES.keys().isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def cities(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Running]]:
    """The cities that the chosen tests ask for, started together: people, but no appeals."""
    asked = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    names = [name for name in CITIES if name in asked]
    states = [tmp_path_factory.mktemp(name) for name in names]
    with ExitStack() as stack:
        with ThreadPoolExecutor() as pool:
            starting = [
                running(CITIES[name], state, "--no-seed")
                for name, state in zip(names, states, strict=True)
            ]
            started = list(pool.map(stack.enter_context, starting))
        yield dict(zip(names, started, strict=True))
        for city in started:
            city.process.terminate()  # Together, so that the second need not wait for the first.


@pytest.fixture(scope="session")
def cloud(cities: dict[str, Running]) -> Running:
    """The first city in a local cloud of its own."""
    return cities["cloud"]


@pytest.fixture(scope="session")
def kryvyi_rih(cities: dict[str, Running]) -> Running:
    """The second city in a local cloud of its own."""
    return cities["kryvyi_rih"]
