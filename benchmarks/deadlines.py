"""How many deadlines the Regulation's rules compute in a second."""

from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Final

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.city import City, Urgency
from chalicelib.regulation.deadlines import deadline

_INSTANTS: Final = 2000
_FIRST: Final = datetime(2026, 1, 1, 5, 17, tzinfo=UTC)
_APART: Final = timedelta(hours=4, minutes=23)


def deadlines_per_second(city_id: str) -> float:
    """Return deadlines a second of CPU time, over a year's instants and the city's urgencies."""
    city = load_city(city_id)
    received = [_FIRST + number * _APART for number in range(_INSTANTS)]
    urgencies = _urgencies(city)
    started_s = process_time()
    for received_at in received:
        for urgency in urgencies:
            edition = city.edition_at(received_at)
            deadline(received_at, urgency, edition=edition, calendar=city.calendar, law=city.law)
    return len(received) * len(urgencies) / (process_time() - started_s)


def _urgencies(city: City) -> list[Urgency]:
    return sorted({topic.urgency for topic in city.topics.values()})
