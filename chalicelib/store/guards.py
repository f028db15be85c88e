"""The `guards` table: facts with an end. Deletion is late by design, so reads check the end.

Keys: `key` / `sort`. Here the counters (`rate#<bucket>#<window start>` / `count`) and the
denied sign-ins (`revoked#<token id>` / `revoked`); kept answers stand in once.py, tickets of
uploads in tickets.py.
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.once import OnceRecord
from chalicelib.store.once import SORT as ONCE
from chalicelib.store.once import once_key, once_of
from chalicelib.store.tables import Tables

_COUNT: Final = "count"
_REVOKED: Final = "revoked"


class CounterItem(Model):
    """How often something happened in one window of time."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    hits = NumberAttribute()
    expires_at = TTLAttribute()


class RevokedItem(Model):
    """A sign-in that counts no more."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    expires_at = TTLAttribute()


class GuardStore:
    """Implements `usecases.ports.Guards`."""

    def __init__(self, tables: Tables) -> None:
        self._guards = tables.guards

    def answered(self, key: str, now: datetime) -> OnceRecord | None:
        """Return what was answered under an idempotency key, None if nothing or expired."""
        raw = self._guards.get(once_key(key), ONCE)
        record = once_of(raw) if raw else None
        return record if record and record.expires_at > now else None

    def count(self, bucket: str, *, window_seconds: int, now: datetime) -> int:
        """Count one more in a bucket and return the count of the current window."""
        started_at = _window_start(now, window_seconds)
        ends_at = started_at + timedelta(seconds=window_seconds)
        key = _counter_key(bucket, started_at)
        return self._guards.count_one(key, _COUNT, "hits", until=ends_at)

    def counted(self, bucket: str, *, window_seconds: int, now: datetime) -> int:
        """Return the count of the current window without counting."""
        key = _counter_key(bucket, _window_start(now, window_seconds))
        raw = self._guards.get(key, _COUNT)
        return int(CounterItem.from_raw_data(raw).hits) if raw else 0

    def revoke(self, token_id: str, until: datetime) -> None:
        """Deny a sign-in from now until its token expires."""
        self._guards.put(RevokedItem(key=_revoked_key(token_id), sort=_REVOKED, expires_at=until))

    def is_revoked(self, token_id: str, now: datetime) -> bool:
        """Tell whether a sign-in was denied."""
        raw = self._guards.get(_revoked_key(token_id), _REVOKED)
        return raw is not None and RevokedItem.from_raw_data(raw).expires_at > now


def _window_start(now: datetime, window_seconds: int) -> datetime:
    seconds = int(now.timestamp())
    return datetime.fromtimestamp(seconds - seconds % window_seconds, UTC)


def _counter_key(bucket: str, started_at: datetime) -> str:
    return f"rate#{bucket}#{int(started_at.timestamp())}"


def _revoked_key(token_id: str) -> str:
    return f"revoked#{token_id}"
