"""The `conversations` table, and which events of messengers were heard.

Key: `identity`, such as `telegram#700100200`: one item holds where a conversation stands, its draft
and what the resident need not tell again, as JSON. Its index `wake` (`wake#0`, `wake_at`)
says with whom something has to happen by itself. That an event was heard stands in `guards`
(`heard#<identity>` / id of the event), written together with what came of it.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from pydantic import TypeAdapter, ValidationError
from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.conversation import Session
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.store.attributes import InstantAttribute, Raw, raw_of, read_instant
from chalicelib.store.cards import wake_key
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction
from chalicelib.usecases.conversation_ports import HeardBefore

HEARD_FOR: Final = timedelta(hours=49)
"""How long an event is remembered: messengers repeat it for a day."""

KEPT_FOR: Final = timedelta(days=400)
"""How long a conversation in which nobody writes is kept."""

_WAKE: Final = wake_key(0)
"""The one partition of the index: people in a city write less often than one partition takes."""

_HEARD: Final = "heard"
_CONVERSATION: Final = "conversation"


class ConversationItem(Model):
    """One conversation."""

    identity = UnicodeAttribute(hash_key=True)
    rev = NumberAttribute()
    session = UnicodeAttribute()
    wake_shard = UnicodeAttribute(null=True)
    wake_at = InstantAttribute(null=True)
    expires_at = TTLAttribute()


class HeardItem(Model):
    """An event that was heard."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    expires_at = TTLAttribute()


class ConversationStore:
    """Implements `usecases.conversation_ports.Conversations`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._conversations = tables.conversations
        self._guards = tables.guards

    def read(self, identity: str, event_id: str, now: datetime) -> tuple[Session, bool]:
        """Return a conversation, an empty one for a stranger, and whether the event was heard."""
        raw = self._guards.get(_heard_key(identity), event_id)
        heard = raw is not None and HeardItem.from_raw_data(raw).expires_at > now
        return self.current(identity), heard

    def current(self, identity: str) -> Session:
        """Return a conversation as it stands, an empty one for a stranger."""
        raw = self._conversations.get(identity)
        return _session(raw) if raw else Session(identity)

    def save(
        self, session: Session, *, now: datetime, wake_at: datetime | None, event_id: str = ""
    ) -> Session:
        """Write a conversation over the one that was read, and that the event was heard.

        Returns it with its new `rev`.

        Raises:
            HeardBefore: the event was heard before.
            ChangedMeanwhile: somebody else wrote the conversation since it was read.
        """
        transaction = Transaction(self._tables)
        item = _item(session, session.rev + 1, now, wake_at)
        transaction.put(self._conversations, item, _unchanged(session.rev), name=_CONVERSATION)
        if event_id:
            heard = HeardItem(
                key=_heard_key(session.identity), sort=event_id, expires_at=now + HEARD_FOR
            )
            new = HeardItem.key.does_not_exist() | (HeardItem.expires_at <= now)
            transaction.put(self._guards, heard, new, name=_HEARD)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            if _HEARD in failed.kept:
                raise HeardBefore from failed
            raise ChangedMeanwhile(conversation=session.identity) from failed
        return _session(item)

    def to_wake(self, until: datetime, *, limit: int) -> list[tuple[str, datetime]]:
        """Return who wakes by `until` and since when, the longest waiting first."""
        due = ConversationItem.wake_at <= until
        found = self._conversations.query(
            _WAKE, index_name="wake", limit=limit, range_key_condition=due
        )
        return [(raw["identity"]["S"], read_instant(raw["wake_at"]["S"])) for raw in found.items]


def _item(session: Session, rev: int, now: datetime, wake_at: datetime | None) -> Raw:
    text = _adapter().dump_json(session, exclude_defaults=True).decode()
    timer = {} if wake_at is None else {"wake_at": wake_at}
    shard = {"wake_shard": _WAKE} if timer else {}
    return raw_of(
        ConversationItem,
        identity=session.identity,
        rev=rev,
        session=text,
        expires_at=(session.heard_at or now) + KEPT_FOR,
        **shard,
        **timer,
    )


def _session(raw: Raw) -> Session:
    """Return the conversation of an item; one of a version that we cannot read begins anew."""
    item = ConversationItem.from_raw_data(raw)
    try:
        kept = _adapter().validate_json(item.session)
    except ValidationError:
        kept = Session(item.identity)
    return replace(kept, rev=int(item.rev))


def _unchanged(rev: int) -> Condition:
    if not rev:
        return ConversationItem.identity.does_not_exist()
    return ConversationItem.rev == rev


def _heard_key(identity: str) -> str:
    return f"heard#{identity}"


@cache
def _adapter() -> TypeAdapter[Session]:
    return TypeAdapter(Session)
