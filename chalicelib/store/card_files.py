"""The `cards` table: everything of one card under one `number`, one `part` an item.

One consistent query reads the whole file; one transaction writes all that a step changes.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final, TypeVar

from pynamodb.models import Model

from chalicelib.domain.card import Card, CardFile, Change, PlannedRow, QueueRow
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.evidence import UploadTicket
from chalicelib.domain.executor_request import ExecutorRequest
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.tally import Tally
from chalicelib.store import (
    appeals,
    arrivals,
    cards,
    events,
    evidence,
    notices,
    plans,
    quarantine,
    replies,
    requests,
    surveys,
    tallies,
    tickets,
)
from chalicelib.store import (
    once as once_answers,
)
from chalicelib.store.attributes import Raw, read_instant
from chalicelib.store.cursors import Cursors
from chalicelib.store.keeping import is_released
from chalicelib.store.open_cards import OpenCards
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction
from chalicelib.usecases.ports import Page, Start, Waking

_NUMBER: Final = "number"
Row = TypeVar("Row")


class CardStore:
    """Implements `usecases.ports.Cards`."""

    def __init__(self, tables: Tables, cursors: Cursors, start: Start) -> None:
        """Keep what reads and writes; `start` runs the queries of the city-wide list at once."""
        self._tables = tables
        self._cards = tables.cards
        self._cursors = cursors
        self._open_cards = OpenCards(tables, cursors, start)

    def read_file(self, number: str) -> CardFile:
        """Return the whole file of a card, read consistently, in one query. Raises NotFound."""
        pages = self._cards.pages(number, consistent_read=True)
        parts = [raw for page in pages for raw in page.items]
        if not any(raw["part"]["S"] == cards.PART and not is_released(raw) for raw in parts):
            raise NotFound(words="no-card")
        return _file(parts)

    def read_cards(self, numbers: Sequence[str]) -> list[Card]:
        """Return the cards that exist among `numbers` (at most 100), in the order asked."""
        asked = tuple(dict.fromkeys(numbers))
        keys = [(number, cards.PART) for number in asked]
        kept = (raw for raw in self._cards.get_many(keys, consistent=False) if not is_released(raw))
        by_number = {card.number: card for card in map(cards.card_of, kept)}
        return [by_number[number] for number in asked if number in by_number]

    def save(
        self,
        *changes: Change,
        once: OnceRecord | None = None,
        claims: Sequence[UploadTicket] = (),
        tally: Tally | None = None,
    ) -> None:
        """Write all changes, the idempotency record, claims and tally in one transaction.

        A claim is made for the first change's card, or for the one that the ticket names.

        Raises:
            ChangedMeanwhile: a card, or a claimed ticket, changed since it was read.
            OnceAnswered: the idempotency key was answered before; nothing is written.
            TooManyRequests: what is counted has happened as often as it may in its window.
            StoreAway: the database does not answer.
        """
        transaction = Transaction(self._tables)
        if once is not None:
            once_answers.put_once(transaction, self._tables, once, changes[0].events[0].at)
        for change in changes:
            self._put(transaction, change)
        for ticket in claims:
            number = ticket.number or changes[0].card.number
            tickets.claim(transaction, self._tables, ticket, number)
        if tally is not None:
            tallies.count_in(transaction, self._tables, tally)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            if once is not None and once_answers.WRITE in failed.kept:
                kept = failed.kept[once_answers.WRITE]
                raise once_answers.answered(self._tables, once, kept) from failed
            if tally is not None and tallies.is_full(tally, failed):
                raise tally.refusal() from failed
            raise ChangedMeanwhile(number=changes[0].card.number) from failed

    def queue(self, executor: str, *, limit: int, cursor: str | None) -> Page[QueueRow]:
        """Return open cards of an executor, earliest `due_at` first."""
        key = cards.queue_key(executor)
        return self._page("queue", key, cards.queue_row, limit=limit, cursor=cursor)

    def has_open(self, executor: str) -> bool:
        """Tell whether an executor has any open card."""
        return bool(self._numbers("queue", cards.queue_key(executor), limit=1))

    def open_cards(self, *, limit: int, cursor: str | None) -> Page[QueueRow]:
        """Return open cards of the whole city, earliest `due_at` first."""
        return self._open_cards.page(limit=limit, cursor=cursor)

    def planned(self, *, limit: int, cursor: str | None) -> Page[PlannedRow]:
        """Return cards that are included in strategic plans, earliest `due_at` first."""
        key = cards.PLANNED_KEY
        page = self._page("queue", key, cards.queue_row, limit=limit, cursor=cursor)
        keys = [(row.number, plans.PART) for row in page.items]
        found = dict(map(plans.plan_of, self._cards.get_many(keys, consistent=False)))
        rows = (PlannedRow(row, found.get(row.number)) for row in page.items)
        return Page(tuple(rows), page.cursor)

    def by_phone(self, phone: str, *, limit: int) -> list[str]:
        """Return numbers of the latest appeals of a phone (E.164), newest first."""
        return self._numbers("applicant", phone, limit=limit, scan_index_forward=False)

    def at_place(self, street_key: str, building: str | None, *, limit: int) -> list[str]:
        """Return numbers of appeals in a street, or at one building of it, newest first.

        A whole street is read to its end, for the index keeps it by buildings.
        """
        if building is not None:
            begins = appeals.AppealItem.building_received_at.startswith(
                appeals.building_key(building)
            )
            return self._numbers(
                "place",
                street_key,
                limit=limit,
                range_key_condition=begins,
                scan_index_forward=False,
            )
        pages = self._cards.pages(street_key, index_name="place")
        rows = sorted((raw for page in pages for raw in page.items), key=_received, reverse=True)
        return [raw[_NUMBER]["S"] for raw in rows[:limit]]

    def by_external_id(self, external_id: str) -> list[str]:
        """Return numbers of appeals that came under a foreign id."""
        return self._numbers("external", external_id)

    def with_picture(self, picture: str) -> list[str]:
        """Return numbers of cards that hold a picture with this hash."""
        return list(dict.fromkeys(self._numbers("picture", picture)))

    def to_wake(
        self, shard: int, until: datetime, *, limit: int, passing_over: Collection[str] = ()
    ) -> list[Waking]:
        """Return what wakes in a shard by `until`, the longest waiting first.

        What `passing_over` names by its id is not counted; it costs further pages only where it
        fills one.
        """
        due = cards.CardItem.wake_at <= until
        pages = self._cards.pages(
            cards.wake_key(shard), index_name="wake", limit=limit, range_key_condition=due
        )
        found = (_waking(raw) for page in pages for raw in page.items)
        return list(islice((each for each in found if each.id not in passing_over), limit))

    def pending_requests(
        self, decider: str, *, limit: int, cursor: str | None
    ) -> Page[ExecutorRequest]:
        """Return requests that wait for a decider, earliest `decide_by_at` first."""
        return self._page("requests", decider, requests.request_of, limit=limit, cursor=cursor)

    def to_call(self, *, limit: int, cursor: str | None) -> Page[Card]:
        """Return cards whose applicants are to be phoned, earliest `call_at` first."""
        return self._page("requests", cards.CALLS_KEY, cards.card_of, limit=limit, cursor=cursor)

    def _numbers(self, index: str, key: str, **asked: Any) -> list[str]:
        found = self._cards.query(key, index_name=index, **asked)
        return [raw[_NUMBER]["S"] for raw in found.items]

    def _page(
        self,
        index: str,
        key: str,
        read: Callable[[Raw], Row],
        *,
        limit: int,
        cursor: str | None,
    ) -> Page[Row]:
        question = f"{index}|{key}"
        start = None if cursor is None else self._cursors.open(question, cursor)
        found = self._cards.query(key, index_name=index, limit=limit, exclusive_start_key=start)
        following = self._cursors.seal(question, found.last) if found.last else None
        kept = (raw for raw in found.items if not is_released(raw))
        return Page(tuple(map(read, kept)), following)

    def _put(self, transaction: Transaction, change: Change) -> None:
        number = change.card.number
        unchanged = cards.unchanged_since(change.before)
        transaction.put(self._cards, cards.card_item(change.card), unchanged)
        if change.appeal is not None:
            transaction.put(self._cards, appeals.appeal_item(change.appeal))
        arrival = arrivals.arrival_item(change)
        if arrival is not None:
            transaction.put(self._cards, arrival, arrivals.not_arrived())
        written = events.event_item(number, change.events)
        transaction.put(self._cards, written, events.not_written())
        items: tuple[Model | Raw, ...] = (
            *map(requests.request_item, change.requests),
            *plans.plan_items(change),
            *map(evidence.evidence_item, change.evidence),
            *map(surveys.survey_item, change.surveys),
            *map(replies.reply_item, (change.reply,) if change.reply else ()),
            *cards.co_executor_items(change.before, change.card),
        )
        for item in items:
            transaction.put(self._cards, item)
        notices.put_steps(transaction, self._tables, change.notices)
        if change.held is not None:
            quarantine.put_held(transaction, self._tables, change.held)


def _file(parts: Iterable[Raw]) -> CardFile:
    by_noun: dict[str, list[Raw]] = {}
    for raw in parts:
        by_noun.setdefault(raw["part"]["S"].partition("#")[0], []).append(raw)
    writes = [(raw, events.events_of(raw)) for raw in by_noun.get("EVENT", ())]
    return CardFile(
        card=cards.card_of(by_noun["CARD"][0]),
        appeal=appeals.appeal_of(by_noun["APPEAL"][0]),
        events=tuple(event for _, write in writes for event in write),
        requests=_each(by_noun, "REQUEST", requests.request_of),
        evidence=tuple(
            sorted(_each(by_noun, "EVIDENCE", evidence.evidence_of), key=lambda e: e.uploaded_at)
        ),
        surveys=_each(by_noun, "SURVEY", surveys.survey_of),
        reply=next(iter(_each(by_noun, "REPLY", replies.reply_of)), None),
        notices=_each(by_noun, "NOTICE", notices.notice_of),
        untold=tuple(write for raw, write in writes if events.is_untold(raw)),
    )


def _each(
    by_noun: Mapping[str, Sequence[Raw]], noun: str, read: Callable[[Raw], Row]
) -> tuple[Row, ...]:
    return tuple(map(read, by_noun.get(noun, ())))


def _waking(raw: Raw) -> Waking:
    return Waking(raw[_NUMBER]["S"], raw["part"]["S"], read_instant(raw["wake_at"]["S"]))


def _received(raw: Raw) -> str:
    return str(raw["building_received_at"]["S"]).rpartition("#")[2]
