"""The package under test: built once, from the sources as they are."""

import pytest

from infra import build
from infra.artefacts import Package


@pytest.fixture(scope="session")
def package() -> Package:
    """The packaged application."""
    return build.code()
