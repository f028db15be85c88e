"""Checks of `lexicon.csv`: words that stand twice, and what only a quarantine can use (K-3.4)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from chalicelib.cities.faults import Fault
from chalicelib.cities.files import CityFiles
from chalicelib.cities.rows import LexiconLine
from chalicelib.domain.screening import Part

QUARANTINE: Final = "quarantine"
OF_INCITEMENT: Final = (Part.GROUP, Part.CALL)
"""What only a city that keeps suspected incitement back may look for, and has to."""


def lexicon_faults(files: CityFiles) -> Iterator[Fault]:
    """Yield rows that end before they begin, words that stand twice, and parts without use."""
    sheet = files.lexicon
    for line, row in sheet.rows:
        if row.until is not None and row.until <= row.since:
            yield sheet.fault(line, "until", "the row ends before it begins")
    yield from _twice(files)
    city = files.city.value
    if city is None:
        return
    held = QUARANTINE in city.features
    for line, row in sheet.rows:
        if row.part in OF_INCITEMENT and not held:
            message = f"words of {row.part} are for the feature {QUARANTINE}"
            yield sheet.fault(line, "part", message)
    present = {row.part for _, row in sheet.rows}
    for part in OF_INCITEMENT if held else ():
        if part not in present:
            yield sheet.fault(0, "part", f"the feature {QUARANTINE} needs words of {part}")


def _twice(files: CityFiles) -> Iterator[Fault]:
    sheet = files.lexicon

    def order(item: tuple[int, LexiconLine]) -> tuple[str, str, str]:
        return item[1].part, item[1].pattern, item[1].since.isoformat()

    for (at, earlier), (line, later) in pairwise(sorted(sheet.rows, key=order)):
        same = (earlier.part, earlier.pattern) == (later.part, later.pattern)
        if same and (earlier.until is None or earlier.until > later.since):
            yield sheet.fault(line, "pattern", f"stands already on line {at}")
