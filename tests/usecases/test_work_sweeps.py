"""What the clock does with works: each step once, however often, late or broken off it runs."""

from collections import Counter
from datetime import timedelta

import pytest

from chalicelib.domain.appeal import Place
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.notice import Audience, Medium, Notice
from chalicelib.domain.people import Role
from chalicelib.domain.repair_work import WorkEvent, WorkStatus
from chalicelib.regulation.work_notices import AboutWork, about_of
from chalicelib.usecases import repair_works, work_telling
from chalicelib.usecases.repair_works import Told
from tests.builders import local
from tests.fakes import FakeNotices
from tests.usecases.collaborators import NOW
from tests.usecases.works_centre import WorksCentre
from tests.works import HOUR, STREET, WORK, a_subscription, a_work, work_id_of

MINUTE = timedelta(minutes=1)
BEGINS, ENDS = NOW + HOUR, NOW + 3 * HOUR


@pytest.fixture
def centre() -> WorksCentre:
    """An empty centre."""
    return WorksCentre()


def told(centre: WorksCentre) -> Counter[tuple[str, str]]:
    """Return how often each subscriber was told of each event."""
    notices = centre.shelf.every_notice()
    return Counter(
        (notice.event, notice.to) for notice in notices if notice.audience is Audience.SUBSCRIBER
    )


def staff(centre: WorksCentre) -> list[Notice]:
    """Return what staff are told."""
    notices = centre.shelf.every_notice()
    return [notice for notice in notices if notice.audience is not Audience.SUBSCRIBER]


@pytest.mark.clause("K-5.1.10", "K-6.1")
class TestTerm:
    """Planned, active, overdue, closed: nobody has to look."""

    def test_each_step_comes_in_its_time_and_once(self, centre: WorksCentre) -> None:
        centre.publish(starts_at=BEGINS, eta_at=ENDS)
        seen = []
        for at in (NOW, BEGINS - MINUTE, BEGINS, BEGINS, ENDS - MINUTE, ENDS, ENDS + 72 * HOUR):
            centre.sweep(at)
            seen.append((len(centre.events()), centre.works.read(WORK).work.status(at)))
        assert seen == [
            (1, WorkStatus.PLANNED),
            (1, WorkStatus.PLANNED),
            (2, WorkStatus.ACTIVE),
            (2, WorkStatus.ACTIVE),
            (2, WorkStatus.ACTIVE),
            (3, WorkStatus.OVERDUE),
            (3, WorkStatus.OVERDUE),
        ]
        assert centre.events() == [WorkEvent.REGISTERED, WorkEvent.BEGAN, WorkEvent.OVERDUE]

    def test_a_late_sweep_misses_none(self, centre: WorksCentre) -> None:
        centre.publish(starts_at=BEGINS, eta_at=ENDS)
        centre.sweep(ENDS + 72 * HOUR)
        assert centre.events() == [WorkEvent.REGISTERED, WorkEvent.BEGAN, WorkEvent.OVERDUE]
        assert {change.by.role for change in centre.works.read(WORK).changes[1:]} == {Role.SYSTEM}

    def test_past_its_term_executor_and_coordinators_hear(self, centre: WorksCentre) -> None:
        centre.publish(eta_at=ENDS)
        centre.sweep(ENDS)
        centre.sweep(ENDS + MINUTE)
        heard = Counter(notice.audience for notice in staff(centre))
        assert heard == {Audience.RESPONSIBLE: 2, Audience.COORDINATOR: 2}
        assert {notice.to for notice in staff(centre)} >= {"vodokanal-responsible"}
        queued = {queued.notice_id for queued in centre.queues.queued}
        assert queued == {notice.id for notice in staff(centre)}

    def test_a_work_closed_in_time_does_not_run_out(self, centre: WorksCentre) -> None:
        centre.publish(eta_at=ENDS)
        repair_works.close("", centre.keeping(now=ENDS - MINUTE), works=centre.works)
        centre.sweep(ENDS + HOUR)
        assert centre.events() == [WorkEvent.REGISTERED, WorkEvent.CLOSED]
        assert staff(centre) == []

    def test_what_waits_for_nothing_is_not_read(self, centre: WorksCentre) -> None:
        centre.publish(eta_at=ENDS)
        centre.sweep(ENDS)
        assert centre.sweep(ENDS + HOUR).works == 0

    def test_a_work_that_breaks_its_step_holds_no_other_up(self, centre: WorksCentre) -> None:
        broken = a_work(id=work_id_of(7), timers={"no such timer": NOW})
        centre.works.files[broken.id] = centre.publish().__class__(broken)
        swept = centre.sweep(NOW)
        assert (swept.works, [work for work, _ in swept.defects]) == (1, [broken.id])


