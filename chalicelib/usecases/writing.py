"""How a use case says what it changed: the new card, with its events numbered after the old."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from chalicelib.domain.card import Card, CardFile, Change
from chalicelib.domain.errors import ChangedMeanwhile, VersionStale
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.people import Actor
from chalicelib.regulation import control
from chalicelib.usecases.ports import Cards

ANSWERED = control.ANSWERED
moved = control.moved

_TRIES = 4

Done = TypeVar("Done")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Note:
    """An event before it has its number; `by` is the writer's actor unless it names another."""

    name: EventName
    text: str = ""
    public: bool = True
    facts: Mapping[str, str] = field(default_factory=dict)
    tell: bool = True
    by: Actor | None = None


def events_after(seq: int, at: datetime, by: Actor, *notes: Note) -> tuple[Event, ...]:
    """Return notes as events numbered from `seq + 1`."""
    return tuple(
        Event(
            seq=seq + i,
            at=at,
            name=note.name,
            by=note.by or by,
            text=note.text,
            public=note.public,
            facts=note.facts,
            tell=note.tell,
        )
        for i, note in enumerate(notes, start=1)
    )


def change(before: Card, after: Card, at: datetime, by: Actor, *notes: Note) -> Change:
    """Return the change from one state of a card to another with its events."""
    events = events_after(before.seq, at, by, *notes)
    return Change(before=before, card=replace(after, seq=before.seq + len(events)), events=events)


def file_after(file: CardFile, written: Change) -> CardFile:
    """Return the whole file as it is once `written` is saved, without reading it again."""
    return replace(
        file,
        card=written.card,
        events=file.events + written.events,
        requests=_merged(file.requests, written.requests, lambda request: request.id),
        evidence=_merged(file.evidence, written.evidence, lambda evidence: evidence.id),
        surveys=_merged(file.surveys, written.surveys, lambda survey: survey.no),
        reply=written.reply or file.reply,
    )


def require_version(card: Card, expected_version: int | None) -> None:
    """Check If-Match against the card. Raises VersionStale with the version that stands."""
    if expected_version is not None and card.version != expected_version:
        raise VersionStale(version=card.version)


def while_beaten(attempt: Callable[[bool], Done]) -> Done:
    """Run `attempt` until no other writer was first; it is told whether it runs again.

    Raises ChangedMeanwhile after several lost races, and what `attempt` raises.
    """
    for left in reversed(range(_TRIES)):
        try:
            return attempt(left < _TRIES - 1)
        except ChangedMeanwhile:
            if not left:
                raise
    raise AssertionError


def on_fresh_file(
    cards: Cards,
    number: str,
    attempt: Callable[[CardFile], Done],
    *,
    just_read: CardFile | None = None,
) -> Done:
    """Run `attempt` on the card's file, again on a fresh one if another writer was first.

    The first try takes the file that was `just_read`, where the caller had to read it anyway.

    Raises NotFound, ChangedMeanwhile after several lost races, and what `attempt` raises.
    """
    file = just_read
    for left in reversed(range(_TRIES)):
        try:
            return attempt(file or cards.read_file(number))
        except ChangedMeanwhile:
            file = None
            if not left:
                raise
    raise AssertionError(number)


def _merged(
    kept: tuple[Item, ...], written: tuple[Item, ...], key: Callable[[Item], object]
) -> tuple[Item, ...]:
    return tuple({key(item): item for item in (*kept, *written)}.values())
