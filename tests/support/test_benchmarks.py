"""The benchmarks' frame, on toy use cases whose cost is known."""

import sys
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from subprocess import CalledProcessError

import pytest

from benchmarks.budget import differences, read_budget, write_budget
from benchmarks.canned import Cassette
from benchmarks.cold import cold_start, handlers, runtime
from benchmarks.deadlines import deadlines_per_second
from benchmarks.measured import costs_of, cpu_ms_of_each
from benchmarks.tabulate import table
from benchmarks.use_case import Cost, UseCase
from tests.aws.tables import Stack
from tests.support.conftest import Things


def file_one(things: Things) -> str:
    """Read two items at once, then put one."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(things.get, "ab"))
    things.put("c", queue="q", due="1")
    return "c"


def prepared(stack: Stack) -> Things:
    """Put one item there."""
    things = Things(stack)
    things.put("a")
    return things


FILE = UseCase("file", prepared, file_one, cpu_calls=3)


class TestCosts:
    def test_preparing_is_not_counted(self, toy: Stack) -> None:
        assert costs_of([FILE], toy) == {"file": Cost(calls=3, waves=2, writes=2, reads=2)}

    def test_the_state_is_put_back(self, toy: Stack, things: Things) -> None:
        costs_of([FILE], toy)
        assert things.get("a") is None

    def test_cpu_time_is_of_canned_answers(self, toy: Stack, things: Things) -> None:
        spent = cpu_ms_of_each([replace(FILE, cpu_calls=1)], toy)
        assert 0 < spent["file"] < 1000
        assert things.get("c") is None

    def test_an_answer_that_was_not_recorded_is_missed(self, things: Things) -> None:
        cassette = Cassette()
        with cassette.recording():
            things.put("a")
        with cassette.playing():
            things.put("b")
            with pytest.raises(LookupError, match="another PutItem"):
                things.put("c")
            with pytest.raises(LookupError, match="another GetItem"):
                things.get("a")
            cassette.rewind()
            things.put("d")
        assert [things.get(name) is not None for name in "abcd"] == [True, False, False, False]

    def test_parallel_answers_are_not_mixed_up(self, things: Things) -> None:
        cassette = Cassette()
        things.put("a", mark="A")
        things.put("b", mark="B")
        with cassette.recording():
            things.get("a")
            things.get("b")
        with cassette.playing():
            assert (things.get("b") or {})["mark"] == "B"
            assert (things.get("a") or {})["mark"] == "A"


class TestBudget:
    COSTS = {"intake": Cost(2, 2, 18, 0.5), "accept": Cost(2, 2, 9, 1)}  # noqa: RUF012

    def test_what_is_written_is_read(self, tmp_path: Path) -> None:
        file = tmp_path / "budget.toml"
        write_budget(self.COSTS, file)
        assert read_budget(file) == self.COSTS
        assert read_budget(tmp_path / "none.toml") == {}

    def test_every_number_that_differs_is_named(self) -> None:
        measured = {"intake": Cost(3, 2, 17, 0.5), "close": Cost(1, 1, 9, 0)}
        assert list(differences(measured, self.COSTS)) == [
            "accept: not measured",
            "close: not in the budget",
            "intake: calls 2 in the budget, 3 measured",
            "intake: writes 18 in the budget, 17 measured",
        ]

    def test_the_same_costs_differ_in_nothing(self) -> None:
        assert list(differences(self.COSTS, self.COSTS)) == []


@pytest.fixture
def package(tmp_path: Path) -> Callable[[str], tuple[Path, Path]]:
    def zipped(source: str) -> tuple[Path, Path]:
        code_zip, layer = tmp_path / "code.zip", tmp_path / "layer"
        layer.mkdir()
        (layer / "layered.py").write_text("VALUE = 1\n")
        with zipfile.ZipFile(code_zip, "w") as archive:
            archive.writestr("app.py", source)
        return code_zip, layer

    return zipped


class TestCold:
    def test_code_layer_and_sdk_are_there(
        self, package: Callable[[str], tuple[Path, Path]]
    ) -> None:
        source = "import botocore, layered\n\ndef api(): ...\n"
        with runtime(*package(source)) as folders:
            cold = cold_start("app.api", folders, repetitions=1)
        assert cold.cpu_ms > 0
        assert 5 < cold.rss_mb < 200

    def test_nothing_else_is_there(self, package: Callable[[str], tuple[Path, Path]]) -> None:
        assert "pytest" in sys.modules
        with runtime(*package("import pytest\n")) as folders:
            with pytest.raises(CalledProcessError) as refusal:
                cold_start("app.api", folders, repetitions=1)
            assert "No module named 'pytest'" in refusal.value.stderr

    def test_functions_are_those_of_the_template(self) -> None:
        function = {"Type": "AWS::Serverless::Function", "Properties": {"Handler": "app.sweep"}}
        template = {"Resources": {"Sweep": function, "Queue": {"Type": "AWS::SQS::Queue"}}}
        assert handlers(template) == {"Sweep": "app.sweep"}


def test_deadlines_are_computed_for_a_city() -> None:
    assert deadlines_per_second("khmelnytskyi") > 0


def test_a_table_is_aligned() -> None:
    rows = [("intake", 2, 1234567.0), ("queue page", 1, 0.5)]
    assert table("Costs", ("use case", "calls", "W"), rows).splitlines() == [
        "Costs",
        "  use case    calls          W",
        "  ----------  -----  ---------",
        "  intake          2  1,234,567",
        "  queue page      1        0.5",
    ]
