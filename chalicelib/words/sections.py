"""One message in words, before it stands in a letter, and the plain text it is made of."""

import re
from dataclasses import dataclass
from typing import Final

_CONTROLS: Final = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)
"""What is not seen and may change how the rest is read; a line's end is not among them."""


@dataclass(frozen=True, slots=True)
class Section:
    """One message.

    Attributes:
        headline: what happened, in a few words; the subject is made of it.
        quote: words of a person; `quoted` says whose.
        due: a label and an instant, such as the due date.
        next: what happens next, or what the reader should do.
        button, link: what the one button says and opens.
        sms: sentences in the order of what they are worth; `sms_link` is what they open.
        rows: more facts of this message, each with its label.
    """

    headline: str
    paragraphs: tuple[str, ...] = ()
    quote: str = ""
    quoted: str = ""
    due: tuple[str, str] | None = None
    next: tuple[str, ...] = ()
    button: str = ""
    link: str = ""
    sms: tuple[str, ...] = ()
    sms_link: str = ""
    rows: tuple[tuple[str, str], ...] = ()


def one_line(text: str) -> str:
    """Return a text in one line, without what is not seen."""
    return " ".join(without_controls(text).split())


def without_controls(text: str) -> str:
    """Return a text with its lines, without what is not seen."""
    return _CONTROLS.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a block: what stands between empty lines."""
    found = (one_line(part) for part in re.split(r"\n\s*\n", text))
    return tuple(part for part in found if part)


def lines_of(text: str) -> str:
    """Return a person's words with their lines; several empty lines are one."""
    return re.sub(r"\n\s*\n\s*", "\n\n", text)


def rows_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return the lines `label: value` of a block; a line without a value is left out."""
    found = (one_line(line).partition(": ") for line in text.splitlines())
    return tuple((label, value) for label, _, value in found if value)
