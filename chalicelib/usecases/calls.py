"""Keep what happened in a call: warnings, its end, a consultation; a record, never a card."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from chalicelib.domain.call import CallEvent, CallEventName, EndReason, Recording
from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City, Edition
from chalicelib.domain.errors import Fault, InputRefused, NotFound
from chalicelib.domain.events import EventName
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.calls import (
    kept_until,
    may_end,
    require_may_end,
    warnings_of,
    warnings_since,
)
from chalicelib.regulation.permissions import Deed, require, require_on, require_sees
from chalicelib.usecases.call_ports import Calls, RecordingFiles
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.writing import Note, change, on_fresh_file

HEARD_SECONDS: Final = 120
"""How long the address of a recording may be opened."""

_MOST_EVENTS: Final = 50


@dataclass(frozen=True, slots=True)
class Happened:
    """What an operator tells of a call.

    Attributes:
        id: of the new record.
        topic, street: what a consultation was about.
        seconds: how long the call had lasted; None where nobody counted.
    """

    id: str
    name: CallEventName
    phone: str | None = None
    call_id: str | None = None
    reason: EndReason | None = None
    text: str = ""
    topic: str | None = None
    street: str = ""
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """A kept event, and how many warnings the caller has had.

    Attributes:
        may_end: whether they are enough to end the talk for abuse (K-3.4).
    """

    event: CallEvent
    warnings: int
    may_end: bool


def note(
    happened: Happened, *, actor: Actor, once: Once[Noted], now: datetime, city: City, calls: Calls
) -> Noted:
    """Keep what happened in a call (K-3.4, K-2).

    Raises RoleNotPermitted, InputRefused (whose call is it?), RuleRefused (end without the
    warnings before it), OnceAnswered.
    """
    require(actor, Deed.TAKE_CALLS)
    edition = city.edition_at(now)
    before = _warnings(happened, now, edition, calls)
    if happened.name is CallEventName.ENDED and happened.reason is not None:
        require_may_end(happened.reason, before, edition)
    warnings = before + (happened.name is CallEventName.WARNED)
    event = CallEvent(
        id=happened.id,
        at=now,
        name=happened.name,
        by=actor,
        phone=happened.phone,
        call_id=happened.call_id,
        text=happened.text,
        facts=_facts(happened, warnings),
    )
    noted = Noted(event, warnings, may_end(warnings, edition))
    keep(event, city, calls, once=once, result=noted)
    return noted


def keep(
    event: CallEvent,
    city: City,
    calls: Calls,
    *,
    once: Once[Noted] | None = None,
    result: Noted | None = None,
) -> None:
    """Write an event for as long as the city keeps them. Raises OnceAnswered."""
    until = kept_until(event.at, city.edition_at(event.at))
    record = once.record(result) if once is not None and result is not None else None
    calls.note(event, month=month_of(event.at, city), until=until, once=record)


def recent(
    phone: str | None, call_id: str | None, now: datetime, edition: Edition, calls: Calls
) -> list[CallEvent]:
    """Return what happened lately to a caller, newest first: as long as warnings count."""
    since = warnings_since(now, edition)
    if phone is not None:
        return calls.of_caller(phone, since, limit=_MOST_EVENTS)
    return calls.of_call(call_id, since) if call_id is not None else []


def month_of(instant: datetime, city: City) -> str:
    """Return the month of an instant by the city's calendar, such as `2026-03`."""
    return local_date(instant, city.calendar).isoformat()[:7]


@dataclass(frozen=True, slots=True)
class CallCounts:
    """What happened in the calls of a period."""

    counts: Counter[CallEventName]
    topics: Counter[str]


def counted(
    from_day: date, until_day: date, *, actor: Actor, city: City, calls: Calls
) -> CallCounts:
    """Count what happened in calls from one day to another, both counted, by month.

    Raises RoleNotPermitted.
    """
    require(actor, Deed.READ_REPORTS)
    events = [
        event
        for month in _months(from_day, until_day)
        for event in calls.of_month(month)
        if from_day <= local_date(event.at, city.calendar) <= until_day
    ]
    topics = Counter(
        event.facts["topic"]
        for event in events
        if event.name is CallEventName.CONSULTED and "topic" in event.facts
    )
    return CallCounts(Counter(event.name for event in events), topics)


def listen(
    number: str,
    *,
    actor: Actor,
    once: Once[str],
    now: datetime,
    cards: Cards,
    calls: Calls,
    files: RecordingFiles,
) -> str:
    """Return where a card's call can be heard; who has heard it stands in the history (LAW-10).

    Raises NotFound (no card, or no recording), RoleNotPermitted, ChangedMeanwhile.
    """

    def attempt(file: CardFile) -> str:
        require_sees(actor, file.card)
        require_on(actor, Deed.LISTEN, file.card)
        link = files.link(recording_of(file, now, calls).key, seconds=HEARD_SECONDS)
        heard = Note(EventName.RECORDING_HEARD, public=False, tell=False)
        cards.save(change(file.card, file.card, now, actor, heard), once=once.record(link))
        return link

    return on_fresh_file(cards, number, attempt)


def recording_of(file: CardFile, now: datetime, calls: Calls) -> Recording:
    """Return the recording of the call that a card came of. Raises NotFound."""
    call_id = file.appeal.call_id
    found = calls.recording(call_id, now) if call_id else None
    if found is None:
        raise NotFound(words="no-recording")
    return found


def _warnings(happened: Happened, now: datetime, edition: Edition, calls: Calls) -> int:
    if happened.name not in {CallEventName.WARNED, CallEventName.ENDED}:
        return 0
    if happened.phone is None and happened.call_id is None:
        raise InputRefused(faults=(Fault("phone", "whose_call"),))
    events = recent(happened.phone, happened.call_id, now, edition, calls)
    return warnings_of(events, happened.call_id)


def _facts(happened: Happened, warnings: int) -> dict[str, str]:
    facts = {
        "reason": str(happened.reason or ""),
        "topic": happened.topic or "",
        "street": happened.street,
        "seconds": "" if happened.seconds is None else str(happened.seconds),
        "warning": str(warnings) if happened.name is CallEventName.WARNED else "",
    }
    return {name: fact for name, fact in facts.items() if fact}


def _months(from_day: date, until_day: date) -> Iterable[str]:
    day = from_day.replace(day=1)
    while day <= until_day:
        yield day.isoformat()[:7]
        day = _month_after(day)


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
