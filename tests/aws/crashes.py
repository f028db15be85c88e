"""Every way one flow can be cut short, and whether what must hold holds afterwards.

A caller whose request was not answered asks again; so does a `Scene`. After the faults of a
plan its invariant is checked against the state and against everything a caller was told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from tests.aws.gate import Call, Crash, Gate
from tests.aws.plans import CRASHES, Fault, Mode, Plan, single_faults

ATTEMPTS: Final = 6
"""How often the caller asks before it gives up; more than any plan has faults."""


def _nothing() -> None:
    """Do nothing."""


@dataclass(frozen=True)
class Scene:
    """A flow and what must hold however it is cut short.

    Attributes:
        name: what the flow does, for the report.
        fresh: puts the state back to before the flow; not part of the run.
        act: what the caller asks; asked again after a crash or an error. What it returns is
            what the caller was told.
        check: raises AssertionError if the invariant is broken; gets all that callers were told.
        settle: what must follow by itself (stream, sweep), also run again after a crash.
    """

    name: str
    fresh: Callable[[], object]
    act: Callable[[], object]
    check: Callable[[Sequence[object]], object]
    settle: Callable[[], object] = _nothing


@dataclass
class Trial:
    """One run of a scene by one plan.

    Attributes:
        told: what callers were answered.
        violation: what was broken, or None.
    """

    plan: Plan
    calls: list[Call]
    parallel: bool
    slept_seconds: float
    told: list[object]
    violation: str | None = None

    def __str__(self) -> str:
        """Return the plan, the calls as they went, and what was broken."""
        log = "".join(f"\n    {c.number:3} {c.name} {c.outcome}" for c in self.calls)
        return f"{self.plan}: {self.violation}{log}"


@dataclass
class Report:
    """All trials of a scene."""

    scene: str
    calls: int
    plans: int = 0
    violations: list[Trial] = field(default_factory=list)

    def add(self, trial: Trial) -> None:
        """Count a trial and keep it if it broke something."""
        self.plans += 1
        if trial.violation is not None:
            self.violations.append(trial)

    def __str__(self) -> str:
        """Return the counts in one line, and each violation."""
        found = "".join(f"\n  {trial}" for trial in self.violations)
        counts = f"{self.calls} calls, {self.plans} plans, {len(self.violations)} violations"
        return f"{self.scene}: {counts}{found}"


def trial(scene: Scene, plan: Plan | None = None, *, stale_writes: int = 0) -> Trial:
    """Run a scene once by a plan: fresh state, ask until answered, settle, check."""
    scene.fresh()
    told: list[object] = []
    with Gate(plan, stale_writes=stale_writes) as gate:
        failure = _insist(gate, lambda: told.append(scene.act()))
        failure = failure or _insist(gate, scene.settle)
    run = Trial(gate.plan, gate.calls, gate.parallel, gate.slept_seconds, told, failure)
    if failure is None:
        try:
            scene.check(told)
        except AssertionError as broken:
            run.violation = str(broken) or "the invariant does not hold"
    return run


def _insist(gate: Gate, ask: Callable[[], object]) -> str | None:
    """Ask until it is answered; return why it was not, or None. Settling is asked likewise."""
    error: BaseException | None = None
    for _ in range(ATTEMPTS):
        try:
            ask()
        except (Crash, Exception) as raised:  # noqa: BLE001 — a caller sees a 500 as a 500
            error = raised
            gate.revive()
        else:
            return None
    return f"never answered: {error!r}"


def every_plan(scene: Scene, *, modes: Sequence[Mode] = CRASHES) -> Iterator[Plan]:
    """Run the scene once undisturbed, then yield a plan for each of its calls and each mode.

    Flows with parallel calls get every plan twice, with the calls of a wave forward and
    backward. Raises AssertionError if the undisturbed run itself breaks the invariant.
    """
    clean = undisturbed(scene)
    yield from single_faults(len(clean.calls), parallel=clean.parallel, modes=modes)


def undisturbed(scene: Scene) -> Trial:
    """Run the scene without faults. Raises AssertionError if that breaks the invariant."""
    clean = trial(scene)
    if clean.violation is not None:
        raise AssertionError(f"{scene.name}, without any fault: {clean}")
    return clean


def crash_everywhere(scene: Scene, *, modes: Sequence[Mode] = CRASHES) -> Report:
    """Cut the scene short at every call in every mode, and report what broke."""
    report = Report(scene.name, len(undisturbed(scene).calls))
    for plan in every_plan(scene, modes=modes):
        report.add(trial(scene, plan))
    return report


def crash_in_pairs(scene: Scene, *, most: int | None = None, seed: int = 0) -> Report:
    """Cut the scene short twice: the second time at any call of what follows the first.

    Args:
        most: try at most so many pairs, drawn by `seed`; all if None.
    """
    report = Report(f"{scene.name}, twice", len(undisturbed(scene).calls))
    pairs = list(_pairs(scene))
    if most is not None and len(pairs) > most:
        pairs = Random(seed).sample(pairs, most)
    for plan in pairs:
        report.add(trial(scene, plan))
    return report


def _pairs(scene: Scene) -> Iterator[Plan]:
    for first in every_plan(scene):
        fault = first.faults[0]
        recovered = len(trial(scene, first).calls)
        for call in range(fault.call + 1, recovered + 1):
            for mode in CRASHES:
                yield Plan((fault, Fault(call, mode)), first.order)
