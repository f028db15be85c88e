"""K-7, K-5.1.10: what is told of repair works, how they move, which appeals they are about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Place
from chalicelib.domain.errors import InputRefused, RoleNotPermitted, RuleRefused
from chalicelib.domain.people import Role
from chalicelib.domain.repair_work import (
    CAUSE_UNKNOWN,
    ToTell,
    WorkChange,
    WorkEvent,
    WorkKind,
    WorkStatus,
)
from chalicelib.regulation.permissions import Deed
from chalicelib.regulation.repair_works import (
    cause_of,
    concerns,
    due_steps,
    faults_of_term,
    is_still_told,
    kind_of,
    missing,
    require_kept_here,
    require_open,
    require_own_work,
    require_term,
    services_of,
    timers_of_term,
    to_be_told,
)
from tests.builders import COORDINATOR, RECEIVED_AT
from tests.works import HOUR, KEEPER, STREET, a_change, a_work

KHMELNYTSKYI = load_city("khmelnytskyi")
NOW = RECEIVED_AT
TOLD = {
    "summary": "Прорив",
    "cause": "Знос труби",
    "consequences": "Немає води",
    "eta_at": "2026-03-02T18:00:00+02:00",
    "places": [{"street": "вулиця Проскурівська"}],
}


@pytest.mark.clause("K-7")
class TestWhatIsTold:
    """7. The situation, the causes, the consequences for residents, the term of elimination."""

    @pytest.mark.parametrize("field", TOLD)
    def test_each_of_the_data_is_demanded(self, field: str) -> None:
        for told in ({**TOLD, field: ""}, {n: v for n, v in TOLD.items() if n != field}):
            (fault,) = missing(told)
            assert (fault.field, fault.code) == (field, f"missing_{field}")
            assert fault.clause == "K-7"

    def test_everything_that_is_missing_is_named_at_once(self) -> None:
        assert [fault.field for fault in missing({"summary": "  "})] == list(TOLD)

    def test_a_whole_work_lacks_nothing(self) -> None:
        assert list(missing(TOLD)) == []

    def test_a_change_may_leave_data_as_they_are_but_not_empty_them(self) -> None:
        assert list(missing({"eta_at": TOLD["eta_at"]}, changing=True)) == []
        (fault,) = missing({"cause": ""}, changing=True)
        assert fault.field == "cause"

    @pytest.mark.parametrize("typed", ["з'ясовується", "З’ясовується.", "  зʼясовується "])
    def test_a_cause_may_be_unknown_yet(self, typed: str) -> None:
        assert cause_of(typed) == CAUSE_UNKNOWN
        assert cause_of("Знос труби") == "Знос труби"

    def test_a_city_without_the_clause_keeps_none_and_says_whose_they_are(self) -> None:
        require_kept_here(KHMELNYTSKYI)
        with pytest.raises(RuleRefused) as refused:
            require_kept_here(load_city("kryvyi-rih"))
        assert refused.value.clause == "KR-1.1"


@pytest.mark.clause("K-7")
class TestTerm:
    """The term of elimination lies ahead, and after the beginning."""

    def test_a_term_in_the_past_is_refused(self) -> None:
        for eta_at in (NOW, NOW - HOUR):
            with pytest.raises(InputRefused) as refused:
                require_term(NOW - 2 * HOUR, eta_at, NOW)
            (fault,) = refused.value.faults
            assert (fault.field, fault.code, fault.clause) == ("eta_at", "in_the_past", "K-7")

    def test_a_term_before_the_beginning_is_refused(self) -> None:
        (fault,) = faults_of_term(NOW + 2 * HOUR, NOW + HOUR, NOW)
        assert fault.code == "ends_before_it_begins"

    def test_a_term_ahead_is_not(self) -> None:
        require_term(NOW, NOW + timedelta(seconds=1), NOW)


@pytest.mark.clause("K-5.1.10")
class TestLife:
    """5.1.10 Works are registered, and closed on the fact of their end."""

    def test_where_a_work_stands_follows_from_its_instants(self) -> None:
        work = a_work(starts_at=NOW + HOUR, eta_at=NOW + 3 * HOUR)
        seen = [work.status(NOW + hours * HOUR) for hours in range(4)]
        assert seen == [
            WorkStatus.PLANNED,
            WorkStatus.ACTIVE,
            WorkStatus.ACTIVE,
            WorkStatus.OVERDUE,
        ]
        closed = replace(work, closed_at=NOW)
        assert {closed.status(NOW + hours * HOUR) for hours in range(4)} == {WorkStatus.CLOSED}

    def test_it_begins_and_runs_out_by_itself(self) -> None:
        starts_at, eta_at = NOW + HOUR, NOW + 2 * HOUR
        work = a_work(timers=timers_of_term(starts_at, eta_at, NOW))
        assert [due_steps(work, NOW + hours * HOUR) for hours in range(3)] == [
            (),
            ("begins",),
            ("begins", "overdue"),
        ]

    def test_what_has_begun_begins_no_more(self) -> None:
        assert timers_of_term(NOW, NOW + HOUR, NOW) == {"overdue": NOW + HOUR}

    def test_a_closed_work_is_not_changed(self) -> None:
        require_open(a_work())
        with pytest.raises(RuleRefused) as refused:
            require_open(a_work(closed_at=NOW))
        assert refused.value.clause == "K-5.1.10"

    def test_a_work_is_its_executors(self) -> None:
        require_own_work(KEEPER, Deed.KEEP_WORKS, "vodokanal")
        with pytest.raises(RoleNotPermitted):
            require_own_work(KEEPER, Deed.KEEP_WORKS, "svitlo")
        with pytest.raises(RoleNotPermitted):
            require_own_work(COORDINATOR, Deed.KEEP_WORKS, "vodokanal")
        require_own_work(COORDINATOR, Deed.ANSWER_WORK, "vodokanal")
        with pytest.raises(RoleNotPermitted):
            require_own_work(replace(KEEPER, role=Role.PERFORMER), Deed.KEEP_WORKS, "vodokanal")

    def test_what_begins_later_is_planned_unless_somebody_said(self) -> None:
        assert kind_of(None, NOW, NOW) is WorkKind.EMERGENCY
        assert kind_of(None, NOW + HOUR, NOW) is WorkKind.PLANNED
        assert kind_of(WorkKind.PLANNED, NOW, NOW) is WorkKind.PLANNED

    def test_services_are_the_executors_own_unless_named(self) -> None:
        assert "WA" in services_of((), "vodokanal", KHMELNYTSKYI)
        assert services_of(("LI",), "vodokanal", KHMELNYTSKYI) == ("LI",)
        with pytest.raises(InputRefused) as refused:
            services_of(("WA", "ZZ"), "vodokanal", KHMELNYTSKYI)
        assert [fault.field for fault in refused.value.faults] == ["services.1"]


@pytest.mark.clause("K-7")
class TestTelling:
    """Every change of the term is told; one write is one message."""

    def test_one_write_is_one_message(self) -> None:
        term = a_change(seq=2, event=WorkEvent.TERM_CHANGED)
        other = a_change(seq=3, event=WorkEvent.CHANGED)
        assert to_be_told((ToTell(1),), (term, other)) == (ToTell(1), ToTell(2))

    @pytest.mark.parametrize("event", WorkEvent)
    def test_only_an_answer_is_told_to_nobody_here(self, event: WorkEvent) -> None:
        told = to_be_told((), (WorkChange(7, NOW, event, KEEPER),))
        assert told == (() if event is WorkEvent.ANSWERED else (ToTell(7),))

    def test_of_a_closed_work_only_its_end_is_news(self) -> None:
        began, closed = a_change(event=WorkEvent.BEGAN), a_change(event=WorkEvent.CLOSED)
        assert is_still_told(a_work(), began)
        assert not is_still_told(a_work(closed_at=NOW), began)
        assert is_still_told(a_work(closed_at=NOW), closed)


def at(building: str) -> Place:
    """Return a place in the street of the work."""
    return Place("вулиця Проскурівська", building, street_id=STREET)


@pytest.mark.clause("K-5.1.10", "K-7")
class TestConcerns:
    """A work is about the appeals of its places and services."""

    @pytest.mark.parametrize(
        ("building", "covered"),
        [("2", True), ("40", True), ("12-А", True), ("42", False), ("3", False), ("", True)],
    )
    def test_a_range_of_houses(self, building: str, covered: bool) -> None:
        assert concerns(a_work(), at(building), "WA") is covered

    @pytest.mark.parametrize(
        ("told", "building", "covered"),
        [
            ("", "77", True),
            ("12", "12", True),
            ("12", "12А", False),
            ("12-А", "12 а", True),
            ("12/1", "121", False),
            ("2, 4; 7-9", "8", True),
            ("2, 4; 7-9", "4", True),
            ("2, 4; 7-9", "5", False),
            ("1-45 непарні", "7", True),
            ("1-45 непарні", "8", False),
            ("1–45", "8", True),
        ],
    )
    def test_houses_as_people_write_them(self, told: str, building: str, covered: bool) -> None:
        assert concerns(a_work(places=(at(told),)), at(building), "WA") is covered

    def test_another_street_and_another_service_are_not(self) -> None:
        elsewhere = Place("вулиця Соборна", "2", street_id="vul-soborna")
        assert not concerns(a_work(), elsewhere, "WA")
        assert not concerns(a_work(), at("2"), "LI")

    def test_an_appeal_without_a_topic_may_be_about_any_service(self) -> None:
        assert concerns(a_work(), at("2"), None)

    def test_a_street_outside_the_registry_is_known_by_its_words(self) -> None:
        typed = Place("Провулок  Новий", "1")
        work = a_work(places=(Place("провулок новий", ""),))
        assert concerns(work, typed, "WA")
        assert not concerns(work, Place("", "1"), "WA")
