"""What the clock does when nobody else does (K-6.1, K-6.2).

Cards, and whatever else stands among them with a `wake_at`, are found by one index and woken
oldest first. What fails three times is parked for an hour, so that it stops nothing else.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from heapq import merge

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import ChangedMeanwhile, NotFound, RuleRefused, StoreAway
from chalicelib.domain.people import SYSTEM
from chalicelib.regulation.control import SETTLE_JOINED, without
from chalicelib.regulation.control_steps import ControlStep, due_steps
from chalicelib.usecases.joining import settle_joined
from chalicelib.usecases.ports import Cards, Start, Waking
from chalicelib.usecases.sweep_ports import Failing, Parking
from chalicelib.usecases.writing import Note, change, on_fresh_file

SHARDS = 8
AT_ONCE = 100
"""How many of a shard one run takes; the next minute goes on with the rest."""
AHEAD = timedelta(minutes=5)
CARD = "CARD"

Wake = Callable[[Waking, datetime], object]
"""Does what is due for one waking thing at an instant, once however often it is called."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What one run came to.

    Attributes:
        cards: how many cards and other things were taken in hand.
        left: those that another writer took first.
        parked: those that are left alone for an hour, because they have failed three times.
        defects: what one step broke on, by its id; the others went on.
        unfinished: whether time ran out; the next minute goes on.
    """

    cards: int = 0
    left: int = 0
    parked: tuple[str, ...] = ()
    defects: tuple[tuple[str, Exception], ...] = ()
    unfinished: bool = False


class CardsBroken(Exception):
    """Some cards broke their step: raised after the others went on, so that the alarm sounds."""


@dataclass(frozen=True, slots=True)
class Sweeping:
    """One run: its instant, and what it works with.

    Attributes:
        others: what wakes things that are no cards, by the first word of their part.
        in_time: whether there is time for one more.
    """

    at: datetime
    city: City
    cards: Cards
    start: Start
    parking: Parking
    others: Mapping[str, Wake] = field(default_factory=dict)
    in_time: Callable[[], bool] = lambda: True


def require_not_ahead(at: datetime, now: datetime, *, time_travel: bool) -> None:
    """Check that a sweep's time is not ahead of the clock. Raises RuleRefused."""
    if at > now + AHEAD and not time_travel:
        raise RuleRefused(words="sweep-ahead", at=at.isoformat())


def sweep(run: Sweeping) -> Swept:
    """Take every step that is due, each once however often or late this runs (K-6.1).

    What breaks its step holds nothing else up. Raises StoreAway.
    """
    first = _waking(run, ())
    if not first:
        return Swept()
    failing = run.parking.failing(run.at)
    parked = frozenset(name for name, found in failing.items() if found.is_parked(run.at))
    waking = _waking(run, parked) if parked & {each.id for each in first} else first
    return _woken(run, waking, failing, parked)


def _waking(run: Sweeping, passing_over: Collection[str]) -> list[Waking]:
    """Return what is due, oldest first; all shards are asked in one wave."""
    find = partial(run.cards.to_wake, until=run.at, limit=AT_ONCE, passing_over=passing_over)
    shards = [run.start(partial(find, shard)) for shard in range(SHARDS)]
    return list(merge(*(found() for found in shards), key=lambda each: each.at))


def _woken(
    run: Sweeping,
    waking: Sequence[Waking],
    failing: Mapping[str, Failing],
    parked: Collection[str],
) -> Swept:
    done = left = 0
    defects: list[tuple[str, Exception]] = []
    for each, wake in _wakers(run, waking):
        if not run.in_time():
            return Swept(done, left, tuple(parked), tuple(defects), unfinished=True)
        try:
            wake()
            done += 1
        except ChangedMeanwhile:
            left += 1
        except StoreAway:
            raise
        except Exception as defect:  # noqa: BLE001 - told by the caller when the others are done
            defects.append((each.id, defect))
            run.parking.failed(each.id, run.at)
        else:
            if each.id in failing:
                run.parking.mended(each.id, run.at)
    return Swept(done, left, tuple(sorted(parked)), tuple(defects))


def _wakers(
    run: Sweeping, waking: Sequence[Waking]
) -> Iterator[tuple[Waking, Callable[[], object]]]:
    """Yield what is to be woken with its waking; cards are read by the hundred."""
    for begin in range(0, len(waking), AT_ONCE):
        batch = waking[begin : begin + AT_ONCE]
        cards = _read(run, [each.number for each in batch if each.part == CARD])
        for each in batch:
            if each.part == CARD:
                yield each, partial(_wake_card, run, each.number, cards.get(each.number))
            else:
                yield each, partial(_wake_other, run, each)


def _read(run: Sweeping, numbers: Sequence[str]) -> dict[str, Card]:
    """Return cards by number; one that cannot be read is read again, alone, in its own turn."""
    if not numbers:
        return {}
    try:
        return {card.number: card for card in run.cards.read_cards(numbers)}
    except StoreAway:
        raise
    except Exception:  # noqa: BLE001 - whichever it is, its own turn tells
        return {}


def _wake_other(run: Sweeping, each: Waking) -> None:
    run.others[each.part.partition("#")[0]](each, run.at)


def _wake_card(run: Sweeping, number: str, card: Card | None) -> None:
    """Take a card's steps by what was read of it, or by its fresh file if that is not enough."""
    if card is not None and SETTLE_JOINED not in card.timers:
        with suppress(ChangedMeanwhile):
            _step_on(run, card)
            return
    with suppress(NotFound):
        on_fresh_file(run.cards, number, partial(_step_on_file, run))


def _step_on_file(run: Sweeping, file: CardFile) -> None:
    """Take a card's steps; while cards joined to it are left, their timer keeps its turn."""
    due_at = file.card.timers.get(SETTLE_JOINED)
    settling = due_at is not None and due_at <= run.at
    done = not settling or settle_joined(file, run.at, city=run.city, cards=run.cards)
    _step_on(run, file.card, () if done else (SETTLE_JOINED,))


def _step_on(run: Sweeping, card: Card, waiting: Collection[str] = ()) -> None:
    kept = {name: at for name, at in card.timers.items() if name in waiting}
    free = replace(card, timers=without(card.timers, *waiting))
    after, steps = due_steps(free, run.at, run.city)
    if steps:
        after = replace(after, timers={**after.timers, **kept})
        run.cards.save(change(card, after, run.at, SYSTEM, *map(_note, steps)))


def _note(step: ControlStep) -> Note:
    facts = {**step.facts, "since_at": step.since_at.isoformat()}
    return Note(step.event, public=step.public, facts=facts, tell=step.tell)
