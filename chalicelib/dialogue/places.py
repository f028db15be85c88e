"""Which place a resident means: typed, shared as a point, or one of their last."""

import re
from dataclasses import replace
from typing import Final

from chalicelib.domain.appeal import Place
from chalicelib.domain.city import City, Street
from chalicelib.domain.inbound import Point
from chalicelib.regulation.neighbours import distance_metres
from chalicelib.regulation.street_search import FoundStreet, find_streets, resolve
from chalicelib.words.say import say

CHOICES: Final = 6
"""How many streets a resident chooses from."""

NEAR_M: Final = 1500
"""How far from a point its nearest street may be."""

_HOUSE: Final = re.compile(
    r"\s*(?:(?:буд(?:инок)?|№|house)[\s.]*)?(\d{1,4}\s?[-/]?\s?[^\W\d_]?)\s*", re.IGNORECASE
)
_MOST_BUILDING: Final = 20
_MOST_NOTE: Final = 500
_MOST_STREET: Final = 200


def streets_meant(city: City, text: str) -> tuple[FoundStreet, ...]:
    """Return the streets that a typed address may mean: one where it names one wholly."""
    found = find_streets(city, text, CHOICES)
    whole = resolve(city, text)
    if whole is None:
        return found
    same = [each for each in found if each.street.id == whole.id]
    return tuple(same[:1]) or (FoundStreet(whole),)


def place_in(street: Street, building: str | None = None) -> Place:
    """Return a place in a street of the registry."""
    return Place(street.full_name.uk, building or "", street_id=street.id)


def as_typed(text: str) -> Place:
    """Return a place outside the registry, in the words that were typed."""
    return Place(" ".join(text.split())[:_MOST_STREET])


def at_point(city: City, point: Point) -> Place:
    """Return the place of a point: by its nearest street, or as a mere point."""
    nearest = nearest_streets(city, point, 1)
    base = place_in(nearest[0]) if nearest else Place(point_words(point))
    return replace(base, lat=point.lat, lon=point.lon, note=point.title[:_MOST_NOTE])


def mere_point(place: Place) -> Place:
    """Return a place by its coordinates only."""
    if place.lat is None or place.lon is None:
        return place
    words = point_words(Point(place.lat, place.lon))
    return Place(words, note=place.note, lat=place.lat, lon=place.lon)


def point_words(point: Point) -> str:
    """Return the name of a place that is a point."""
    return say("uk", "chat.f.point", lat=f"{point.lat:.5f}", lon=f"{point.lon:.5f}")


def nearest_streets(
    city: City, point: Point, count: int, *, within_m: float = NEAR_M
) -> list[Street]:
    """Return the streets of the registry nearest to a point, the nearest first."""
    far = [
        (distance_metres(point.lat, point.lon, street.lat, street.lon), street.id, street)
        for street in city.streets.values()
        if street.lat is not None and street.lon is not None
    ]
    return [street for metres, _, street in sorted(far)[:count] if metres <= within_m]


def in_city(city: City, point: Point) -> bool:
    """Tell whether a point lies in the city, as far as its data say."""
    return city.bounds is None or city.bounds.hold(point.lat, point.lon)


def with_detail(place: Place, text: str) -> Place:
    """Return a place with a house number, where that was missing and is typed, or a landmark."""
    house = _HOUSE.fullmatch(text)
    if house is not None and not place.building:
        return replace(place, building="".join(house[1].split())[:_MOST_BUILDING])
    return replace(place, note=" ".join(text.split())[:_MOST_NOTE])


def same_place(one: Place, other: Place) -> bool:
    """Tell whether two places are one for a list of the last ones."""
    return (one.street, one.building, one.flat) == (other.street, other.building, other.flat)
