"""Chronic places: where the same trouble comes back, whoever reports it (LAW-19)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.card import Card, Status
from chalicelib.domain.places import typed_street_key
from chalicelib.regulation.lifecycle import OPEN
from chalicelib.regulation.neighbours import house_key

_NO_MATTER = frozenset({Status.JOINED, Status.WITHDRAWN, Status.NOT_CONSIDERED, Status.FORWARDED})


@dataclass(frozen=True, slots=True)
class ChronicPlace:
    """A house and a topic with many cards.

    Attributes:
        cards: of the period, the newest first.
    """

    street: str
    building: str
    topic: str
    cards: tuple[Card, ...]

    @property
    def last_at(self) -> datetime:
        """When the newest of them was received."""
        return self.cards[0].received_at

    @property
    def open(self) -> int:
        """How many of them are open."""
        return sum(card.status in OPEN for card in self.cards)

    @property
    def repeats(self) -> int:
        """How many of them came back because the work was not done, or badly."""
        return sum(card.repeat_no > 0 for card in self.cards)


def chronic_places(cards: Iterable[Card], least: int) -> list[ChronicPlace]:
    """Return where there were at least so many cards of one topic, the most first.

    A card that was joined to another is the same matter, and is not counted; nor is one that was
    withdrawn, forwarded or not considered.
    """
    found: dict[tuple[str, str, str], list[Card]] = defaultdict(list)
    for card in cards:
        if card.topic and card.street and card.status not in _NO_MATTER:
            key = typed_street_key(card.street), house_key(card.building), card.topic
            found[key].append(card)
    places = [_place(same) for same in found.values() if len(same) >= least]
    return sorted(places, key=lambda place: (-len(place.cards), -place.last_at.timestamp()))


def _place(cards: list[Card]) -> ChronicPlace:
    newest = sorted(cards, key=lambda card: card.received_at, reverse=True)
    return ChronicPlace(newest[0].street, newest[0].building, newest[0].topic, tuple(newest))
