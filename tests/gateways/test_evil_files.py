"""No file can hurt: not the machine that inspects it, not the person who sees the copy."""

import random
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from chalicelib.gateways.pictures import PictureInspector
from tests.gateways.drawn_pictures import opened, saved, scene
from tests.gateways.evil_files import SMUGGLED, Evil, evil_files, grey_png

CORPUS: Final = tuple(evil_files())
INSPECTOR: Final = PictureInspector(ZoneInfo("Europe/Kyiv"))

WATCHED: Final = """
import resource, sys
from zoneinfo import ZoneInfo
from chalicelib.gateways.pictures import PictureInspector
inspector = PictureInspector(ZoneInfo("Europe/Kyiv"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
inspection, _ = inspector.inspect(open(sys.argv[1], "rb").read(), sys.argv[2])
print(inspection.reason, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_the_corpus_is_large() -> None:
    assert len({evil.data for evil in CORPUS}) >= 70


@pytest.mark.parametrize("evil", CORPUS, ids=lambda evil: str(evil.name))
def test_it_is_rejected_or_made_harmless(evil: Evil) -> None:
    inspection, copy = INSPECTOR.inspect(evil.data, evil.content_type)
    if evil.reason:
        assert (inspection.accepted, inspection.reason, copy) == (False, evil.reason, None)
    elif copy is None:
        assert inspection.reason in {"not_a_picture", "unsupported_type"}
    else:
        assert SMUGGLED not in copy
        assert b"Exif" not in copy
        assert opened(copy).format == "JPEG"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("seed", range(3))
def test_damaged_files_never_raise(form: str, seed: int) -> None:
    lot, whole = random.Random(seed), saved(scene(seed, 64, 48), form)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(lot.randint(1, 12)):
            data[lot.randrange(12, len(data))] = lot.randrange(256)
        inspection, copy = INSPECTOR.inspect(bytes(data), f"image/{form.lower()}")
        assert inspection.accepted == (copy is not None)


@pytest.mark.parametrize("name", ["png-144-mpx", "jpeg-of-the-largest-sides", "webp-canvas"])
def test_a_bomb_is_never_decoded(name: str, tmp_path: Path) -> None:
    evil = next(evil for evil in CORPUS if evil.name == name)
    reason, grown_kb = watched(evil.data, evil.content_type, tmp_path)
    assert reason == "too_many_pixels"
    assert grown_kb < 20_000


def test_the_largest_picture_fits_into_the_function(tmp_path: Path) -> None:
    reason, grown_kb = watched(grey_png(5000, 5000), "image/png", tmp_path)
    assert reason == "None"
    assert grown_kb < 400_000


def test_the_whole_corpus_costs_little() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for evil in CORPUS:
        INSPECTOR.inspect(evil.data, evil.content_type)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 10


def watched(data: bytes, content_type: str, folder: Path) -> tuple[str, int]:
    """Return the reason and by how many KB a fresh process grew while it inspected."""
    file = folder / "upload"
    file.write_bytes(data)
    run = subprocess.run(
        [sys.executable, "-c", WATCHED, str(file), content_type],
        check=True,
        capture_output=True,
        text=True,
    )
    reason, grown_kb = run.stdout.split()
    return reason, int(grown_kb)
