"""Publishing works, changing what is told of them, closing them; what an appeal is told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Place
from chalicelib.domain.errors import (
    InputRefused,
    NotFound,
    RoleNotPermitted,
    RuleRefused,
    StoreAway,
    VersionStale,
)
from chalicelib.domain.people import Role
from chalicelib.domain.repair_work import (
    CAUSE_UNKNOWN,
    RepairWork,
    ToTell,
    WorkEvent,
    WorkKind,
    WorkStatus,
)
from chalicelib.usecases import repair_works
from chalicelib.usecases.repair_works import Told
from tests.fakes import FakeRepairWorks
from tests.usecases.collaborators import NOW
from tests.usecases.works_centre import WorksCentre
from tests.works import HOUR, KEEPER, STREET, WORK, work_id_of


@pytest.fixture
def centre() -> WorksCentre:
    """An empty centre."""
    return WorksCentre()


@pytest.mark.clause("K-7")
class TestPublishing:
    """7. A work is entered with its situation, causes, consequences and term."""

    def test_it_stands_as_it_was_told(self, centre: WorksCentre) -> None:
        work = centre.publish().work
        assert (work.executor, work.kind) == ("vodokanal", WorkKind.EMERGENCY)
        assert work.cause == CAUSE_UNKNOWN
        assert work.places == (Place("вулиця Проскурівська", "2-40", street_id=STREET),)
        assert work.status(NOW) is WorkStatus.ACTIVE
        assert centre.works.read(WORK).work == work
        assert centre.events() == [WorkEvent.REGISTERED]

    def test_its_subscribers_are_to_be_told_and_its_end_is_watched(
        self, centre: WorksCentre
    ) -> None:
        work = centre.publish(starts_at=NOW + HOUR, eta_at=NOW + 3 * HOUR).work
        assert work.kind is WorkKind.PLANNED
        assert work.telling == (ToTell(1),)
        assert work.timers == {
            "tell": NOW,
            "begins": NOW + HOUR,
            "overdue": NOW + 3 * HOUR,
        }

    def test_everything_that_is_missing_is_named_at_once(self, centre: WorksCentre) -> None:
        with pytest.raises(InputRefused) as refused:
            repair_works.register(Told(summary="Прорив"), centre.keeping(), works=centre.works)
        missing = [fault.field for fault in refused.value.faults]
        assert missing == ["cause", "consequences", "eta_at", "places"]

    def test_a_term_in_the_past_is_refused(self, centre: WorksCentre) -> None:
        with pytest.raises(InputRefused):
            centre.publish(eta_at=NOW)
        assert centre.works.files == {}

    @pytest.mark.parametrize("role", set(Role) - {Role.RESPONSIBLE, Role.HEAD})
    def test_only_an_executor_publishes(self, centre: WorksCentre, role: Role) -> None:
        keeping = centre.keeping(actor=replace(KEEPER, role=role))
        with pytest.raises(RoleNotPermitted) as refused:
            repair_works.register(Told(), keeping, works=centre.works)
        assert refused.value.clause == "K-5.1.10"

    def test_a_city_without_repair_works_says_so(self) -> None:
        centre = WorksCentre(city=load_city("kryvyi-rih"))
        with pytest.raises(RuleRefused) as refused:
            centre.publish()
        assert (refused.value.words, refused.value.clause) == ("no-repair-works", "KR-1.1")


@pytest.mark.clause("K-7")
class TestChanging:
    """Every change of the term is kept beside the old one, and told."""

    def test_a_new_term_keeps_the_old_one_and_is_told(self, centre: WorksCentre) -> None:
        before = centre.publish().work
        told = Told(eta_at=NOW + 5 * HOUR, reason="Потрібна інша муфта")
        file = repair_works.change(told, centre.keeping(), works=centre.works)
        change = file.changes[-1]
        assert (change.event, change.text) == (WorkEvent.TERM_CHANGED, told.reason)
        assert change.facts == {
            "was_eta_at": before.eta_at.isoformat(),
            "eta_at": (NOW + 5 * HOUR).isoformat(),
        }
        assert file.work.version == 2
        assert file.work.timers["overdue"] == NOW + 5 * HOUR
        assert file.work.telling == (ToTell(1), ToTell(2))

    def test_a_term_and_other_data_are_two_lines_and_one_message(self, centre: WorksCentre) -> None:
        centre.publish()
        told = Told(eta_at=NOW + 5 * HOUR, cause="Знос труби", reason="Дефект більший")
        file = repair_works.change(told, centre.keeping(), works=centre.works)
        assert centre.events()[1:] == [WorkEvent.TERM_CHANGED, WorkEvent.CHANGED]
        assert (file.work.cause, file.work.version) == ("Знос труби", 2)
        assert file.work.telling == (ToTell(1), ToTell(2))

    def test_what_stands_already_changes_nothing(self, centre: WorksCentre) -> None:
        before = centre.publish()
        told = Told(summary=before.work.summary, eta_at=before.work.eta_at)
        after = repair_works.change(told, centre.keeping(), works=centre.works)
        assert after == before

    def test_a_term_moved_after_it_ran_out_is_watched_again(self, centre: WorksCentre) -> None:
        centre.publish()
        centre.sweep(NOW + 2 * HOUR)
        assert centre.events()[-1] is WorkEvent.OVERDUE
        keeping = centre.keeping(now=NOW + 2 * HOUR)
        repair_works.change(Told(eta_at=NOW + 4 * HOUR), keeping, works=centre.works)
        centre.sweep(NOW + 4 * HOUR)
        assert centre.events().count(WorkEvent.OVERDUE) == 2

    def test_what_has_begun_does_not_begin_again(self, centre: WorksCentre) -> None:
        centre.publish(starts_at=NOW + HOUR, eta_at=NOW + 3 * HOUR)
        centre.sweep(NOW + HOUR)
        keeping = centre.keeping(now=NOW + HOUR)
        repair_works.change(Told(eta_at=NOW + 4 * HOUR), keeping, works=centre.works)
        centre.sweep(NOW + HOUR)
        assert centre.events().count(WorkEvent.BEGAN) == 1

    @pytest.mark.parametrize("told", [Told(eta_at=NOW - HOUR), Told(summary="")])
    def test_bad_data_are_refused(self, centre: WorksCentre, told: Told) -> None:
        centre.publish()
        with pytest.raises(InputRefused):
            repair_works.change(told, centre.keeping(), works=centre.works)
        assert centre.events() == [WorkEvent.REGISTERED]

    def test_a_stale_version_is_refused(self, centre: WorksCentre) -> None:
        centre.publish()
        repair_works.change(Told(cause="Знос"), centre.keeping(version=1), works=centre.works)
        with pytest.raises(VersionStale):
            repair_works.change(Told(cause="Мороз"), centre.keeping(version=1), works=centre.works)

    def test_another_executors_work_is_not_ones_own(self, centre: WorksCentre) -> None:
        centre.publish()
        keeping = centre.keeping(actor=replace(KEEPER, executor="svitlo"))
        with pytest.raises(RoleNotPermitted):
            repair_works.change(Told(cause="Знос"), keeping, works=centre.works)
        with pytest.raises(RoleNotPermitted):
            repair_works.close("", keeping, works=centre.works)

    def test_what_is_not_there_is_not_found(self, centre: WorksCentre) -> None:
        with pytest.raises(NotFound):
            repair_works.close("", centre.keeping(), works=centre.works)


@pytest.mark.clause("K-5.1.10")
class TestClosing:
    """5.1.10 On the fact of the end the executor must close the card of the works."""

    def test_it_ends_with_what_was_done(self, centre: WorksCentre) -> None:
        centre.publish()
        at = NOW + timedelta(minutes=30)
        file = repair_works.close("Муфту замінено", centre.keeping(now=at), works=centre.works)
        assert (file.work.closed_at, file.work.result) == (at, "Муфту замінено")
        assert file.changes[-1].facts == {"in_time": "yes"}
        assert set(file.work.timers) == {"tell"}
        assert centre.works.in_street(STREET) == []

    def test_late_is_late(self, centre: WorksCentre) -> None:
        centre.publish()
        keeping = centre.keeping(now=NOW + 2 * HOUR)
        file = repair_works.close("", keeping, works=centre.works)
        assert file.changes[-1].facts == {"in_time": "no"}

    def test_once(self, centre: WorksCentre) -> None:
        centre.publish()
        repair_works.close("", centre.keeping(), works=centre.works)
        with pytest.raises(RuleRefused) as refused:
            repair_works.close("", centre.keeping(), works=centre.works)
        assert refused.value.clause == "K-5.1.10"
        with pytest.raises(RuleRefused):
            repair_works.change(Told(cause="X"), centre.keeping(), works=centre.works)


class _AwayWorks(FakeRepairWorks):
    def in_street(self, street_key: str) -> list[RepairWork]:
        raise StoreAway


@pytest.mark.clause("K-5.1.10")
class TestKnownAtIntake:
    """A new appeal at a place and topic with a known work is told so and linked, never refused."""

    def test_it_is_told_and_linked(self, centre: WorksCentre) -> None:
        centre.publish()
        done = centre.register(topic="WA-02")
        assert [work.id for work in done.works] == [WORK]
        assert done.card.works == (WORK,)
        assert "known_work" in done.card.flags

    @pytest.mark.parametrize(
        "changes",
        [{"topic": "LI-01"}, {"place": Place("вулиця Соборна", "12")}],
        ids=["another service", "another street"],
    )
    def test_another_matter_is_not(self, centre: WorksCentre, changes: dict[str, Any]) -> None:
        centre.publish()
        done = centre.register(**({"topic": "WA-02"} | changes))
        assert (done.works, done.card.works) == ((), ())
        assert "known_work" not in done.card.flags

    def test_a_closed_work_is_known_no_more(self, centre: WorksCentre) -> None:
        centre.publish()
        repair_works.close("", centre.keeping(), works=centre.works)
        assert centre.register(topic="WA-02").works == ()

    def test_many_works_leave_the_card_small(self, centre: WorksCentre) -> None:
        for no in range(9):
            centre.publish(work_id=work_id_of(no))
        done = centre.register(topic="WA-02")
        assert (len(done.works), len(done.card.works)) == (5, 3)

    def test_an_appeal_does_not_wait_for_a_store_that_is_away(self, centre: WorksCentre) -> None:
        centre.works = _AwayWorks(centre.shelf)
        assert centre.register(topic="WA-02").works == ()

    def test_a_city_without_works_asks_for_none(self) -> None:
        centre = WorksCentre(city=load_city("kryvyi-rih"))
        centre.works = _AwayWorks(centre.shelf)
        assert centre.register(topic=None).works == ()
