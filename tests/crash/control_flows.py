"""What the clock, operators' calls and an admin do to cards that were closed or are late."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from tests.crash import stages
from tests.crash.flows import KEY, Ask, Flow, answered, sweep, told
from tests.crash.stages import COORDINATOR, OPERATOR, RESPONSIBLE, Stage
from tests.door import Door

ADMIN: Final = "admin-1"
UNREACHABLE: Final = {"outcome": "unreachable"}


def _called(door: Door) -> Stage:
    return stages.closed(door, reply_channel="phone")


def _heard(stage: Stage, body: object) -> Ask:
    url = f"/cards/{stage.number}/survey"
    return lambda: answered(stage.door.post(url, body, by=OPERATOR, headers=KEY))


def _attempt(times_before: int) -> Callable[[Door], Ask]:
    def bring(door: Door) -> Ask:
        stage = _called(door)
        for _ in range(times_before):
            assert door.post(f"/cards/{stage.number}/survey", UNREACHABLE, by=OPERATOR).status < 300
            door.clock.pass_(hours=29)
        return _heard(stage, UNREACHABLE)

    return bring


def _dispute(door: Door) -> Ask:
    stage = _called(door)
    door.clock.pass_(days=8)
    door.sweep()
    return _heard(stage, stages.POOR)


def _silence_of_the_called(door: Door) -> Ask:
    _called(door)
    told(door)
    door.clock.pass_(days=8)
    return partial(sweep, door)


def _broken_extension(door: Door) -> Ask:
    """One run finds both warnings, the breach, and all three levels of heads."""
    number = stages.in_work(door).number
    body = {"kind": "extension", "reason": "Немає опор", "new_due_at": "2026-03-12T00:00:00+02:00"}
    request = answered(door.act(number, "requests", body, by=RESPONSIBLE))["id"]
    answered(door.post(f"/requests/{request}/decision", stages.APPROVAL, by=COORDINATOR))
    told(door)
    door.clock.pass_(days=40)
    return partial(sweep, door)


def _everybody_late(door: Door) -> Ask:
    """Nobody has routed, accepted, named a performer, decided or answered in time."""
    stages.filed(door, topic=None)
    stages.filed(door)
    stages.accepted(door)
    stage = stages.asked(door)
    code = {"X-Access-Code": stage.access_code}
    answered(door.post(f"/appeals/{stage.number}/messages", {"text": "Коли?"}, headers=code))
    told(door)
    door.clock.pass_(hours=72)
    return partial(sweep, door)


def _hold(door: Door) -> Ask:
    url, body = f"/cards/{stages.closed(door).number}/hold", {"reason": "Суд"}
    return lambda: answered(door.post(url, body, by=ADMIN, headers=KEY))


def released(door: Door) -> Ask:
    """A card of long ago is released, another stays because it is held."""
    for _ in range(2):
        stage = stages.closed(door)
        answered(door.post(f"/surveys/{stage.token}", stages.CONFIRMED))
    answered(door.post(f"/cards/{stage.number}/hold", {"reason": "Суд"}, by=ADMIN))
    door.clock.at = door.clock.at.replace(year=2033)
    body: dict[str, Any] = {"act": "Акт № 7"}
    return lambda: answered(door.post("/retention/2026/release", body, by=ADMIN, headers=KEY))


CONTROL_FLOWS: Final = (
    Flow("call that met nobody", _attempt(0)),
    Flow("third call that met nobody", _attempt(2)),
    Flow("dispute by phone", _dispute),
    Flow("sweep of a survey by phone", _silence_of_the_called, again=True),
    Flow("sweep of a broken extension", _broken_extension, again=True),
    Flow("sweep of whom everybody waits for", _everybody_late, again=True),
    Flow("hold", _hold),
    Flow("release of a year", released),
)
