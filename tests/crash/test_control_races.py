"""The clock, operators and an admin at one card at once: each thing happens once (faults 9, 17)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from chalicelib import wiring
from chalicelib.domain.card import CardFile, Status
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import EventName
from tests.aws.races import Outcome, Race, every_schedule
from tests.aws.tables import snapshot
from tests.crash import stages
from tests.crash.control_flows import ADMIN, UNREACHABLE
from tests.crash.stages import COORDINATOR, OPERATOR, RESPONSIBLE, Stage
from tests.crash.test_races import _one_shard, in_first_shard, names, race, statuses, sweeping
from tests.door import Door

Actor = Callable[[], object]
__all__ = ["_one_shard"]


@pytest.fixture
def door(fresh_door: Callable[[], Door]) -> Door:
    """A door whose calls of one wave go one after another: they never meet each other."""
    door = fresh_door()
    door.centre = replace(door.centre, start=lambda call: call)
    wiring.use(door.centre)
    return door


def phoning(stage: Stage, body: object) -> Actor:
    """Return an operator who enters what was heard."""
    stage.door.token(OPERATOR)
    return partial(stage.door.post, f"/cards/{stage.number}/survey", body, by=OPERATOR)


def attempted_twice(door: Door) -> Stage:
    """Return a survey of which two attempts met nobody, and the third is due."""
    stage = stages.closed(door, reply_channel="phone")
    for _ in range(2):
        phoning(stage, UNREACHABLE)()
        door.clock.pass_(hours=29)
    return stage


def broken(door: Door) -> Stage:
    """Return a card whose granted extension has just run out."""
    stage = stages.in_work(door)
    body = {"kind": "extension", "reason": "Немає опор", "new_due_at": "2026-03-12T00:00:00+02:00"}
    request = door.act(stage.number, "requests", body, by=RESPONSIBLE).json["id"]
    assert door.post(f"/requests/{request}/decision", stages.APPROVAL, by=COORDINATOR).status == 200
    door.clock.pass_(days=10)
    return stage


@pytest.mark.deep
def test_two_operators_enter_the_last_attempt(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        assert statuses(told) == [200, 409]
        assert names(file).count(EventName.UNCONFIRMED) == 1
        assert (file.card.status, file.card.call_at) == (Status.UNCONFIRMED, None)

    third = phoning(attempted_twice(door), UNREACHABLE)
    assert race(door, check, third, third) >= 20


@pytest.mark.deep
def test_the_applicant_answers_by_the_link_while_an_operator_gives_up(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        assert statuses(told) == [200, 409]
        answered = file.card.status is Status.CONFIRMED
        assert answered or file.card.status is Status.UNCONFIRMED
        assert (EventName.UNCONFIRMED in names(file)) is not answered

    stage = attempted_twice(door)
    answer = partial(door.post, f"/surveys/{stage.token}", stages.CONFIRMED)
    assert race(door, check, answer, phoning(stage, UNREACHABLE)) >= 20


@pytest.mark.deep
@pytest.mark.usefixtures("_one_shard")
def test_two_sweeps_find_one_broken_extension(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        assert names(file).count(EventName.OVERDUE) == 1
        assert names(file).count(EventName.ESCALATED) == 1

    stage = in_first_shard(broken, door)
    sweep = sweeping(door, stage.number)
    assert race(door, check, sweep, sweep) >= 20


@pytest.mark.deep
def test_a_card_is_held_while_its_year_is_released(door: Door) -> None:
    """Whoever comes first: it is held and stays whole, or it is gone whole."""
    stage = stages.closed(door)
    assert door.post(f"/surveys/{stage.token}", stages.CONFIRMED).status == 200
    door.clock.at = door.clock.at.replace(year=2033)
    door.token(ADMIN)
    before = snapshot()
    hold = partial(door.post, f"/cards/{stage.number}/hold", {"reason": "Суд"}, by=ADMIN)
    release = partial(door.post, "/retention/2026/release", {"act": "Акт № 7"}, by=ADMIN)

    def check(outcomes: Sequence[Outcome]) -> None:
        held, released = (outcome.answer for outcome in outcomes)
        assert (held.status, released.status) in {(200, 200), (404, 200), (200, 409)}  # type: ignore[attr-defined]
        gone = held.status == 404  # type: ignore[attr-defined]
        try:
            assert "hold" in door.centre.cards.read_file(stage.number).card.flags
            assert not gone
        except NotFound:
            assert gone

    for actor in (hold, release):
        actor()
        before.restore()
    raced = every_schedule(Race(before.restore, (hold, release), check))
    assert raced.violations == []
    assert raced.schedules >= 10
