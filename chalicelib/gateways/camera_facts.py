"""What a camera wrote beside the pixels: which side is up, and when the picture was taken."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final

from PIL import ExifTags, Image

_AS_WRITTEN: Final = "%Y:%m:%d %H:%M:%S"

_TURNS: Final[Mapping[object, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""From the orientations of Exif to the turn that makes the picture upright."""

_UNREADABLE: Final = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow raises for broken Exif; several are slips of its own that a file provokes."""


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """Each is None if the camera does not say; all of it is the camera's word, not a proof."""

    turn: Image.Transpose | None = None
    taken_at: datetime | None = None


def camera_facts(image: Image.Image, zone: tzinfo) -> CameraFacts:
    """Return what the Exif of a picture says; nothing if it cannot be read.

    Args:
        zone: where the camera's time is read if it names no offset.
    """
    try:
        exif = image.getexif()
        camera = exif.get_ifd(ExifTags.IFD.Exif)
        turn = _TURNS.get(exif.get(ExifTags.Base.Orientation))
        written = _text(camera.get(ExifTags.Base.DateTimeOriginal))
        offset = _text(camera.get(ExifTags.Base.OffsetTimeOriginal))
    except _UNREADABLE:
        return CameraFacts()
    return CameraFacts(turn, _instant(written, offset) or _local(written, zone))


def _text(written: object) -> str:
    return str(written or "").strip("\0 ")


def _instant(written: str, offset: str) -> datetime | None:
    try:
        return datetime.strptime(written + offset, f"{_AS_WRITTEN}%z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _local(written: str, zone: tzinfo) -> datetime | None:
    try:
        return datetime.strptime(written, _AS_WRITTEN).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
