"""What fails in sweeps, and which mornings were told of, in memory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from chalicelib.usecases.sweep_ports import TRIES, Failing


class FakeParking:
    """Implements `usecases.sweep_ports.Parking`."""

    def __init__(self) -> None:
        self._failing: dict[str, Failing] = {}

    def failing(self, now: datetime) -> Mapping[str, Failing]:
        """Return what has failed, by its id."""
        return dict(self._failing)

    def failed(self, name: str, now: datetime) -> Failing:
        """Count one more failure; every third one parks it."""
        counted = Failing((kept := self._failing.get(name, Failing(0))).times + 1, kept.parked_at)
        parked = counted if counted.times % TRIES else replace(counted, parked_at=now)
        self._failing[name] = parked
        return parked

    def mended(self, name: str, now: datetime) -> None:
        """Forget the failures of what has succeeded."""
        self._failing.pop(name, None)


class FakeMornings:
    """Implements `usecases.sweep_ports.Mornings`."""

    def __init__(self) -> None:
        self._told: set[date] = set()

    def is_told(self, day: date, now: datetime) -> bool:
        """Tell whether a day's digest was told."""
        return day in self._told

    def tell(self, day: date, now: datetime) -> None:
        """Remember that a day's digest was told."""
        self._told.add(day)
