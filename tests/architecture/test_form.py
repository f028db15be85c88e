"""Files are short, functions shorter, and names say what is in them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.sources import ROOT, SCRIPTS, name_of, python_files, tracked, tree_of

MOST_FILE_LINES: Final = 300
MOST_FUNCTION_LINES: Final = 40
MOST_LINES_OF_THE_ENTRY: Final = 200
SAYS_NOTHING: Final = re.compile(r"(?:^|_)(?:utils?|helpers?|common|managers?|misc)(?:_|$)")
SHIPPED: Final = ("app.py", "chalicelib", "infra", "benchmarks", "website")
_OPENS: Final = re.compile(r"^(\s*).*(?:\bfunction\b.*|=>\s*)\{\s*$")
_NAMED: Final = re.compile(r"\bfunction \w|\bconst \w+ = ")


def code_files() -> list[Path]:
    """Return what people write in a programming language."""
    return [path for path in tracked() if path.suffix in SCRIPTS | {".py"}]


def python_functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the lines of every function of a Python file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def script_functions(text: str) -> Iterator[tuple[str, int]]:
    """Yield the first line and the own lines of every function of a formatted script.

    A function ends where a closing brace stands under the beginning of its first line. The
    lines of named functions within it are theirs, for a closure is how a script keeps state.
    """
    lines = text.splitlines()
    spans = dict(_spans(lines))
    for start, end in spans.items():
        within = {
            line
            for inner, last in spans.items()
            if start < inner and last < end and _NAMED.search(lines[inner])
            for line in range(inner, last + 1)
        }
        yield lines[start].strip(), end - start + 1 - len(within)


def _spans(lines: list[str]) -> Iterator[tuple[int, int]]:
    for at, line in enumerate(lines):
        opened = _OPENS.match(line)
        if opened is not None:
            closing = f"{opened[1]}}}"
            ends = (n for n in range(at + 1, len(lines)) if lines[n].startswith(closing))
            yield at, next(ends, at)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the functions of a file."""
    if path.suffix == ".py":
        yield from python_functions(path)
    else:
        yield from script_functions(path.read_text(encoding="utf-8"))


def undocumented(path: Path) -> Iterator[str]:
    """Yield the public things of a module that say nothing of themselves."""
    tree = tree_of(path)
    if tree.body and not ast.get_docstring(tree):
        yield f"{name_of(path)}: the module"
    yield from (f"{name_of(path)}:{line} {name}" for line, name in _silent(tree))


def _silent(owner: ast.Module | ast.ClassDef) -> Iterator[tuple[int, str]]:
    for node in owner.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name.startswith("_"):
                continue
            if not ast.get_docstring(node) and not _is_setter(node):
                yield node.lineno, node.name
            if isinstance(node, ast.ClassDef):
                yield from _silent(node)


def _is_setter(node: ast.AST) -> bool:
    marks = getattr(node, "decorator_list", [])
    return any(isinstance(mark, ast.Attribute) and mark.attr == "setter" for mark in marks)


def test_files_are_short() -> None:
    lengths = {name_of(path): len(path.read_bytes().splitlines()) for path in code_files()}
    assert {n: count for n, count in lengths.items() if count > MOST_FILE_LINES} == {}


def test_functions_are_short() -> None:
    long = [
        f"{name_of(path)} {name}: {count}"
        for path in code_files()
        for name, count in functions(path)
        if count > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_a_long_script_function_would_be_seen() -> None:
    body = "  call();\n" * MOST_FUNCTION_LINES
    for head, end in (("export function f(a) {", "}"), ("const f = async (a) => {", "};")):
        (seen,) = script_functions(f"{head}\n{body}{end}\n")
        assert seen == (head, MOST_FUNCTION_LINES + 2)


def test_names_of_files_say_what_is_in_them() -> None:
    stems = {name_of(path): path.name.partition(".")[0].replace("-", "_") for path in tracked()}
    assert [name for name, stem in stems.items() if SAYS_NOTHING.search(stem)] == []


def test_the_entry_is_one_page() -> None:
    assert len((ROOT / "app.py").read_text().splitlines()) <= MOST_LINES_OF_THE_ENTRY


@pytest.mark.parametrize("folder", SHIPPED)
def test_everything_public_says_what_it_means(folder: str) -> None:
    assert [place for path in python_files(folder) for place in undocumented(path)] == []


def test_nothing_is_left_for_later() -> None:
    mark = re.compile(r"\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b")
    left = [
        f"{name_of(path)}:{at}"
        for path in code_files()
        for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]
    assert left == []


def test_no_test_is_skipped() -> None:
    mark = re.compile(r"pytest\.(?:mark\.)?(?:s[k]ip|x[f]ail|import[o]rskip)")
    skipped = [name_of(p) for p in python_files("tests") if mark.search(p.read_text("utf-8"))]
    assert skipped == []


def test_each_folder_of_tests_is_a_package() -> None:
    """What a folder shares ends with the folder only if it is one; else it lives to the end."""
    folders = {path.parent for path in python_files("tests")}
    assert sorted(map(name_of, (f for f in folders if not (f / "__init__.py").is_file()))) == []
