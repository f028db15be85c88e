"""Calls and units of every use case are as budgeted; the budget is what was promised."""

from collections.abc import Iterator, Mapping

import pytest

from benchmarks.budget import differences, read_budget
from benchmarks.cases import LARGE, USE_CASES, later_steps
from benchmarks.measured import costs_of
from benchmarks.use_case import Cost, cpu_ms_of
from tests.aws.tables import Stack, cloud


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with cloud() as stack:
        yield stack


@pytest.fixture(scope="module")
def costs(stack: Stack) -> Mapping[str, Cost]:
    return costs_of(USE_CASES, stack)


def test_every_use_case_costs_what_is_budgeted(costs: Mapping[str, Cost]) -> None:
    assert list(differences(costs, read_budget())) == []


@pytest.mark.parametrize(
    ("name", "calls", "waves", "writes", "reads"),
    [
        ("intake", 4, 2, 18, 0.5),
        ("intake-with-key", 4, 2, 20, 0.5),
        ("accept", 2, 2, 9, 1),
        ("queue-of-1k", 1, 1, 0, 2),
        ("queue-of-10k", 1, 1, 0, 2),
        ("sweep-nothing-due", 14, 4, 0, 7),
        ("authorizer", 1, 1, 0, 1),
    ],
)
def test_what_was_promised_is_kept(
    costs: Mapping[str, Cost], name: str, calls: int, waves: int, writes: float, reads: float
) -> None:
    cost = costs[name]
    assert cost.calls <= calls
    assert cost.waves <= waves
    assert cost.writes <= writes
    assert cost.reads <= reads


def test_what_is_stored_costs_nothing(costs: Mapping[str, Cost]) -> None:
    assert costs["queue-of-1k"] == costs["queue-of-10k"]


@pytest.mark.deep
def test_a_hundred_thousand_cards_cost_nothing(costs: Mapping[str, Cost], stack: Stack) -> None:
    large = costs_of(LARGE, stack)
    assert set(large.values()) == {costs["sweep-50-due-of-1k"]}


@pytest.mark.parametrize(
    ("name", "due"), [("sweep-50-due-of-1k", 50), ("sweep-100-due-of-1k", 100)]
)
def test_a_sweep_reads_what_is_due(costs: Mapping[str, Cost], name: str, due: int) -> None:
    assert costs[name].reads <= 8 + due


@pytest.mark.deep
def test_a_hundred_due_cards_take_less_than_three_seconds_of_processor(stack: Stack) -> None:
    (hundred,) = (case for case in USE_CASES if case.name == "sweep-100-due-of-1k")
    assert cpu_ms_of(hundred, stack) < 3000


def test_a_later_step_writes_the_same_for_any_text(costs: Mapping[str, Cost], stack: Stack) -> None:
    long = costs_of(later_steps("ї" * 10_000), stack)
    assert {name: cost.writes for name, cost in long.items()} == {
        name: costs[name].writes for name in long
    }
