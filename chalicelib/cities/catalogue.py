"""The cities this program can serve, a folder each: read and checked before any answer."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from chalicelib.cities.assembly import city_of
from chalicelib.cities.checks import (
    account_faults,
    executor_faults,
    people_faults,
    street_faults,
    topic_faults,
)
from chalicelib.cities.city_checks import calendar_faults, city_faults
from chalicelib.cities.faults import CityDataFault, Fault
from chalicelib.cities.files import CITIES_FOLDER, CityFiles, read_files
from chalicelib.cities.lexicon_checks import lexicon_faults
from chalicelib.cities.number_checks import number_faults
from chalicelib.domain.city import City

_CHECKS: Final[tuple[Callable[[CityFiles], Iterator[Fault]], ...]] = (
    city_faults,
    number_faults,
    calendar_faults,
    topic_faults,
    executor_faults,
    people_faults,
    account_faults,
    street_faults,
    lexicon_faults,
)


def available_cities() -> tuple[str, ...]:
    """Return the ids of the cities: the folders that hold a `city.toml`."""
    return tuple(sorted(path.parent.name for path in CITIES_FOLDER.glob("*/city.toml")))


@cache
def load_city(city_id: str) -> City:
    """Return a city, read once.

    Raises:
        LookupError: there is no such city.
        CityDataFault: its data are faulty; it names every fault of every file.
    """
    if city_id not in available_cities():
        raise LookupError(f"no city is called {city_id}: there are {', '.join(available_cities())}")
    return read_city(CITIES_FOLDER / city_id)


def read_city(folder: Path) -> City:
    """Return the city that a folder describes; its name is the city's id. Raises CityDataFault."""
    files = read_files(folder)
    faults = [*files.faults, *(fault for check in _CHECKS for fault in check(files))]
    city = None if faults else city_of(files)
    if city is None:
        raise CityDataFault(files.id, faults)
    return city
