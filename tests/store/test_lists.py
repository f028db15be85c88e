"""Lists are answered by indexes, in order, page by page; cursors cannot be forged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.appeal import Applicant, Place
from chalicelib.domain.card import QueueRow, Status
from chalicelib.domain.errors import InputRefused
from chalicelib.domain.evidence import EvidenceStatus
from chalicelib.domain.executor_request import RequestStatus
from chalicelib.store.shards import shard_of
from chalicelib.usecases.ports import Page
from tests.builders import (
    NUMBER,
    RECEIVED_AT,
    a_card,
    a_request,
    an_appeal,
    an_evidence,
    changing,
    local,
    number_of,
    registering,
)
from tests.store.conftest import Store

DUE_AT = local("Sat 2026-03-07 00:00")
HOUR = timedelta(hours=1)
FINAL = (
    Status.CLOSED,
    Status.CONFIRMED,
    Status.UNCONFIRMED,
    Status.RETURNED,
    Status.JOINED,
    Status.WITHDRAWN,
    Status.NOT_CONSIDERED,
    Status.FORWARDED,
    Status.PLANNED,
)


def file_cards(store: Store, count: int) -> list[str]:
    """Register cards for one executor, the last one due first; return numbers as due."""
    for sequence in range(count):
        due_at = DUE_AT - sequence * HOUR
        store.cards.save(registering(a_card(number=number_of(sequence), due_at=due_at)))
    return [number_of(sequence) for sequence in reversed(range(count))]


def every_page(read: Callable[[str | None], Page[QueueRow]]) -> list[list[str]]:
    """Return the numbers of all pages of a list."""
    pages, cursor = [], None
    while True:
        page = read(cursor)
        pages.append([row.number for row in page.items])
        cursor = page.cursor
        if cursor is None:
            return [page for page in pages if page]


class TestQueue:
    def test_it_is_known_whether_there_is_any_card(self, store: Store) -> None:
        assert not store.cards.has_open("svitlo")
        store.cards.save(registering(a_card()))
        assert store.cards.has_open("svitlo")
        assert not store.cards.has_open("vodokanal")

    def test_a_row_shows_what_the_queue_needs(self, store: Store) -> None:
        card = a_card(flags=frozenset({"repeat"}), version=3)
        store.cards.save(registering(card))
        assert store.cards.queue("svitlo", limit=10, cursor=None).items == (
            QueueRow(
                number=card.number,
                status=card.status,
                topic=card.topic,
                executor="svitlo",
                received_at=card.received_at,
                due_at=card.due_at,
                version=3,
                street=card.street,
                building=card.building,
                excerpt=card.excerpt,
                flags=frozenset({"repeat"}),
            ),
        )

    def test_a_row_of_a_bare_card(self, store: Store) -> None:
        card = a_card(executor=None, topic="", street="", building="", excerpt="")
        store.cards.save(registering(card, an_appeal(place=Place(""))))
        row = store.cards.queue("none", limit=10, cursor=None).items[0]
        assert (row.executor, row.topic, row.street, row.flags) == (None, "", "", frozenset())

    def test_what_is_due_first_comes_first_page_by_page(self, store: Store) -> None:
        numbers = file_cards(store, 7)
        pages = every_page(lambda cursor: store.cards.queue("svitlo", limit=3, cursor=cursor))
        assert pages == [numbers[:3], numbers[3:6], numbers[6:]]

    def test_other_executors_cards_are_not_in_it(self, store: Store) -> None:
        file_cards(store, 2)
        assert store.cards.queue("voda", limit=10, cursor=None) == Page(())

    @pytest.mark.parametrize("status", FINAL)
    def test_a_card_leaves_the_queues_when_its_work_ends(
        self, store: Store, status: Status
    ) -> None:
        store.cards.save(registering())
        before = store.cards.read_file(NUMBER).card
        store.cards.save(changing(before, status=status))
        assert store.cards.queue("svitlo", limit=10, cursor=None).items == ()
        assert store.cards.open_cards(limit=10, cursor=None).items == ()

    @pytest.mark.parametrize("status", sorted(set(Status) - set(FINAL)))
    def test_every_other_status_stays_in_the_queues(self, store: Store, status: Status) -> None:
        store.cards.save(registering(a_card(status=status)))
        assert len(store.cards.queue("svitlo", limit=10, cursor=None).items) == 1
        assert len(store.cards.open_cards(limit=10, cursor=None).items) == 1

    def test_a_rerouted_card_changes_queues(self, store: Store) -> None:
        store.cards.save(registering())
        before = store.cards.read_file(NUMBER).card
        store.cards.save(changing(before, executor="voda"))
        assert store.cards.queue("svitlo", limit=10, cursor=None).items == ()
        assert store.cards.queue("voda", limit=10, cursor=None).items[0].executor == "voda"


class TestOpenCards:
    @pytest.mark.parametrize("limit", [1, 4, 100])
    def test_the_whole_city_by_due_date_page_by_page(self, store: Store, limit: int) -> None:
        numbers = file_cards(store, 30)
        pages = every_page(lambda cursor: store.cards.open_cards(limit=limit, cursor=cursor))
        assert [number for page in pages for number in page] == numbers
        assert all(len(page) == limit for page in pages[:-1])

    def test_many_cards_in_one_shard(self, store: Store) -> None:
        sequences = [s for s in range(200) if shard_of(number_of(s)) == 0][:15]
        for i, sequence in enumerate(sequences):
            card = a_card(number=number_of(sequence), due_at=DUE_AT + i * HOUR)
            store.cards.save(registering(card))
        pages = every_page(lambda cursor: store.cards.open_cards(limit=14, cursor=cursor))
        assert pages == [[number_of(s) for s in sequences[:14]], [number_of(sequences[14])]]

    def test_no_card_is_lost_or_shown_twice_when_one_closes_between_pages(
        self, store: Store
    ) -> None:
        numbers = file_cards(store, 12)
        first = store.cards.open_cards(limit=6, cursor=None)
        closed = store.cards.read_file(numbers[5]).card
        store.cards.save(changing(closed, status=Status.CLOSED))
        second = store.cards.open_cards(limit=6, cursor=first.cursor)
        assert [row.number for row in second.items] == numbers[6:]


class TestCursors:
    def test_any_change_of_a_cursor_is_refused(self, store: Store) -> None:
        file_cards(store, 3)
        cursor = store.cards.queue("svitlo", limit=2, cursor=None).cursor
        assert cursor is not None
        for i, letter in enumerate(cursor):
            other = "B" if letter != "B" else "C"
            refused(store, "svitlo", cursor[:i] + other + cursor[i + 1 :])
        for changed in (cursor[:-1], cursor + "A", cursor + "=", cursor + "\n", f" {cursor}"):
            refused(store, "svitlo", changed)

    @pytest.mark.parametrize("cursor", ["", "A", "{}", "ї", "null", "====", "A" * 5_000])
    def test_nonsense_is_refused(self, store: Store, cursor: str) -> None:
        refused(store, "svitlo", cursor)
        with pytest.raises(InputRefused):
            store.cards.open_cards(limit=2, cursor=cursor)

    def test_a_cursor_opens_no_other_list(self, store: Store) -> None:
        file_cards(store, 3)
        cursor = store.cards.queue("svitlo", limit=2, cursor=None).cursor
        assert cursor is not None
        refused(store, "voda", cursor)
        with pytest.raises(InputRefused):
            store.cards.open_cards(limit=2, cursor=cursor)
        with pytest.raises(InputRefused):
            store.cards.pending_requests("svitlo", limit=2, cursor=cursor)


def refused(store: Store, executor: str, cursor: str) -> None:
    """Assert that a queue refuses a cursor and says why."""
    with pytest.raises(InputRefused) as caught:
        store.cards.queue(executor, limit=2, cursor=cursor)
    assert [(f.field, f.code) for f in caught.value.faults] == [("cursor", "cursor_invalid")]


class TestFindingAppeals:
    def register(self, store: Store, sequence: int, hours: int, **changes: object) -> str:
        number, at = number_of(sequence), RECEIVED_AT + hours * HOUR
        card = a_card(number=number, received_at=at, registered_at=at)
        appeal = replace(an_appeal(number=number, received_at=at), **changes)  # type: ignore[arg-type]
        store.cards.save(registering(card, appeal))
        return number

    def test_a_phones_appeals_newest_first(self, store: Store) -> None:
        old, new, newest = (self.register(store, s, hours=s) for s in (1, 2, 3))
        self.register(store, 4, hours=4, applicant=Applicant(phone="+380670000002"))
        self.register(store, 5, hours=5, applicant=Applicant())
        assert store.cards.by_phone("+380670000001", limit=10) == [newest, new, old]
        assert store.cards.by_phone("+380670000001", limit=2) == [newest, new]

    def test_appeals_about_a_building_newest_first(self, store: Store) -> None:
        old = self.register(store, 1, 1, place=Place("вул. Ялинкова", "12-А", street_id="yal"))
        new = self.register(store, 2, 2, place=Place("Ялинкова", " 12-а", street_id="yal"))
        self.register(store, 3, 3, place=Place("вул. Ялинкова", "12", street_id="yal"))
        assert store.cards.at_place("yal", "12-А ", limit=10) == [new, old]
        assert store.cards.at_place("yal", "12-А", limit=1) == [new]

    def test_appeals_about_a_street_newest_first(self, store: Store) -> None:
        places = [Place("вул. Ялинкова", b, street_id="yal") for b in ("9", "1", "", "5")]
        numbers = [self.register(store, i, i, place=place) for i, place in enumerate(places)]
        self.register(store, 9, 9, place=Place("вул. Інша", "9", street_id="other"))
        assert store.cards.at_place("yal", None, limit=10) == numbers[::-1]
        assert store.cards.at_place("yal", None, limit=2) == numbers[:1:-1]

    def test_a_street_outside_the_registry_is_found_as_typed(self, store: Store) -> None:
        number = self.register(store, 1, 1, place=Place(" Стара   ДОРОГА ", "1"))
        assert store.cards.at_place("стара дорога", "1", limit=10) == [number]

    def test_by_a_foreign_id(self, store: Store) -> None:
        number = self.register(store, 1, 1, external_id="EXT-1")
        self.register(store, 2, 2, external_id="EXT-2")
        assert store.cards.by_external_id("EXT-1") == [number]
        assert store.cards.by_external_id("EXT-3") == []

    def test_by_a_picture_that_was_accepted(self, store: Store) -> None:
        for sequence, status in enumerate(EvidenceStatus):
            number = number_of(sequence)
            files = tuple(
                an_evidence(id=i, number=number, status=status, picture="p") for i in ("1", "2")
            )
            store.cards.save(registering(a_card(number=number), evidence=files))
        accepted = number_of([*EvidenceStatus].index(EvidenceStatus.ACCEPTED))
        assert store.cards.with_picture("p") == [accepted]
        assert store.cards.with_picture("q") == []


class TestRequestsToDecide:
    def test_pending_requests_of_a_decider_first_due_first(self, store: Store) -> None:
        for no in (1, 2, 3):
            request = a_request(number=number_of(no), no=no, decide_by_at=RECEIVED_AT - no * HOUR)
            store.cards.save(registering(a_card(number=number_of(no)), requests=(request,)))
        first = store.cards.pending_requests("coordinator", limit=2, cursor=None)
        assert [request.number for request in first.items] == [number_of(3), number_of(2)]
        second = store.cards.pending_requests("coordinator", limit=2, cursor=first.cursor)
        assert [request.number for request in second.items] == [number_of(1)]
        assert store.cards.pending_requests("head", limit=2, cursor=None).items == ()

    def test_a_decided_request_waits_no_more(self, store: Store) -> None:
        store.cards.save(registering(requests=(a_request(),)))
        before = store.cards.read_file(NUMBER).card
        decided = a_request(status=RequestStatus.APPROVED, decided_at=RECEIVED_AT)
        store.cards.save(changing(before, requests=(decided,)))
        assert store.cards.pending_requests("coordinator", limit=2, cursor=None).items == ()
