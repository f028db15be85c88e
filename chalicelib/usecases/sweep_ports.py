"""What the schedule's sweep depends on besides the cards, as Protocols."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Protocol

PARKED_FOR: Final = timedelta(hours=1)
"""How long what fails again and again is left alone, so that it stops nothing else."""
TRIES: Final = 3
"""After how many failures it is left alone."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Something whose step fails.

    Attributes:
        times: how often it has failed.
        parked_at: when it was last parked; None before the third failure.
    """

    times: int
    parked_at: datetime | None = None

    def is_parked(self, at: datetime) -> bool:
        """Tell whether it is left alone at an instant; a rehearsal of later days parks nothing."""
        return self.parked_at is not None and self.parked_at <= at < self.parked_at + PARKED_FOR


class Parking(Protocol):
    """What fails in sweeps, counted apart from it, for it may be what cannot be written."""

    def failing(self, now: datetime) -> Mapping[str, Failing]:
        """Return what has failed lately, by its id."""

    def failed(self, name: str, now: datetime) -> Failing:
        """Count one more failure; every third one parks it."""

    def mended(self, name: str, now: datetime) -> None:
        """Forget the failures of what has succeeded."""


class Mornings(Protocol):
    """Of which days the morning digest was told."""

    def is_told(self, day: date, now: datetime) -> bool:
        """Tell whether a day's digest was told."""

    def tell(self, day: date, now: datetime) -> None:
        """Remember that a day's digest was told."""
