"""Answer the city's telephone exchange: whom to let through (K-3.4), and what it tells of calls.

Whatever fails here, the call is let through: a blocked caller who gets in is a nuisance, a
caller in need who is kept out is a harm.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from chalicelib.domain.call import Block, CallEvent, CallEventName, Recording
from chalicelib.domain.city import City
from chalicelib.domain.errors import ChangedMeanwhile, NotFound, StoreAway
from chalicelib.domain.people import SYSTEM
from chalicelib.regulation.calls import RECORDING, recording_kept_until
from chalicelib.regulation.lifecycle import OPEN
from chalicelib.usecases.call_ports import Blocks, Calls, Within
from chalicelib.usecases.calls import keep
from chalicelib.usecases.ports import Cards

PATIENCE_SECONDS: Final = 1.2
"""How long a ringing call waits for us; exchanges give up after about two seconds."""

_MOST_READ: Final = 20


@dataclass(frozen=True, slots=True)
class Ringing:
    """A call that is ringing.

    Attributes:
        caller: E.164; None for a withheld number or one that cannot be one.
        call_id: the exchange's name of the call.
    """

    caller: str | None
    call_id: str | None = None


@dataclass(frozen=True, slots=True)
class Screened:
    """Whether a call is let through; a block that stands says until when and why it is not."""

    block: Block | None = None

    @property
    def is_blocked(self) -> bool:
        """Tell whether the call is turned away."""
        return self.block is not None


def screen(
    ringing: Ringing,
    *,
    event_id: str,
    now: datetime,
    city: City,
    blocks: Blocks,
    calls: Calls,
    within: Within,
) -> Screened:
    """Tell whether a call is let through: always, unless its very number is blocked now.

    A call that is turned away is kept as a record, if that can be done at once.
    """
    if ringing.caller is None:
        return Screened()
    asked: Callable[[], Block | None] = partial(blocks.read, ringing.caller)
    try:
        block = within(PATIENCE_SECONDS, asked)
    except StoreAway:
        return Screened()
    if block is None or not block.stands(now):
        return Screened()
    event = CallEvent(
        event_id, now, CallEventName.TURNED_AWAY, SYSTEM, ringing.caller, ringing.call_id
    )
    with suppress(StoreAway, ChangedMeanwhile):
        within(PATIENCE_SECONDS, lambda: keep(event, city, calls))
    return Screened(block)


def known(ringing: Ringing, *, cards: Cards, within: Within) -> tuple[str, int]:
    """Return a caller's surname with initials and how many cards are open; nothing if it is late.

    More of a person is not told to an exchange that the city does not keep itself.
    """
    phone = ringing.caller
    if phone is None:
        return "", 0
    try:
        return within(PATIENCE_SECONDS, lambda: _known(phone, cards))
    except (StoreAway, NotFound):
        return "", 0


def _known(phone: str, cards: Cards) -> tuple[str, int]:
    numbers = cards.by_phone(phone, limit=_MOST_READ)
    if not numbers:
        return "", 0
    name = cards.read_file(numbers[0]).appeal.applicant.name
    return with_initials(name), sum(card.status in OPEN for card in cards.read_cards(numbers))


def with_initials(name: str) -> str:
    """Return a name with everything but its first word shortened."""
    first, *others = name.split() or [""]
    return " ".join([first, *(f"{word[0]}." for word in others)])


@dataclass(frozen=True, slots=True)
class Completed:
    """A call that has ended, as the exchange tells it."""

    call_id: str
    phone: str | None = None
    seconds: int | None = None
    answered: bool = True


def note_completed(completed: Completed, at: datetime, *, city: City, calls: Calls) -> None:
    """Keep that a call ended at an instant; told twice, it is kept once. Raises StoreAway."""
    facts = {
        "seconds": "" if completed.seconds is None else str(completed.seconds),
        "answered": "" if completed.answered else "no",
    }
    event = CallEvent(
        id=f"completed-{completed.call_id}",
        at=at,
        name=CallEventName.COMPLETED,
        by=SYSTEM,
        phone=completed.phone,
        call_id=completed.call_id,
        facts={name: fact for name, fact in facts.items() if fact},
    )
    keep(event, city, calls)


def keep_recording(
    call_id: str, key: str, recorded_at: datetime, *, city: City, calls: Calls
) -> bool:
    """Link a recording to its call; nothing is linked in a city that does not record calls.

    Returns whether it was linked. Raises StoreAway.
    """
    until = recording_kept_until(recorded_at, city)
    if until is None:
        return False
    calls.keep_recording(Recording(call_id, key, recorded_at, until))
    return True


def announcement(screened: Screened, city: City) -> str:
    """Return the name of the announcement that the exchange plays; empty for none."""
    if screened.is_blocked:
        return "blocked_uk"
    return "recorded_uk" if RECORDING in city.features else ""
