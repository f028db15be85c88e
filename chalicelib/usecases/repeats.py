"""The repeat appeal: a new card, a new clock, linked both ways to what it returns (K-6.2)."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.card import Action, Card, CardFile, Change, Status
from chalicelib.domain.city import City
from chalicelib.domain.events import EventName
from chalicelib.domain.numbers import registration_number
from chalicelib.domain.people import SYSTEM, Actor
from chalicelib.regulation.appointments import receives
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.control import HAS_JOINED, timers_of_start
from chalicelib.regulation.deadlines import deadline
from chalicelib.regulation.intake import excerpt
from chalicelib.regulation.lifecycle import step
from chalicelib.regulation.retention import HOLD
from chalicelib.regulation.surveys import needs_coordinator, repeat_text
from chalicelib.usecases.screening import hidden_anew
from chalicelib.usecases.writing import ANSWERED, Note, change, events_after, moved


@dataclass(frozen=True, slots=True)
class Returning:
    """Who returns a card when, why, and under which number of the year the repeat stands."""

    actor: Actor
    action: Action
    reason: str
    sequence: int
    now: datetime


@clause("K-6.2")
def returned(
    file: CardFile, returning: Returning, *notes: Note, city: City
) -> tuple[Change, Change]:
    """Return the two changes of one transaction: the parent returned, the repeat registered.

    Raises StepNotAllowed, RoleNotPermitted.
    """
    card, now = file.card, returning.now
    number = registration_number(local_date(now, city.calendar).year, returning.sequence)
    taken = step(city.law, card.status, returning.action, returning.actor.role)
    parent = replace(moved(card, taken.target), repeats=(*card.repeats, number))
    told = Note(EventName.RETURNED, returning.reason, facts={"number": number})
    parent_change = change(card, parent, now, returning.actor, *notes, told)
    return parent_change, _repeat(file, number, returning, city)


def _repeat(file: CardFile, number: str, returning: Returning, city: City) -> Change:
    parent, now = file.card, returning.now
    edition = city.edition_at(now)
    due = deadline(now, parent.urgency, edition=edition, calendar=city.calendar, law=city.law)
    text = repeat_text(returning.reason, file.appeal.text, parent=parent.number)
    again = replace(file.appeal, number=number, text=text, received_at=now, external_id=None)
    appeal = hidden_anew(again, now, city)
    executor = _executor(parent, city)
    card = Card(
        number=number,
        root=parent.root,
        status=Status.SENT if executor else Status.REGISTERED,
        topic=parent.topic,
        urgency=parent.urgency,
        executor=executor,
        kind=parent.kind,
        channel=parent.channel,
        received_at=now,
        registered_at=now,
        due_at=due.due_at,
        certain_late_at=due.certain_late_at,
        edition=edition.name,
        code_key=parent.code_key,
        street=parent.street,
        building=parent.building,
        excerpt=excerpt(appeal.shared_text),
        repeat_of=parent.number,
        repeat_no=parent.repeat_no + 1,
        flags=_flags(parent, parent.repeat_no + 1, city),
    )
    card = replace(card, timers=timers_of_start(card, now, city))
    events = events_after(0, now, SYSTEM, *_notes(card, returning.reason))
    return Change(None, replace(card, seq=len(events)), events, appeal)


def _executor(parent: Card, city: City) -> str | None:
    """Return who gets the repeat: the same executor, or nobody yet if it may not receive."""
    executor = parent.executor
    return executor if executor and receives(city, executor) else None


def _flags(parent: Card, repeat_no: int, city: City) -> frozenset[str]:
    flags = parent.flags - {ANSWERED, HAS_JOINED, HOLD} | {"repeat"}
    if needs_coordinator(repeat_no, city.edition(parent.edition)):
        flags |= {"coordinator"}
    return flags


def _notes(card: Card, reason: str) -> tuple[Note, ...]:
    due = {"due_at": card.due_at.isoformat()}
    notes = [
        Note(EventName.REGISTERED, facts=due),
        Note(EventName.REPEAT_REGISTERED, reason, facts={"number": card.repeat_of or ""}),
    ]
    if card.executor:
        notes.append(Note(EventName.SENT, facts={"executor": card.executor}))
    if "coordinator" in card.flags:
        facts = {"cause": "returned_again", "times": str(card.repeat_no)}
        notes.append(Note(EventName.ATTENTION, public=False, facts=facts))
    return tuple(notes)
