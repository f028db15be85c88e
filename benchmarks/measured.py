"""All measurements of all use cases, each from the same fresh state."""

from collections.abc import Mapping, Sequence
from time import process_time
from typing import Final

from benchmarks.use_case import Cost, UseCase, cost_of, cpu_ms_of
from tests.aws.tables import Stack, snapshot

_YARDSTICK_ROUNDS: Final = 200_000


def costs_of(use_cases: Sequence[UseCase], stack: Stack) -> Mapping[str, Cost]:
    """Return calls and units of each use case; the state is put back after each."""
    fresh, costs = snapshot(), {}
    for use_case in use_cases:
        costs[use_case.name] = cost_of(use_case, stack)
        fresh.restore()
    return costs


def cpu_ms_of_each(use_cases: Sequence[UseCase], stack: Stack) -> Mapping[str, float]:
    """Return CPU milliseconds of a warm request of each use case, AWS answers canned."""
    fresh, spent = snapshot(), {}
    for use_case in use_cases:
        spent[use_case.name] = cpu_ms_of(use_case, stack)
        fresh.restore()
    return spent


def yardstick_ms() -> float:
    """Return CPU milliseconds of a fixed loop, to compare figures of different machines."""
    started_s, total = process_time(), 0
    for number in range(_YARDSTICK_ROUNDS):
        total += number % 7
    return (process_time() - started_s) * 1000
