"""One answer to every appeal that is linked to a repair work (K-5.1.4, K-5.1.10)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.errors import ChangedMeanwhile, NotFound, RuleRefused, StoreAway
from chalicelib.domain.events import EventName
from chalicelib.domain.people import Actor
from chalicelib.domain.repair_work import RepairWork, WorkChange, WorkEvent, WorkFile
from chalicelib.regulation.permissions import Deed
from chalicelib.regulation.repair_works import (
    ANSWER,
    KNOWN_WORK,
    require_own_work,
)
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.work_ports import RepairWorks
from chalicelib.usecases.work_writing import Keeping, WorkNote, keep
from chalicelib.usecases.writing import Note, change, on_fresh_file

AT_ONCE: Final = 25
"""How many cards are answered before the work is written again."""

_MOST_IN_A_STREET: Final = 10_000
_READ_AT_ONCE: Final = 100
_BEFORE_THE_WORK: Final = timedelta(days=30)
"""How long before it was entered an appeal may have been received, on paper or by phone."""


@dataclass(frozen=True, slots=True)
class LinkedCard:
    """A card that a work was known at, and whether it was answered with it."""

    card: Card
    answered: bool


def linked(work_id: str, *, actor: Actor, works: RepairWorks, cards: Cards) -> list[LinkedCard]:
    """Return the cards that are linked to a work, newest first.

    Raises NotFound, RoleNotPermitted.
    """
    work = works.read(work_id).work
    require_own_work(actor, Deed.ANSWER_WORK, work.executor)
    return [LinkedCard(card, KNOWN_WORK not in card.flags) for card in linked_cards(work, cards)]


def answer(text: str, keeping: Keeping, *, works: RepairWorks, cards: Cards) -> WorkFile:
    """Give one answer to all linked cards: to the first ones now, to the others by the sweep.

    Raises NotFound, RoleNotPermitted, RuleRefused (the last answer is still under way),
    VersionStale, ChangedMeanwhile.
    """

    def write(work: RepairWork) -> tuple[RepairWork, tuple[WorkNote, ...]]:
        if work.answering:
            raise RuleRefused(words="answer-under-way", clause="K-5.1.4")
        timers = {**work.timers, ANSWER: keeping.now}
        after = replace(work, timers=timers, answering=(work.seq + 1,))
        return after, (WorkNote(WorkEvent.ANSWERED, text),)

    file = keep(keeping, write, works, deed=Deed.ANSWER_WORK)
    # What breaks off here is taken up by the sweep within a minute.
    with suppress(StoreAway, ChangedMeanwhile):
        carry_out_answers(file, keeping.now, most=AT_ONCE, cards=cards)
    return file


def carry_out_answers(file: WorkFile, at: datetime, *, most: int, cards: Cards) -> bool:
    """Bring the work's answer to linked cards that have not got it; tell whether none is left.

    A card has got it when its history says so, and that is written with it: however often this
    is run, and by how many at once, each card is answered once.
    """
    given = [each for each in file.changes if each.seq in file.work.answering]
    done = 0
    for card in linked_cards(file.work, cards):
        for each in given:
            if done == most:
                return False
            done += _answered(card.number, file.work, each, at, cards)
    return True


def linked_cards(work: RepairWork, cards: Cards) -> Iterator[Card]:
    """Yield the cards that are linked to a work, newest first, each once."""
    seen: set[str] = set()
    for key in work.streets:
        for card in _of_street(key, work.registered_at - _BEFORE_THE_WORK, cards):
            if work.id in card.works and card.number not in seen:
                seen.add(card.number)
                yield card


def _of_street(key: str, since: datetime, cards: Cards) -> Iterator[Card]:
    numbers = cards.at_place(key, None, limit=_MOST_IN_A_STREET)
    for start in range(0, len(numbers), _READ_AT_ONCE):
        found = cards.read_cards(numbers[start : start + _READ_AT_ONCE])
        yield from found
        if found and found[-1].received_at < since:
            return


def _answered(number: str, work: RepairWork, given: WorkChange, at: datetime, cards: Cards) -> bool:
    mark = {"work": work.id, "answer": str(given.seq)}

    def attempt(file: CardFile) -> bool:
        if any(mark.items() <= event.facts.items() for event in file.events):
            return False
        note = Note(EventName.COMMENTED, given.text, facts=mark)
        after = replace(file.card, flags=file.card.flags - {KNOWN_WORK})
        cards.save(change(file.card, after, at, given.by, note))
        return True

    try:
        return on_fresh_file(cards, number, attempt)
    except NotFound:
        return False
