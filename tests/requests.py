"""Requests as residents and executors send them."""

import io
from typing import Any

from PIL import Image

TEXT = "На розі двох вулиць третій день не горить жоден ліхтар, увечері темно й небезпечно."


def an_appeal_body(**changes: Any) -> dict[str, Any]:
    """Return a whole and right body of POST /appeals; `changes` replace its fields."""
    body: dict[str, Any] = {
        "text": TEXT,
        "topic": "LI-01",
        "place": {"street": "вулиця Проскурівська", "building": "12"},
        "applicant": {
            "name": "Олена Вигадана",
            "phone": "050 111 22 33",
            "email": "olena@example.org",
            "residence": {"street": "вулиця Проскурівська", "building": "14", "flat": "3"},
        },
        "reply_channel": "email",
    }
    return body | changes


def a_photo(
    colour: tuple[int, int, int] = (200, 120, 40),
    *,
    size: tuple[int, int] = (320, 240),
    taken_at: str | None = None,
) -> bytes:
    """Return a JPEG with some structure in it, `taken_at` as the camera writes it."""
    picture = Image.new("RGB", size, colour)
    for step in range(0, size[0], 16):
        picture.paste(
            (step % 255, colour[1], 255 - step % 255), (step, step % 97, step + 9, size[1])
        )
    exif = Image.Exif()
    if taken_at:
        exif.get_ifd(0x8769)[0x9003] = taken_at
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
