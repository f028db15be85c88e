"""Read cards as staff: the queue, a card, its contacts, and finding one."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.card import Card, CardFile, QueueRow, Status
from chalicelib.domain.city import City
from chalicelib.domain.events import EventName
from chalicelib.domain.numbers import is_registration_number
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.regulation.kinds import BENEFIT, may_be_found_by_phone, require_may_know
from chalicelib.regulation.permissions import Deed, Scope, require, require_on, require_sees, sees
from chalicelib.regulation.street_search import resolve
from chalicelib.usecases.ports import Cards, Page
from chalicelib.usecases.writing import Note, change, on_fresh_file

ROWS_SEARCHED = 1000
"""How many rows of a queue are read for words that no index answers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a queue should show; None leaves a filter out."""

    executor: str | None = None
    statuses: frozenset[Status] = frozenset()
    overdue: bool | None = None
    due_before: datetime | None = None
    topic: str | None = None
    words: str = ""


def queue(
    wanted: Wanted,
    *,
    actor: Actor,
    limit: int,
    cursor: str | None,
    now: datetime,
    city: City,
    cards: Cards,
    phone: str | None = None,
) -> Page[QueueRow]:
    """Return a page of the cards in the actor's sight, earliest `due_at` first.

    A full registration number, a phone, a foreign id and a street are found by their indexes,
    whatever their status; other words filter the chosen queue, `cut` when it was too long.

    Raises RoleNotPermitted, InputRefused for a tampered cursor.
    """
    if require(actor, Deed.READ_CARDS) is Scope.OWN_EXECUTOR:
        wanted = replace(wanted, executor=actor.executor)
    if wanted.words:
        found = _found(wanted.words, phone, actor, limit=limit, city=city, cards=cards)
        if found or is_registration_number(wanted.words):
            return _found_page(found, wanted, actor, now)
    page = _filtered(wanted, limit=limit, cursor=cursor, now=now, city=city, cards=cards)
    return replace(page, items=tuple(sorted(page.items, key=_turn)))


def card(number: str, *, actor: Actor, cards: Cards) -> CardFile:
    """Return a card's whole file. Raises NotFound for one out of the actor's sight."""
    file = cards.read_file(number)
    require_sees(actor, file.card)
    return file


def open_contacts(
    number: str, *, actor: Actor, once: Once[CardFile], now: datetime, cards: Cards
) -> CardFile:
    """Show the applicant's contacts, and keep an event that they were seen (law 393/96 art. 10).

    Raises NotFound, RoleNotPermitted, ChangedMeanwhile.
    """

    def attempt(file: CardFile) -> CardFile:
        require_sees(actor, file.card)
        require_on(actor, Deed.OPEN_CONTACTS, file.card)
        require_may_know(actor, file.appeal)
        note = Note(EventName.CONTACTS_OPENED, public=False, tell=False)
        cards.save(change(file.card, file.card, now, actor, note), once=once.record(file))
        return file

    return on_fresh_file(cards, number, attempt)


def open_text(
    number: str, *, actor: Actor, once: Once[CardFile], now: datetime, cards: Cards
) -> CardFile:
    """Show an appeal's words as they were written, and keep an event that they were read (K-3.4).

    Raises NotFound, RoleNotPermitted, ChangedMeanwhile.
    """

    def attempt(file: CardFile) -> CardFile:
        require_sees(actor, file.card)
        require_on(actor, Deed.OPEN_TEXT, file.card, clause="K-3.4")
        note = Note(EventName.TEXT_OPENED, public=False, tell=False)
        cards.save(change(file.card, file.card, now, actor, note), once=once.record(file))
        return file

    return on_fresh_file(cards, number, attempt)


def _found(
    words: str, phone: str | None, actor: Actor, *, limit: int, city: City, cards: Cards
) -> list[Card]:
    if is_registration_number(words):
        return cards.read_cards([words])
    numbers = cards.by_phone(phone, limit=limit) if phone else []
    if numbers:
        called = cards.read_cards(numbers)
        return [card for card in called if may_be_found_by_phone(actor, card)]
    numbers = cards.by_external_id(words)
    if not numbers:
        numbers = _at_place(words, limit=limit, city=city, cards=cards)
    return cards.read_cards(numbers)


def _at_place(words: str, *, limit: int, city: City, cards: Cards) -> list[str]:
    """Return numbers of appeals in a street, or at a building where the last word is one."""
    name, _, building = words.rpartition(" ")
    street = resolve(city, name) if name and building[0].isdigit() else None
    if street is not None:
        return cards.at_place(street.id, building, limit=limit)
    whole = resolve(city, words)
    return cards.at_place(whole.id, None, limit=limit) if whole else []


def _found_page(found: list[Card], wanted: Wanted, actor: Actor, now: datetime) -> Page[QueueRow]:
    by_number = is_registration_number(wanted.words)
    seen = [card for card in found if sees(actor, card)]
    if not by_number and wanted.executor is not None:
        seen = [card for card in seen if wanted.executor in {card.executor, *card.co_executors}]
    rows = [row_of(card) for card in seen]
    if not by_number:
        rows = [row for row in rows if _wanted(row, wanted, now)]
    return Page(tuple(sorted(rows, key=lambda row: (_turn(row), row.number))))


def _turn(row: QueueRow) -> tuple[datetime, bool]:
    """Return a row's turn: by `due_at`, and of equals first those who have a benefit."""
    return row.due_at, BENEFIT not in row.flags


