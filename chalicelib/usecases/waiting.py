"""Appeals that wait: taken while the database is away, registered when it is back (K-2).

The message in the queue is all that is kept of one meanwhile. It is brought as often as it takes;
whatever happened before, it becomes one card: the request's own idempotency record says so, or
the number that the first try had drawn.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.errors import ChangedMeanwhile, InputRefused, NotFound, RuleRefused
from chalicelib.domain.events import EventName
from chalicelib.domain.numbers import registration_number
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import SYSTEM
from chalicelib.domain.quarantine import Held
from chalicelib.domain.receipt import Receipt, ReceiptStatus
from chalicelib.usecases.intake import Registered
from chalicelib.usecases.new_appeals import NewAppeal
from chalicelib.usecases.ports import Cards, Numbers, OnceAnswered
from chalicelib.usecases.receipts import Receipts
from chalicelib.usecases.writing import Note, change, on_fresh_file

KEPT: Final = timedelta(days=90)
"""How long a receipt tells the number of its card."""

ONCE_KEPT: Final = timedelta(hours=24)

_NAMES_OF_A_CARD: Final = 2

WITHOUT: Final = "taken_in_without"
"""Why a person should look: photos were too old, or the appeal to join had been closed."""


class WaitingQueue(Protocol):
    """Where appeals wait; durable, and of another service than the database."""

    def put(self, message: Mapping[str, Any]) -> None:
        """Put an appeal there. Raises StoreAway."""

    def later(self, handle: str, *, seconds: int) -> None:
        """Let a message that was brought come again after some seconds."""


class Drawn:
    """The sequence of the year; it remembers what was drawn, and may begin with it.

    Implements `usecases.ports.Numbers`.
    """

    def __init__(self, numbers: Numbers, first: tuple[int, int] | None = None) -> None:
        """Draw from `numbers`, after the `first` year and sequence if they were drawn before."""
        self._numbers = numbers
        self._first = first
        self.last: tuple[int, int] | None = first

    def next_sequence(self, year: int) -> int:
        """Return the next number of a Kyiv year."""
        if self._first is not None and self._first[0] == year:
            sequence = self._first[1]
        else:
            sequence = self._numbers.next_sequence(year)
        self._first, self.last = None, (year, sequence)
        return sequence

    def last_sequence(self, year: int) -> int:
        """Return the last number drawn in a Kyiv year."""
        return self._numbers.last_sequence(year)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An appeal that waits.

    Attributes:
        receipt_id: of the receipt that was given for it.
        answer: what its applicant was told, kept under the request's own key.
        key, fingerprint, caller: of the request, as `Once` has them; no key where none was sent.
        drawn: year and sequence that the first try had drawn; None where it drew none.
    """

    receipt_id: str
    new: NewAppeal
    answer: str
    fingerprint: str
    key: str | None = None
    caller: str = ""
    drawn: tuple[int, int] | None = None


Register = Callable[[NewAppeal, Once[Registered | Held], Numbers, str], Registered | Held]
"""Takes an appeal in as every door does; what people have to read has the receipt's id."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What taking in works with."""

    register: Register
    cards: Cards
    numbers: Numbers
    receipts: Receipts


def take_in(waiting: Waiting, now: datetime, taking: Taking) -> Receipt:
    """Register an appeal that waits, once, and let its receipt tell the number.

    What it cannot take with it any more (old photos, a card that has been closed meanwhile) it
    is registered without, and a person is told. What people have to read first waits for them,
    under the same receipt (K-3.4). Raises StoreAway, ChangedMeanwhile.
    """
    names = _registered(waiting, now, taking)
    if names is None:
        return Receipt(waiting.receipt_id, ReceiptStatus.QUARANTINED, now)
    number, root, code_key = names
    receipt = Receipt(waiting.receipt_id, ReceiptStatus.REGISTERED, now, number, root, code_key)
    taking.receipts.keep(receipt, until=now + KEPT)
    return receipt


def _registered(waiting: Waiting, now: datetime, taking: Taking) -> tuple[str, str, str] | None:
    """Return number, root and key of the card, None where people have to read it first."""
    before = _of_first_try(waiting, taking.cards)
    if before is not None:
        return _names(before)
    for once in _onces(waiting, now):
        try:
            card = _register(waiting, once, now, taking)
        except OnceAnswered as answered:
            record = answered.record
            if record.fingerprint == waiting.fingerprint:
                return _sealed(record.answer.sealed_for)
        else:
            return _names(card) if card else None
    raise ChangedMeanwhile(receipt=waiting.receipt_id)


def _sealed(sealed_for: tuple[str, ...]) -> tuple[str, str, str] | None:
    if len(sealed_for) != _NAMES_OF_A_CARD:
        return None
    code_key, root = sealed_for
    return root, root, code_key


def _of_first_try(waiting: Waiting, cards: Cards) -> Card | None:
    """Return the card that the first try wrote before its answer was lost, if it did.

    A number is drawn for one appeal only, so what stands under it is this one's.
    """
    if waiting.drawn is None:
        return None
    try:
        return cards.read_file(registration_number(*waiting.drawn)).card
    except NotFound:
        return None


def _onces(waiting: Waiting, now: datetime) -> Iterator[Once[Registered | Held]]:
    """Yield under which keys the appeal may be registered, each if the one before is another's."""
    until = now + ONCE_KEPT

    def shape(done: Registered | Held) -> Answer:
        names = None if isinstance(done, Held) else done.card
        sealed_for = (names.code_key, names.root) if names else ()
        return Answer(202, waiting.answer, {}, sealed_for)

    if waiting.key is not None:
        once = Once(waiting.key, waiting.fingerprint, until, shape, waiting.caller)
        yield once
        yield once.apart()
    own = f"receipt|{waiting.receipt_id}"
    yield Once(own, waiting.fingerprint, now + KEPT, shape, waiting.caller)


def _register(
    waiting: Waiting, once: Once[Registered | Held], now: datetime, taking: Taking
) -> Card | None:
    new = waiting.new
    try:
        return _taken(new, once, waiting, taking)
    except (InputRefused, RuleRefused):
        bare = replace(new, uploads=(), join=None)
        if bare == new:
            raise
    card = _taken(bare, once, waiting, taking)
    return _marked(card, now, taking.cards) if card else None


def _taken(
    new: NewAppeal, once: Once[Registered | Held], waiting: Waiting, taking: Taking
) -> Card | None:
    numbers = Drawn(taking.numbers, waiting.drawn)
    done = taking.register(new, once, numbers, waiting.receipt_id)
    return None if isinstance(done, Held) else done.card


def _marked(card: Card, now: datetime, cards: Cards) -> Card:
    note = Note(EventName.ATTENTION, public=False, facts={"cause": WITHOUT})

    def attempt(file: CardFile) -> Card:
        after = replace(file.card, flags=file.card.flags | {"attention"})
        made = change(file.card, after, now, SYSTEM, note)
        cards.save(made)
        return made.card

    return on_fresh_file(cards, card.number, attempt)


def _names(card: Card) -> tuple[str, str, str]:
    return card.number, card.root, card.code_key
