"""What the clock does when nobody else does (K-6.1, K-6.2)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from chalicelib.domain.card import Action, Card, CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.errors import ChangedMeanwhile, RuleRefused, StoreAway
from chalicelib.domain.events import EventName
from chalicelib.domain.people import SYSTEM, Role
from chalicelib.regulation.control import (
    ACCEPT,
    OVERDUE,
    PLAN_REMINDER,
    SETTLE_JOINED,
    SURVEY_CLOSES,
    SURVEY_REMINDER,
    WARNINGS,
    due_steps,
    timer_of_plan,
    without,
)
from chalicelib.regulation.lifecycle import step
from chalicelib.usecases.joining import settle_joined
from chalicelib.usecases.ports import Cards, Start
from chalicelib.usecases.writing import Note, change, moved, on_fresh_file

SHARDS = 8
CARDS_AT_ONCE = 100
AHEAD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Swept:
    """What one run came to: cards taken in hand, and those another writer took first.

    Attributes:
        defects: what one card's step broke on, by number; the other cards went on.
    """

    cards: int
    left: int
    defects: tuple[tuple[str, Exception], ...] = ()


class CardsBroken(Exception):
    """Some cards broke their step: raised after the others went on, so that the alarm sounds."""


def require_not_ahead(at: datetime, now: datetime, *, time_travel: bool) -> None:
    """Check that a sweep's time is not ahead of the clock. Raises RuleRefused."""
    if at > now + AHEAD and not time_travel:
        raise RuleRefused(words="sweep-ahead", at=at.isoformat())


def sweep(at: datetime, *, city: City, cards: Cards, start: Start) -> Swept:
    """Take every step that is due by `at`, each once however often or late this runs (K-6.1).

    A card that breaks its step holds no other card up. Raises StoreAway.
    """
    done = left = 0
    defects: list[tuple[str, Exception]] = []
    for number in _due(at, cards, start):
        try:
            on_fresh_file(cards, number, lambda file: _take_steps(file, at, city, cards))
            done += 1
        except ChangedMeanwhile:
            left += 1
        except StoreAway:
            raise
        except Exception as defect:  # noqa: BLE001 - told by the caller when the others are done
            defects.append((number, defect))
    return Swept(done, left, tuple(defects))


def _due(at: datetime, cards: Cards, start: Start) -> Iterator[str]:
    """Yield the numbers of cards that are due; all shards are asked in one wave."""
    shards = [
        start(partial(cards.to_wake, shard, at, limit=CARDS_AT_ONCE)) for shard in range(SHARDS)
    ]
    for numbers in shards:
        yield from numbers()


def _take_steps(file: CardFile, at: datetime, city: City, cards: Cards) -> None:
    names = due_steps(file.card, at)
    if SETTLE_JOINED in names and not settle_joined(file, at, city=city, cards=cards):
        names = tuple(name for name in names if name != SETTLE_JOINED)
    if names:
        cards.save(_stepped(file.card, names, at, city))


def _stepped(card: Card, names: tuple[str, ...], at: datetime, city: City) -> Change:
    after = replace(card, timers=without(card.timers, *names))
    if PLAN_REMINDER in names:
        after = replace(after, timers={**after.timers, **timer_of_plan(at)})
    if SURVEY_CLOSES in names:
        taken = step(city.law, card.status, Action.FALL_SILENT, Role.SYSTEM)
        after = moved(after, taken.target)
    return change(card, after, at, SYSTEM, *(_note(card, name) for name in names))


_CAUSES = {
    ACCEPT: "not_accepted",
    PLAN_REMINDER: "plan_waits",
    SURVEY_REMINDER: "survey_unanswered",
}


def _note(card: Card, name: str) -> Note:
    due = {"due_at": card.due_at.isoformat()}
    if name in WARNINGS:
        return Note(EventName.DEADLINE_WARNING, public=False, facts={**due, "step": name})
    if name == OVERDUE:
        return Note(EventName.OVERDUE, facts=due)
    if name == SURVEY_CLOSES:
        return Note(EventName.UNCONFIRMED)
    if name == SETTLE_JOINED:
        return Note(EventName.JOINED_SETTLED, public=False, tell=False)
    cause = _CAUSES[name]
    return Note(EventName.ATTENTION, public=False, facts={"cause": cause})
