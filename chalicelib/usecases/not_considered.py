"""Leave an appeal without consideration, and say how to complain of it (law 393/96 art. 8)."""

from dataclasses import replace

from chalicelib.domain.card import Action, CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.events import EventName
from chalicelib.regulation.control import timers_of_ending
from chalicelib.regulation.not_considered import Ground, require_may_leave, require_named_human
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.steps import Doing, do, stepped, written
from chalicelib.usecases.writing import Note


def not_consider(
    doing: Doing, *, ground: Ground, reason: str, city: City, cards: Cards
) -> CardFile:
    """End a card on a ground of the closed list, by a named human.

    Raises NotFound, RoleNotPermitted, StepNotAllowed, RuleRefused, VersionStale,
    ChangedMeanwhile.
    """

    def write(file: CardFile) -> Change:
        after = stepped(doing, file.card, Action.NOT_CONSIDER, city)
        require_named_human(doing.actor)
        require_may_leave(file.card, ground)
        ended = replace(after, closed_at=doing.now, timers=timers_of_ending(file.card, doing.now))
        note = Note(EventName.NOT_CONSIDERED, reason, facts={"ground": str(ground)})
        return written(doing, file, ended, note)

    return do(doing, write, cards)
