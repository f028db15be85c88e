"""The checked-in budget of calls and units, and how a measurement differs from it."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from benchmarks.use_case import Cost

BUDGET: Final = Path(__file__).with_name("budget.toml")
_NUMBERS: Final = ("calls", "waves", "writes", "reads")

_HEADER: Final = """\
# What each use case costs in AWS, exactly: calls, waves of calls one after another, write and
# read units. A test fails when a number changes; change it on purpose with
# `python -m benchmarks --accept`, and say why in the commit.
"""


def read_budget(path: Path = BUDGET) -> Mapping[str, Cost]:
    """Return the budget by use case; empty if there is no file. Raises KeyError if incomplete."""
    if not path.exists():
        return {}
    table = tomllib.loads(path.read_text())
    return {name: Cost(*(row[number] for number in _NUMBERS)) for name, row in table.items()}


def write_budget(costs: Mapping[str, Cost], path: Path = BUDGET) -> None:
    """Make these costs the budget."""
    rows = [f"\n[{name}]\n{_row(cost)}" for name, cost in costs.items()]
    path.write_text(_HEADER + "".join(rows))


def differences(costs: Mapping[str, Cost], budget: Mapping[str, Cost]) -> Iterator[str]:
    """Yield a line for each number that is not as budgeted, less as well as more."""
    for name in sorted({*costs, *budget}):
        cost, planned = costs.get(name), budget.get(name)
        if cost is None or planned is None:
            yield f"{name}: {'not measured' if cost is None else 'not in the budget'}"
            continue
        for number in _NUMBERS:
            spent, allowed = getattr(cost, number), getattr(planned, number)
            if spent != allowed:
                yield f"{name}: {number} {allowed:g} in the budget, {spent:g} measured"


def _row(cost: Cost) -> str:
    return "".join(f"{number} = {getattr(cost, number):g}\n" for number in _NUMBERS)
