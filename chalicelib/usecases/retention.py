"""Keep what is old, hold what must stay, release what an admin decides to destroy (LAW-13)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import EventName
from chalicelib.domain.numbers import registration_number
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.regulation.permissions import Deed, require, require_sees
from chalicelib.regulation.retention import HOLD, Judged, judged, require_year_over
from chalicelib.usecases.ports import Cards, EvidenceFiles, Numbers
from chalicelib.usecases.retention_ports import Keeping, KeptCard, Release
from chalicelib.usecases.writing import Note, change, file_after, on_fresh_file

AT_ONCE: Final = 100
"""How many numbers of a year one call looks at."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Who looks at old cards when, and where they are.

    Attributes:
        after: the sequence number after which this call begins; 0 for the year's first card.
    """

    year: int
    after: int
    actor: Actor
    now: datetime
    city: City
    keeping: Keeping
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class YearPage:
    """Some cards of a year in the order of their numbers.

    Attributes:
        released: numbers of the cards that are released, by this call or before.
        kept: the others, each with why it stays; None for one that may be released.
        following: after which sequence number the next page begins, None at the end.
        releases: who has released cards of this year before.
    """

    released: tuple[str, ...]
    kept: tuple[Judged, ...]
    following: int | None
    releases: tuple[Release, ...] = ()


def look(shelf: Shelf) -> YearPage:
    """Return what may be released of a year and what stays, and why. Raises RoleNotPermitted."""
    require(shelf.actor, Deed.RETAIN)
    cards = _of_year(shelf)
    released = tuple(each.card.number for each in cards if each.released)
    page = YearPage(released, tuple(_judged(shelf, cards)), _following(shelf))
    return replace(page, releases=tuple(shelf.keeping.releases(shelf.year)))


def release(shelf: Shelf, act: str, *, once: Once[YearPage], files: EvidenceFiles) -> YearPage:
    """Release the cards of a page whose keeping term has ended; the rest stays, and why is said.

    Who releases what is kept first. Released cards are read by nobody from now on and vanish by
    themselves; their files are deleted. Doing it again finishes what broke off, and changes
    nothing else.

    Raises RoleNotPermitted, RuleRefused (the year is still kept), ChangedMeanwhile.
    """
    require(shelf.actor, Deed.RETAIN)
    require_year_over(shelf.year, shelf.now, shelf.city)
    found = _of_year(shelf)
    verdicts = tuple(_judged(shelf, found))
    free = [verdict.card for verdict in verdicts if verdict.kept is None]
    if free:
        shelf.keeping.record(_release_of(shelf, act, free))
    gone = [*(each.card for each in found if each.released), *free]
    for card in gone:
        for key in shelf.keeping.release(card, shelf.now):
            files.remove(key)
    kept = tuple(verdict for verdict in verdicts if verdict.kept is not None)
    page = YearPage(tuple(card.number for card in gone), kept, _following(shelf))
    answer = once.record(page)
    if answer is not None:
        shelf.keeping.answer(answer, shelf.now)
    return page


def hold(
    number: str, reason: str, *, actor: Actor, once: Once[CardFile], now: datetime, cards: Cards
) -> CardFile:
    """Keep a card whatever its age until the hold is lifted.

    Raises NotFound, RoleNotPermitted, ChangedMeanwhile.
    """
    note = Note(EventName.HELD, reason, public=False, tell=False)
    return _held(number, note, held=True, actor=actor, once=once, now=now, cards=cards)


def lift_hold(
    number: str, *, actor: Actor, once: Once[CardFile], now: datetime, cards: Cards
) -> CardFile:
    """Let a held card go its way. Raises NotFound (no card, no hold), RoleNotPermitted."""
    note = Note(EventName.HOLD_LIFTED, public=False, tell=False)
    return _held(number, note, held=False, actor=actor, once=once, now=now, cards=cards)


def _held(
    number: str,
    note: Note,
    *,
    held: bool,
    actor: Actor,
    once: Once[CardFile],
    now: datetime,
    cards: Cards,
) -> CardFile:
    def attempt(file: CardFile) -> CardFile:
        require(actor, Deed.RETAIN)
        require_sees(actor, file.card)
        if not held and HOLD not in file.card.flags:
            raise NotFound(words="no-hold")
        flags = file.card.flags | {HOLD} if held else file.card.flags - {HOLD}
        written = change(file.card, replace(file.card, flags=flags), now, actor, note)
        after = file_after(file, written)
        cards.save(written, once=once.record(after))
        return after

    return on_fresh_file(cards, number, attempt)


def _release_of(shelf: Shelf, act: str, free: Iterable[Card]) -> Release:
    by, numbers = shelf.actor, frozenset(card.number for card in free)
    return Release(shelf.year, shelf.after, shelf.now, by.subject, by.name, act, numbers)


def _of_year(shelf: Shelf) -> list[KeptCard]:
    """Return the page's cards: the numbers of a year follow each other, so none is searched."""
    last = min(shelf.after + AT_ONCE, shelf.numbers.last_sequence(shelf.year))
    sequences = range(shelf.after + 1, last + 1)
    return shelf.keeping.read([registration_number(shelf.year, each) for each in sequences])


def _following(shelf: Shelf) -> int | None:
    reached = shelf.after + AT_ONCE
    return reached if reached < shelf.numbers.last_sequence(shelf.year) else None


def _judged(shelf: Shelf, cards: Iterable[KeptCard]) -> Iterator[Judged]:
    for each in cards:
        if not each.released:
            linked = _linked(each.card, shelf.keeping)
            yield judged(each.card, linked, shelf.now, shelf.city)


def _linked(card: Card, keeping: Keeping) -> list[Card]:
    """Return the kept cards that came of a card: its repeats and parts, and theirs in turn."""
    found: dict[str, Card] = {}
    asked = [*card.repeats, *card.parts]
    while asked:
        new = [each.card for each in keeping.read(asked) if not each.released]
        found |= {each.number: each for each in new}
        named = (number for each in new for number in (*each.repeats, *each.parts))
        asked = [number for number in named if number not in found]
    return list(found.values())
