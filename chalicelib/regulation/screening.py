"""Screening of texts: what may be incitement, a threat, or abuse (K-3.4).

A machine marks words and places; it refuses nothing. Suspected incitement waits for people,
a threat is registered and shown, obscene words are registered and hidden from shared views.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from chalicelib.domain.screening import Label, Lexicon, Part, Screening, Span
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.lexicon import Found, word_list
from chalicelib.regulation.screened_text import Word, quick_words, words_of

NEAR_WORDS: Final = 8
"""How far a call may stand from the people it is against, in words."""
_NOT: Final = frozenset({"не", "ні", "проти"})
_AFTER_NOT: Final = frozenset(
    ("треба", "можна", "слід", "варто", "дайте", "смійте", "дозволяйте", "буду", "будемо")
)
"""Words that may stand between "not" and what is not to be done."""
_BY_ITSELF: Final = {
    Part.OBSCENE: Label.OBSCENE,
    Part.INSULT: Label.INSULT,
    Part.MILD: Label.MILD,
}


class _Hit(NamedTuple):
    """A row of the list, and the words of the text that match it."""

    first: int
    last: int
    found: Found


@clause("K-3.4")
def screen(text: str, lexicon: Lexicon, day: date) -> Screening:
    """Return what stands in a text, by the list that is in force on a day."""
    words = word_list(lexicon, day)
    if words is None:
        return Screening()
    quick = quick_words(text)
    if quick is not None and not words.may_find(quick):
        return Screening(edition=words.edition)
    read = words_of(unicodedata.normalize("NFC", text))
    hits = [
        _Hit(place, place + found.words - 1, found)
        for place in range(len(read))
        for found in words.at(read, place)
    ]
    spans = sorted({*_plain_spans(hits, read), *_incitement(hits, read), *_threats(hits, read)})
    return Screening(tuple(spans), words.edition)


def _plain_spans(hits: Sequence[_Hit], words: Sequence[Word]) -> Iterator[Span]:
    for hit in hits:
        label = _BY_ITSELF.get(hit.found.part)
        if label is not None:
            yield _span(words, hit.first, hit.last, label, hidden=hit.found.masked)


def _incitement(hits: Sequence[_Hit], words: Sequence[Word]) -> Iterator[Span]:
    """A group of people and a call against it are incitement, unless a report tells of it."""
    groups = [hit for hit in hits if hit.found.part is Part.GROUP]
    calls = [hit for hit in hits if hit.found.part is Part.CALL and not _negated(hit, words)]
    reports = [hit for hit in hits if hit.found.part is Part.REPORT]
    for first, last in _pairs(groups, calls):
        told = any(first - NEAR_WORDS <= hit.first <= last + NEAR_WORDS for hit in reports)
        label = Label.REPORT_OF_HATE if told else Label.HATE
        yield _span(words, first, last, label, hidden=not told)


def _threats(hits: Sequence[_Hit], words: Sequence[Word]) -> Iterator[Span]:
    acts = [hit for hit in hits if hit.found.part is Part.VIOLENCE and not _negated(hit, words)]
    targets = [hit for hit in hits if hit.found.part is Part.TARGET]
    for first, last in _pairs(acts, targets):
        yield _span(words, first, last, Label.THREAT)


def _pairs(some: Sequence[_Hit], others: Sequence[_Hit]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last word of every two that stand near each other."""
    for one in some:
        for other in others:
            apart = max(one.first, other.first) - min(one.last, other.last)
            if one != other and apart <= NEAR_WORDS:
                yield min(one.first, other.first), max(one.last, other.last)


def _negated(hit: _Hit, words: Sequence[Word]) -> bool:
    before = (word.plain for word in words[max(0, hit.first - 2) : hit.first])
    *_, second, first = ("", "", *before)
    return first in _NOT or (second in _NOT and first in _AFTER_NOT)


def _span(
    words: Sequence[Word], first: int, last: int, label: Label, *, hidden: bool = False
) -> Span:
    return Span(words[first].start, words[last].end, label, hidden)
