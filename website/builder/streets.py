"""The street registry of a city as the small file that the address field loads."""

import csv
from pathlib import Path
from typing import TypeAlias

from website.builder.faults import BuildError

StreetRow: TypeAlias = list[str]
"""id, kind, Ukrainian name, English name, old names joined by `;`, district."""

COLUMNS = ("id", "kind", "name_uk", "name_en", "old_names", "district")


def read_streets(path: Path) -> list[StreetRow]:
    """Return the streets of `streets.csv`, in its order. Raises BuildError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [[row[column].strip() for column in COLUMNS] for row in csv.DictReader(file)]
    except (OSError, KeyError) as fault:
        raise BuildError(f"{path.name}: {fault!r}; its columns must be {COLUMNS}") from fault
