"""What AWS gets runs there: its wheels, its bytecode, its size, its completeness."""

import subprocess
import sys
import zipfile
from pathlib import Path

import boto3
import pytest

from infra import build
from infra.artefacts import BUILD, ROOT, Package, zip_folder

MEGABYTE = 1_000_000
# What the Lambda runtime itself brings; everything else must come from the layer.
RUNTIME = ("boto3", "botocore", "s3transfer", "jmespath", "dateutil", "urllib3", "six.py")

IMPORT_EVERYTHING = """
import importlib, pathlib, sys
code, packages, runtime = sys.argv[1:4]
sys.path[:0] = [code, packages, runtime]
names = ["app"]
for path in sorted(pathlib.Path(code, "chalicelib").rglob("*.py")):
    parts = path.relative_to(code).with_suffix("").parts
    names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
for name in names:
    importlib.import_module(name)
allowed = tuple(map(str, (code, packages, runtime, sys.base_prefix)))
strays = [m.__file__ for m in list(sys.modules.values())
          if getattr(m, "__file__", None) and not m.__file__.startswith(allowed)]
print(len(names), "imported;", "strays:", *strays)
"""


@pytest.fixture(scope="module")
def unpacked(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code as the function finds it."""
    folder = tmp_path_factory.mktemp("code")
    with zipfile.ZipFile(package.code_zip) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages of the Lambda runtime and no others, linked from the environment."""
    folder = tmp_path_factory.mktemp("runtime")
    installed = Path(boto3.__file__).parent.parent
    for name in RUNTIME:
        (folder / name).symlink_to(installed / name)
    return folder


def test_every_wheel_is_made_for_the_lambda_runtime() -> None:
    packages = build.dependencies(for_lambda=True)
    wheels = list(packages.glob("*.dist-info/WHEEL"))
    tags = {
        line.removeprefix("Tag: ")
        for wheel in wheels
        for line in wheel.read_text().splitlines()
        if line.startswith("Tag: ")
    }
    assert len(wheels) > 8
    foreign = [tag for tag in tags if not tag.endswith("-any") and "-manylinux" not in tag]
    assert foreign == []


def test_every_function_imports_with_the_lock_alone(
    package: Package, unpacked: Path, runtime: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", IMPORT_EVERYTHING, unpacked, package.packages, runtime],
        env={"AWS_DEFAULT_REGION": "eu-central-1", "AWS_EC2_METADATA_DISABLED": "true"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("strays:"), done.stdout


def test_code_and_layer_stay_under_30_megabytes(package: Package) -> None:
    code, layer = package.code_zip.stat().st_size, build.layer_zip().stat().st_size
    assert code < 3 * MEGABYTE
    assert code + layer < 30 * MEGABYTE


def test_every_module_has_bytecode_that_is_never_checked(unpacked: Path) -> None:
    for source in unpacked.rglob("*.py"):
        compiled = list((source.parent / "__pycache__").glob(f"{source.stem}.cpython-*.pyc"))
        assert len(compiled) == 1, source
        assert compiled[0].read_bytes()[4:8] == b"\x01\x00\x00\x00", "unchecked hash"


def test_nothing_but_code_and_city_data_is_packaged(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir()} == {
        "app.py",
        "chalice",
        "chalicelib",
        "__pycache__",
    }


def test_the_same_sources_are_packaged_once(package: Package) -> None:
    assert build.code() == package
    assert package.folder.parent == BUILD


def test_the_same_files_give_the_same_zip(tmp_path: Path) -> None:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "a.txt").write_text("same")
    zip_folder(folder, tmp_path / "first.zip")
    (folder / "a.txt").touch()
    zip_folder(folder, tmp_path / "second.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


def test_the_lock_is_pinned_with_hashes_and_names_no_host() -> None:
    lock = build.LOCK.read_text()
    requirements = [line for line in lock.splitlines() if line and not line.startswith(" ")]
    assert all("==" in line for line in requirements)
    assert lock.count("--hash=sha256:") >= len(requirements)
    assert "http" not in lock


def test_the_lock_holds_what_requirements_name() -> None:
    lock = build.LOCK.read_text()
    named = (ROOT / "requirements.txt").read_text().splitlines()
    for line in (line for line in named if line and not line.startswith("#")):
        assert f"{line} \\" in lock
