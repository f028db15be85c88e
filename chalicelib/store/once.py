"""The `once#` items of `guards`: answers kept so that a request sent twice is one request.

Keys: `key` = `once#<caller, route and Idempotency-Key>`, `sort` = `once`. The body is
compressed, which keeps the record of a usual answer within 1 KB.
"""

import zlib
from datetime import datetime
from typing import Final

from pynamodb.attributes import BinaryAttribute, NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.once import Answer, OnceRecord
from chalicelib.store.attributes import NamesAttribute, Raw, WordsAttribute
from chalicelib.store.tables import Tables
from chalicelib.store.transaction import Transaction
from chalicelib.usecases.ports import OnceAnswered

SORT: Final = "once"
WRITE: Final = "once"
"""Name of the record's write in a transaction."""


class OnceItem(Model):
    """One kept answer; it counts until `expires_at`, whether or not it is deleted by then."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    fingerprint = UnicodeAttribute()
    status = NumberAttribute()
    body = BinaryAttribute(legacy_encoding=False)
    headers = WordsAttribute(null=True)
    sealed_for = NamesAttribute(null=True)
    caller = UnicodeAttribute(null=True)
    expires_at = TTLAttribute()


def once_key(key: str) -> str:
    """Return the partition of a kept answer."""
    return f"once#{key}"


def once_item(record: OnceRecord) -> OnceItem:
    """Return the item of a kept answer."""
    return OnceItem(
        key=once_key(record.key),
        sort=SORT,
        fingerprint=record.fingerprint,
        status=record.answer.status,
        body=zlib.compress(record.answer.body.encode(), 9),
        headers=record.answer.headers,
        sealed_for=record.answer.sealed_for,
        caller=record.caller or None,
        expires_at=record.expires_at,
    )


def once_of(raw: Raw) -> OnceRecord:
    """Return the kept answer of a raw item."""
    item = OnceItem.from_raw_data(raw)
    answer = Answer(
        status=int(item.status),
        body=zlib.decompress(item.body).decode(),
        headers=item.headers or {},
        sealed_for=item.sealed_for or (),
    )
    key, caller = item.key.partition("#")[2], item.caller or ""
    return OnceRecord(key, item.fingerprint, answer, item.expires_at, caller)


def free(now: datetime) -> Condition:
    """Return the condition that nothing was answered under a key, or that it has expired."""
    condition: Condition = OnceItem.key.does_not_exist() | (OnceItem.expires_at <= now)
    return condition


def put_once(transaction: Transaction, tables: Tables, record: OnceRecord, now: datetime) -> None:
    """Let the transaction succeed only if the key is free at `now`."""
    transaction.put(tables.guards, once_item(record), free(now), name=WRITE, show_kept=True)


def answered(tables: Tables, record: OnceRecord, kept: Raw | None) -> OnceAnswered:
    """Return what tells that `record`'s key was answered before, with that answer."""
    raw = kept or tables.guards.get(once_key(record.key), SORT)
    return OnceAnswered(once_of(raw) if raw else record)
