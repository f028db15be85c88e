"""The `NOTICE#` items, and the outbox that they come of.

Keys: `number` (of a card, or the id of what else is told of), `part` = `NOTICE#<rest of the id>`.
Its indexes, each sparse:
- `wake` (`wake#<shard>`, `wake_at`): which notices has nobody sent in time?
- `requests` (`#to-post`, `decide_by_at`): which are to be sent by post, the oldest first?

The events of which somebody must still be told stand in the index `to_tell` (events.py).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.exceptions import PutError
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.errors import StoreAway
from chalicelib.domain.notice import Audience, Medium, Notice, NoticeState, NoticeStep
from chalicelib.regulation.notices_digest import DIGESTS
from chalicelib.store import events
from chalicelib.store.attributes import InstantAttribute, Raw, raw_of, read_instant
from chalicelib.store.away import reaching
from chalicelib.store.cards import wake_key
from chalicelib.store.cursors import Cursors
from chalicelib.store.shards import shard_of
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction
from chalicelib.usecases.ports import Page, Waking

PART: Final = "NOTICE#"
TO_POST: Final = "#to-post"
"""The partition of notices that wait for the post; no decider can be called so."""

_DIGEST_KEPT_FOR: Final = timedelta(days=30)
_CONDITION_FAILED: Final = "ConditionalCheckFailedException"
_CONFLICT: Final = "TransactionConflictException"


class NoticeItem(Model):
    """One notice; attributes that are empty, zero or as usual are left out."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    seq = NumberAttribute()
    event = UnicodeAttribute()
    audience = UnicodeAttribute()
    medium = UnicodeAttribute()
    template = UnicodeAttribute()
    at = InstantAttribute()
    send_after = InstantAttribute()
    state = UnicodeAttribute()
    tries = NumberAttribute()
    to = UnicodeAttribute(null=True)
    again = NumberAttribute(null=True)
    leased_until = InstantAttribute(null=True)
    sent_at = InstantAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    carried_by = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    wake_shard = UnicodeAttribute(null=True)
    wake_at = InstantAttribute(null=True)
    decider = UnicodeAttribute(null=True)
    decide_by_at = InstantAttribute(null=True)
    expires_at = TTLAttribute(null=True)


class NoticeStore:
    """Implements `usecases.sending_ports.Notices`."""

    def __init__(self, tables: Tables, cursors: Cursors) -> None:
        self._tables = tables
        self._cards = tables.cards
        self._cursors = cursors

    def untold(self, shard: int, until: datetime, *, limit: int) -> list[Waking]:
        """Return events of a shard that wait to be told since `until` or longer, oldest first."""
        due = events.EventItem.tell_at <= until
        found = self._cards.query(
            events.tell_key(shard), index_name="to_tell", limit=limit, range_key_condition=due
        )
        return [_waking(raw, "tell_at") for raw in found.items]

    def tell(self, number: str, seq: int, notices: Sequence[Notice]) -> bool:
        """Write the notices of an event's write and take it off the outbox, in one transaction.

        Returns False when somebody has done so before; nothing is written then. Raises StoreAway.
        """
        transaction = Transaction(self._tables)
        actions = [events.EventItem.to_tell.remove(), events.EventItem.tell_at.remove()]
        waits = events.EventItem.to_tell.exists()
        transaction.update(self._cards, number, events.part_of(seq), actions, waits)
        for notice in notices:
            transaction.put(self._cards, notice_item(notice), not_written())
        return _committed(transaction)

    def of(self, number: str) -> tuple[Notice, ...]:
        """Return the notices of anything that is not a card, read consistently."""
        pages = self._cards.pages(
            number,
            range_key_condition=NoticeItem.part.startswith(PART),
            consistent_read=True,
        )
        return tuple(notice_of(raw) for page in pages for raw in page.items)

    def add(self, *notices: Notice) -> bool:
        """Write new notices, all or none; False when one of them is there already."""
        return self.write(*(NoticeStep(None, notice) for notice in notices))

    def write(self, *steps: NoticeStep) -> bool:
        """Write notices if each still stands as it was, all or none.

        Returns False when another writer was first; nothing is written then. Raises StoreAway.
        """
        if len(steps) < 2:
            return all(map(self._put, steps))
        transaction = Transaction(self._tables)
        put_steps(transaction, self._tables, steps)
        return _committed(transaction)

    def look_after(self, waking: Waking, at: datetime) -> bool:
        """Let a notice wake at another instant; False when it was sent or moved meanwhile."""
        as_found = NoticeItem.wake_at == waking.at
        actions = [NoticeItem.wake_at.set(at)]
        try:
            self._cards.update(waking.number, waking.part, actions, as_found)
        except ConditionsFailed:
            return False
        return True

    def to_post(self, *, limit: int, cursor: str | None) -> Page[Notice]:
        """Return the notices that wait for the post, the oldest first."""
        start = None if cursor is None else self._cursors.open(TO_POST, cursor)
        found = self._cards.query(
            TO_POST, index_name="requests", limit=limit, exclusive_start_key=start
        )
        following = self._cursors.seal(TO_POST, found.last) if found.last else None
        return Page(tuple(map(notice_of, found.items)), following)

    def _put(self, step: NoticeStep) -> bool:
        """Write one notice alone, which costs half of a transaction."""
        raw = notice_item(step.after)
        for _ in self._tables.tries():
            try:
                with reaching():
                    self._tables.connection.put_item(
                        self._cards.name,
                        raw["number"]["S"],
                        range_key=raw["part"]["S"],
                        attributes=raw,
                        condition=_stands(step.before),
                    )
            except PutError as error:
                if error.cause_response_code == _CONDITION_FAILED:
                    return False
                if error.cause_response_code != _CONFLICT:
                    raise
            else:
                return True
        raise StoreAway


