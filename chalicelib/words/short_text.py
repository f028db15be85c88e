"""The text of an SMS: at most two parts, the first sentence and the link before all else.

A phone joins the parts of a long message; each is charged, and a text with one letter outside
the basic alphabet of GSM 03.38, such as any Ukrainian і, is sent as 16-bit letters.
"""

from collections.abc import Sequence
from typing import Final

MOST_PARTS: Final = 2

WIDE_WHOLE, WIDE_PART = 70, 67
"""Letters of 16 bits in a message of one part, and in each of several."""

NARROW_WHOLE, NARROW_PART = 160, 153
"""Letters of 7 bits in a message of one part, and in each of several."""

_NARROW: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_NARROW_DOUBLE: Final = frozenset("\f^{}\\[~]|€")
_LEAST_WORDS: Final = 20


def parts(text: str) -> int:
    """Return in how many parts a text is sent."""
    letters = set(text)
    if letters <= _NARROW | _NARROW_DOUBLE:
        size = len(text) + sum(text.count(each) for each in _NARROW_DOUBLE)
        whole, part = NARROW_WHOLE, NARROW_PART
    else:
        size = len(text.encode("utf-16-le")) // 2
        whole, part = WIDE_WHOLE, WIDE_PART
    return 1 if size <= whole else -(-size // part)


def fits(text: str) -> bool:
    """Tell whether a text is at most two parts."""
    return parts(text) <= MOST_PARTS


def shortened(sentences: Sequence[str], link: str = "") -> str:
    """Return sentences and a link as a text of at most two parts.

    Sentences that do not fit are left out whole, the last ones first, never the first one or the
    link. Where even these two are too long, the first sentence is cut at a word; where hardly
    any of it would be left, the link is left out.

    Args:
        sentences: in the order of what they are worth.
        link: what has to be opened; never cut, for half an address leads nowhere.
    """
    kept = [" ".join(sentence.split()) for sentence in sentences]
    kept = [sentence for sentence in kept if sentence]
    while len(kept) > 1 and not fits(_joined(kept, link)):
        kept.pop()
    if fits(_joined(kept, link)):
        return _joined(kept, link)
    cut = _cut(kept[0], link) if kept else ""
    return _joined([cut], link) if len(cut) >= _LEAST_WORDS else _cut(kept[0] if kept else link, "")


def _joined(sentences: Sequence[str], link: str) -> str:
    return " ".join([*sentences, link] if link else sentences)


def _cut(sentence: str, link: str) -> str:
    """Return as many first words as fit with the link; as many letters where a word is too long."""
    if fits(_joined([sentence], link)):
        return sentence
    most = max((at for at in range(len(sentence)) if _fits_cut(sentence[:at], link)), default=0)
    words, space, _ = sentence[:most].rpartition(" ")
    kept = words if space and sentence[most : most + 1] != " " else sentence[:most]
    return f"{kept.rstrip(' ,;:–-')}…" if kept else ""


def _fits_cut(start: str, link: str) -> bool:
    return fits(_joined([f"{start}…"], link))