@pytest.mark.clause("K-7")
class TestTelling:
    """Subscribers are told of every change, each once."""

    def test_pages_reach_everybody_once(self, centre: WorksCentre) -> None:
        centre.subscribe(60)
        centre.publish()
        for _ in range(3):
            centre.sweep(NOW)
        assert set(told(centre).values()) == {1}
        assert len(told(centre)) == 60
        assert centre.works.read(WORK).work.telling == ()
        assert set(centre.works.read(WORK).work.timers) == {"overdue"}
        assert len(centre.queues.queued) == 60

    def test_nobody_is_told_who_has_not_confirmed(self, centre: WorksCentre) -> None:
        waiting = a_subscription(1, confirmed_at=None, expires_at=NOW + HOUR)
        centre.subscriptions.keep(waiting)
        centre.publish()
        centre.sweep(NOW)
        assert told(centre) == {}

    def test_one_address_in_two_streets_is_told_once(self, centre: WorksCentre) -> None:
        centre.subscribe(3)
        centre.subscribe(3, street="vul-soborna", start=2)
        places = (Place("вулиця Проскурівська"), Place("вулиця Соборна"))
        centre.publish(places=places)
        centre.sweep(NOW)
        assert Counter(told(centre).values()) == {1: 5}

    def test_every_change_is_told(self, centre: WorksCentre) -> None:
        centre.subscribe(1)
        centre.publish(starts_at=BEGINS, eta_at=ENDS)
        centre.sweep(NOW)
        centre.sweep(BEGINS)
        change = Told(eta_at=ENDS + HOUR, cause="Знос", reason="Дефект більший")
        repair_works.change(change, centre.keeping(now=BEGINS), works=centre.works)
        centre.sweep(BEGINS + MINUTE)
        repair_works.close("Готово", centre.keeping(now=ENDS), works=centre.works)
        centre.sweep(ENDS)
        assert [event for event, _ in told(centre)] == [
            WorkEvent.REGISTERED,
            WorkEvent.BEGAN,
            WorkEvent.TERM_CHANGED,
            WorkEvent.CLOSED,
        ]

    def test_of_a_closed_work_nothing_older_is_told(self, centre: WorksCentre) -> None:
        centre.subscribe(1)
        centre.publish()
        repair_works.close("", centre.keeping(), works=centre.works)
        centre.sweep(NOW)
        assert [event for event, _ in told(centre)] == [WorkEvent.CLOSED]

    def test_a_street_taken_off_while_it_is_told_is_told_no_further(
        self, centre: WorksCentre, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("chalicelib.usecases.work_sweeps.STEPS_AT_ONCE", 1)
        centre.subscribe(40)
        centre.subscribe(2, street="vul-soborna", start=100)
        centre.publish()
        centre.sweep(NOW)
        assert len(told(centre)) == 25
        change = Told(places=(Place("вулиця Соборна"),))
        repair_works.change(change, centre.keeping(), works=centre.works)
        for _ in range(9):
            centre.sweep(NOW)
        assert len({to for _, to in told(centre)}) == 27

    def test_nobody_is_woken_at_night(self, centre: WorksCentre) -> None:
        by_sms = a_subscription(1, medium=Medium.SMS, address="+380670000001")
        centre.subscriptions.keep(by_sms)
        centre.subscribe(1)
        night = local("Mon 2026-03-02 23:30")
        centre.publish(starts_at=night, eta_at=night + 8 * HOUR)
        centre.sweep(night)
        began = {
            notice.medium: notice.send_after
            for notice in centre.shelf.every_notice()
            if notice.event == WorkEvent.BEGAN
        }
        assert began == {
            Medium.EMAIL: night,
            Medium.SMS: local("Tue 2026-03-03 09:00"),
        }

    def test_a_notice_names_its_work_and_its_subscriber(self, centre: WorksCentre) -> None:
        centre.subscribe(1)
        centre.publish()
        centre.sweep(NOW)
        (notice,) = centre.shelf.every_notice()
        assert about_of(notice.number) == AboutWork(WORK, subscription=a_subscription(0).id)
        assert about_of(WORK) == AboutWork(WORK)
        assert about_of(f"street#{STREET}#abc") == AboutWork(street=STREET, subscription="abc")
        for other in ("2026-000123-7", "street#x", "rw-1#a#b", "digest#anna"):
            assert about_of(other) is None


class _BreakingNotices(FakeNotices):
    """Dies after so many writes, before or after the write itself."""

    def __init__(self, centre: WorksCentre, left: int, *, written: bool) -> None:
        super().__init__(centre.shelf)
        self.left, self.written = left, written

    def add(self, *notices: Notice) -> bool:
        self.left -= 1
        if self.left == 0:
            if self.written:
                super().add(*notices)
            raise StoreAway
        return super().add(*notices)


@pytest.mark.clause("K-7")
@pytest.mark.parametrize("written", [False, True], ids=["lost", "answer lost"])
@pytest.mark.parametrize("dies_at", range(1, 5))
def test_a_fan_out_that_dies_is_taken_up_where_it_was(dies_at: int, written: bool) -> None:
    centre = WorksCentre()
    centre.subscribe(80)
    centre.publish()
    sound = centre.mailbag
    breaking = _BreakingNotices(centre, dies_at, written=written)
    centre.mailbag = work_telling.Mailbag(breaking, centre.queues)
    with pytest.raises(StoreAway):
        centre.sweep(NOW)
    centre.mailbag = sound
    centre.sweep(NOW + MINUTE)
    assert Counter(told(centre).values()) == {1: 80}
    assert centre.works.read(WORK).work.telling == ()
