"""The register of clauses against the code: which rules, steps and tests a clause has.

`python -m tests.architecture.clause_register` writes the columns of rules and tests anew.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chalicelib.domain.city import Law
from chalicelib.regulation.lifecycle import STEPS
from tests.architecture.sources import ROOT, product_files, python_files, tree_of

REGISTER: Final = ROOT / "docs/regulation.md"
RULE: Final = "rule"
KINDS: Final = (RULE, "built in", "city data", "people", "not kept", "heading")
_COLUMNS: Final = 6


@dataclass(frozen=True)
class Line:
    """A clause's line; `rules` and `tests` as they stand in the cells."""

    clause: str
    uk: str
    en: str
    kept: str
    rules: str
    tests: str

    @property
    def kind(self) -> str:
        """How the clause is kept, without the explanation."""
        return self.kept.partition(":")[0]


def lines() -> list[Line]:
    """Return the register's lines, in its order."""
    rows = (row for row in REGISTER.read_text(encoding="utf-8").splitlines() if _is_line(row))
    return [Line(*_cells(row)) for row in rows]


def rules() -> Mapping[str, str]:
    """Return by clause the functions that keep it and the steps that name it, as one cell."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in product_files():
        for function, clause in _decorated(path):
            found[clause].append(f"`{path.parent.name}/{path.stem}.{function}`")
    for law in Law:
        for step in STEPS[law]:
            found[step.clause].append(f"lifecycle: {step.action}")
    return {clause: ", ".join(dict.fromkeys(names)) for clause, names in found.items()}


def tests() -> Mapping[str, str]:
    """Return by clause the files of the tests that quote it, as one cell."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in python_files("tests"):
        for clause in marked(path):
            found[clause].append(f"`{path.parent.name}/{path.stem}`")
    return {clause: ", ".join(dict.fromkeys(names)) for clause, names in found.items()}


def marked(path: Path) -> Iterator[str]:
    """Yield the clauses that tests of a file are marked with."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "clause":
            yield from (str(a.value) for a in node.args if isinstance(a, ast.Constant))


def written_anew() -> str:
    """Return the register with the rules and tests that the code has now."""
    kept_by, proved_by = rules(), tests()
    text = []
    for row in REGISTER.read_text(encoding="utf-8").splitlines():
        if _is_line(row):
            clause, uk, en, kept, *_ = _cells(row)
            cells = (clause, uk, en, kept, kept_by.get(clause, ""), proved_by.get(clause, ""))
            text.append(f"| {' | '.join(cells)} |")
        else:
            text.append(row)
    return "\n".join(text) + "\n"


def _decorated(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "clause":
                    yield from ((node.name, str(a.value)) for a in mark.args
                                if isinstance(a, ast.Constant))  # fmt: skip


def _is_line(row: str) -> bool:
    return row.startswith(("| K-", "| KR-", "| LAW-", "| CIVIL-"))


def _cells(row: str) -> list[str]:
    cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
    return (cells + [""] * _COLUMNS)[:_COLUMNS]


if __name__ == "__main__":
    REGISTER.write_text(written_anew(), encoding="utf-8")
