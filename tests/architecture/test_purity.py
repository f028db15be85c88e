"""Time, ids, chance and the environment come in by one door: chalicelib/wiring.py."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import layer_of, name_of, product_files, tree_of

DOOR: Final = "wiring.py"
MODULES: Final = frozenset({"uuid", "random", "secrets"})
CLOCKS: Final = frozenset(
    {
        "datetime.now",
        "datetime.utcnow",
        "datetime.today",
        "date.today",
        "time.time",
        "time.time_ns",
        "os.environ",
        "os.environb",
        "os.getenv",
        "os.urandom",
    }
)
FROM: Final = {
    "time": frozenset({"time", "time_ns", "localtime", "gmtime"}),
    "os": frozenset({"environ", "environb", "getenv", "urandom"}),
}


def dotted(node: ast.AST) -> str:
    """Return `a.b` of an attribute, by its last two names."""
    if not isinstance(node, ast.Attribute):
        return ""
    owner = node.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return f"{name}.{node.attr}"


def reads(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield where code reads the clock, the environment, or draws ids and lots."""
    for node in ast.walk(tree):
        if dotted(node) in CLOCKS and isinstance(node, ast.Attribute):
            yield node.lineno, dotted(node)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            banned = FROM.get(node.module or "", frozenset())
            whole = node.module in MODULES
            yield from ((node.lineno, a.name) for a in node.names if whole or a.name in banned)


def places(path: Path) -> list[str]:
    """Return those places of a file."""
    return [f"{name_of(path)}:{line} {what}" for line, what in reads(tree_of(path))]


def test_nothing_but_the_wiring_reads_clock_environment_or_chance() -> None:
    # app.py reads the environment of nothing; its functions get all from the wiring too.
    others = [path for path in product_files() if layer_of(path) != DOOR]
    assert [place for path in others for place in places(path)] == []


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime\ndatetime.datetime.utcnow()",
        "from time import time\ntime()",
        "import time\ntime.time()",
        "import uuid",
        "from random import random",
        "import os\nos.environ['X']",
        "from os import getenv",
        "from datetime import date\ndate.today()",
    ],
)
def test_the_check_would_see_it(code: str) -> None:
    assert list(reads(ast.parse(code)))


def test_the_wiring_is_seen_to_read_them() -> None:
    (wiring,) = [path for path in product_files() if layer_of(path) == DOOR]
    assert {what for _, what in reads(tree_of(wiring))} == {
        "datetime.now",
        "os.environ",
        "random",
        "uuid",
    }
