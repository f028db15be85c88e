"""Repair works, cut short and raced: done once, told once, answered once (faults 4, 6, 9, 13)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import Any, Final

import pytest

from chalicelib import wiring
from chalicelib.domain.repair_work import WorkEvent
from chalicelib.regulation.work_notices import AboutWork
from chalicelib.usecases.work_sweeps import Clockwork, sweep_works
from chalicelib.usecases.work_telling import Mailbag
from tests.aws.crashes import crash_everywhere, undisturbed
from tests.aws.races import Outcome, Race, every_schedule
from tests.aws.tables import snapshot
from tests.crash.flows import KEY
from tests.crash.test_crashes import run, sampled
from tests.crash.work_scenes import (
    KEEPER,
    SCENES,
    WorkScene,
    a_work_body,
    published,
    scene,
    subscribe,
)
from tests.door import Door
from tests.works import a_subscription

SAMPLED: Final = 7
"""Each so-manieth plan is tried every time, all of them in the long searches."""

REGISTERED, CLOSED = WorkEvent.REGISTERED, WorkEvent.CLOSED
HEAD: Final = "vodokanal-head"

each_scene = pytest.mark.parametrize("told", SCENES, ids=lambda told: told.name)


@pytest.mark.clause("K-5.1.10")
@each_scene
def test_cut_short(told: WorkScene, fresh_door: Callable[[], Door]) -> None:
    tried = scene(told, fresh_door())
    report = run(tried, islice(sampled(undisturbed(tried).calls), 0, None, SAMPLED))
    assert report.violations == [], str(report)


@pytest.mark.deep
@each_scene
def test_cut_short_at_every_call(told: WorkScene, fresh_door: Callable[[], Door]) -> None:
    report = crash_everywhere(scene(told, fresh_door()))
    assert report.violations == [], str(report)


@pytest.fixture
def door(fresh_door: Callable[[], Door]) -> Door:
    """A door whose calls of one wave go one after another."""
    door = fresh_door()
    door.centre = replace(door.centre, start=lambda call: call)
    wiring.use(door.centre)
    return door


def race(door: Door, check: Callable[[Sequence[Any]], None], *actors: Callable[[], object]) -> None:
    """Run a race in every order; `check` gets what each was answered."""
    before = snapshot()

    def judge(outcomes: Sequence[Outcome]) -> None:
        assert not [outcome.error for outcome in outcomes if outcome.error]
        check([outcome.answer for outcome in outcomes])

    for actor in actors:
        actor()
        before.restore()
    assert every_schedule(Race(before.restore, actors, judge)).violations == []


def closing(door: Door, work: str, by: str) -> Callable[[], object]:
    """Return somebody who closes a work."""
    door.token(by)
    return partial(door.post, f"/repair-works/{work}/close", {"text": "Зроблено"}, by=by)


def patching(door: Door, work: str, by: str, **body: Any) -> Callable[[], object]:
    """Return somebody who changes a work on the version that stands now."""
    door.token(by)
    headers = {"If-Match": door.get(f"/repair-works/{work}").etag}
    url = f"/repair-works/{work}"
    return partial(door.call, "PATCH", url, body, by=by, headers=headers)


def sweeping(door: Door) -> Callable[[], object]:
    """Return the clock, which looks at works only."""
    centre = door.centre
    mailbag = Mailbag(centre.notices, centre.queues)
    clockwork = Clockwork(
        door.clock(), centre.city_now, centre.works, centre.subscriptions, centre.cards, mailbag
    )
    return partial(sweep_works, clockwork)


def events(door: Door, work: str) -> list[WorkEvent]:
    """Return the names of a work's changes, each with a number of its own."""
    changes = door.centre.works.read(work).changes
    assert len({change.seq for change in changes}) == len(changes)
    return [change.event for change in changes]


@pytest.mark.clause("K-5.1.10")
class TestRaces:
    def test_two_close(self, door: Door) -> None:
        work = published(door)

        def check(told: Sequence[Any]) -> None:
            assert sorted(reply.status for reply in told) == [200, 409]
            assert events(door, work).count(CLOSED) == 1

        race(door, check, closing(door, work, KEEPER), closing(door, work, HEAD))

    def test_two_change_the_term(self, door: Door) -> None:
        work = published(door)

        def check(told: Sequence[Any]) -> None:
            assert sorted(reply.status for reply in told) == [200, 412]
            assert events(door, work).count(WorkEvent.TERM_CHANGED) == 1

        later, latest = "2026-03-02T20:00:00+02:00", "2026-03-02T22:00:00+02:00"
        race(
            door,
            check,
            patching(door, work, KEEPER, eta_at=later),
            patching(door, work, HEAD, eta_at=latest),
        )

    def test_one_publishes_twice(self, door: Door) -> None:
        door.token(KEEPER)
        publish = partial(door.post, "/repair-works", a_work_body(), by=KEEPER, headers=KEY)

        def check(told: Sequence[Any]) -> None:
            assert {reply.status for reply in told} <= {201, 409}
            assert len(door.get("/repair-works").json["items"]) == 1

        race(door, check, publish, publish)

    @pytest.mark.deep
    def test_a_clock_and_one_who_closes(self, door: Door) -> None:
        subscribe(door, 3)
        work = str(door.post("/repair-works", a_work_body(), by=KEEPER).json["id"])

        def check(told: Sequence[Any]) -> None:
            assert events(door, work) == [REGISTERED, CLOSED]
            sweeping(door)()
            for no in range(3):
                number = AboutWork(work, subscription=a_subscription(no).id).number
                said = [notice.event for notice in door.centre.notices.of(number)]
                assert said in ([REGISTERED, CLOSED], [CLOSED])

        race(door, check, sweeping(door), closing(door, work, KEEPER))
