"""Leave an appeal without consideration, and say how to complain of it (law 393/96 art. 8)."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.domain.card import Action, Card, CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.events import EventName
from chalicelib.regulation.control import timers_of_ending
from chalicelib.regulation.not_considered import (
    Ground,
    require_may_leave,
    require_named_human,
    require_same_person,
    resolved_before,
)
from chalicelib.usecases.joining import read_main
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.steps import Doing, do, stepped, written
from chalicelib.usecases.writing import Note

_LATEST = 100
"""How many of a person's latest appeals are looked through for one that was resolved."""


def not_consider(
    doing: Doing,
    *,
    ground: Ground,
    reason: str,
    earlier: str | None = None,
    city: City,
    cards: Cards,
) -> CardFile:
    """End a card on a ground of the closed list, by a named human.

    Args:
        earlier: number of the card by which a repeated one was resolved; None looks for it by
            the applicant's phone.

    Raises NotFound, RoleNotPermitted, StepNotAllowed, RuleRefused, InputRefused (an unknown
    earlier card), VersionStale, ChangedMeanwhile.
    """

    def write(file: CardFile) -> Change:
        after = stepped(doing, file.card, Action.NOT_CONSIDER, city)
        require_named_human(doing.actor)
        require_may_leave(file, ground)
        facts = {"ground": str(ground)}
        if ground is Ground.REPEATED:
            facts["earlier"] = resolved_before(file.card, _earlier(file, earlier, cards))
        timers = timers_of_ending(file.card, doing.now, city)
        ended = replace(after, closed_at=doing.now, timers=timers)
        note = Note(EventName.NOT_CONSIDERED, reason, facts=facts)
        return written(doing, file, ended, note)

    return do(doing, write, cards)


def _earlier(file: CardFile, named: str | None, cards: Cards) -> Sequence[Card]:
    if named is not None:
        other = read_main(named, "earlier", cards)
        require_same_person(file.appeal, other.appeal)
        return [other.card]
    phone = file.appeal.applicant.phone
    return cards.read_cards(cards.by_phone(phone, limit=_LATEST)) if phone else []
