"""Executive discipline as the coordinator, the general office and a head read it (KR-3.1)."""

import csv
import io
from typing import Any

import pytest

from tests.door import Door, Reply
from tests.requests import an_appeal_body

MARCH = "/reports/discipline?from=2026-03-01&to=2026-03-31"
COORDINATOR = "coordinator-1"


def filed(door: Door, **changes: Any) -> str:
    reply = door.post("/appeals", an_appeal_body(**changes))
    assert reply.status == 201, reply.text
    number: str = reply.json["number"]
    return number


def discipline(door: Door, url: str = MARCH, *, by: str = COORDINATOR, **headers: str) -> Reply:
    reply = door.get(url, by=by, headers=headers)
    assert reply.status == 200, reply.text
    return reply


@pytest.mark.clause("K-6.1", "KR-3.1")
class TestFacts:
    """The report names what was broken; nobody is marked."""

    def test_a_late_card_moves_from_disputable_to_certain(self, door: Door) -> None:
        number = filed(door)
        assert discipline(door).json["cards"] == []
        door.clock.pass_(days=6)
        (line,) = discipline(door).json["cards"]
        assert line["number"] == number
        (fact,) = line["findings"]
        assert (fact["fact"], fact["clause"], fact["band"]) == ("late", "K-6.1", "disputable")
        door.clock.pass_(days=3)
        found = discipline(door).json
        assert found["cards"][0]["findings"][0]["band"] == "certain"
        assert (found["total"]["strict_late"], found["total"]["certain_late"]) == (1, 1)
        (executor,) = found["executors"]
        assert executor["executor"]["id"] == "svitlo"
        assert executor["facts"] == {"late": 1}

    def test_a_fact_belongs_to_the_period_in_which_it_came_about(self, door: Door) -> None:
        filed(door)
        door.clock.pass_(days=10)
        first = discipline(door, "/reports/discipline?from=2026-03-02&to=2026-03-06").json
        second = discipline(door, "/reports/discipline?from=2026-03-07&to=2026-03-12").json
        assert (first["cards"], len(second["cards"])) == ([], 1)

    def test_balances_add_up(self, door: Door) -> None:
        filed(door)
        door.clock.pass_(days=40)
        filed(door)
        april = discipline(door, "/reports/discipline?from=2026-04-01&to=2026-04-30").json
        for line in (april["total"], *april["executors"]):
            assert line["opening"] + line["received"] == line["closed"] + line["closing"]
        total = april["total"]
        counts = [total[name] for name in ("opening", "received", "closed", "closing")]
        assert counts == [1, 1, 0, 2]

    def test_a_card_older_than_the_look_back_is_found_by_its_queue(self, door: Door) -> None:
        filed(door)
        door.clock.pass_(days=500)
        url = "/reports/discipline?from=2027-07-01&to=2027-07-31"
        assert discipline(door, url).json["total"]["opening"] == 1

    def test_a_gap_in_the_sequence_hides_nothing(self, door: Door) -> None:
        filed(door)
        for _ in range(30):
            door.centre.numbers.next_sequence(2026)
        filed(door)
        assert discipline(door).json["total"]["received"] == 2


class TestCsv:
    """A table for a spreadsheet, a row for each fact."""

    def test_a_row_for_each_fact(self, door: Door) -> None:
        number = filed(door)
        door.clock.pass_(days=6)
        reply = discipline(door, accept="text/csv")
        assert reply.headers["content-type"] == "text/csv; charset=utf-8"
        assert "discipline-2026-03-01-2026-03-31.csv" in reply.headers["content-disposition"]
        assert reply.text.startswith("\ufeff")
        (row,) = csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff")))
        assert (row["Номер"], row["Код виконавця"], row["Пункт"]) == (number, "svitlo", "K-6.1")
        assert row["Спірність"] == "спірно"

    def test_in_english_too(self, door: Door) -> None:
        reply = discipline(door, accept="text/csv", **{"accept-language": "en"})
        assert reply.text.removeprefix("\ufeff").startswith("Number,Executor's code,Executor")


class TestWhoReads:
    """The coordinator and the admin all of it, the general office too, a head the own unit."""

    def test_a_head_reads_the_own_unit_only(self, door: Door) -> None:
        filed(door)
        filed(door, topic="WA-02")
        own = discipline(door, by="svitlo-head").json
        assert [line["executor"]["id"] for line in own["executors"]] == ["svitlo"]
        assert own["total"]["received"] == 1

    def test_others_do_not(self, door: Door) -> None:
        for person in ("operator-1", "svitlo-responsible", "svitlo-performer-1"):
            assert door.get(MARCH, by=person).status == 403
        assert door.get(MARCH).status == 401

    def test_the_general_office_reads_kr(self, kr_door: Door) -> None:
        assert discipline(kr_door, by="clerk-1").json["clause"] == "KR-3.1"

    @pytest.mark.parametrize(
        ("query", "code"),
        [
            ("from=2026-03-31&to=2026-03-01", "ends_before_it_begins"),
            ("from=2026-01-01&to=2026-12-31", "too_long_a_period"),
            ("from=yesterday&to=2026-03-01", "not_a_date"),
        ],
    )
    def test_a_wrong_period_is_refused(self, door: Door, query: str, code: str) -> None:
        refused = door.get(f"/reports/discipline?{query}", by=COORDINATOR)
        assert refused.status == 422
        assert refused.json["errors"][0]["code"] == code
