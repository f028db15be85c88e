"""Deadlines: KR-2.12, KR-2.13, K-6.1 and the law's envelope."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.city import City, Law, Urgency
from chalicelib.regulation.deadlines import (
    Deadline,
    days_after,
    deadline,
    decide_extension_by,
    extension_max,
    law_cap,
    month_after,
)
from tests.builders import local

KR, K = load_city("kryvyi-rih"), load_city("khmelnytskyi")
EXAMPLES = [
    row
    for row in csv.DictReader((Path(__file__).parent / "deadline_examples.csv").open())
    if row["id"] != "D12"
]


def due(received_at: datetime, urgency: Urgency, city: City = KR) -> Deadline:
    edition = city.edition_at(received_at)
    return deadline(received_at, urgency, edition=edition, calendar=city.calendar, law=city.law)


def computed(rule: str, received_at: datetime) -> datetime:
    """The strict bound that a worked example's rule asks for."""
    edition, calendar = KR.edition_at(received_at), KR.calendar
    terms = {"normal": Urgency.NORMAL, "medium": Urgency.MEDIUM, "emergency": Urgency.EMERGENCY}
    kind = rule.split()[1]
    if rule.startswith("KR-2.12"):
        return due(received_at, terms[kind]).due_at
    if "decide" in rule:
        return decide_extension_by(received_at, edition) or received_at
    if "ext.max" in rule:
        return extension_max(received_at, edition, calendar) or received_at
    if "month" in rule:
        return month_after(received_at, calendar)
    if "45" in rule:
        return law_cap(received_at, edition=edition, calendar=calendar)
    name = "law_15_days" if "15" in rule else "forward"
    return days_after(received_at, edition[name].value, calendar)


@pytest.mark.clause("KR-2.12.1", "KR-2.12.2", "KR-2.12.3", "KR-2.13", "LAW-20", "LAW-7")
class TestWorkedExamples:
    """Each worked deadline, with daylight saving, weekends and New Year."""

    @pytest.mark.parametrize("row", EXAMPLES, ids=lambda row: row["id"])
    def test_the_strict_bound_is_exact(self, row: dict[str, str]) -> None:
        received_at = datetime.fromisoformat(row["received_at"])
        assert computed(row["rule"], received_at) == datetime.fromisoformat(
            row["due_strict_exclusive"]
        )

    @pytest.mark.parametrize(
        "row", [row for row in EXAMPLES if "KR-2.12" in row["rule"]], ids=lambda row: row["id"]
    )
    def test_the_certain_and_the_planner_bound_are_exact(self, row: dict[str, str]) -> None:
        found = due(datetime.fromisoformat(row["received_at"]), Urgency(row["rule"].split()[1]))
        assert found.certain_late_at == datetime.fromisoformat(
            row["late_certain_exclusive_roll_next"]
        )
        assert found.act_by_at == datetime.fromisoformat(row["act_by_exclusive_roll_prev"])

    def test_a_holiday_rolls_only_when_martial_law_has_ended(self) -> None:
        ended = ((date(2022, 3, 24), date(2026, 8, 23)),)
        peace = replace(KR, calendar=replace(KR.calendar, martial_law=ended))
        found = due(local("Thu 2026-08-20 11:00"), Urgency.NORMAL, peace)
        assert found.due_at == local("Tue 2026-08-25 00:00")
        assert found.certain_late_at == local("Wed 2026-08-26 00:00")
        assert found.act_by_at == local("Sat 2026-08-22 00:00")


@pytest.mark.clause("KR-2.12.3")
class TestEmergency:
    """2.12.3 Emergency: not later than an hour before the day (доба) expires."""

    def test_it_is_twenty_three_elapsed_hours_on_any_day(self) -> None:
        received_at = local("Sat 2026-03-28 12:00")
        assert due(received_at, Urgency.EMERGENCY).due_at == local("Sun 2026-03-29 12:00")

    def test_it_never_rolls_over_a_weekend(self) -> None:
        found = due(local("Sat 2026-03-14 10:00"), Urgency.EMERGENCY)
        assert found.due_at == found.certain_late_at == found.act_by_at


@pytest.mark.clause("K-6.1")
class TestKhmelnytskyi:
    """6.1 Terms are controlled automatically; the regulation itself has no numbers."""

    def test_an_emergency_has_no_hour_of_margin(self) -> None:
        received_at = local("Mon 2026-03-02 10:15")
        assert due(received_at, Urgency.EMERGENCY, K).due_at == local("Tue 2026-03-03 10:15")

    def test_there_is_no_window_of_twelve_hours(self) -> None:
        received_at = local("Mon 2026-03-02 10:15")
        assert decide_extension_by(received_at, K.edition_at(received_at)) is None

    @pytest.mark.parametrize("urgency", Urgency)
    def test_its_explanation_names_no_clause_of_the_other_city(self, urgency: Urgency) -> None:
        reason = due(local("Mon 2026-03-02 10:15"), urgency, K).reason
        assert not reason.clause.startswith("KR")
        assert reason.key.startswith(f"explain.{Law.K}.")


class TestAnyInstant:
    """A day term does not depend on the zone in which the instant is written."""

    def test_utc_and_kyiv_give_the_same_day(self) -> None:
        utc = datetime(2026, 3, 29, 22, 30, tzinfo=UTC)
        assert due(utc, Urgency.NORMAL).due_at == local("Sat 2026-04-04 00:00")

    @pytest.mark.parametrize("year", range(2021, 2036))
    def test_the_bounds_are_in_order_all_year(self, year: int) -> None:
        for month in range(1, 13):
            found = due(datetime(year, month, 27, 20, tzinfo=UTC), Urgency.MEDIUM)
            assert found.act_by_at <= found.due_at <= found.certain_late_at
