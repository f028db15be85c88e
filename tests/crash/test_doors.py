"""What comes by a bot, a queue or a mailbox is done once, wherever its worker is killed (K-2)."""

from collections.abc import Callable
from itertools import islice
from typing import Final

import pytest

from tests.aws.crashes import Report, crash_everywhere, crash_in_pairs, undisturbed
from tests.crash.door_flows import DOOR_FLOWS, LETTER_FLOW
from tests.crash.flows import Flow, scene
from tests.crash.test_crashes import MOST_PAIRS, refusals, run, sampled
from tests.door import Door

SAMPLED: Final = 9
"""Each so-manieth plan is tried every time, all of them in the long searches."""

each_flow = pytest.mark.parametrize(
    ("flow", "city"),
    [*((flow, "fresh_door") for flow in DOOR_FLOWS), (LETTER_FLOW, "fresh_committee")],
    ids=lambda given: given.name if isinstance(given, Flow) else "",
)
Doors = Callable[[], Door]


@pytest.fixture
def door(city: str, request: pytest.FixtureRequest) -> Door:
    """An empty city."""
    doors: Doors = request.getfixturevalue(city)
    return doors()


def require_none(report: Report) -> None:
    """Check that nothing broke."""
    assert report.violations == [], str(report)


@each_flow
def test_cut_short(flow: Flow, door: Door) -> None:
    tried = scene(flow, door)
    plans = sampled(undisturbed(tried).calls)
    require_none(run(tried, islice(plans, len(flow.name) % SAMPLED, None, SAMPLED)))


@pytest.mark.deep
@each_flow
def test_cut_short_at_every_call(flow: Flow, door: Door) -> None:
    require_none(crash_everywhere(scene(flow, door)))


@pytest.mark.deep
@each_flow
def test_cut_short_twice(flow: Flow, door: Door) -> None:
    require_none(crash_in_pairs(scene(flow, door), most=MOST_PAIRS))


@pytest.mark.deep
@each_flow
@pytest.mark.parametrize("times", [1, 4])
def test_refused_at_every_call(flow: Flow, door: Door, times: int) -> None:
    tried = scene(flow, door)
    require_none(run(tried, refusals(undisturbed(tried).calls, times)))
