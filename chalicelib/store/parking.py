"""The `failing` items of `guards`: what fails in sweeps, and since when it is left alone.

Keys: `key` = `failing`, `sort` = what fails. One partition, so that one query reads all of it;
what has not failed for a day is forgotten.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.store.attributes import InstantAttribute
from chalicelib.store.tables import Tables
from chalicelib.usecases.sweep_ports import TRIES, Failing

_KEY: Final = "failing"
_REMEMBERED_FOR: Final = timedelta(days=1)


class FailingItem(Model):
    """How often something has failed."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    hits = NumberAttribute()
    parked_at = InstantAttribute(null=True)
    expires_at = TTLAttribute()


class ParkingStore:
    """Implements `usecases.sweep_ports.Parking`."""

    def __init__(self, tables: Tables) -> None:
        self._guards = tables.guards

    def failing(self, now: datetime) -> Mapping[str, Failing]:
        """Return what has failed lately, by its id."""
        found = (raw for page in self._guards.pages(_KEY) for raw in page.items)
        items = map(FailingItem.from_raw_data, found)
        return {item.sort: _failing(item) for item in items if item.expires_at > now}

    def failed(self, name: str, now: datetime) -> Failing:
        """Count one more failure; every third one parks it."""
        remembered = FailingItem.expires_at.set(now + _REMEMBERED_FOR)
        counted = self._update(name, FailingItem.hits.add(1), remembered)
        if counted.times % TRIES:
            return counted
        return self._update(name, FailingItem.parked_at.set(now))

    def mended(self, name: str, now: datetime) -> None:
        """Forget the failures of what has succeeded."""
        nothing = FailingItem.hits.set(0), FailingItem.parked_at.remove()
        self._update(name, *nothing, FailingItem.expires_at.set(now))

    def _update(self, name: str, *actions: Action) -> Failing:
        return _failing(FailingItem.from_raw_data(self._guards.update(_KEY, name, actions)))


def _failing(item: FailingItem) -> Failing:
    return Failing(int(item.hits), item.parked_at)
