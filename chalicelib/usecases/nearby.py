"""What is known at and around a place: open appeals and repair works (K-3.1, K-7)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Final

from chalicelib.domain.appeal import Place
from chalicelib.domain.card import Card
from chalicelib.domain.city import City, Topic
from chalicelib.domain.places import cells_around, street_key
from chalicelib.domain.repair_work import RepairWork
from chalicelib.regulation.neighbours import (
    concerns_matter,
    houses_near,
    may_be_offered,
    same_house,
    streets_near,
    turn_of,
)
from chalicelib.usecases.place_ports import Places
from chalicelib.usecases.ports import Cards, Start
from chalicelib.usecases.repair_works import bound, known_at
from chalicelib.usecases.work_ports import RepairWorks

LOOK_BACK: Final = timedelta(days=90)
"""How old an appeal may be that is still open and worth showing."""

MOST: Final = 10
"""How many appeals are shown."""

_READ_AT_HOUSE: Final = 40
_READ_NEAR: Final = 5
_READ_IN_STREET: Final = 60
_MOST_READ: Final = 100
_MOST_STREETS: Final = 3


@dataclass(frozen=True, slots=True)
class Around:
    """Where people look from, and what is known there.

    Attributes:
        place: as the registry names it; empty where only a point was given.
    """

    place: Place
    appeals: tuple[Card, ...]
    works: tuple[RepairWork, ...]

    def is_here(self, card: Card) -> bool:
        """Tell whether a card is of the very house that was asked for."""
        return bool(self.place.building) and same_house(card.building, self.place.building)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What looking around reads from."""

    cards: Cards
    places: Places
    works: RepairWorks
    start: Start


def around(
    asked: Place,
    topic: Topic | None,
    *,
    now: datetime,
    city: City,
    of: Surroundings,
    everything: bool = False,
) -> Around:
    """Return the open appeals of a topic, or of any, and the works at and around a place.

    Args:
        everything: whether what is not offered to the public is shown too.

    Raises StoreAway.
    """
    place = bound(asked, city) if asked.street else asked
    works = [of.start(ask) for ask in _works(place, topic, city, of)]
    cards = of.cards.read_cards(_numbers(place, now - LOOK_BACK, of))
    code = topic.code if topic else None
    fits = concerns_matter if everything else may_be_offered
    appeals = sorted((card for card in cards if fits(card, code)), key=partial(turn_of, place))
    found = {work.id: work for wait in works for work in wait()}
    return Around(place, tuple(appeals[:MOST]), tuple(found.values()))


def _works(
    place: Place, topic: Topic | None, city: City, of: Surroundings
) -> Iterator[Callable[[], tuple[RepairWork, ...]]]:
    places = [place]
    if not place.street and place.lat is not None and place.lon is not None:
        near = streets_near(city, place.lat, place.lon)[:_MOST_STREETS]
        places = [Place(street.full_name.uk, street_id=street.id) for street in near]
    for each in places:
        yield partial(known_at, each, topic, city=city, works=of.works)


def _numbers(place: Place, since: datetime, of: Surroundings) -> list[str]:
    """Return numbers of appeals at the place and around it, those of the house first."""
    waiting = [of.start(ask) for ask in _questions(place, since, of)]
    found = (number for wait in waiting for number in wait())
    return list(islice(dict.fromkeys(found), _MOST_READ))


def _questions(
    place: Place, since: datetime, of: Surroundings
) -> Iterator[Callable[[], list[str]]]:
    key, house = street_key(place), place.building
    if key and house:
        at_house = partial(of.places.at_house, key, since=since)
        yield partial(at_house, house, limit=_READ_AT_HOUSE, parts=True)
        for near in houses_near(house):
            yield partial(at_house, near, limit=_READ_NEAR, parts=False)
    elif key:
        yield partial(of.cards.at_place, key, None, limit=_READ_IN_STREET)
    if place.lat is not None and place.lon is not None:
        for cell in cells_around(place.lat, place.lon):
            yield partial(of.places.in_cell, cell, since, limit=_READ_NEAR)
