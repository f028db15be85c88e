"""Cards of past years: read whether kept or released, and released (LAW-13).

A released card has `expires_at` on all its parts, at the instant of its release: the database
deletes them late, and readers take whatever has one for gone.
The releases stand in `directory`: `kind` = `release#<year>`, `id` = `<page>#<mark of the act>`.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

from pynamodb.attributes import (
    NumberAttribute,
    TTLAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.card import Card
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.once import OnceRecord
from chalicelib.store import cards
from chalicelib.store import once as once_answers
from chalicelib.store.attributes import InstantAttribute, Raw
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction
from chalicelib.usecases.retention_ports import KeptCard, Release

EXPIRES_AT: Final = "expires_at"
_AT_ONCE: Final = 100
_FILES: Final = ("original_key", "public_key")


class ExpiringItem(Model):
    """Any part of a card, as far as its end goes."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    expires_at = TTLAttribute()


class ReleaseItem(Model):
    """One release of cards of a year."""

    kind = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    page = NumberAttribute()
    first_at = InstantAttribute()
    by = UnicodeAttribute()
    by_name = UnicodeAttribute(null=True)
    act = UnicodeAttribute()
    numbers = UnicodeSetAttribute()


def is_released(raw: Raw) -> bool:
    """Tell whether a part of a card, or what an index shows of it, was released."""
    return EXPIRES_AT in raw


class KeepingStore:
    """Implements `usecases.retention_ports.Keeping`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._cards = tables.cards
        self._directory = tables.directory

    def read(self, numbers: Sequence[str]) -> list[KeptCard]:
        """Return the cards among `numbers` (at most 100), in the order asked, read consistently."""
        keys = [(number, cards.PART) for number in dict.fromkeys(numbers)]
        found = {
            raw["number"]["S"]: KeptCard(cards.card_of(raw), is_released(raw))
            for raw in (self._cards.get_many(keys, consistent=True) if keys else ())
        }
        return [found[number] for number, _ in keys if number in found]

    def release(self, card: Card, at: datetime) -> tuple[str, ...]:
        """Let all parts of a card expire at `at`, which is now; return the keys of its files.

        The card itself goes first, so that a release that breaks off is seen and finished.
        Raises ChangedMeanwhile when somebody wrote the card since it was read.
        """
        pages = self._cards.pages(card.number, consistent_read=True)
        parts = [raw for page in pages for raw in page.items]
        left = sorted(
            (raw["part"]["S"] for raw in parts if not is_released(raw)),
            key=lambda part: part != cards.PART,
        )
        for begin in range(0, len(left), _AT_ONCE):
            self._expire(card, left[begin : begin + _AT_ONCE], at)
        return tuple(_files(parts))

    def record(self, release: Release) -> None:
        """Keep, for ever, who releases what; the same again adds nothing."""
        first = {
            "first_at": release.at,
            "by": release.by,
            "by_name": release.by_name or release.by,
            "act": release.act,
            "page": release.page,
        }
        kept = (getattr(ReleaseItem, name) for name in first)
        actions = [each.set(each | value) for each, value in zip(kept, first.values(), strict=True)]
        numbers = ReleaseItem.numbers.add(set(release.numbers))
        self._directory.update(_kind(release.year), _id(release), [*actions, numbers])

    def answer(self, once: OnceRecord, at: datetime) -> None:
        """Keep what was answered. Raises OnceAnswered."""
        transaction = Transaction(self._tables)
        once_answers.put_once(transaction, self._tables, once, at)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            kept = failed.kept[once_answers.WRITE]
            raise once_answers.answered(self._tables, once, kept) from failed

    def releases(self, year: int) -> list[Release]:
        """Return the releases of a year, by their pages."""
        pages = self._directory.pages(_kind(year))
        return [_release_of(raw, year) for page in pages for raw in page.items]

    def _expire(self, card: Card, parts: Sequence[str], at: datetime) -> None:
        transaction = Transaction(self._tables)
        for part in parts:
            condition = _unchanged(card) if part == cards.PART else ExpiringItem.part.exists()
            actions = [ExpiringItem.expires_at.set(at)]
            transaction.update(self._cards, card.number, part, actions, condition)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            raise ChangedMeanwhile(number=card.number) from failed


def _unchanged(card: Card) -> Condition:
    return cards.unchanged_since(card)


def _files(parts: Sequence[Raw]) -> Iterator[str]:
    for raw in parts:
        yield from (raw[name]["S"] for name in _FILES if name in raw)


def _kind(year: int) -> str:
    return f"release#{year}"


def _id(release: Release) -> str:
    return f"{release.page:09d}#{sha256(release.act.encode()).hexdigest()[:16]}"


def _release_of(raw: Raw, year: int) -> Release:
    item = ReleaseItem.from_raw_data(raw)
    return Release(
        year=year,
        page=int(item.page),
        at=item.first_at,
        by=item.by,
        by_name=item.by_name or "",
        act=item.act,
        numbers=frozenset(item.numbers),
    )
