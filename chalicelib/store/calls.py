"""The `caller#`, `call#` and `calls#` items of `guards`: what happened in calls by phone.

Keys: `caller#<phone>` / `<instant>#<id>` holds a caller's events, or `call#<telephony's id>` those
of a withheld number; `calls#<month>` / `<instant>#<id>` the same event for counting, without phone
and words. `call#<telephony's id>` / `recording` says where a call's recording is. All expire.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.call import CallEvent, CallEventName, Recording
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.people import Actor, Role
from chalicelib.store import once as once_answers
from chalicelib.store.attributes import (
    InstantAttribute,
    Raw,
    WordsAttribute,
    raw_of,
    written_instant,
)
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction

_RECORDING: Final = "recording"
_AFTER_INSTANTS: Final = ":"


class CallItem(Model):
    """One event of a call; attributes that are empty are left out."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    at = InstantAttribute()
    name = UnicodeAttribute()
    by = UnicodeAttribute()
    by_role = UnicodeAttribute()
    by_name = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    call_id = UnicodeAttribute(null=True)
    text = UnicodeAttribute(null=True)
    facts = WordsAttribute(null=True)
    expires_at = TTLAttribute()


class RecordingItem(Model):
    """Where the recording of a call is."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    file = UnicodeAttribute()
    recorded_at = InstantAttribute()
    ends_at = InstantAttribute()
    expires_at = TTLAttribute()


class CallStore:
    """Implements `usecases.call_ports.Calls`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._guards = tables.guards

    def note(
        self, event: CallEvent, *, month: str, until: datetime, once: OnceRecord | None = None
    ) -> None:
        """Keep an event until an instant, for its caller and for the counts of its month.

        Raises OnceAnswered.
        """
        transaction = Transaction(self._tables)
        if once is not None:
            once_answers.put_once(transaction, self._tables, once, event.at)
        put_event(transaction, self._tables, event, month=month, until=until)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            if once is None:
                raise
            kept = failed.kept.get(once_answers.WRITE)
            raise once_answers.answered(self._tables, once, kept) from failed

    def of_caller(self, phone: str, since: datetime, *, limit: int) -> list[CallEvent]:
        """Return what happened in calls of a phone since an instant, newest first."""
        return self._since(_caller_key(phone), since, limit=limit)

    def of_call(self, call_id: str, since: datetime) -> list[CallEvent]:
        """Return what happened in a call whose caller withheld the number, newest first."""
        return self._since(_call_key(call_id), since)

    def of_month(self, month: str) -> list[CallEvent]:
        """Return what happened in all calls of a month, without phones and words, oldest first."""
        pages = self._guards.pages(f"calls#{month}")
        return [_event(raw) for page in pages for raw in page.items]

    def keep_recording(self, recording: Recording) -> None:
        """Keep where a call's recording is, over what was kept of the call before."""
        self._guards.put(
            RecordingItem(
                key=_call_key(recording.call_id),
                sort=_RECORDING,
                file=recording.key,
                recorded_at=recording.recorded_at,
                ends_at=recording.expires_at,
                expires_at=recording.expires_at,
            )
        )

    def recording(self, call_id: str, now: datetime) -> Recording | None:
        """Return a call's recording, None where there is none or its time is over."""
        raw = self._guards.get(_call_key(call_id), _RECORDING)
        if raw is None:
            return None
        item = RecordingItem.from_raw_data(raw)
        found = Recording(call_id, item.file, item.recorded_at, item.ends_at)
        return found if found.expires_at > now else None

    def _since(self, key: str, since: datetime, **asked: Any) -> list[CallEvent]:
        later = CallItem.sort.between(written_instant(since), _AFTER_INSTANTS)
        found = self._guards.query(
            key,
            range_key_condition=later,
            scan_index_forward=False,
            consistent_read=True,
            **asked,
        )
        return [_event(raw) for raw in found.items]


def put_event(
    transaction: Transaction, tables: Tables, event: CallEvent, *, month: str, until: datetime
) -> None:
    """Put an event into a transaction: for its caller, and for the counts of its month."""
    for item in _items(event, month, until):
        transaction.put(tables.guards, item)


def _items(event: CallEvent, month: str, until: datetime) -> Iterable[Raw]:
    sort = f"{written_instant(event.at)}#{event.id}"
    shared = {
        "sort": sort,
        "at": event.at,
        "name": event.name,
        "by": event.by.subject,
        "by_role": event.by.role,
        "by_name": event.by.name or None,
        "facts": event.facts,
        "expires_at": until,
    }
    yield raw_of(CallItem, key=f"calls#{month}", **shared)
    own = _caller_key(event.phone) if event.phone else None
    if own is None and event.call_id is not None:
        own = _call_key(event.call_id)
    if own is not None:
        said = {"phone": event.phone, "call_id": event.call_id, "text": event.text or None}
        yield raw_of(CallItem, key=own, **shared, **said)


def _event(raw: Raw) -> CallEvent:
    item = CallItem.from_raw_data(raw)
    return CallEvent(
        id=item.sort.partition("#")[2],
        at=item.at,
        name=CallEventName(item.name),
        by=Actor(item.by, Role(item.by_role), item.by_name or ""),
        phone=item.phone,
        call_id=item.call_id,
        text=item.text or "",
        facts=item.facts or {},
    )


def _caller_key(phone: str) -> str:
    return f"caller#{phone}"


def _call_key(call_id: str) -> str:
    return f"call#{call_id}"
