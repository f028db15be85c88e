"""Every order in which the calls of several actors can reach AWS.

Each call is atomic, so two actors can only come in between each other's calls; all those
schedules are tried, one run each. Schedules are found by running: each run tells how many
actors stood at the gate at each step, and the next run takes the last untried turning.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.aws.gate import Gate
from tests.aws.plans import Address, Plan


@dataclass
class Schedule:
    """An order of calls: at each step the index of the actor that goes, the first beyond.

    Attributes:
        widths: how many actors waited at each step of the run.
    """

    choices: tuple[int, ...] = ()
    widths: dict[int, int] = field(default_factory=dict)

    def choose(self, step: int, waiting: Sequence[Address]) -> int:
        """Return the planned index and note how many there were to choose from."""
        self.widths[step] = len(waiting)
        return self.choices[step] if step < len(self.choices) else 0

    def following(self) -> "Schedule | None":
        """Return the next schedule to try after this one has run; None if it was the last."""
        taken = [self.choices[s] if s < len(self.choices) else 0 for s in sorted(self.widths)]
        for step in reversed(range(len(taken))):
            if taken[step] + 1 < self.widths[step]:
                return Schedule((*taken[:step], taken[step] + 1))
        return None


@dataclass(frozen=True)
class Outcome:
    """How one actor ended: with an answer, or with an error."""

    answer: object = None
    error: Exception | None = None


@dataclass(frozen=True)
class Race:
    """Several actors on one state, and what must hold whoever comes first.

    Attributes:
        check: raises AssertionError if broken; gets the actors' outcomes in their order.
    """

    fresh: Callable[[], object]
    actors: Sequence[Callable[[], object]]
    check: Callable[[Sequence[Outcome]], object]


@dataclass
class Raced:
    """What all schedules of a race gave."""

    schedules: int = 0
    violations: list[str] = field(default_factory=list)


def every_schedule(race: Race, *, most: int = 5000) -> Raced:
    """Run a race in every order of its calls.

    Raises:
        AssertionError: there are more than `most` schedules; nothing is sampled silently.
    """
    raced = Raced()
    schedule: Schedule | None = Schedule()
    while schedule is not None:
        if raced.schedules == most:
            raise AssertionError(f"more than {most} schedules")
        raced.schedules += 1
        raced.violations.extend(_run(race, schedule))
        schedule = schedule.following()
    return raced


def _run(race: Race, schedule: Schedule) -> Iterator[str]:
    race.fresh()
    with Gate(Plan(order=schedule)) as gate, ThreadPoolExecutor() as pool:
        running = [pool.submit(actor) for actor in race.actors]
        outcomes = [_outcome(future) for future in running]
    try:
        race.check(outcomes)
    except AssertionError as broken:
        order = " ".join(f"{call.address}{call.sent.operation}" for call in gate.calls)
        yield f"{broken or 'the invariant does not hold'}: {order}"


def _outcome(future: Future[object]) -> Outcome:
    try:
        return Outcome(answer=future.result())
    except Exception as error:  # noqa: BLE001 — losing a race is an outcome
        return Outcome(error=error)
