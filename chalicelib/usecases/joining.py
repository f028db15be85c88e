"""Join a card to another about the same matter, undo it, and end both alike (art. 8, K-3.1)."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.card import Action, Card, CardFile, Change, Status
from chalicelib.domain.city import City
from chalicelib.domain.errors import Fault, InputRefused, NotFound
from chalicelib.domain.events import EventName
from chalicelib.domain.people import SYSTEM, Actor
from chalicelib.regulation.control import HAS_JOINED, OVERDUE, timers_of_start
from chalicelib.regulation.joining import (
    WITH_THE_MAIN_CARD,
    joined_numbers,
    require_joined,
    require_may_join,
)
from chalicelib.regulation.lifecycle import step
from chalicelib.usecases.decisions import closed
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.steps import Doing, do, stepped, written
from chalicelib.usecases.writing import Note, change, moved, on_fresh_file

AT_ONCE = 100
"""How many joined cards one run of the schedule ends; the rest waits a minute."""


def join(doing: Doing, *, to: str, city: City, cards: Cards) -> CardFile:
    """Join a card to the main one; it keeps its number, term, reply and survey.

    Raises NotFound, RoleNotPermitted, StepNotAllowed, InputRefused, RuleRefused, VersionStale,
    ChangedMeanwhile.
    """

    def write(file: CardFile) -> tuple[Change, ...]:
        after = stepped(doing, file.card, Action.JOIN, city)
        main = read_main(to, "to", cards)
        require_may_join(file, main, city.law)
        linked = replace(after, joined_to=to, executor=main.card.executor, performer=None)
        note = Note(EventName.JOINED, facts={"number": to})
        return written(doing, file, linked, note), gathering(main, linked, doing.now, doing.actor)

    return do(doing, write, cards)


def unjoin(doing: Doing, *, reason: str, city: City, cards: Cards) -> CardFile:
    """Undo a joining: the card is registered again, under the term it always had.

    Raises NotFound, RoleNotPermitted, StepNotAllowed, VersionStale, ChangedMeanwhile.
    """

    def write(file: CardFile) -> tuple[Change, ...]:
        stepped(doing, file.card, Action.UNJOIN, city)
        main = cards.read_file(require_joined(file.card))
        own = separated(file, reason, doing.now, doing.actor, city)
        return own, _left(main, file.card.number, doing.now, doing.actor)

    return do(doing, write, cards)


def read_main(number: str, field: str, cards: Cards) -> CardFile:
    """Return the file of the card that another is to be joined to. Raises InputRefused."""
    try:
        return cards.read_file(number)
    except NotFound:
        raise InputRefused(faults=(Fault(field, "unknown_card"),)) from None


def gathering(main: CardFile, joined: Card, now: datetime, actor: Actor) -> Change:
    """Return the main card's part of a joining; by its facts the joined card's code opens it."""
    facts = {"number": joined.number, "root": joined.root, "code_key": joined.code_key}
    note = Note(EventName.JOINED, public=False, facts=facts, tell=False)
    after = replace(main.card, flags=main.card.flags | {HAS_JOINED})
    return change(main.card, after, now, actor, note)


def separated(file: CardFile, reason: str, now: datetime, actor: Actor, city: City) -> Change:
    """Return the change of a joined card that goes its own way again."""
    card = file.card
    taken = step(city.law, card.status, Action.UNJOIN, actor.role)
    alone = replace(moved(card, taken.target), joined_to=None, executor=None)
    after = replace(alone, timers=_timers(file, alone, now, city))
    note = Note(EventName.UNJOINED, reason, facts={"number": card.joined_to or ""})
    return change(card, after, now, actor, note)


def settle_joined(main: CardFile, at: datetime, *, city: City, cards: Cards) -> bool:
    """End the cards joined to one that has ended; tell whether none is left.

    A closed main card closes and surveys them; after any other end each is considered on its
    own. Each card is one transaction and is left alone if it stands joined no more, so a run
    that broke off is simply repeated.
    """
    numbers = joined_numbers(main)
    settled = 0
    for number in numbers:
        if settled == AT_ONCE:
            return False
        settled += on_fresh_file(cards, number, lambda file: _settle(file, main, at, city, cards))
    return True


def _settle(file: CardFile, main: CardFile, at: datetime, city: City, cards: Cards) -> bool:
    card = file.card
    if card.status is not Status.JOINED or card.joined_to != main.card.number:
        return False
    if main.card.status in WITH_THE_MAIN_CARD:
        cards.save(_closed_with(file, main, at, city))
    else:
        cards.save(separated(file, "", at, SYSTEM, city))
    return True


def _closed_with(file: CardFile, main: CardFile, at: datetime, city: City) -> Change:
    result, reported = main.card.result, _reported(main)
    outcome = closed(replace(file, card=replace(file.card, result=result)), SYSTEM, at, city)
    ended = replace(
        outcome.card,
        executor=main.card.executor,
        answered_at=main.card.answered_at,
        closed_at=main.card.closed_at,
    )
    notes = (reported,) if reported else ()
    made = change(file.card, ended, at, SYSTEM, *notes, *outcome.notes)
    reply = replace(main.reply, number=file.card.number) if main.reply else None
    return replace(made, surveys=(outcome.survey,) if outcome.survey else (), reply=reply)


def _reported(main: CardFile) -> Note | None:
    found = [event for event in main.events if event.name is EventName.REPORTED]
    return Note(EventName.REPORTED, found[-1].text, facts=found[-1].facts) if found else None


def _left(main: CardFile, number: str, now: datetime, actor: Actor) -> Change:
    others = set(joined_numbers(main)) - {number}
    flags = main.card.flags if others else main.card.flags - {HAS_JOINED}
    note = Note(EventName.UNJOINED, public=False, facts={"number": number}, tell=False)
    return change(main.card, replace(main.card, flags=flags), now, actor, note)


def _timers(file: CardFile, alone: Card, now: datetime, city: City) -> dict[str, datetime]:
    term = timers_of_start(alone, now, city)
    if any(event.name is EventName.OVERDUE for event in file.events):
        term.pop(OVERDUE, None)
    return {name: at for name, at in term.items() if at > now or name == OVERDUE}
