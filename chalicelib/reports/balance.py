"""How many cards came and went: opening balance + received = closed + closing balance.

A card is received on the day of its registration, and closed at its `closed_at`, however it
ended. It is counted for the executor that answers for it now, so each executor's line adds up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.card import Card

NOBODY: Final = ""
"""The line of cards that no executor answers for."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period of time, its end exclusive."""

    from_at: datetime
    until_at: datetime

    def holds(self, instant: datetime | None) -> bool:
        """Tell whether an instant falls within the period."""
        return instant is not None and self.from_at <= instant < self.until_at


@dataclass(frozen=True, slots=True)
class Balance:
    """One line of the balance."""

    opening: int = 0
    received: int = 0
    closed: int = 0
    closing: int = 0

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            self.opening + other.opening,
            self.received + other.received,
            self.closed + other.closed,
            self.closing + other.closing,
        )


def concerns(card: Card, period: Period) -> bool:
    """Tell whether a card was open at some time of a period."""
    ended_before = card.closed_at is not None and card.closed_at < period.from_at
    return card.registered_at < period.until_at and not ended_before


def balances(cards: Iterable[Card], period: Period) -> Mapping[str, Balance]:
    """Return the balance of each executor that had a card in the period."""
    lines: dict[str, Balance] = {}
    for card in cards:
        if concerns(card, period):
            name = card.executor or NOBODY
            lines[name] = lines.get(name, Balance()) + _of(card, period)
    return lines


def total(lines: Iterable[Balance]) -> Balance:
    """Return the balance of all executors together."""
    return sum(lines, Balance())


def _of(card: Card, period: Period) -> Balance:
    line = Balance(received=1) if period.holds(card.registered_at) else Balance(opening=1)
    if period.holds(card.closed_at):
        return replace(line, closed=1)
    return replace(line, closing=1)
