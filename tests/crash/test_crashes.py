"""However a flow is cut short and asked again, it is done once, whole (faults 4, 6, 13, 18)."""

from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from tests.aws.crashes import Report, Scene, crash_everywhere, crash_in_pairs, trial, undisturbed
from tests.aws.gate import Call
from tests.aws.plans import CRASHES, TRANSACTION_CONFLICT, Backward, Fault, Forward, Mode, Plan
from tests.crash.control_flows import CONTROL_FLOWS
from tests.crash.flows import FLOWS, Flow, scene
from tests.door import Door

MOST_PAIRS = 250

SAMPLED = 2
"""Each so-manieth plan is tried every time, all of intake's; all of all in the long searches."""

SWEEPS = [flow for flow in FLOWS + CONTROL_FLOWS if flow.name.startswith("sweep")]

each_flow = pytest.mark.parametrize("flow", FLOWS + CONTROL_FLOWS, ids=lambda flow: flow.name)


sampled_flow = pytest.mark.parametrize(
    "flow",
    [
        pytest.param(flow, marks=[pytest.mark.deep] if flow in (*CONTROL_FLOWS, *SWEEPS) else [])
        for flow in FLOWS + CONTROL_FLOWS
    ],
    ids=lambda flow: flow.name,
)
"""A sweep makes many calls: cut short by the long searches, raced and made to lag here."""


@sampled_flow
def test_cut_short(flow: Flow, fresh_door: Callable[[], Door]) -> None:
    tried = scene(flow, fresh_door())
    each = 1 if flow.name == "intake" else SAMPLED
    report = run(tried, islice(sampled(undisturbed(tried).calls), 0, None, each))
    assert report.violations == [], str(report)


@pytest.mark.deep
@each_flow
def test_cut_short_at_every_call(flow: Flow, fresh_door: Callable[[], Door]) -> None:
    report = crash_everywhere(scene(flow, fresh_door()))
    assert report.violations == [], str(report)


@pytest.mark.deep
@each_flow
def test_cut_short_twice(flow: Flow, fresh_door: Callable[[], Door]) -> None:
    report = crash_in_pairs(scene(flow, fresh_door()), most=MOST_PAIRS)
    assert report.violations == [], str(report)


@pytest.mark.deep
@each_flow
@pytest.mark.parametrize("times", [1, 4, 8])
def test_refused_at_every_call(flow: Flow, times: int, fresh_door: Callable[[], Door]) -> None:
    tried = scene(flow, fresh_door())
    report = run(tried, refusals(undisturbed(tried).calls, times))
    assert report.violations == [], str(report)


@pytest.mark.parametrize("writes", [*(pytest.param(n, marks=pytest.mark.deep) for n in (1, 4)), 16])
@pytest.mark.parametrize("flow", SWEEPS, ids=lambda flow: flow.name)
def test_indexes_that_lag_behind_make_nothing_happen_twice(
    flow: Flow, writes: int, fresh_door: Callable[[], Door]
) -> None:
    tried = scene(flow, fresh_door())
    report = Report(tried.name, 0)
    report.add(trial(tried, Plan(), stale_writes=writes))
    assert report.violations == [], str(report)


def run(tried: Scene, plans: Iterator[Plan]) -> Report:
    """Run a scene by each plan and report what broke."""
    report = Report(tried.name, 0)
    for plan in plans:
        report.add(trial(tried, plan))
    return report


def sampled(calls: list[Call]) -> Iterator[Plan]:
    """Yield every crash at each call that writes, a refusal of it, and some crashes of reads."""
    for call in calls:
        order = Backward() if call.address else Forward()
        if writes(call):
            yield from (Plan((Fault(call.number, mode),), order) for mode in CRASHES)
            yield next(refusals([call], times=4))
        elif call.number % 4 == 1:
            yield Plan((Fault(call.number, CRASHES[call.number % len(CRASHES)]),), order)


def refusals(calls: list[Call], times: int) -> Iterator[Plan]:
    """Yield a plan for each call and each refusal that AWS may give it, so many times on end."""
    for call in calls:
        for code in codes(call):
            yield Plan((Fault(call.number, Mode.ERROR, code, times),))


def codes(call: Call) -> tuple[str, ...]:
    """Return what AWS may refuse a call with, though nothing is wrong with it."""
    if call.sent.service == "s3":
        return ("SlowDown",)
    if call.sent.operation == "TransactWriteItems":
        return ("ThrottlingException", TRANSACTION_CONFLICT)
    return ("ThrottlingException",)


def writes(call: Call) -> bool:
    """Tell whether a call changes anything."""
    operation = call.sent.operation
    return operation.startswith(("Transact", "Put", "Update", "Copy"))
