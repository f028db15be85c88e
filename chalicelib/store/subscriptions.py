"""The `SUB#` items of `repair_works`: who wants to hear of the works of a street.

Keys: `id` = `street#<street>`, `part` = `SUB#<hash of the address>`, so that the subscribers of a
street are one query. An unconfirmed one lapses (`expires_at`); reads check that.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.notice import Medium
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.subscription import Subscription, SubscriptionWriting
from chalicelib.store import once as once_answers
from chalicelib.store.attributes import InstantAttribute, Raw, raw_of
from chalicelib.store.notices import not_written, notice_item
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction

_PART: Final = "SUB#"
_AFTER_ALL: Final = "SUB$"
_READ_AT_ONCE: Final = 100
_WRITE: Final = "subscription"
"""Name of its write in a transaction."""


class SubscriptionItem(Model):
    """One subscription."""

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    medium = UnicodeAttribute()
    address = UnicodeAttribute()
    language = UnicodeAttribute()
    asked_at = InstantAttribute()
    key = UnicodeAttribute()
    confirmed_at = InstantAttribute(null=True)
    expires_at = TTLAttribute(null=True)


class SubscriptionStore:
    """Implements `usecases.work_ports.Subscriptions`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._works = tables.repair_works

    def read(self, street: str, subscription_id: str, now: datetime) -> Subscription | None:
        """Return a subscription, confirmed or waiting for that; None for none or a lapsed one."""
        raw = self._works.get(_key(street), f"{_PART}{subscription_id}")
        found = _subscription_of(raw) if raw else None
        lapsed = found is not None and found.expires_at is not None and found.expires_at <= now
        return None if lapsed else found

    def keep(self, subscription: Subscription) -> None:
        """Write a subscription over what stands there, for one who has proved the address."""
        transaction = Transaction(self._tables)
        transaction.put(self._works, _item(subscription))
        transaction.commit()

    def write(
        self, writing: SubscriptionWriting, once: OnceRecord | None = None, *, now: datetime
    ) -> None:
        """Write a subscription and its notice, in one transaction.

        A notice that is there already was asked for at the same instant: nothing is written.
        Raises ChangedMeanwhile, OnceAnswered.
        """
        transaction = Transaction(self._tables)
        if writing.after != writing.before:
            stands = _stands(writing.before, now)
            transaction.put(self._works, _item(writing.after), stands, name=_WRITE)
        if writing.notice is not None:
            transaction.put(self._tables.cards, notice_item(writing.notice), not_written())
        self._commit(transaction, once, now)

    def remove(
        self, street: str, subscription_id: str, once: OnceRecord | None = None, *, now: datetime
    ) -> None:
        """Forget a subscription and its address, if there is one. Raises OnceAnswered."""
        transaction = Transaction(self._tables)
        transaction.delete(self._works, _key(street), f"{_PART}{subscription_id}")
        self._commit(transaction, once, now)

    def confirmed(self, street: str, *, after: str, limit: int) -> Sequence[Subscription]:
        """Return confirmed subscriptions of a street by their ids, from the one after `after`."""
        pages = self._works.pages(
            _key(street),
            range_key_condition=SubscriptionItem.part.between(f"{_PART}{after}", _AFTER_ALL),
            consistent_read=True,
            limit=_READ_AT_ONCE,
        )
        found: list[Subscription] = []
        for page in pages:
            for each in map(_subscription_of, page.items):
                if each.confirmed_at is not None and each.id != after:
                    found.append(each)
                if len(found) == limit:
                    return found
        return found

    def _commit(self, transaction: Transaction, once: OnceRecord | None, now: datetime) -> None:
        if once is not None:
            once_answers.put_once(transaction, self._tables, once, now)
        if transaction.empty:
            return
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            if once is not None and once_answers.WRITE in failed.kept:
                kept = failed.kept[once_answers.WRITE]
                raise once_answers.answered(self._tables, once, kept) from failed
            if _WRITE in failed.kept:
                raise ChangedMeanwhile from failed


def _stands(before: Subscription | None, now: datetime) -> Condition:
    item = SubscriptionItem
    stands: Condition
    if before is None:
        stands = item.part.does_not_exist() | (item.expires_at <= now)
    elif before.confirmed_at is None:
        stands = (item.asked_at == before.asked_at) & item.confirmed_at.does_not_exist()
    else:
        stands = item.confirmed_at == before.confirmed_at
    return stands


def _key(street: str) -> str:
    return f"street#{street}"


def _item(subscription: Subscription) -> Raw:
    return raw_of(
        SubscriptionItem,
        id=_key(subscription.street),
        part=f"{_PART}{subscription.id}",
        medium=subscription.medium,
        address=subscription.address,
        language=subscription.language,
        asked_at=subscription.asked_at,
        key=subscription.key,
        confirmed_at=subscription.confirmed_at,
        expires_at=subscription.expires_at,
    )


def _subscription_of(raw: Raw) -> Subscription:
    item = SubscriptionItem.from_raw_data(raw)
    return Subscription(
        street=item.id.partition("#")[2],
        medium=Medium(item.medium),
        address=item.address,
        language=item.language,
        asked_at=item.asked_at,
        key=item.key,
        confirmed_at=item.confirmed_at,
        expires_at=item.expires_at,
    )