def put_steps(transaction: Transaction, tables: Tables, steps: Iterable[NoticeStep]) -> None:
    """Put notices into a transaction, each if it still stands as it was."""
    for step in steps:
        transaction.put(tables.cards, notice_item(step.after), _stands(step.before))


def notice_item(notice: Notice) -> Raw:
    """Return the raw item of a notice."""
    return raw_of(
        NoticeItem,
        number=notice.number,
        part=part_of(notice.id),
        seq=notice.seq,
        event=notice.event,
        audience=notice.audience,
        medium=notice.medium,
        template=notice.template,
        at=notice.at,
        send_after=notice.send_after,
        state=notice.state,
        tries=notice.tries,
        to=notice.to or None,
        again=notice.again or None,
        leased_until=notice.leased_until,
        sent_at=notice.sent_at,
        message_id=notice.message_id,
        carried_by=notice.carried_by,
        reason=notice.reason or None,
        expires_at=_expires_at(notice),
        **_index_keys(notice),
    )


def notice_of(raw: Raw) -> Notice:
    """Return the notice of a raw item."""
    item = NoticeItem.from_raw_data(raw)
    return Notice(
        number=item.number,
        seq=int(item.seq),
        event=item.event,
        audience=Audience(item.audience),
        medium=Medium(item.medium),
        template=item.template,
        at=item.at,
        send_after=item.send_after,
        to=item.to or "",
        again=int(item.again or 0),
        state=NoticeState(item.state),
        wake_at=item.wake_at,
        leased_until=item.leased_until,
        tries=int(item.tries),
        sent_at=item.sent_at,
        message_id=item.message_id,
        carried_by=item.carried_by,
        reason=item.reason or "",
    )


def part_of(notice_id: str) -> str:
    """Return under which part a notice stands."""
    return PART + notice_id.partition(".")[2]


def id_of(waking: Waking) -> str:
    """Return the id of a notice that was found by its keys."""
    return f"{waking.number}.{waking.part.removeprefix(PART)}"


def not_written() -> Condition:
    """Return the condition that a notice is new."""
    return NoticeItem.part.does_not_exist()


def _stands(before: Notice | None) -> Condition:
    if before is None:
        return not_written()
    stands: Condition = (NoticeItem.state == before.state).__and__(NoticeItem.tries == before.tries)
    return stands


def _index_keys(notice: Notice) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    if notice.wake_at is not None:
        keys = {"wake_shard": wake_key(shard_of(notice.number)), "wake_at": notice.wake_at}
    if notice.state is NoticeState.TO_POST:
        keys |= {"decider": TO_POST, "decide_by_at": notice.at}
    return keys


def _expires_at(notice: Notice) -> datetime | None:
    """Return when a digest may vanish; what belongs to a card or a work stays with it."""
    return notice.at + _DIGEST_KEPT_FOR if notice.number.startswith(DIGESTS) else None


def _committed(transaction: Transaction) -> bool:
    try:
        transaction.commit()
    except ConditionsFailed:
        return False
    return True


def _waking(raw: Raw, at: str) -> Waking:
    return Waking(raw["number"]["S"], raw["part"]["S"], read_instant(raw[at]["S"]))
