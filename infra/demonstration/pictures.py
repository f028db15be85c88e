"""Drawn photos for the demonstration: no real place, no real person."""

import io

from PIL import Image, ImageDraw, ImageFilter

_SIZE = (960, 720)


def street_at_night(number: int, *, lit: bool) -> bytes:
    """Return a JPEG of a drawn street with lamps; `number` makes each one different."""
    picture = Image.new("RGB", _SIZE, (16 + number % 20, 22, 44))
    draw = ImageDraw.Draw(picture)
    horizon = 380 + number % 60
    _houses(draw, number, horizon)
    draw.polygon([(0, 720), (960, 720), (600, horizon), (420, horizon)], fill=(38, 40, 50))
    for lamp in range(4):
        _lamp(draw, 150 + lamp * (190 + number % 13), horizon - 30 * lamp, lit=lit)
    softened = picture.filter(ImageFilter.GaussianBlur(1.2))
    out = io.BytesIO()
    softened.save(out, "JPEG", quality=80)
    return out.getvalue()


def _houses(draw: ImageDraw.ImageDraw, number: int, horizon: int) -> None:
    for house in range(7):
        left = house * 140 - number % 40
        top = horizon - 90 - (house * 37 + number * 11) % 150
        shade = 44 + (house * 13 + number) % 26
        draw.rectangle([left, top, left + 124, horizon], fill=(shade, shade - 4, shade + 14))
        for window in range(6):
            x, y = left + 14 + window % 3 * 36, top + 18 + window // 3 * 48
            glow = (236, 205, 120) if (window * 5 + house + number) % 3 else (58, 60, 84)
            draw.rectangle([x, y, x + 18, y + 24], fill=glow)


def _lamp(draw: ImageDraw.ImageDraw, x: int, base: int, *, lit: bool) -> None:
    draw.line([(x, base + 250), (x, base - 60)], fill=(88, 92, 104), width=7)
    draw.line([(x, base - 60), (x + 46, base - 76)], fill=(88, 92, 104), width=6)
    if lit:
        for radius in (60, 40, 22):
            light = 255 - radius * 2
            box = [x + 46 - radius, base - 76 - radius, x + 46 + radius, base - 76 + radius]
            draw.ellipse(box, fill=(light, light - 20, light // 2))
    draw.ellipse(
        [x + 36, base - 86, x + 56, base - 66], fill=(250, 240, 190) if lit else (70, 70, 80)
    )
