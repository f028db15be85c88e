"""Calls, blocks, recordings and places in memory."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from chalicelib.domain.call import Block, CallEvent, Recording
from chalicelib.domain.card import CardFile
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.people import Actor
from chalicelib.domain.places import geohash
from chalicelib.domain.places import street_key as key_of_street
from tests.fakes.shelf import Shelf

Result = TypeVar("Result")


class FakeCalls:
    """Implements `usecases.call_ports.Calls`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()
        self.events: dict[tuple[str, str, datetime, str], CallEvent] = {}
        self.recordings: dict[str, Recording] = {}

    def note(
        self, event: CallEvent, *, month: str, until: datetime, once: OnceRecord | None = None
    ) -> None:
        """Keep an event. Raises OnceAnswered."""
        with self._shelf.lock:
            self._shelf.require_free(once, event.at)
            self.put(event, month)
            self._shelf.keep(once)

    def put(self, event: CallEvent, month: str) -> None:
        """Write an event over one of the same id and instant."""
        by = Actor(event.by.subject, event.by.role, event.by.name)
        counted = replace(event, by=by, phone=None, call_id=None, text="")
        self.events["month", month, event.at, event.id] = counted
        for kind, key in (("phone", event.phone), ("call", event.call_id)):
            if key:
                self.events[kind, key, event.at, event.id] = replace(event, by=by)
                return

    def of_caller(self, phone: str, since: datetime, *, limit: int) -> list[CallEvent]:
        """Return what happened in calls of a phone since an instant, newest first."""
        return self._newest("phone", phone, since)[:limit]

    def of_call(self, call_id: str, since: datetime) -> list[CallEvent]:
        """Return what happened in a call whose caller withheld the number, newest first."""
        return self._newest("call", call_id, since)

    def of_month(self, month: str) -> list[CallEvent]:
        """Return what happened in all calls of a month, oldest first."""
        return self._newest("month", month)[::-1]

    def keep_recording(self, recording: Recording) -> None:
        """Keep where a call's recording is."""
        self.recordings[recording.call_id] = recording

    def recording(self, call_id: str, now: datetime) -> Recording | None:
        """Return a call's recording, None where there is none or its time is over."""
        found = self.recordings.get(call_id)
        return found if found and found.expires_at > now else None

    def _newest(self, kind: str, key: str, since: datetime | None = None) -> list[CallEvent]:
        found = [
            (at, event_id, event)
            for (of, own, at, event_id), event in self.events.items()
            if (of, own) == (kind, key) and (since is None or at >= since)
        ]
        return [event for *_, event in sorted(found, key=lambda each: each[:2], reverse=True)]


class FakeBlocks:
    """Implements `usecases.call_ports.Blocks`."""

    def __init__(self, shelf: Shelf | None = None, calls: FakeCalls | None = None) -> None:
        self._shelf = shelf or Shelf()
        self._calls = calls or FakeCalls(self._shelf)
        self.blocks: dict[str, Block] = {}

    def read(self, phone: str) -> Block | None:
        """Return the last block of a phone."""
        return self.blocks.get(phone)

    def write(
        self,
        before: Block | None,
        block: Block,
        event: CallEvent,
        *,
        month: str,
        until: datetime,
        once: OnceRecord | None = None,
    ) -> None:
        """Write a block and what happened. Raises ChangedMeanwhile, OnceAnswered."""
        with self._shelf.lock:
            self._shelf.require_free(once, event.at)
            kept = self.blocks.get(block.phone)
            if (kept and kept.version) != (before and before.version):
                raise ChangedMeanwhile(phone=block.phone)
            by = replace(block.placed_by, token_id=None, executor=None)
            self.blocks[block.phone] = replace(block, placed_by=by)
            self._calls.put(event, month)
            self._shelf.keep(once)

    def standing(self, now: datetime) -> list[Block]:
        """Return the blocks that stand at an instant, the soonest to end first."""
        standing = [block for block in self.blocks.values() if block.stands(now)]
        return sorted(standing, key=lambda block: block.until)


class FakeRecordings:
    """Implements `usecases.call_ports.RecordingFiles`."""

    def link(self, key: str, *, seconds: int) -> str:
        """Return an address that says what it would be."""
        return f"https://recordings.example/{key}?seconds={seconds}"


class FakePlaces:
    """Implements `usecases.place_ports.Places`."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def at_house(
        self, street_key: str, building: str, since: datetime, *, limit: int, parts: bool
    ) -> list[str]:
        """Return numbers of appeals at a house since an instant, newest first."""
        house = _folded(building)

        def there(file: CardFile) -> bool:
            own = _folded(file.appeal.place.building)
            part = parts and own.startswith(house) and not own[len(house) :][:1].isdigit()
            return key_of_street(file.appeal.place) == street_key and (own == house or part)

        return self._newest(there, since, limit)

    def in_cell(self, cell: str, since: datetime, *, limit: int) -> list[str]:
        """Return numbers of appeals in a cell since an instant, newest first."""

        def there(file: CardFile) -> bool:
            place = file.appeal.place
            if place.lat is None or place.lon is None:
                return False
            return geohash(place.lat, place.lon) == cell

        return self._newest(there, since, limit)

    def _newest(self, there: Callable[[CardFile], bool], since: datetime, limit: int) -> list[str]:
        files = [each for each in list(self._shelf.files.values()) if there(each)]
        recent = [each for each in files if each.appeal.received_at >= since]
        recent.sort(key=lambda each: each.appeal.received_at, reverse=True)
        return [each.card.number for each in recent[:limit]]


def at_once(_seconds: float, call: Callable[[], Result], /) -> Result:
    """Implement `usecases.call_ports.Within` without a clock."""
    return call()


def _folded(building: str) -> str:
    return "".join(building.split()).casefold()
