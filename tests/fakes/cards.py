"""The cards in memory."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from chalicelib.domain.card import Card, CardFile, Change, PlannedRow, QueueRow, Status
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.evidence import Evidence, EvidenceStatus, UploadTicket
from chalicelib.domain.executor_request import (
    ExecutorRequest,
    Plan,
    RequestKind,
    RequestStatus,
)
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.places import street_key as key_of_street
from chalicelib.domain.quarantine import HeldState
from chalicelib.domain.tally import Tally
from chalicelib.regulation.lifecycle import OPEN
from chalicelib.store.arrivals import arrived_under
from chalicelib.store.cards import PART
from chalicelib.store.cursors import Cursors
from chalicelib.store.notices import part_of
from chalicelib.store.quarantine import PART as QUARANTINE
from chalicelib.store.shards import shard_of
from chalicelib.usecases.cards import row_of
from chalicelib.usecases.ports import Page, Waking
from tests.fakes.shelf import Shelf

Row = TypeVar("Row")
Item = TypeVar("Item")


class FakeCards:
    """Implements `usecases.ports.Cards`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()
        self._cursors = Cursors(lambda: "key of the tests")

    def read_file(self, number: str) -> CardFile:
        """Return the whole file of a card. Raises NotFound."""
        file = self._shelf.files.get(number)
        if file is None:
            raise NotFound(words="no-card")
        return replace(file, notices=self._shelf.notices_of(number))

    def read_cards(self, numbers: Sequence[str]) -> list[Card]:
        """Return the cards that exist among `numbers`, in the order asked."""
        files = self._shelf.files
        return [files[number].card for number in dict.fromkeys(numbers) if number in files]

    def save(
        self,
        *changes: Change,
        once: OnceRecord | None = None,
        claims: Sequence[UploadTicket] = (),
        tally: Tally | None = None,
    ) -> None:
        """Write all or nothing. Raises ChangedMeanwhile, OnceAnswered, TooManyRequests."""
        with self._shelf.lock:
            self._shelf.require_free(once, changes[0].events[0].at)
            self._shelf.require_room(tally)
            for change in changes:
                self._require_unchanged(change)
                self._require_not_arrived(change)
                self._require_standing(change)
                if change.held is not None:
                    self._shelf.require_held_unchanged(change.held)
            self._shelf.require_unclaimed(claims)
            for change in changes:
                self._write(change)
            self._shelf.claim(claims, changes[0].card.number)
            self._shelf.keep(once)
            self._shelf.count(tally)

    def queue(self, executor: str, *, limit: int, cursor: str | None) -> Page[QueueRow]:
        """Return open cards of an executor, earliest `due_at` first."""
        cards = [
            card
            for card in self._open()
            if executor in {card.executor or "none", *card.co_executors}
        ]
        return self._rows(f"queue|{executor}", cards, limit, cursor)

    def has_open(self, executor: str) -> bool:
        """Tell whether an executor has any open card."""
        return bool(self.queue(executor, limit=1, cursor=None).items)

    def open_cards(self, *, limit: int, cursor: str | None) -> Page[QueueRow]:
        """Return open cards of the whole city, earliest `due_at` first."""
        return self._rows("open", self._open(), limit, cursor)

    def planned(self, *, limit: int, cursor: str | None) -> Page[PlannedRow]:
        """Return cards that are included in strategic plans, earliest `due_at` first."""
        files = {file.card.number: file for file in self._files()}
        cards = [file.card for file in files.values() if file.card.status is Status.PLANNED]
        page = self._rows("planned", cards, limit, cursor)
        rows = (PlannedRow(row, _plan(files[row.number])) for row in page.items)
        return Page(tuple(rows), page.cursor)

    def by_phone(self, phone: str, *, limit: int) -> list[str]:
        """Return numbers of the latest appeals of a phone, newest first."""
        return self._newest(lambda file: file.appeal.applicant.phone == phone)[:limit]

    def at_place(self, street_key: str, building: str | None, *, limit: int) -> list[str]:
        """Return numbers of appeals in a street, or at one building of it, newest first."""

        def there(file: CardFile) -> bool:
            place = file.appeal.place
            same = building is None or _folded(place.building) == _folded(building)
            return same and key_of_street(place) == street_key

        return self._newest(there)[:limit]

    def by_external_id(self, external_id: str) -> list[str]:
        """Return numbers of appeals that came under a foreign id."""
        return self._newest(lambda file: file.appeal.external_id == external_id)

    def with_picture(self, picture: str) -> list[str]:
        """Return numbers of cards that hold a picture with this hash."""
        return sorted(
            file.card.number
            for file in self._files()
            if any(evidence.picture == picture for evidence in file.evidence)
        )

    def to_wake(
        self, shard: int, until: datetime, *, limit: int, passing_over: Collection[str] = ()
    ) -> list[Waking]:
        """Return the cards and notices of a shard whose next timer is not after `until`."""
        found = sorted(
            (each for each in self._timed() if shard_of(each.number) == shard and each.at <= until),
            key=lambda each: (each.at, each.number, each.part),
        )
        return [each for each in found if each.id not in passing_over][:limit]

    def _timed(self) -> Iterator[Waking]:
        for card in (file.card for file in self._files()):
            if card.timers:
                yield Waking(card.number, PART, min(card.timers.values()))
        for notice in self._shelf.every_notice():
            if notice.wake_at is not None:
                yield Waking(notice.number, part_of(notice.id), notice.wake_at)
        for held in list(self._shelf.held.values()):
            if held.state is HeldState.WAITING:
                yield Waking(held.id, QUARANTINE, held.release_at)

    def pending_requests(
        self, decider: str, *, limit: int, cursor: str | None
    ) -> Page[ExecutorRequest]:
        """Return requests that wait for a decider, earliest `decide_by_at` first."""
        pending = [
            request
            for file in self._files()
            for request in file.requests
            if request.status is RequestStatus.PENDING and request.decider == decider
        ]
        return self._page(
            f"requests|{decider}", pending, lambda r: (r.decide_by_at, r.id), limit, cursor
        )

    def to_call(self, *, limit: int, cursor: str | None) -> Page[Card]:
        """Return cards whose applicants are to be phoned, earliest `call_at` first."""
        called = [file.card for file in self._files() if file.card.call_at]
        return self._page(
            "to call", called, lambda c: (c.call_at or c.due_at, c.number), limit, cursor
        )

    def _files(self) -> list[CardFile]:
        with self._shelf.lock:
            return list(self._shelf.files.values())

    def _open(self) -> list[Card]:
        in_queue = OPEN | {Status.QUARANTINED}
        return [file.card for file in self._files() if file.card.status in in_queue]

    def _newest(self, wanted: Callable[[CardFile], bool]) -> list[str]:
        found = sorted(filter(wanted, self._files()), key=lambda file: file.appeal.received_at)
        return [file.card.number for file in reversed(found)]

    def _rows(
        self, question: str, cards: list[Card], limit: int, cursor: str | None
    ) -> Page[QueueRow]:
        page = self._page(question, cards, lambda c: (c.due_at, c.number), limit, cursor)
        return Page(tuple(map(row_of, page.items)), page.cursor)

    def _page(
        self,
        question: str,
        found: list[Row],
        order: Callable[[Row], tuple[datetime, str]],
        limit: int,
        cursor: str | None,
    ) -> Page[Row]:
        after = None if cursor is None else self._cursors.open(question, cursor)
        left = [
            row for row in sorted(found, key=order) if after is None or _key(order(row)) > after
        ]
        shown = tuple(left[:limit])
        more = self._cursors.seal(question, _key(order(shown[-1]))) if left[limit:] else None
        return Page(shown, more)

    def _require_unchanged(self, change: Change) -> None:
        file = self._shelf.files.get(change.card.number)
        seq = file.card.seq if file else None
        if seq != (change.before.seq if change.before else None):
            raise ChangedMeanwhile(number=change.card.number)

    def _require_not_arrived(self, change: Change) -> None:
        foreign_id = arrived_under(change)
        if foreign_id is not None and self.by_external_id(foreign_id):
            raise ChangedMeanwhile(number=change.card.number)

    def _require_standing(self, change: Change) -> None:
        if not self._shelf.stand(change.notices):
            raise ChangedMeanwhile(number=change.card.number)

    def _write(self, change: Change) -> None:
        if change.held is not None:
            self._shelf.held[change.held.id] = change.held
        self._shelf.put_notices(step.after for step in change.notices)
        file = self._shelf.files.get(change.card.number)
        if file is None:
            assert change.appeal is not None
            file = CardFile(change.card, change.appeal)
        written = tuple(map(_kept, change.events))
        self._shelf.files[change.card.number] = CardFile(
            card=change.card,
            appeal=change.appeal or file.appeal,
            events=(*file.events, *written),
            requests=_merged(
                file.requests, change.requests, lambda r: int(r.id.rpartition("r")[2])
            ),
            evidence=_merged(
                file.evidence,
                tuple(map(_evidence, change.evidence)),
                lambda e: (e.uploaded_at, e.id),
            ),
            surveys=_merged(file.surveys, change.surveys, lambda s: s.no),
            reply=change.reply or file.reply,
            untold=(*file.untold, written) if any(e.tell for e in written) else file.untold,
        )


def _key(order: tuple[datetime, str]) -> list[str]:
    return [order[0].isoformat(), order[1]]


def _plan(file: CardFile) -> Plan | None:
    granted = [
        request.plan
        for request in file.requests
        if request.kind is RequestKind.STRATEGIC_PLAN and request.status is RequestStatus.APPROVED
    ]
    return granted[-1] if granted else None


def _kept(event: Event) -> Event:
    """Return an event as it is kept: without the sign-in by which its actor came."""
    return replace(event, by=replace(event.by, token_id=None))


def _evidence(evidence: Evidence) -> Evidence:
    """Return evidence as it is kept: with the picture's hash once it is accepted."""
    if evidence.status is EvidenceStatus.ACCEPTED:
        return evidence
    return replace(evidence, picture=None)


def _merged(
    kept: tuple[Item, ...], written: tuple[Item, ...], order: Callable[[Item], Any]
) -> tuple[Item, ...]:
    by_key = {_id(item): item for item in (*kept, *written)}
    return tuple(sorted(by_key.values(), key=order))


def _id(item: object) -> object:
    return getattr(item, "id", None) or getattr(item, "no", None)


def _folded(building: str) -> str:
    return "".join(building.split()).casefold()
