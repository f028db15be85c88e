"""However a flow is cut short and asked again, it is done once, whole (faults 4, 6, 13, 18)."""

from collections.abc import Callable

import pytest

from tests.aws.crashes import crash_everywhere
from tests.crash.flows import FLOWS, Flow, scene
from tests.door import Door


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.name)
def test_cut_short_at_any_call(flow: Flow, fresh_door: Callable[[], Door]) -> None:
    report = crash_everywhere(scene(flow, fresh_door()))
    print(report)
    assert report.violations == [], str(report)
