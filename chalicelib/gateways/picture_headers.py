"""What a file is and how large a picture it announces, read from its bytes without decoding.

Decoders are handed nothing that this has not measured: a picture of a hundred megapixels
fits into half a megabyte of file, and a decoder may reserve its memory on opening it.
"""

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
PDF: Final = "application/pdf"
SIGNATURE: Final = "application/pkcs7-signature"

_SEQUENCE: Final = b"\x30"
_SIGNED_DATA: Final = bytes.fromhex("06092a864886f70d010702")
"""What a CMS container begins with: its object identifier 1.2.840.113549.1.7.2 (RFC 5652)."""

_LONGEST_LENGTH_BYTES: Final = 6


@dataclass(frozen=True, slots=True)
class Announced:
    """What a picture's header says.

    Attributes:
        scans: passes over the whole picture that decoding takes; only a JPEG has several.
    """

    width_px: int
    height_px: int
    scans: int = 1


class HeaderBroken(Exception):
    """The header cannot be read; the message says why."""


def sniffed(data: bytes) -> str | None:
    """Return the media type that the first bytes prove, None for any that is not taken."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data.startswith(b"%PDF-"):
        return PDF
    return SIGNATURE if _holds_signed_data(data) else None


def _holds_signed_data(data: bytes) -> bool:
    at = data[: _LONGEST_LENGTH_BYTES + len(_SIGNED_DATA)].find(_SIGNED_DATA)
    return data.startswith(_SEQUENCE) and at > 0


def announced(data: bytes, media_type: str) -> Announced:
    """Return what the header of a JPEG, PNG or WebP says. Raises HeaderBroken."""
    try:
        header = _READERS[media_type](data)
    except (struct.error, IndexError):
        raise HeaderBroken("the file ends within its header") from None
    if not header.width_px or not header.height_px:
        raise HeaderBroken("a side of no length")
    return header


def _png(data: bytes) -> Announced:
    length, kind, width_px, height_px = struct.unpack_from(">I4sII", data, 8)
    if (length, kind) != (13, b"IHDR"):
        raise HeaderBroken("a PNG begins with its header")
    return Announced(width_px, height_px)


def _webp(data: bytes) -> Announced:
    kind = data[12:16]
    if kind == b"VP8X":  # canvas, each side less one in 24 bits
        sides = int.from_bytes(data[24:27], "little"), int.from_bytes(data[27:30], "little")
        return Announced(sides[0] + 1, sides[1] + 1) if len(data) >= 30 else Announced(0, 0)
    if kind == b"VP8L" and data[20] == 0x2F:  # lossless, each side less one in 14 bits
        (bits,) = struct.unpack_from("<I", data, 21)
        return Announced((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":  # lossy key frame, sides in 14 bits
        width, height = struct.unpack_from("<HH", data, 26)
        return Announced(width & 0x3FFF, height & 0x3FFF)
    raise HeaderBroken("no picture where a WebP has it")


_FRAME_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_SCAN: Final = 0xDA
_END: Final = 0xD9
# A marker may be preceded by any number of 0xFF: the last of them is found, in linear time.
_MARKER: Final = re.compile(rb"\xff([\x01-\xfe])")
_MARKER_AFTER_PIXELS: Final = re.compile(rb"\xff([\x01-\xcf\xd8-\xfe])")


def _jpeg(data: bytes) -> Announced:
    frames: list[tuple[int, int]] = []
    scans = 0
    for marker, start in _jpeg_segments(data):
        scans += marker == _SCAN
        if marker in _FRAME_MARKERS:
            height_px, width_px = struct.unpack_from(">HH", data, start + 3)
            frames.append((width_px, height_px))
    if len(frames) != 1:
        raise HeaderBroken(f"a JPEG has one frame, not {len(frames)}")
    return Announced(*frames[0], scans)


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield each marker up to the end of the picture, and where its length field stands.

    What follows the end (a film, an archive) belongs to another file and is not looked at.
    """
    at, pattern = 2, _MARKER
    while found := pattern.search(data, at):
        marker, at = found[1][0], found.end()
        pattern = _MARKER_AFTER_PIXELS if marker == _SCAN else _MARKER
        if marker == _END:
            return
        if marker not in _BARE_MARKERS:
            yield marker, at
            at += struct.unpack_from(">H", data, at)[0]


_READERS: Final[Mapping[str, Callable[[bytes], Announced]]] = {
    JPEG: _jpeg,
    PNG: _png,
    WEBP: _webp,
}
