"""Tests of one folder stay together, so that what they share is made once a process."""

from pathlib import Path

import pytest

_TESTS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Group tests by folder for runs in several processes; the browser's are one folder."""
    for item in items:
        folder = item.path.relative_to(_TESTS).parts[0]
        item.add_marker(pytest.mark.xdist_group(folder))
