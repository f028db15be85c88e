"""The local cloud is young: what is used of its inside is held to the pinned version."""

import subprocess
import sys
from importlib.metadata import version

from infra.artefacts import ROOT

PROBE = """
import importlib
from infra.local_server import PRIVATE_NAMES
for module, names in PRIVATE_NAMES.items():
    loaded = importlib.import_module(module)
    for name in names:
        getattr(loaded, name)
importlib.import_module("ministack.services.lambda_svc")._dynamodb_stream_positions._data
"""


def test_the_installed_emulator_is_the_pinned_one() -> None:
    pinned = (ROOT / "requirements-run.txt").read_text()
    assert f"ministack=={version('ministack')}\n" in pinned


def test_its_private_names_are_where_they_are_used() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=ROOT,
        env={"AWS_DEFAULT_REGION": "eu-central-1", "PERSIST_STATE": "0"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_only_the_server_of_the_local_cloud_names_it() -> None:
    naming = {
        path.relative_to(ROOT).as_posix()
        for folder in ("infra", "chalicelib", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
        if "ministack" in path.read_text()
    }
    assert naming == {"infra/local_server.py"}
