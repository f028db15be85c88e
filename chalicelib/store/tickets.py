"""The `upload#` items of `guards`: uploads that wait for their card.

Keys: `key` = `upload#<id>`, `sort` = `ticket`.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from pynamodb.attributes import BooleanAttribute, NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.errors import NotFound
from chalicelib.domain.evidence import Inspection, UploadTicket
from chalicelib.domain.once import OnceRecord
from chalicelib.store import once as once_answers
from chalicelib.store.attributes import InstantAttribute, Raw
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction

_SORT: Final = "ticket"
_LONGEST_ID: Final = 100
KEPT_AFTER_CLAIM: Final = timedelta(days=14)
"""How much longer a claimed ticket is kept: as long as a queue may hold its file's message."""


class TicketItem(Model):
    """One upload; `accepted` and what follows stand in it once the file was inspected."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    content_type = UnicodeAttribute()
    size_bytes = NumberAttribute()
    number = UnicodeAttribute(null=True)
    accepted = BooleanAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    picture = UnicodeAttribute(null=True)
    taken_at = InstantAttribute(null=True)
    original_key = UnicodeAttribute(null=True)
    public_key = UnicodeAttribute(null=True)
    expires_at = TTLAttribute()


class TicketStore:
    """Implements `usecases.ports.Tickets`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def issue(self, ticket: UploadTicket, once: OnceRecord | None = None, *, now: datetime) -> None:
        """Keep a new ticket. Raises OnceAnswered."""
        if once is None:
            self._tables.guards.put(ticket_item(ticket))
            return
        transaction = Transaction(self._tables)
        once_answers.put_once(transaction, self._tables, once, now)
        transaction.put(self._tables.guards, ticket_item(ticket))
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            kept = failed.kept[once_answers.WRITE]
            raise once_answers.answered(self._tables, once, kept) from failed

    def read(self, ids: Sequence[str], now: datetime) -> list[UploadTicket]:
        """Return the unexpired tickets among `ids` (at most 100), in the order asked."""
        asked = [key for key in dict.fromkeys(ids) if 0 < len(key) <= _LONGEST_ID]
        keys = [(ticket_key(ticket_id), _SORT) for ticket_id in asked]
        found = map(ticket_of, self._tables.guards.get_many(keys, consistent=True))
        live = {ticket.id: ticket for ticket in found if ticket.expires_at > now}
        return [live[ticket_id] for ticket_id in asked if ticket_id in live]

    def keep(self, ids: Sequence[str], until: datetime) -> None:
        """Let tickets that are there live on until an instant, while a text waits for people."""
        for ticket_id in dict.fromkeys(ids):
            actions, there = [TicketItem.expires_at.set(until)], TicketItem.key.exists()
            with suppress(ConditionsFailed):
                self._tables.guards.update(ticket_key(ticket_id), _SORT, actions, there)

    def inspected(self, ticket_id: str, inspection: Inspection, now: datetime) -> UploadTicket:
        """Keep what inspecting came to and return the ticket as it is now. Raises NotFound."""
        actions = [
            attribute.set(value) if value is not None else attribute.remove()
            for attribute, value in _inspection_values(inspection)
        ]
        live = TicketItem.expires_at > now
        try:
            raw = self._tables.guards.update(ticket_key(ticket_id), _SORT, actions, live)
        except ConditionsFailed:
            raise NotFound(ticket=ticket_id) from None
        return ticket_of(raw)


def ticket_key(ticket_id: str) -> str:
    """Return the partition of a ticket."""
    return f"upload#{ticket_id}"


def ticket_item(ticket: UploadTicket) -> TicketItem:
    """Return the item of a ticket."""
    found = ticket.inspection
    item = TicketItem(
        key=ticket_key(ticket.id),
        sort=_SORT,
        content_type=ticket.content_type,
        size_bytes=ticket.size_bytes,
        number=ticket.number,
        expires_at=ticket.expires_at,
    )
    for attribute, value in _inspection_values(found) if found else ():
        setattr(item, attribute.attr_name, value)
    return item


def ticket_of(raw: Raw) -> UploadTicket:
    """Return the ticket of a raw item."""
    item = TicketItem.from_raw_data(raw)
    return UploadTicket(
        id=item.key.partition("#")[2],
        content_type=item.content_type,
        size_bytes=int(item.size_bytes),
        expires_at=item.expires_at,
        number=item.number,
        inspection=_inspection(item),
    )


def claim(transaction: Transaction, tables: Tables, ticket: UploadTicket, number: str) -> None:
    """Let a card take an upload, if the ticket is as it was read and nobody has taken it."""
    kept_until = ticket.expires_at + KEPT_AFTER_CLAIM
    transaction.update(
        tables.guards,
        ticket_key(ticket.id),
        _SORT,
        [TicketItem.number.set(number), TicketItem.expires_at.set(kept_until)],
        TicketItem.number.does_not_exist() & _inspected_as(ticket.inspection),
    )


def _inspected_as(inspection: Inspection | None) -> Condition:
    if inspection is not None:
        return TicketItem.accepted == inspection.accepted
    waiting: Condition = TicketItem.key.exists() & TicketItem.accepted.does_not_exist()
    return waiting


def _inspection_values(inspection: Inspection) -> tuple[tuple[Any, Any], ...]:
    return (
        (TicketItem.accepted, inspection.accepted),
        (TicketItem.reason, inspection.reason),
        (TicketItem.picture, inspection.picture),
        (TicketItem.taken_at, inspection.taken_at),
        (TicketItem.original_key, inspection.original_key),
        (TicketItem.public_key, inspection.public_key),
    )


def _inspection(item: TicketItem) -> Inspection | None:
    accepted: bool | None = item.accepted
    if accepted is None:
        return None
    return Inspection(
        accepted=accepted,
        reason=item.reason,
        picture=item.picture,
        taken_at=item.taken_at,
        original_key=item.original_key,
        public_key=item.public_key,
    )
