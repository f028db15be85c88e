"""Cards of past years, in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.once import OnceRecord
from chalicelib.usecases.retention_ports import KeptCard, Release
from tests.fakes.shelf import Shelf


class FakeKeeping:
    """Implements `usecases.retention_ports.Keeping`: what is released is on the shelf no more."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()
        self._released: dict[str, CardFile] = {}
        self._releases: dict[tuple[int, int, str], Release] = {}

    def read(self, numbers: Sequence[str]) -> list[KeptCard]:
        """Return the cards among `numbers`, in the order asked."""
        found = []
        for number in dict.fromkeys(numbers):
            kept, gone = self._shelf.files.get(number), self._released.get(number)
            if file := kept or gone:
                found.append(KeptCard(file.card, released=kept is None))
        return found

    def release(self, card: Card, at: datetime) -> tuple[str, ...]:
        """Take a card off the shelf. Raises ChangedMeanwhile."""
        with self._shelf.lock:
            file = self._shelf.files.get(card.number) or self._released[card.number]
            if file.card.seq != card.seq:
                raise ChangedMeanwhile(number=card.number)
            self._shelf.files.pop(card.number, None)
            self._released[card.number] = file
        keys = (key for item in file.evidence for key in (item.original_key, item.public_key))
        return tuple(key for key in keys if key)

    def record(self, release: Release) -> None:
        """Keep who releases what; the same again adds nothing."""
        name = (release.year, release.page, release.act)
        kept = self._releases.get(name, release)
        numbers = kept.numbers | release.numbers
        self._releases[name] = replace(kept, numbers=numbers)

    def answer(self, once: OnceRecord, at: datetime) -> None:
        """Keep what was answered. Raises OnceAnswered."""
        with self._shelf.lock:
            self._shelf.require_free(once, at)
            self._shelf.keep(once)

    def releases(self, year: int) -> list[Release]:
        """Return the releases of a year, by their pages."""
        return [kept for (of, *_), kept in sorted(self._releases.items()) if of == year]
