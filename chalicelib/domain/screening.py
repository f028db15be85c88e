"""What screening finds in a text: labels with their places, by a dated list of words (K-3.4)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple


class Label(StrEnum):
    """What a text, or a place in it, is. A machine marks; it refuses nothing.

    Attributes:
        HATE: suspected incitement of enmity against people for what they are.
        REPORT_OF_HATE: tells of incitement, such as an inscription; incites nobody.
        THREAT: threatens those who work for the city.
        OBSCENE: obscene words.
        INSULT: insulting words.
        MILD: coarse words, or such that are meant literally.
    """

    HATE = "hate"
    REPORT_OF_HATE = "report_of_hate"
    THREAT = "threat"
    OBSCENE = "obscene"
    INSULT = "insult"
    MILD = "mild"


class Part(StrEnum):
    """What a row of the list is good for.

    A word of its own label, or a part of a phrase: a group of people together with a call for
    violence or exclusion is incitement, unless a report tells of it; a violence of one's own
    together with its target is a threat.
    """

    OBSCENE = "obscene"
    INSULT = "insult"
    MILD = "mild"
    GROUP = "group"
    CALL = "call"
    REPORT = "report"
    VIOLENCE = "violence"
    TARGET = "target"


Extent = tuple[int, int]
"""Where something stands in a text, by letters from 0; the end is exclusive."""

MASK: Final = "***"


class Span(NamedTuple):
    """A place in a text, by letters from 0; `end` is exclusive."""

    start: int
    end: int
    label: Label
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Screening:
    """What was found in a text.

    Attributes:
        edition: of the list of words, by the day since which it is in force; empty without one.
    """

    spans: tuple[Span, ...] = ()
    edition: str = ""

    @property
    def labels(self) -> frozenset[Label]:
        """Everything that was found, without its places."""
        return frozenset(span.label for span in self.spans)

    def masks(self, *, without: Label | None = None) -> tuple[Extent, ...]:
        """Return the places that shared views hide, those of one label left out."""
        return tuple(
            (span.start, span.end)
            for span in self.spans
            if span.masked and span.label is not without
        )


def masked(text: str, places: Iterable[Extent]) -> str:
    """Return a text with some places hidden; how long they are does not show."""
    shown: list[str] = []
    upto = 0
    for start, end in sorted(places):
        if start >= upto:
            shown += (text[upto:start], MASK)
        upto = max(upto, end)
    return "".join((*shown, text[upto:]))


@dataclass(frozen=True, slots=True)
class LexiconRow:
    """A word of the list, or a phrase of words with spaces between them.

    Attributes:
        pattern: Cyrillic or Latin letters and apostrophes; `(а|б)` one of several, `?` the letter
            or bracket before it may be absent, `~` at the end any ending.
        masked: whether shared views hide it.
        since, until: from which day to which it counts; `until` is exclusive, None is open.
    """

    part: Part
    pattern: str
    masked: bool
    since: date
    until: date | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Lexicon:
    """A city's list of words, compared by identity; an empty one finds nothing."""

    rows: tuple[LexiconRow, ...] = ()

    def edition_on(self, day: date) -> date | None:
        """Return the last day on which the list changed, up to `day`; None before the first."""
        return max((change for change in self._changes() if change <= day), default=None)

    def on(self, day: date) -> tuple[LexiconRow, ...]:
        """Return the rows in force on a day."""
        return tuple(
            row for row in self.rows if row.since <= day and (row.until is None or day < row.until)
        )

    def _changes(self) -> Iterator[date]:
        for row in self.rows:
            yield row.since
            if row.until is not None:
                yield row.until
