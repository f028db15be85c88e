"""The repository's own files, as the checks of its form read them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SCRIPTS: Final = frozenset({".ts", ".tsx", ".js"})


@cache
def tracked() -> tuple[Path, ...]:
    """Return every file that is in the repository, or new and not ignored."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file())


def name_of(path: Path) -> str:
    """Return a file's path from the root."""
    return path.relative_to(ROOT).as_posix()


def python_files(*folders: str) -> list[Path]:
    """Return the Python files of some folders or files of the root; of all without any."""
    return [
        path
        for path in tracked()
        if path.suffix == ".py" and (not folders or path.relative_to(ROOT).parts[0] in folders)
    ]


def product_files() -> list[Path]:
    """Return what is shipped: app.py and chalicelib."""
    return python_files("app.py", "chalicelib")


@cache
def tree_of(path: Path) -> ast.Module:
    """Return a Python file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def layer_of(path: Path) -> str:
    """Return the layer that a file of the product belongs to: its folder or its own name."""
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "chalicelib" else parts[0]


def imports_of(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the module of every import of a file, wherever it stands."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""
