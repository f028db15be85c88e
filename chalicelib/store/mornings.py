"""The `digest` items of `guards`: of which days the morning digest was told.

Keys: `key` = `digest`, `sort` = the day. A day that is known to be told is not asked for again.
"""

from datetime import date, datetime, timedelta
from typing import Final

from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.store.tables import Tables

_KEY: Final = "digest"
_KEPT_FOR: Final = timedelta(days=40)


class MorningItem(Model):
    """A day whose digest was told."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    expires_at = TTLAttribute()


class MorningStore:
    """Implements `usecases.sweep_ports.Mornings`."""

    def __init__(self, tables: Tables) -> None:
        self._guards = tables.guards
        self._known: date | None = None

    def is_told(self, day: date, now: datetime) -> bool:
        """Tell whether a day's digest was told."""
        if day == self._known:
            return True
        raw = self._guards.get(_KEY, day.isoformat())
        told = raw is not None and MorningItem.from_raw_data(raw).expires_at > now
        self._known = day if told else self._known
        return told

    def tell(self, day: date, now: datetime) -> None:
        """Remember that a day's digest was told."""
        item = MorningItem(key=_KEY, sort=day.isoformat(), expires_at=now + _KEPT_FOR)
        self._guards.put(item)
        self._known = day
