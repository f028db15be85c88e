"""Where built things lie, and the names that their content gives them."""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCAL = ROOT / ".local"
BUILD = LOCAL / "build"


@dataclass(frozen=True)
class Package:
    """A packaged application: two zips, one template and the unpacked dependencies.

    `packages` is the folder that the layer is made of; the local cloud puts it on PYTHONPATH
    instead of unzipping it for every function.
    """

    folder: Path
    packages: Path

    @property
    def code_zip(self) -> Path:
        """The functions' code with bytecode, a few hundred kilobytes."""
        return self.folder / "deployment.zip"

    @property
    def digest(self) -> str:
        """The hash of everything that made the code; part of its name in the bucket."""
        return self.folder.name.removeprefix("code-")

    def template(self) -> dict[str, Any]:
        """The merged SAM template."""
        loaded: dict[str, Any] = json.loads((self.folder / "template.json").read_text())
        return loaded


@contextmanager
def exclusive(name: str) -> Iterator[None]:
    """Wait until no other process builds the same thing: two cities may start at once."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / f"{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def digest_of(paths: Iterable[Path], *facts: str, root: Path = ROOT) -> str:
    """Sixteen hex digits that change with the name or content of any file, or with a fact."""
    total = hashlib.sha256()
    for path in sorted(paths):
        name = path.relative_to(root) if path.is_relative_to(root) else path.name
        total.update(f"{name}\0{path.stat().st_size}\0".encode())
        total.update(path.read_bytes())
    total.update("\0".join(facts).encode())
    return total.hexdigest()[:16]


def files_under(folder: Path) -> list[Path]:
    """Every file below the folder that is content: no bytecode, nothing hidden."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    ]


def zip_folder(folder: Path, target: Path, prefix: str = "") -> None:
    """Zip a folder so that the same content gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(prefix + path.relative_to(folder).as_posix())
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    target.write_bytes(buffer.getvalue())


def prune(pattern: str, keep: int) -> None:
    """Remove all but the latest built folders of a pattern."""
    built = sorted(BUILD.glob(pattern), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in built[keep:]:
        shutil.rmtree(old, ignore_errors=True)


def digest_of_json(value: object) -> str:
    """Sixteen hex digits of a value that JSON can say."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
