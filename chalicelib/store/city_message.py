"""The city's message in `repair_works`: what a coordinator tells everybody until an instant.

Keys: `id` = `message`, `part` = `CITY`. Whoever asks is told what was read at most 15 s ago.
"""

from datetime import datetime, timedelta
from typing import Final

from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.city_message import CityMessage
from chalicelib.domain.words import Words
from chalicelib.store.attributes import InstantAttribute, Raw
from chalicelib.store.tables import Tables

_ID: Final = "message"
_PART: Final = "CITY"
_CACHED_FOR: Final = timedelta(seconds=15)


class CityMessageItem(Model):
    """The message; it counts until `until_at`, whether or not it is deleted by then."""

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    uk = UnicodeAttribute()
    en = UnicodeAttribute()
    until_at = InstantAttribute()
    put_at = InstantAttribute()
    put_by = UnicodeAttribute()
    expires_at = TTLAttribute()


class CityMessageStore:
    """Implements `usecases.work_ports.CityMessages`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._seen: tuple[datetime, CityMessage | None] | None = None

    def read(self, now: datetime) -> CityMessage | None:
        """Return the message that stands now, None where there is none or its time is over."""
        if self._seen is None or not timedelta(0) <= now - self._seen[0] < _CACHED_FOR:
            raw = self._tables.repair_works.get(_ID, _PART)
            self._seen = (now, _message_of(raw) if raw else None)
        message = self._seen[1]
        return message if message is not None and message.until_at > now else None

    def put(self, message: CityMessage) -> None:
        """Put a message in the place of whatever stands."""
        self._seen = None
        item = CityMessageItem(
            id=_ID,
            part=_PART,
            uk=message.text.uk,
            en=message.text.en,
            until_at=message.until_at,
            put_at=message.put_at,
            put_by=message.put_by,
            expires_at=message.until_at,
        )
        self._tables.repair_works.put(item)

    def take_down(self) -> None:
        """Take the message down."""
        self._seen = None
        self._tables.repair_works.delete(_ID, _PART)


def _message_of(raw: Raw) -> CityMessage:
    item = CityMessageItem.from_raw_data(raw)
    return CityMessage(Words(item.uk, item.en), item.until_at, item.put_at, item.put_by)
