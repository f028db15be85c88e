"""What keeping and releasing old cards depends on, as Protocols (LAW-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.card import Card
from chalicelib.domain.once import OnceRecord


@dataclass(frozen=True, slots=True)
class KeptCard:
    """A card as it is kept; a released one is read by nobody else."""

    card: Card
    released: bool


@dataclass(frozen=True, slots=True)
class Release:
    """Which cards of a year were released, by whom and by which act of destruction.

    Attributes:
        page: the page of the year on which they stand; a page released again by the same act
            is the same release.
        at: when the first of them was.
    """

    year: int
    page: int
    at: datetime
    by: str
    by_name: str
    act: str
    numbers: frozenset[str]


class Keeping(Protocol):
    """The cards of past years, whether they are still kept or released."""

    def read(self, numbers: Sequence[str]) -> list[KeptCard]:
        """Return the cards among `numbers` (at most 100), in the order asked, read consistently."""

    def release(self, card: Card, at: datetime) -> tuple[str, ...]:
        """Let all parts of a card expire at `at`, which is now; return the keys of its files.

        A card that was released in part is released to the end.
        Raises ChangedMeanwhile when somebody wrote the card since it was read.
        """

    def record(self, release: Release) -> None:
        """Keep, for ever, who releases what; the same again adds nothing."""

    def answer(self, once: OnceRecord, at: datetime) -> None:
        """Keep what was answered. Raises OnceAnswered."""

    def releases(self, year: int) -> list[Release]:
        """Return the releases of a year, by their pages."""
