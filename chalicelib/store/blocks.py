"""The `block` items of `guards`: the phones from which no calls are taken (K-3.4).

Keys: `key` = `block`, `sort` = the phone in E.164, so that a city's few blocks are one query and
a caller's is one read. The end is checked by whoever reads; deletion comes much later.
"""

from datetime import datetime
from typing import Final

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.call import Block, CallEvent
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.people import Actor, Role
from chalicelib.store import once as once_answers
from chalicelib.store.attributes import InstantAttribute, Raw, raw_of
from chalicelib.store.calls import put_event
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction

_KEY: Final = "block"


class BlockItem(Model):
    """The last block of a phone."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    reason = UnicodeAttribute()
    evidence = UnicodeAttribute()
    placed_at = InstantAttribute()
    by = UnicodeAttribute()
    by_person = UnicodeAttribute(null=True)
    by_role = UnicodeAttribute()
    by_name = UnicodeAttribute(null=True)
    until = InstantAttribute()
    confirmed_at = InstantAttribute(null=True)
    confirmed_by = UnicodeAttribute(null=True)
    lifted_at = InstantAttribute(null=True)
    version = NumberAttribute()
    expires_at = TTLAttribute()


class BlockStore:
    """Implements `usecases.call_ports.Blocks`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._guards = tables.guards

    def read(self, phone: str) -> Block | None:
        """Return the last block of a phone, whether or not it still stands."""
        raw = self._guards.get(_KEY, phone)
        return _block(raw) if raw else None

    def write(
        self,
        before: Block | None,
        block: Block,
        event: CallEvent,
        *,
        month: str,
        until: datetime,
        once: OnceRecord | None = None,
    ) -> None:
        """Write a block and what happened in one transaction; both are kept until an instant.

        Raises ChangedMeanwhile, OnceAnswered.
        """
        transaction = Transaction(self._tables)
        if once is not None:
            once_answers.put_once(transaction, self._tables, once, event.at)
        transaction.put(self._guards, _item(block, max(until, block.until)), _unchanged(before))
        put_event(transaction, self._tables, event, month=month, until=until)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            if once is not None and once_answers.WRITE in failed.kept:
                kept = failed.kept[once_answers.WRITE]
                raise once_answers.answered(self._tables, once, kept) from failed
            raise ChangedMeanwhile(phone=block.phone) from failed

    def standing(self, now: datetime) -> list[Block]:
        """Return the blocks that stand at an instant, the soonest to end first."""
        found = (_block(raw) for page in self._guards.pages(_KEY) for raw in page.items)
        return sorted((each for each in found if each.stands(now)), key=lambda block: block.until)


def _item(block: Block, kept_until: datetime) -> Raw:
    return raw_of(
        BlockItem,
        key=_KEY,
        sort=block.phone,
        reason=block.reason,
        evidence=block.evidence,
        placed_at=block.placed_at,
        by=block.placed_by.subject,
        by_person=block.placed_by.person,
        by_role=block.placed_by.role,
        by_name=block.placed_by.name or None,
        until=block.until,
        confirmed_at=block.confirmed_at,
        confirmed_by=block.confirmed_by,
        lifted_at=block.lifted_at,
        version=block.version,
        expires_at=kept_until,
    )


def _block(raw: Raw) -> Block:
    item = BlockItem.from_raw_data(raw)
    by = Actor(item.by, Role(item.by_role), item.by_name or "", person=item.by_person)
    return Block(
        phone=item.sort,
        reason=item.reason,
        evidence=item.evidence,
        placed_at=item.placed_at,
        placed_by=by,
        until=item.until,
        confirmed_at=item.confirmed_at,
        confirmed_by=item.confirmed_by,
        lifted_at=item.lifted_at,
        version=int(item.version),
    )


def _unchanged(before: Block | None) -> Condition:
    if before is None:
        return BlockItem.key.does_not_exist()
    same: Condition = BlockItem.version == before.version
    return same
