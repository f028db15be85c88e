"""Pictures drawn for the tests: reproducible, with enough in them to be told apart."""

import random
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw


def scene(seed: int, width_px: int = 640, height_px: int = 480) -> Image.Image:
    """Return a picture of rough ground and blocks, another one for every seed."""
    lot = random.Random(seed)
    ground = Image.frombytes("RGB", (12, 9), lot.randbytes(12 * 9 * 3))
    picture = ground.resize((width_px, height_px), Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(picture)
    for _ in range(8):
        left, top = lot.randrange(width_px), lot.randrange(height_px)
        right, bottom = left + width_px // 6, top + height_px // 6
        pen.rectangle((left, top, right, bottom), fill=(left % 256, top % 256, lot.randrange(256)))
    return picture


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    """Return the picture as a file of Pillow's format name."""
    file = BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    """Return the decoded picture of a file."""
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def camera_exif(
    *, orientation: int = 1, taken: str | None = None, offset: str | None = None
) -> Image.Exif:
    """Return what a telephone writes: place, owner, orientation, time."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "OWNER-OF-THE-CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (49.0, 25.0, 1.0), 3: "E", 4: (26.0, 59.0, 1.0)})
    times = {0x9003: taken, 0x9011: offset}
    exif.get_ifd(0x8769).update({tag: text for tag, text in times.items() if text is not None})
    return exif
