"""Files that nobody should send: each with the type it claims and the reason it is rejected.

Reason None: what can be decoded is a harmless picture, and only that may reach the public.
Every file that carries something else carries `SMUGGLED`.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image

from tests.gateways.drawn_pictures import camera_exif, saved, scene

SMUGGLED: Final = b"<script>smuggled()</script>"

PICTURE: Final = "not_a_picture"
PIXELS: Final = "too_many_pixels"
TYPE: Final = "unsupported_type"
MISMATCH: Final = "type_mismatch"


@dataclass(frozen=True)
class Evil:
    """A file, what it claims to be, and why it is rejected (None: it is not)."""

    name: str
    content_type: str
    reason: str | None
    data: bytes


def evil_files() -> Iterator[Evil]:
    """Yield the whole corpus."""
    yield from _other_types()
    yield from _liars()
    yield from _bombs()
    yield from _broken()
    yield from _smugglers()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """Return a chunk with a right checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, *chunks: bytes, depth: int = 8, colour: int = 0) -> bytes:
    """Return a PNG of these chunks, whatever they are."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [b"\x89PNG\r\n\x1a\n", png_chunk(b"IHDR", header), *chunks, png_chunk(b"IEND", b"")]
    return b"".join(parts)


def grey_png(width: int, height: int) -> bytes:
    """Return a whole black PNG without holding its pixels."""
    deflate = zlib.compressobj(9)
    rows = (deflate.compress(bytes(width + 1)) for _ in range(height))
    return png(width, height, png_chunk(b"IDAT", b"".join([*rows, deflate.flush()])))


def webp(kind: bytes, body: bytes) -> bytes:
    """Return a RIFF file of one chunk."""
    chunk = kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def jpeg_segment(marker: int, body: bytes) -> bytes:
    """Return one segment with its length."""
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg_with_size(width: int, height: int) -> bytes:
    """Return a JPEG whose frame announces another size than was encoded."""
    data = _jpeg()
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def _jpeg() -> bytes:
    return saved(scene(7, 96, 64), "JPEG")


def _png() -> bytes:
    return saved(scene(7, 96, 64), "PNG")


def _webp() -> bytes:
    return saved(scene(7, 96, 64), "WEBP")


def _pil(form: str) -> bytes:
    return saved(scene(7, 96, 64), form) + SMUGGLED


def _other_types() -> Iterator[Evil]:
    vector = b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()">' + SMUGGLED + b"</svg>"
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.html", SMUGGLED)
    for name, data in (
        ("svg", vector),
        ("svg-with-prologue", b'<?xml version="1.0"?>' + vector),
        ("html", b"<!doctype html>" + SMUGGLED),
        ("gif", _pil("GIF")),
        ("gif-bomb", b"GIF89a" + struct.pack("<HH", 65535, 65535) + b"\xf7\0\0" + bytes(900)),
        ("bmp", _pil("BMP")),
        ("tiff", _pil("TIFF")),
        ("ico", _pil("ICO")),
        ("jpeg2000", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(99)),
        ("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(99)),
        ("avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif" + bytes(99)),
        ("postscript", b"%!PS-Adobe-3.0 EPSF-3.0\n" + SMUGGLED),
        ("program", b"MZ\x90\0" + bytes(200)),
        ("elf", b"\x7fELF" + bytes(200)),
        ("shell", b"#!/bin/sh\n" + SMUGGLED),
        ("zip", archive.getvalue()),
        ("text", b"a picture, honestly"),
        ("zeros", bytes(5000)),
        ("pdf-not-at-the-start", b"\n\n%PDF-1.7\n%%EOF"),
    ):
        yield Evil(name, "image/jpeg", TYPE, data)


def _liars() -> Iterator[Evil]:
    yield Evil("png-as-jpeg", "image/jpeg", MISMATCH, _png())
    yield Evil("jpeg-as-png", "image/png", MISMATCH, _jpeg())
    yield Evil("webp-as-png", "image/png", MISMATCH, _webp())
    yield Evil("pdf-as-jpeg", "image/jpeg", MISMATCH, b"%PDF-1.7\n%%EOF")
    yield Evil("jpeg-as-pdf", "application/pdf", MISMATCH, _jpeg())
    for declared in ("image/svg+xml", "text/html", "image/gif", "image/*", "", "jpeg"):
        yield Evil(f"jpeg-as-{declared or 'nothing'}", declared, TYPE, _jpeg())
    yield Evil("empty", "image/jpeg", "empty", b"")
    yield Evil("too-large", "image/jpeg", "too_large", _jpeg() + bytes(10 * 1024 * 1024))


def _bombs() -> Iterator[Evil]:
    canvas = (16382).to_bytes(3, "little") * 2
    yield Evil("png-144-mpx", "image/png", PIXELS, grey_png(12000, 12000))
    yield Evil("png-of-the-largest-sides", "image/png", PIXELS, png(2**31 - 1, 2**31 - 1))
    yield Evil("png-a-pixel-too-many", "image/png", PIXELS, grey_png(25_000_001, 1))
    yield Evil("jpeg-of-the-largest-sides", "image/jpeg", PIXELS, jpeg_with_size(65500, 65500))
    yield Evil("webp-canvas", "image/webp", PIXELS, webp(b"VP8X", bytes(4) + canvas))
    lossless = struct.pack("<BI", 0x2F, 16382 | 16382 << 14)
    yield Evil("webp-lossless", "image/webp", PIXELS, webp(b"VP8L", lossless))
    lossy = b"\x10\0\0\x9d\x01\x2a" + struct.pack("<HH", 16383, 16383)
    yield Evil("webp-lossy", "image/webp", PIXELS, webp(b"VP8 ", lossy))
    yield Evil("jpeg-of-1000-scans", "image/jpeg", "too_many_scans", _many_scans(1000))
    for name, tail in (("fillers", b"\xff"), ("stuffing", b"\xff\x00")):
        endless = b"\xff\xd8" + tail * 1_000_000
        yield Evil(f"jpeg-of-{name}", "image/jpeg", None, endless)
        yield Evil(f"jpeg-then-{name}", "image/jpeg", None, _jpeg()[:-2] + tail * 1_000_000)
    two = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 12000, 12000, 8, 0, 0, 0, 0))
    pixels = png_chunk(b"IDAT", zlib.compress(bytes(11 * 10)))
    yield Evil("png-second-header", "image/png", PICTURE, png(10, 10, two, pixels))
    text = png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(80_000_000), 9))
    yield Evil("png-text-bomb", "image/png", PICTURE, png(10, 10, text, pixels))
    profile = png_chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(80_000_000), 9))
    yield Evil("png-profile-bomb", "image/png", None, png(10, 10, profile, pixels))
    long = png_chunk(b"IDAT", zlib.compress(bytes(50_000_000), 9))
    yield Evil("png-more-pixels-than-said", "image/png", None, png(10, 10, long))


def _many_scans(scans: int) -> bytes:
    data = saved(scene(7, 96, 64), "JPEG", progressive=True)
    first = data.index(b"\xff\xda")
    second = data.index(b"\xff", first + 14)
    return data[:first] + data[first:second] * scans + data[second:]


def _broken() -> Iterator[Evil]:
    makers: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("jpeg", _jpeg),
        ("png", _png),
        ("webp", _webp),
    )
    for form, make in makers:
        data = make()
        for share in (4, 12, 24, 40, len(data) // 3, len(data) * 2 // 3):
            yield Evil(f"{form}-cut-at-{share}", f"image/{form}", None, data[:share])
    yield Evil("jpeg-no-frame", "image/jpeg", PICTURE, b"\xff\xd8" + jpeg_segment(0xE0, b"JFIF\0"))
    frame = jpeg_segment(0xC0, b"\x08\0\x10\0\x10\x01\x01\x11\0")
    yield Evil("jpeg-two-frames", "image/jpeg", PICTURE, b"\xff\xd8" + frame + _jpeg()[2:])
    yield Evil("jpeg-no-width", "image/jpeg", PICTURE, jpeg_with_size(0, 64))
    yield Evil(
        "jpeg-endless-length", "image/jpeg", PICTURE, b"\xff\xd8\xff\xe0\xff\xff" + bytes(99)
    )
    yield Evil("png-no-pixels", "image/png", PICTURE, png(10, 10))
    yield Evil("png-no-width", "image/png", PICTURE, png(0, 10))
    yield Evil("png-odd-depth", "image/png", PICTURE, png(10, 10, depth=7, colour=5))
    garbage = png_chunk(b"IDAT", b"\x78\x9cgarbage" * 9)
    yield Evil("png-garbage", "image/png", PICTURE, png(10, 10, garbage))
    yield Evil("webp-unknown-chunk", "image/webp", PICTURE, webp(b"ABCD", bytes(30)))
    yield Evil("webp-empty-canvas", "image/webp", PICTURE, webp(b"VP8X", bytes(10)))


def _smugglers() -> Iterator[Evil]:
    jpeg, plain = _jpeg(), Image.new("RGB", (20, 20), "green")
    yield Evil("jpeg-and-archive", "image/jpeg", None, jpeg + b"PK\x03\x04" + SMUGGLED)
    comment = jpeg[:2] + jpeg_segment(0xFE, SMUGGLED) + jpeg[2:]
    yield Evil("jpeg-comment", "image/jpeg", None, comment)
    hidden = jpeg[:2] + jpeg_segment(0xFE, b"%PDF-1.7\n" + SMUGGLED + b"%%EOF") + jpeg[2:]
    yield Evil("jpeg-and-pdf", "image/jpeg", None, hidden)
    yield Evil("jpeg-broken-exif", "image/jpeg", None, _with_exif(b"Exif\0\0II*\0\xff\xff\xff\xff"))
    looped = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\x08\0\0\0"
    yield Evil("jpeg-exif-in-a-circle", "image/jpeg", None, _with_exif(looped))
    place = camera_exif(taken="2026:01:01 00:00:00")
    yield Evil("jpeg-place", "image/jpeg", None, saved(plain, "JPEG", exif=place, comment=SMUGGLED))
    broken_frames = _with_segment(0xE2, b"MPF\0II*\0\x08\0\0\0\xff\xff" + SMUGGLED)
    yield Evil("jpeg-broken-frames", "image/jpeg", None, broken_frames)
    pixels = png_chunk(b"IDAT", zlib.compress(bytes(11 * 10)))
    text = png_chunk(b"tEXt", b"Comment\0" + SMUGGLED)
    yield Evil("png-text", "image/png", None, png(10, 10, text, pixels) + SMUGGLED)
    moving = png_chunk(b"acTL", struct.pack(">II", 2**31, 0))
    yield Evil("png-endless-film", "image/png", None, png(10, 10, moving, pixels))
    tail = webp(b"VP8L", saved(plain, "WEBP", lossless=True)[20:]) + SMUGGLED
    yield Evil("webp-tail", "image/webp", None, tail)


def _with_exif(body: bytes) -> bytes:
    return _with_segment(0xE1, body)


def _with_segment(marker: int, body: bytes) -> bytes:
    data = _jpeg()
    return data[:2] + jpeg_segment(marker, body) + data[2:]
