"""A use case as it is measured, and the two measurements of it."""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time_ns
from typing import Any

from benchmarks.canned import Cassette
from tests.aws.meter import metered
from tests.aws.tables import Stack

WARM_UP_CALLS = 10
BATCHES = 9


@dataclass(frozen=True)
class UseCase:
    """One thing that people do, as one request.

    Attributes:
        name: key of its budget, such as `intake`.
        given: puts the state there that the request needs and returns what `call` is given;
            not measured. It gets the stack in moto, empty except for what seeding left.
        call: the request; returns anything.
        cpu_calls: requests for each sample of CPU time.
    """

    name: str
    given: Callable[[Stack], Any]
    call: Callable[[Any], object]
    cpu_calls: int = 20


@dataclass(frozen=True)
class Cost:
    """What one request costs in AWS: calls, round trips in succession, write and read units."""

    calls: int
    waves: int
    writes: float
    reads: float


def cost_of(use_case: UseCase, stack: Stack) -> Cost:
    """Run a use case once against moto and count. Exact: the same each time."""
    subject = use_case.given(stack)
    with metered() as (gate, meter):
        use_case.call(subject)
    return Cost(len(gate.calls), gate.waves, meter.writes, meter.reads)


def cpu_ms_of(use_case: UseCase, stack: Stack) -> float:
    """Return CPU milliseconds of a warm request, all its threads, with AWS answers canned.

    The median of samples of several requests each. A request that fails is not measured: its
    exception passes.
    """
    cassette, subject = Cassette(), use_case.given(stack)
    with cassette.recording():
        use_case.call(subject)
    with cassette.playing():
        _sample(use_case, cassette, subject, WARM_UP_CALLS)
        sampled = [_sample(use_case, cassette, subject, use_case.cpu_calls) for _ in range(BATCHES)]
    return median(sampled)


def _sample(use_case: UseCase, cassette: Cassette, subject: object, calls: int) -> float:
    spent_ns = 0
    gc.collect()
    for _ in range(calls):
        cassette.rewind()
        started_ns = process_time_ns()
        use_case.call(subject)
        spent_ns += process_time_ns() - started_ns
    return spent_ns / calls / 1e6
