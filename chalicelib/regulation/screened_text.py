"""A text as screening reads it: letters made plain, words with their places in the text.

The text itself stays as it is. Places are counted in the letters of its NFC form.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

_APOSTROPHES: Final = re.compile("[’ʼ`´‘′ʹ]")
_IGNORED: Final = frozenset(
    "\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200d\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
)
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[@$*'])*|[@$*](?:[^\W_]|[@$*'])+")
_BETWEEN_LETTERS: Final = re.compile(r"[\s.\-–—_*]{1,3}")
_CYRILLIC: Final = re.compile("[а-яґєіїё]")
_LATIN: Final = re.compile("[a-z]")
_THRICE: Final = re.compile(r"([^\W\d_])\1{2,}")
_LOOK_ALIKES: Final[Mapping[int, str]] = str.maketrans(
    {
        **dict(zip("aceopxykmtbhi", "асеорхукмтвні", strict=True)),
        **dict(zip("013468@$", "оізчбвас", strict=True)),
    }
)
"""Latin letters, digits and signs that are drawn like Cyrillic letters."""

_HIDDEN: Final = re.compile(
    "[\xad\u0300-\u036f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\ufeff\uff00-\uffef\U0001d400-\U0001d7ff]"
)
"""What does not show, stands above a letter, or is a letter in another dress."""
_LEAST_RUN: Final = 3
_LONGEST_RUN: Final = 24


class Word(NamedTuple):
    """A word made plain, and its place in the text; `end` is exclusive."""

    plain: str
    start: int
    end: int


def quick_words(text: str) -> list[str] | None:
    """Return the words without their places, or None where a text needs a closer look.

    It does where letters are hidden, of two alphabets in a word, thrice the same, or split.
    """
    plain = _APOSTROPHES.sub("'", text.lower())
    words = _WORD.findall(plain)
    if _HIDDEN.search(plain) or _THRICE.search(plain) or _has_run(words):
        return None
    if _LATIN.search(plain):
        return None if any(map(_is_mixed, words)) else words
    odd = [word for word in words if not (word.isalpha() or word.isdecimal())]
    return None if any(map(_is_mixed, odd)) else words


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order, letters split by spaces joined into words."""
    letters, places = _plain_letters(text)
    found = [
        Word(_skeleton(match.group()), places[match.start()], places[match.end() - 1] + 1)
        for match in _WORD.finditer(letters)
    ]
    return list(_joined(found, text))


def _plain_letters(text: str) -> tuple[str, Sequence[int]]:
    lowered = text.lower()
    if len(lowered) == len(text) and not _HIDDEN.search(lowered):
        return _APOSTROPHES.sub("'", lowered), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        if letter in _IGNORED or unicodedata.combining(letter):
            continue
        plain = unicodedata.normalize("NFKC", letter).lower()
        letters.append(plain)
        places += [place] * len(plain)
    return _APOSTROPHES.sub("'", "".join(letters)), places


def _skeleton(word: str) -> str:
    """Return a word with look-alikes made Cyrillic, unless it is plainly of one alphabet."""
    plain = word.translate(_LOOK_ALIKES) if _is_mixed(word) else word
    return _THRICE.sub(r"\1", plain)


def _is_mixed(word: str) -> bool:
    letters = word.replace("'", "")
    if letters.isdecimal() or _CYRILLIC.sub("", letters) == "":
        return False
    return not (letters.isascii() and letters.isalpha())


def _has_run(words: Sequence[str]) -> bool:
    lengths = "".join("1" if len(word) == 1 else "0" for word in words)
    return "1" * _LEAST_RUN in lengths


def _joined(words: Sequence[Word], text: str) -> Iterator[Word]:
    """Yield the words; a run of three and more single letters as one word, and without an end."""
    run: list[Word] = []
    for word in words:
        if run and not (_is_letter(word) and _follows(run[-1], word, text)):
            yield from _of_run(run)
            run = []
        if _is_letter(word):
            run.append(word)
        else:
            yield word
    yield from _of_run(run)


def _is_letter(word: Word) -> bool:
    return len(word.plain) == 1


def _follows(before: Word, after: Word, text: str) -> bool:
    return _BETWEEN_LETTERS.fullmatch(text, before.end, after.start) is not None


def _of_run(run: Sequence[Word]) -> Iterator[Word]:
    """Yield what single letters spell: a preposition may stand at either end of it."""
    if not _LEAST_RUN <= len(run) <= _LONGEST_RUN:
        yield from run
        return
    for part in (run, run[:-1], run[1:]):
        if len(part) >= _LEAST_RUN:
            plain = _skeleton("".join(letter.plain for letter in part))
            yield Word(plain, part[0].start, part[-1].end)
