"""Places as indexes know them: the key of a street, the cell of a pair of coordinates."""

from typing import Final

from chalicelib.domain.appeal import Place

_BASE32: Final = "0123456789bcdefghjkmnpqrstuvwxyz"
_BITS_A_LETTER: Final = 5
CELL_PRECISION: Final = 7
"""Letters of a cell: about 150 m by 95 m at the latitude of Ukraine."""
_CELL_DEGREES: Final = 180 / 2**17
"""How high, and how wide, a cell is."""


def street_key(place: Place) -> str:
    """Return what a place's street is found by: its registry id, or the typed words folded."""
    return place.street_id or typed_street_key(place.street)


def typed_street_key(street: str) -> str:
    """Return typed words without case and needless spaces; empty when there are none."""
    return " ".join(street.split()).casefold()


def geohash(lat: float, lon: float, *, precision: int = CELL_PRECISION) -> str:
    """Return the geohash of a point (degrees, WGS 84) in `precision` letters."""
    ranges = [[-180.0, 180.0], [-90.0, 90.0]]
    value = 0
    for bit in range(precision * _BITS_A_LETTER):
        bounds, coordinate = ranges[bit % 2], (lon, lat)[bit % 2]
        middle = sum(bounds) / 2
        upper = coordinate >= middle
        bounds[0 if upper else 1] = middle
        value = value * 2 + upper
    shifts = range((precision - 1) * _BITS_A_LETTER, -1, -_BITS_A_LETTER)
    return "".join(_BASE32[value >> shift & 31] for shift in shifts)


def cells_around(lat: float, lon: float) -> tuple[str, ...]:
    """Return the cell of a point and those that touch it, the own one first."""
    steps = (0.0, -_CELL_DEGREES, _CELL_DEGREES)
    cells = (geohash(lat + up, lon + right) for up in steps for right in steps)
    return tuple(dict.fromkeys(cells))
