"""Works, subscriptions and the city's message: by memory and by the tables alike."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.appeal import Place
from chalicelib.domain.errors import ChangedMeanwhile, InputRefused, NotFound
from chalicelib.domain.repair_work import (
    RepairWork,
    ToTell,
    WorkEvent,
    WorkFile,
    WorkStatus,
    WorkWriting,
)
from chalicelib.usecases.ports import OnceAnswered
from chalicelib.usecases.work_ports import WantedWorks
from tests.aws.meter import metered
from tests.builders import RECEIVED_AT, a_record
from tests.store.work_stores import Kept, dynamodb, kept
from tests.works import (
    HOUR,
    STREET,
    WORK,
    a_change,
    a_work,
    registering_work,
    work_id_of,
)

__all__ = ["dynamodb", "kept"]

NOW = RECEIVED_AT
SECOND = timedelta(seconds=1)


def put(kept: Kept, no: int, **changes: Any) -> RepairWork:
    """Register a work under a small number."""
    writing = registering_work(id=work_id_of(no), **changes)
    kept.works.save(writing)
    return writing.work


def closing(work: RepairWork, **changes: Any) -> WorkWriting:
    """Return the writing that closes a work."""
    after = replace(work, seq=work.seq + 1, version=2, timers={}, **changes)
    return WorkWriting(work, after, (a_change(seq=after.seq, event=WorkEvent.CLOSED),))


def listed(kept: Kept, *statuses: WorkStatus, **wanted: Any) -> list[str]:
    """Return the ids of a whole list, read by pages of two."""
    asked = WantedWorks(frozenset(statuses), **wanted)
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = kept.works.listed(asked, now=NOW, limit=2, cursor=cursor)
        found += [work.id for work in page.items]
        if page.cursor is None:
            return found
        assert len(page.items) == 2
        cursor = page.cursor


class TestAWork:
    def test_it_is_read_as_it_was_written(self, kept: Kept) -> None:
        places = (
            Place("вулиця Проскурівська", "2-40 even", note="біля школи", street_id=STREET),
            Place("Провулок Новий", lat=49.42, lon=26.99),
        )
        whole = a_work(
            places=places,
            services=("WA", "HE"),
            closed_at=NOW + HOUR,
            result="Трубу замінено",
            version=3,
            telling=(ToTell(1, "вулиця | дивна", "abc"), ToTell(2)),
            answering=(4,),
        )
        change = a_change(text="Трубу привезли пізніше")
        kept.works.save(WorkWriting(None, whole, (change,)))
        assert kept.works.read(WORK) == WorkFile(whole, (change,))

    def test_what_is_not_there_is_not_found(self, kept: Kept) -> None:
        for name in (work_id_of(9), "city", "message", f"street#{STREET}", ""):
            with pytest.raises(NotFound):
                kept.works.read(name)

    def test_the_history_stands_in_its_order(self, kept: Kept) -> None:
        work = put(kept, 1)
        for seq in range(2, 13):
            after = replace(work, seq=seq, summary=f"Прорив {seq}")
            kept.works.save(WorkWriting(work, after, (a_change(seq=seq),)))
            work = after
        assert [one.seq for one in kept.works.read(work.id).changes] == list(range(1, 13))

    def test_of_two_writers_the_first_wins(self, kept: Kept) -> None:
        work = put(kept, 1)
        after = replace(work, seq=2, summary="Перший")
        kept.works.save(WorkWriting(work, after))
        with pytest.raises(ChangedMeanwhile):
            kept.works.save(WorkWriting(work, replace(after, summary="Другий")))
        with pytest.raises(ChangedMeanwhile):
            kept.works.save(registering_work(id=work.id))
        assert kept.works.read(work.id).work.summary == "Перший"

    def test_a_request_sent_twice_writes_once(self, kept: Kept) -> None:
        record = a_record()
        kept.works.save(registering_work(id=work_id_of(1)), record)
        with pytest.raises(OnceAnswered) as answered:
            kept.works.save(registering_work(id=work_id_of(2)), record)
        assert answered.value.record == record
        with pytest.raises(NotFound):
            kept.works.read(work_id_of(2))


class TestLists:
    def test_current_works_come_first_by_their_term_then_the_last_closed(self, kept: Kept) -> None:
        later = put(kept, 1, eta_at=NOW + 5 * HOUR)
        sooner = put(kept, 2, eta_at=NOW + HOUR)
        for no, closed_at in ((3, NOW - 2 * HOUR), (4, NOW - HOUR)):
            kept.works.save(closing(put(kept, no), closed_at=closed_at))
        assert listed(kept) == [sooner.id, later.id, work_id_of(4), work_id_of(3)]
        assert listed(kept, WorkStatus.CLOSED) == [work_id_of(4), work_id_of(3)]

    def test_a_status_is_that_of_the_instant(self, kept: Kept) -> None:
        put(kept, 1, starts_at=NOW + HOUR, eta_at=NOW + 2 * HOUR)
        put(kept, 2, eta_at=NOW + HOUR)
        put(kept, 3, starts_at=NOW - 2 * HOUR, eta_at=NOW)
        for no, status in enumerate((WorkStatus.PLANNED, WorkStatus.ACTIVE, WorkStatus.OVERDUE), 1):
            assert listed(kept, status) == [work_id_of(no)]

    def test_a_street_has_its_own_list(self, kept: Kept) -> None:
        here, there = Place("Тут", street_id="here"), Place("Там", street_id="there")
        put(kept, 1, places=(here, there))
        put(kept, 2, places=(there,))
        assert listed(kept, street="here") == [work_id_of(1)]
        assert sorted(listed(kept, street="there")) == [work_id_of(1), work_id_of(2)]
        assert [work.id for work in kept.works.in_street("here")] == [work_id_of(1)]
        assert listed(kept, street="nowhere") == []

    def test_an_executors_are_found_among_others(self, kept: Kept) -> None:
        for no in range(1, 7):
            put(kept, no, executor="svitlo" if no % 2 else "vodokanal")
        assert len(listed(kept, executor="svitlo")) == 3

    def test_a_moved_term_and_a_changed_place_move_the_work(self, kept: Kept) -> None:
        work = put(kept, 1)
        put(kept, 2, eta_at=NOW + 2 * HOUR)
        there = (Place("Там", street_id="there"),)
        after = replace(work, seq=2, eta_at=NOW + 3 * HOUR, places=there)
        kept.works.save(WorkWriting(work, after))
        assert listed(kept) == [work_id_of(2), work.id]
        assert listed(kept, street=STREET) == [work_id_of(2)]
        assert kept.works.in_street("there")[0].eta_at == NOW + 3 * HOUR

    def test_a_closed_work_leaves_its_street(self, kept: Kept) -> None:
        work = put(kept, 1)
        kept.works.save(closing(work, closed_at=NOW))
        assert kept.works.in_street(STREET) == []
        assert listed(kept, street=STREET) == [work.id]

    def test_a_cursor_of_another_list_opens_nothing(self, kept: Kept) -> None:
        for no in (1, 2):
            put(kept, no)
        page = kept.works.listed(WantedWorks(), now=NOW, limit=1, cursor=None)
        other = WantedWorks(street=STREET)
        for cursor in (page.cursor, "forged"):
            with pytest.raises(InputRefused):
                kept.works.listed(other, now=NOW, limit=1, cursor=cursor)


class TestWaking:
    def test_works_wake_by_their_next_timer(self, kept: Kept) -> None:
        put(kept, 1, timers={"overdue": NOW + 2 * HOUR, "tell": NOW + HOUR})
        put(kept, 2, timers={"overdue": NOW})
        put(kept, 3, timers={})
        assert kept.works.to_wake(NOW + HOUR - SECOND, limit=9) == [work_id_of(2)]
        assert kept.works.to_wake(NOW + HOUR, limit=9) == [work_id_of(2), work_id_of(1)]
        assert kept.works.to_wake(NOW + HOUR, limit=1) == [work_id_of(2)]

    def test_one_that_has_nothing_to_wait_for_sleeps(self, kept: Kept) -> None:
        work = put(kept, 1, timers={"overdue": NOW})
        kept.works.save(closing(work, closed_at=NOW))
        assert kept.works.to_wake(NOW + HOUR, limit=9) == []


class TestCosts:
    """One call each; what nobody reads in a list is not written into one."""

    def test_of_reading_and_of_going_on(self, dynamodb: Kept) -> None:
        work = put(dynamodb, 1)
        with metered() as (gate, meter):
            dynamodb.works.in_street(STREET)
        assert (len(gate.calls), meter.reads) == (1, 0.5)
        with metered() as (gate, meter):
            dynamodb.works.save(WorkWriting(work, replace(work, seq=2, telling=(ToTell(1),))))
        assert (len(gate.calls), meter.writes) == (1, 2)

    def test_of_a_street_without_works(self, dynamodb: Kept) -> None:
        with metered() as (gate, meter):
            dynamodb.works.in_street("nowhere")
        assert (len(gate.calls), meter.reads) == (1, 0.5)
