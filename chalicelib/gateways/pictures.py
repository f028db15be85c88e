"""Looks into uploaded bytes: proves the type, bounds the pixels, makes the public copy.

The copy is drawn anew from the pixels, so nothing else of the file (place and owner in its
metadata, a second file glued to it) can reach the public. Imports Pillow: wiring.py loads
this module on first use.
"""

import struct
import warnings
import zlib
from collections.abc import Callable, Mapping
from datetime import tzinfo
from io import BytesIO
from typing import Final

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from chalicelib.domain.evidence import Inspection
from chalicelib.gateways import picture_headers as headers
from chalicelib.gateways.camera_facts import camera_facts
from chalicelib.gateways.file_limits import PIXEL_LIMIT, SIZE_LIMIT_BYTES
from chalicelib.gateways.picture_hashes import picture_hash

LONGEST_SIDE_PX: Final = 2048
QUALITY: Final = 80
SCAN_LIMIT: Final = 64
"""Passes of a progressive JPEG; cameras make about ten, and each costs a look at every pixel."""

PDF_END_BYTES: Final = 2048
"""How near to its end a PDF says that it ends."""


class PictureInspector:
    """Implements `usecases.ports.Pictures`.

    Reasons of a rejection: `empty`, `too_large`, `unsupported_type` (no JPEG, PNG, WebP, PDF
    or e-signature file), `type_mismatch` (another type than declared), `too_many_pixels`,
    `too_many_scans`, `not_a_picture`, `not_a_document` (what claims to be one cannot be read).
    """

    def __init__(self, zone: tzinfo) -> None:
        """Take the zone of cameras that do not name theirs: the city's."""
        self._zone = zone

    def inspect(self, data: bytes, content_type: str) -> tuple[Inspection, bytes | None]:
        """Return the verdict on a file's bytes, and the public copy of a picture (JPEG).

        A PDF and an e-signature file (CMS) have no public copy and no hash; whose signature it is
        nobody checks here. Of a moving picture the first frame counts.

        Args:
            content_type: the type that the upload was declared to have.
        """
        try:
            media_type = _proven_type(data, content_type)
            if media_type == headers.PDF:
                return _of_document(data), None
            if media_type == headers.SIGNATURE:
                return Inspection(accepted=True), None
            return self._of_picture(data, media_type)
        except _Rejected as rejected:
            return Inspection(accepted=False, reason=rejected.reason), None

    def _of_picture(self, data: bytes, media_type: str) -> tuple[Inspection, bytes]:
        with warnings.catch_warnings():  # Pillow warns of files that we accept as they are
            warnings.simplefilter("ignore")
            image = _opened(data, media_type)
            small = _small(image)
            facts = camera_facts(image, self._zone)
        picture = small if facts.turn is None else small.transpose(facts.turn)
        inspection = Inspection(
            accepted=True, picture=picture_hash(picture), taken_at=facts.taken_at
        )
        return inspection, _encoded(picture)


class _Rejected(Exception):
    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def _proven_type(data: bytes, content_type: str) -> str:
    if not data:
        raise _Rejected("empty")
    if len(data) > SIZE_LIMIT_BYTES:
        raise _Rejected("too_large")
    declared = content_type.partition(";")[0].strip().lower()
    media_type = headers.sniffed(data)
    if media_type is None or declared not in _ACCEPTED:
        raise _Rejected("unsupported_type")
    if media_type != declared:
        raise _Rejected("type_mismatch")
    return media_type


def _of_document(data: bytes) -> Inspection:
    if b"%%EOF" not in data[-PDF_END_BYTES:]:
        raise _Rejected("not_a_document")
    return Inspection(accepted=True)


def _opened(data: bytes, media_type: str) -> Image.Image:
    """Return the picture, not decoded yet, once its header is known to be within bounds."""
    try:
        header = headers.announced(data, media_type)
    except headers.HeaderBroken:
        raise _Rejected("not_a_picture") from None
    if header.width_px * header.height_px > PIXEL_LIMIT:
        raise _Rejected("too_many_pixels")
    if header.scans > SCAN_LIMIT:
        raise _Rejected("too_many_scans")
    try:
        image = _READERS[media_type](BytesIO(data))
    except _BROKEN:
        raise _Rejected("not_a_picture") from None
    if image.size != (header.width_px, header.height_px):
        raise _Rejected("not_a_picture")  # two headers that contradict each other
    return image


def _small(image: Image.Image) -> Image.Image:
    """Return the decoded picture in RGB, bounded to LONGEST_SIDE_PX, without metadata."""
    scale = min(1.0, LONGEST_SIDE_PX / max(image.size))
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    try:
        image.draft(None, size)  # a JPEG decodes to a half or a quarter at once
        image.load()
        return _in_rgb(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    except _BROKEN:
        raise _Rejected("not_a_picture") from None


def _in_rgb(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey, which convert() would cut off at 255
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("RGB")
    if not image.has_transparency_data:
        return _in_mode("RGB", image)
    layer = _in_mode("RGBA", image)
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper


def _in_mode(mode: str, image: Image.Image) -> Image.Image:
    return image if image.mode == mode else image.convert(mode)  # convert() copies even so


def _encoded(picture: Image.Image) -> bytes:
    copy = BytesIO()
    picture.info = {}  # a comment would be written again
    picture.save(copy, "JPEG", quality=QUALITY)
    return copy.getvalue()


_READERS: Final[Mapping[str, Callable[[BytesIO], Image.Image]]] = {
    headers.JPEG: JpegImageFile,
    headers.PNG: PngImageFile,
    headers.WEBP: WebPImageFile,
}
"""Opened by class: Image.open would try other formats too, and follow a JPEG's further frames."""

_ACCEPTED: Final = frozenset({*_READERS, headers.PDF, headers.SIGNATURE})

_BROKEN: Final = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for broken files; several are slips of its own that a file provokes."""
