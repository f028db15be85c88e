"""Who may know whom: the import contracts, and AWS behind its adapters."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.sources import (
    ROOT,
    imports_of,
    layer_of,
    name_of,
    product_files,
    python_files,
    tree_of,
)

AWS: Final = frozenset({"boto3", "botocore", "pynamodb"})
BEHIND: Final = frozenset({"store", "gateways", "wiring.py"})
EMULATORS: Final = frozenset({"ministack", "moto"})
SPEAKS_HTTP: Final = frozenset({"app.py", "api"})
STANDARD: Final = frozenset({"domain", "regulation", "dialogue"})
LOADS_LATE: Final = "chalicelib/wiring.py"


def found(files: list[Path], modules: frozenset[str]) -> list[str]:
    """Return the places of files that import one of some packages."""
    return [
        f"{name_of(path)}:{line} {module}"
        for path in files
        for line, module in imports_of(path)
        if module.partition(".")[0] in modules
    ]


def test_the_import_contracts_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports() == EXIT_STATUS_SUCCESS


def test_aws_is_imported_by_its_adapters_only() -> None:
    others = [path for path in product_files() if layer_of(path) not in BEHIND]
    assert found(others, AWS) == []


def test_chalice_is_known_to_the_doors_only() -> None:
    others = [path for path in product_files() if layer_of(path) not in SPEAKS_HTTP]
    assert found(others, frozenset({"chalice"})) == []


def test_the_product_does_not_know_the_local_cloud() -> None:
    assert found(product_files(), EMULATORS) == []


def test_the_emulator_is_started_in_one_file_only() -> None:
    allowed = {"infra/local_server.py", "infra/local_cloud.py", "infra/local_origin.py"}
    users = {place.partition(":")[0] for place in found(python_files("infra"), EMULATORS)}
    assert users <= allowed


def test_nouns_and_rules_stand_on_the_standard_library() -> None:
    outside = [
        f"{name_of(path)}:{line} {module}"
        for path in product_files()
        if layer_of(path) in STANDARD
        for line, module in imports_of(path)
        if module.partition(".")[0] not in sys.stdlib_module_names | {"chalicelib"}
    ]
    assert outside == []


def late_imports(path: Path) -> Iterator[str]:
    """Yield the imports that stand in functions."""
    for function in ast.walk(tree_of(path)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{name_of(path)}:{node.lineno}"


def test_imports_stand_at_the_top_of_files() -> None:
    assert [place for path in python_files() for place in late_imports(path)] == []


def test_only_the_wiring_loads_modules_by_name() -> None:
    users = [place.partition(":")[0] for place in found(product_files(), frozenset({"importlib"}))]
    assert set(users) <= {LOADS_LATE}