def row_of(card: Card) -> QueueRow:
    """Return a card as the queue shows it."""
    return QueueRow(
        number=card.number,
        status=card.status,
        topic=card.topic,
        executor=card.executor,
        received_at=card.received_at,
        due_at=card.due_at,
        version=card.version,
        street=card.street,
        building=card.building,
        excerpt=card.excerpt,
        flags=card.flags,
    )


def _filtered(
    wanted: Wanted, *, limit: int, cursor: str | None, now: datetime, city: City, cards: Cards
) -> Page[QueueRow]:
    filtering = wanted != Wanted(executor=wanted.executor)
    rows: list[QueueRow] = []
    read = 0
    while True:
        page = _page(wanted.executor, limit=limit, cursor=cursor, cards=cards)
        fitting = [row for row in page.items if _wanted(row, wanted, now, city)]
        room = limit - len(rows)
        if len(fitting) > room:
            # Read again up to the last row that fits, for only the store can make its cursor.
            upto = page.items.index(fitting[room - 1]) + 1
            page = _page(wanted.executor, limit=upto, cursor=cursor, cards=cards)
            fitting = fitting[:room]
        read += len(page.items)
        rows += fitting
        cursor = page.cursor
        if not filtering or cursor is None or len(rows) >= limit or read >= ROWS_SEARCHED:
            cut = filtering and cursor is not None and read >= ROWS_SEARCHED
            return Page(tuple(rows), cursor, cut=cut)


def _page(executor: str | None, *, limit: int, cursor: str | None, cards: Cards) -> Page[QueueRow]:
    if executor is None:
        return cards.open_cards(limit=limit, cursor=cursor)
    return cards.queue(executor, limit=limit, cursor=cursor)


def _wanted(row: QueueRow, wanted: Wanted, now: datetime, city: City | None = None) -> bool:
    return (
        (not wanted.statuses or row.status in wanted.statuses)
        and (wanted.topic is None or row.topic == wanted.topic)
        and (wanted.overdue is None or row.overdue(now) == wanted.overdue)
        and (wanted.due_before is None or row.due_at < wanted.due_before)
        and (city is None or _says(row, wanted.words, city))
    )


def _says(row: QueueRow, words: str, city: City) -> bool:
    topic = city.topics.get(row.topic)
    name = f"{topic.name.uk} {topic.name.en}" if topic else ""
    text = f"{row.number} {row.street} {row.building} {row.excerpt} {name}".casefold()
    return all(word in text for word in words.casefold().split())
