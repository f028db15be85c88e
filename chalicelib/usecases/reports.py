"""Read the cards of a period and report on them; nothing is scanned (KR-3.1).

Numbers of a year run in sequence, so a period's cards are found by halving the sequence and
read by their numbers; older ones that are still open, by the queues.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Final, TypeVar

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.domain.numbers import registration_number
from chalicelib.domain.people import Actor
from chalicelib.regulation.calendar import local_date, midnight_after, midnight_before
from chalicelib.regulation.discipline import needs_file
from chalicelib.regulation.permissions import Deed, Scope, require
from chalicelib.reports.balance import Period, concerns
from chalicelib.reports.discipline import Discipline, discipline
from chalicelib.usecases.ports import Cards, Numbers, Page, Start

LONGEST_DAYS: Final = 92
"""The longest period of one report: a quarter."""

LOOK_BACK: Final = timedelta(days=366)
"""How long before a period a card may have been registered and yet closed within it."""

_AT_ONCE: Final = 100
_PROBED: Final = 10
_BATCHES_AT_ONCE: Final = 8
_FILES_AT_ONCE: Final = 40
_OUT_OF_TURN: Final = 200
"""How far numbers and instants of registration may be out of step among writers at once."""

Asked = TypeVar("Asked")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a report is read from."""

    cards: Cards
    numbers: Numbers
    start: Start


def discipline_report(
    from_day: date, until_day: date, *, actor: Actor, now: datetime, city: City, shelf: Shelf
) -> Discipline:
    """Return executive discipline from one Kyiv day to another, both counted.

    A head reads the own unit. Raises RoleNotPermitted, InputRefused.
    """
    scope = require(actor, Deed.READ_REPORTS)
    period = period_of(from_day, until_day, city, longest_days=LONGEST_DAYS)
    own = actor.executor if scope is Scope.OWN_EXECUTOR else None
    cards = [
        card
        for card in cards_of(period, now, city, shelf)
        if scope is Scope.ALL or (own is not None and card.executor == own)
    ]
    to_read = [card.number for card in cards if needs_file(card, city.law)]
    return discipline(cards, _files(to_read, shelf), period, city, now)


def cards_of(period: Period, now: datetime, city: City, shelf: Shelf) -> list[Card]:
    """Return every card that was open at some time of a period."""
    begin_at, end_at = period.from_at - LOOK_BACK, min(period.until_at, now)
    found = _read(_numbers(begin_at, end_at, city, shelf), shelf)
    planned = (each.row for each in _all(shelf.cards.planned))
    older = chain(_all(shelf.cards.open_cards), planned)
    missing = [row.number for row in older if row.number not in found]
    found |= _read(_cut(missing), shelf)
    return [card for card in found.values() if concerns(card, period)]


def registered(period: Period, now: datetime, city: City, shelf: Shelf) -> list[Card]:
    """Return every card that was registered in a period."""
    begin_at, end_at = period.from_at, min(period.until_at, now)
    found = _read(_numbers(begin_at, end_at, city, shelf), shelf)
    return [card for card in found.values() if period.holds(card.registered_at)]


def _read(batches: Iterable[list[str]], shelf: Shelf) -> dict[str, Card]:
    found: dict[str, Card] = {}
    left = iter(batches)
    while wave := list(islice(left, _BATCHES_AT_ONCE)):
        reading = [shelf.start(_reading(shelf.cards.read_cards, batch)) for batch in wave]
        found |= {card.number: card for wait in reading for card in wait()}
    return found


def _cut(numbers: Sequence[str]) -> Iterator[list[str]]:
    for begin in range(0, len(numbers), _AT_ONCE):
        yield list(numbers[begin : begin + _AT_ONCE])


def _numbers(begin_at: datetime, end_at: datetime, city: City, shelf: Shelf) -> Iterator[list[str]]:
    first_year = local_date(begin_at, city.calendar).year
    for year in range(first_year, local_date(end_at, city.calendar).year + 1):
        last = shelf.numbers.last_sequence(year)
        begin = max(1, _first_since(begin_at, year, last, shelf) - _OUT_OF_TURN)
        end = min(last, _first_since(end_at, year, last, shelf) + _OUT_OF_TURN)
        yield from _cut([registration_number(year, each) for each in range(begin, end + 1)])


def _first_since(at: datetime, year: int, last: int, shelf: Shelf) -> int:
    """Return about the first sequence of a year registered at `at` or later, by halving."""
    low, high = 1, last + 1
    while high - low > _OUT_OF_TURN:
        middle = (low + high) // 2
        registered_at = _registered_at(middle, year, last, shelf)
        if registered_at is None or registered_at >= at:
            high = middle
        else:
            low = middle
    return low


def _registered_at(sequence: int, year: int, last: int, shelf: Shelf) -> datetime | None:
    """Return when the first card from a sequence on was registered; gaps are passed over."""
    for begin in range(sequence, last + 1, _PROBED):
        upto = min(begin + _PROBED, last + 1)
        numbers = [registration_number(year, each) for each in range(begin, upto)]
        cards = shelf.cards.read_cards(numbers)
        if cards:
            return cards[0].registered_at
    return None


def _all(read: Callable[..., Page[Found]]) -> Iterator[Found]:
    cursor = None
    while True:
        page = read(limit=_AT_ONCE, cursor=cursor)
        yield from page.items
        cursor = page.cursor
        if cursor is None:
            return


def _files(numbers: Sequence[str], shelf: Shelf) -> Iterator[CardFile]:
    left = iter(numbers)
    while wave := list(islice(left, _FILES_AT_ONCE)):
        reading = [shelf.start(_reading(shelf.cards.read_file, number)) for number in wave]
        yield from (wait() for wait in reading)


def _reading(read: Callable[[Asked], Found], asked: Asked) -> Callable[[], Found]:
    return lambda: read(asked)


def period_of(from_day: date, until_day: date, city: City, *, longest_days: int) -> Period:
    """Return the period of two Kyiv days, both counted. Raises InputRefused."""
    _require_period(from_day, until_day, longest_days)
    return Period(
        midnight_before(from_day, city.calendar), midnight_after(until_day, city.calendar)
    )


def _require_period(from_day: date, until_day: date, longest_days: int) -> None:
    if until_day < from_day:
        raise InputRefused(faults=(Fault("to", "ends_before_it_begins"),))
    if (until_day - from_day).days >= longest_days:
        facts = {"days": str(longest_days)}
        raise InputRefused(faults=(Fault("to", "too_long_a_period", facts),))
