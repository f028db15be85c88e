"""Text as people type it: whatever nobody types is taken out, wherever the text comes from."""

import re
import unicodedata
from typing import Final

_MOST_MARKS: Final = 3

# Controls but \n and \t, bidi controls, what shows as nothing, lone surrogates, invisible tags.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
# Latin, Cyrillic and punctuation without a single combining mark: most texts, known at once.
_MAY_HAVE_MARKS: Final = re.compile("[^\x00-\u02ff\u0370-\u0482\u048a-\u052f\u2000-\u20cf]")
# By category and not by class: enclosing signs and joiners have the class of a letter.
_STACKED: Final = frozenset({"Mn", "Me"})
_NEWLINES: Final = re.compile("\r\n?|[\u2028\u2029]")


def clean(text: str) -> str:
    """Return text without what no person types: controls, bidi overrides, stacked marks; in NFC."""
    if text.isascii() and text.isprintable():
        return text
    plain = _UNWANTED.sub("", _NEWLINES.sub("\n", text))
    return _bounded_marks(unicodedata.normalize("NFC", plain))


def _bounded_marks(text: str) -> str:
    if not _MAY_HAVE_MARKS.search(text):
        return text
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in _STACKED else 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
