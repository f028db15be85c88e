"""The colours of a city, refused when people with weak sight could not read them."""

import re
from collections.abc import Mapping

from website.builder.faults import BuildError

TEXT_RATIO = 4.5
"""Least contrast of text and its ground (WCAG 2.1, 1.4.3)."""
SHAPE_RATIO = 3.0
"""Least contrast of borders, marks and focus (WCAG 2.1, 1.4.11)."""

DEFAULT_COLOURS: Mapping[str, str] = {
    "accent": "#0b5c6b",
    "accent_hover": "#08424d",
    "accent_text": "#ffffff",
    "accent_soft": "#e3f0f1",
    "text": "#16191d",
    "muted": "#545b64",
    "background": "#ffffff",
    "surface": "#f5f5f2",
    "line": "#d8d6ce",
    "border": "#6d737b",
    "focus": "#b35900",
    "danger": "#a8201a",
    "danger_soft": "#fdecea",
    "warning": "#8a4b00",
    "warning_soft": "#fff3df",
    "success": "#1c6b2a",
    "success_soft": "#e6f4ea",
}

PAIRS: tuple[tuple[str, str, float], ...] = (
    ("text", "surface", TEXT_RATIO),
    ("text", "background", TEXT_RATIO),
    ("muted", "surface", TEXT_RATIO),
    ("muted", "background", TEXT_RATIO),
    ("muted", "accent_soft", TEXT_RATIO),
    ("accent", "surface", TEXT_RATIO),
    ("accent", "background", TEXT_RATIO),
    ("accent_hover", "accent_soft", TEXT_RATIO),
    ("accent_text", "accent", TEXT_RATIO),
    ("accent_text", "accent_hover", TEXT_RATIO),
    ("danger", "background", TEXT_RATIO),
    ("danger", "danger_soft", TEXT_RATIO),
    ("warning", "warning_soft", TEXT_RATIO),
    ("success", "success_soft", TEXT_RATIO),
    ("border", "background", SHAPE_RATIO),
    ("border", "surface", SHAPE_RATIO),
    ("focus", "background", SHAPE_RATIO),
)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 (black) to 1 (white). Raises BuildError."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise BuildError(f"theme: {colour!r} is not a colour; write it as #rrggbb")
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def colours_of(theme: Mapping[str, str]) -> dict[str, str]:
    """Return all colours of a city: the defaults with its own on top.

    Raises:
        BuildError: an unknown name, a malformed colour, or every pair that is too pale.
    """
    unknown = sorted(set(theme) - set(DEFAULT_COLOURS))
    if unknown:
        raise BuildError(f"theme: unknown colours {', '.join(unknown)}")
    colours = {**DEFAULT_COLOURS, **theme}
    pale = [
        f"theme: {ink} {colours[ink]} on {ground} {colours[ground]} is {ratio:.2f}:1, under {least}"
        for ink, ground, least in PAIRS
        if (ratio := contrast(colours[ink], colours[ground])) < least
    ]
    if pale:
        raise BuildError("\n".join(pale))
    return colours


def theme_css(theme: Mapping[str, str]) -> str:
    """Return the city's colours as CSS custom properties."""
    named = (f"--{name.replace('_', '-')}:{value}" for name, value in colours_of(theme).items())
    return ":root{" + ";".join(named) + "}"
