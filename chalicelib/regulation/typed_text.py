"""What people type, made comparable: case, apostrophes, ґ and г, the wrong keyboard layout."""

import re
from typing import Final

_APOSTROPHES: Final = re.compile("['’‘ʼ`´′\"ʹ]")
_LETTERS: Final = str.maketrans({"ґ": "г", "ё": "е", "ы": "и", "э": "е", "ъ": ""})
_WORD: Final = re.compile(r"[^\W_]+")

_EN_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.\\"
_UK_KEYS: Final = "йцукенгшщзхїфівапролджєячсмитьбюґ"
_TO_UK: Final = str.maketrans(_EN_KEYS, _UK_KEYS)
_TO_EN: Final = str.maketrans(_UK_KEYS, _EN_KEYS)
_LATIN: Final = re.compile("[a-z]")


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of a text in small letters, without apostrophes, ґ written as г.

    Russian letters become their Ukrainian neighbours, for appeals come in any language (LAW-6).
    """
    bare = _APOSTROPHES.sub("", text.lower()).translate(_LETTERS)
    return tuple(_WORD.findall(bare))


def folded(text: str) -> str:
    """Return the folded words of a text with single spaces between them."""
    return " ".join(folded_words(text))


def other_layout(text: str) -> str:
    """Return what the same keys write in the other layout: `cj,jhyf` is `соборна`."""
    small = text.lower()
    return small.translate(_TO_UK if _LATIN.search(small) else _TO_EN)
