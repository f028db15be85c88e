"""One hash for one picture, whatever file it is in.

The index of pictures knows equality only, so the hash has to come out the same for a copy
that a messenger has compressed once more, and differ for any other picture. It tells for a
grid of 8 x 8 whether brightness rises or falls to the right: means over thousands of pixels,
which compressing hardly moves. Most copies are found so, and a copy with the same pixels
always is. A picture with too little in it (night, sky, a sheet of paper) has no such pattern
of its own; there, only the same pixels make the same hash.

A hit warns a person and decides nothing.
"""

import hashlib
from array import array
from itertools import pairwise
from typing import Final

from PIL import Image

GRID: Final = 8
STEP_LEVELS: Final = 1.0
"""How far two neighbours of the grid are apart, of 255, for their step to be more than noise."""
STEPS_EACH_WAY: Final = 12
"""Plain steps up, and as many down, that make a pattern which no other picture has."""


def picture_hash(picture: Image.Image) -> str:
    """Return the hash of an upright RGB picture: `p` and a pattern, or `x` and a digest."""
    steps = _steps(picture)
    rising = sum(step > STEP_LEVELS for step in steps)
    falling = sum(step < -STEP_LEVELS for step in steps)
    if min(rising, falling) < STEPS_EACH_WAY:
        return f"x{_digest(picture)}"
    pattern = sum((step > 0) << place for place, step in enumerate(steps))
    return f"p{pattern:016x}"


def _steps(picture: Image.Image) -> list[float]:
    # Means are kept as fractions: rounded ones would tie, and a tie falls either way.
    grey = picture.convert("L").convert("F")
    means = array("f", grey.resize((GRID + 1, GRID), Image.Resampling.BOX).tobytes())
    rows = [means[at : at + GRID + 1] for at in range(0, len(means), GRID + 1)]
    return [right - left for row in rows for left, right in pairwise(row)]


def _digest(picture: Image.Image) -> str:
    sides = f"{picture.width}x{picture.height}:".encode()
    return hashlib.sha256(sides + picture.tobytes()).hexdigest()[:32]
