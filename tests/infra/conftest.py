"""The package under test: built once, from the sources as they are."""

from collections.abc import Iterator

import pytest

from infra import build
from infra.artefacts import Package
from tests.infra.running import Running, running


@pytest.fixture(scope="session")
def package() -> Package:
    """The packaged application."""
    return build.code()


@pytest.fixture(scope="package")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Khmelnytskyi without demonstration appeals; each test asks only for what is its own."""
    with running("khmelnytskyi", tmp_path_factory.mktemp("city"), "--no-seed") as started:
        yield started
