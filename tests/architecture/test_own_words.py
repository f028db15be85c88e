"""The repository speaks of the product only: no machine, no mirror, no workplace in it."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import name_of, tracked

# Each word holds a bracket, so that this file does not hold the word.
FORBIDDEN: Final = {
    "a path of a machine": r"(?<![\w.:/-])/(?:w[o]rk|r[o]ot|h[o]me|U[s]ers)/\w",
    "a host of a registry": r"r[e]gistry\.np[m]js|py[p]i\.org|python[h]osted|arti[f]actory",
    "a word of a workplace": (
        r"(?i)\b(?:AI a[s]sistant|helper se[s]sion|suba[g]ent|Cl[a]ude|Op[e]nAI|Chat[G]PT"
        r"|Anthr[o]pic|language m[o]del)\b"
    ),
    "a number of a piece of work": r"(?i)\bi[s]sues?\s*#?\d",
}
BINARY: Final = {".png", ".jpg", ".ico", ".woff2", ".ttf", ".pdf"}


def texts() -> list[tuple[str, str]]:
    """Return every tracked text with its name."""
    kept = (path for path in tracked() if path.suffix not in BINARY)
    return [(name_of(path), read(path)) for path in kept]


def read(path: Path) -> str:
    """Return a file's text, whatever it holds."""
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    held = [f"{name}: {found[0]}" for name, text in texts() if (found := pattern.search(text))]
    assert held == []
