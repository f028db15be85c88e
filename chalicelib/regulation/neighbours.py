"""Which houses and cards are near a place, so that one matter is not asked twice (K-3.1, LAW-8)."""

import re
from math import cos, hypot, radians
from typing import Final

from chalicelib.domain.appeal import Kind, Place
from chalicelib.domain.card import Card
from chalicelib.domain.city import City, Street
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.kinds import HIDDEN
from chalicelib.regulation.lifecycle import OPEN

_FIRST_NUMBER: Final = re.compile(r"\s*(\d{1,4})")
_BEFORE_LETTER: Final = re.compile(r"[\s-]+(?=[^\W\d_]|$)|^\s+")
_STEPS: Final = (-2, 2, -1, 1, -4, 4, -3, 3)
"""Houses near one: first the two beside it, then those across the street, then the next ones."""
_METRES_A_DEGREE: Final = 111_320
NEAR_METRES: Final = 300


def houses_near(building: str) -> tuple[str, ...]:
    """Return the numbers of the houses near one, the nearest first; none for no number."""
    found = _FIRST_NUMBER.match(building)
    if found is None:
        return ()
    number = int(found[1])
    return tuple(str(number + step) for step in _STEPS if number + step > 0)


def same_house(one: str, other: str) -> bool:
    """Tell whether two house numbers are of one house: `12-А` and `12 а` are, `12/1` is another."""
    return house_key(one) == house_key(other)


def house_key(building: str) -> str:
    """Return what all ways to write one house have in common."""
    return _BEFORE_LETTER.sub("", building.casefold())


def concerns_matter(card: Card, topic: str | None) -> bool:
    """Tell whether somebody works on a card, and of a topic where one is asked for."""
    return card.status in OPEN and topic in {None, card.topic}


@clause("LAW-10")
def may_be_offered(card: Card, topic: str | None) -> bool:
    """Tell whether anybody may be shown that a card is open: no complaint, nobody who hides."""
    shown = card.kind is not Kind.COMPLAINT and HIDDEN not in card.flags
    return shown and concerns_matter(card, topic)


def turn_of(place: Place, card: Card) -> tuple[bool, float]:
    """Return in which turn a card is shown: those of the house itself first, then the newest."""
    return not same_house(card.building, place.building), -card.received_at.timestamp()


def streets_near(city: City, lat: float, lon: float) -> tuple[Street, ...]:
    """Return the streets whose point in the registry is within NEAR_METRES, the nearest first."""
    found = [
        (distance_metres(lat, lon, street.lat, street.lon), street)
        for street in city.streets.values()
        if street.lat is not None and street.lon is not None
    ]
    near = sorted((pair for pair in found if pair[0] <= NEAR_METRES), key=lambda pair: pair[0])
    return tuple(street for _, street in near)


def distance_metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return how far two points of one city are apart, on a plane."""
    east = (other_lon - lon) * cos(radians(lat))
    return hypot(other_lat - lat, east) * _METRES_A_DEGREE
