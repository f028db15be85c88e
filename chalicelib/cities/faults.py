"""What may be wrong with a city's data, said so that the editor of a file finds the place."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of one file.

    Attributes:
        file: the file's name within the city's folder.
        line: counted from 1; 0 where the fault is of the file as a whole.
        field: the column or dotted key; empty where the whole row is meant.
    """

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.field, self.message) if part)


class CityDataFault(Exception):
    """The data of a city cannot be used; `faults` lists everything that is wrong with them."""

    def __init__(self, city_id: str, faults: Iterable[Fault]) -> None:
        self.city_id = city_id
        self.faults = tuple(sorted(set(faults)))
        lines = [f"{city_id}: {len(self.faults)} faults", *map(str, self.faults)]
        super().__init__("\n  ".join(lines))
