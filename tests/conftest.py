"""How two processes share the tests: what uses one stack stays together, so it is made once."""

from pathlib import PurePosixPath
from typing import Final

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

SHARING: Final = frozenset({"api", "crash", "e2e", "infra", "journey", "store", "support"})
"""Folders whose files share a stack; of the others each file goes where there is time."""

LONGEST: Final = ("e2e", "crash", "infra", "budget")
"""The folders that are begun first, so that no process ends long after the other."""


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """Deals tests out by the folder that shares something, or by the file."""

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.partition("::")[0])
        folder = file.parts[1]
        return folder if folder in SHARING else file.as_posix()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFolder:
    """Let the tests of a run in several processes be dealt out by folder."""
    return ByFolder(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest folders; the order within them is kept."""
    items.sort(key=lambda item: _turn(item.nodeid.split("/")[1]))


def _turn(folder: str) -> int:
    return LONGEST.index(folder) if folder in LONGEST else len(LONGEST)
