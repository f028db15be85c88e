"""Two who do what cannot both be done: one wins, the other is told so (faults 8, 9, 17, 28)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final
from unittest.mock import patch

import pytest

from chalicelib import wiring
from chalicelib.domain.card import CardFile, Status
from chalicelib.domain.events import EventName
from chalicelib.domain.evidence import EvidenceStatus
from chalicelib.store.shards import shard_of
from chalicelib.usecases import sweeps
from chalicelib.usecases.sweeps import Sweeping
from tests.aws.races import Outcome, Race, every_schedule
from tests.aws.tables import snapshot
from tests.crash import flows, stages
from tests.crash.records import files, require_whole
from tests.crash.stages import COORDINATOR, OPERATOR, PERFORMER, RESPONSIBLE, Stage
from tests.door import Door, Reply
from tests.requests import a_photo, an_appeal_body

HEAD: Final = "svitlo-head"

Actor = Callable[[], object]
Check = Callable[[Sequence[Any], CardFile], None]


@pytest.fixture
def door(fresh_door: Callable[[], Door]) -> Door:
    """A door whose calls of one wave go one after another: they never meet each other."""
    door = fresh_door()
    door.centre = replace(door.centre, start=lambda call: call)
    wiring.use(door.centre)
    return door


def race(door: Door, check: Check, *actors: Actor) -> int:
    """Run a race in every order; return in how many. Raises AssertionError if `check` does.

    `check` gets what each was answered and the first card's file, which is whole.
    """
    before = snapshot()

    def judge(outcomes: Sequence[Outcome]) -> None:
        assert not [outcome.error for outcome in outcomes if outcome.error]
        found = files(door)
        require_whole(door, found)
        check([outcome.answer for outcome in outcomes], found[0])

    for actor in actors:
        actor()
        before.restore()
    raced = every_schedule(Race(before.restore, actors, judge))
    assert raced.violations == []
    return raced.schedules


def acting(stage: Stage, action: str, body: object, by: str) -> Actor:
    """Return somebody who acts on the version that stands now."""
    headers, door = {"If-Match": stage.etag}, stage.door
    door.token(by)
    return partial(door.post, f"/cards/{stage.number}/{action}", body, by=by, headers=headers)


def deciding(stage: Stage, decision: str) -> Actor:
    """Return a coordinator who decides the stage's request."""
    body = {"decision": decision, "reason": "Так"}
    return partial(stage.door.post, f"/requests/{stage.request}/decision", body, by=COORDINATOR)


def answering(stage: Stage, body: object) -> Actor:
    """Return the applicant who answers the stage's survey."""
    return partial(stage.door.post, f"/surveys/{stage.token}", body)


def sweeping(door: Door, number: str, *, ahead_minutes: int = 0) -> Actor:
    """Return the schedule's look at cards, into the shard of this one only.

    What else it looks after writes to no card, and has races of its own.
    """
    centre = door.centre

    def sweep() -> object:
        at = door.clock() + ahead_minutes * flows.MINUTE
        look = Sweeping(at, centre.city, centre.cards, centre.start, centre.parking)
        swept = sweeps.sweep(look)
        assert swept.defects == ()
        return swept

    assert shard_of(number) == 0
    return sweep


def in_first_shard(bring: Callable[[Door], Stage], door: Door) -> Stage:
    """Return the first card of the first shard; numbers before it are drawn and not used."""
    while True:
        drawn = door.centre.numbers.next_sequence(2026)
        if shard_of(stages.number_after(drawn)) == 0:
            return bring(door)


def statuses(replies: Sequence[Reply]) -> list[int]:
    """Return the statuses of answers, in order of size."""
    return sorted(reply.status for reply in replies)


def names(file: CardFile) -> list[EventName]:
    """Return the names of a card's events."""
    return [event.name for event in file.events]


def test_two_accept(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        assert statuses(told) == [200, 412]
        assert names(file).count(EventName.ACCEPTED) == 1

    stage = stages.filed(door)
    people = (RESPONSIBLE, HEAD)
    assert race(door, check, *(acting(stage, "accept", {}, by) for by in people)) >= 20


@pytest.mark.deep
def test_two_comment(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        assert statuses(told) == [200, 200]
        assert names(file).count(EventName.COMMENTED) == 2

    stage = stages.filed(door)
    people = (RESPONSIBLE, COORDINATOR)
    said = {"text": "Видно з вікна"}
    assert race(door, check, *(acting(stage, "comment", said, by) for by in people)) >= 20


@pytest.mark.deep
def test_two_ask_for_closure(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        assert statuses(told) == [201, 409]
        assert len(file.requests) == 1

    stage = stages.reported(door)
    people = (RESPONSIBLE, HEAD)
    assert (
        race(door, check, *(acting(stage, "requests", stages.CLOSURE, by) for by in people)) >= 20
    )


def test_two_decide(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        assert statuses(told) == [200, 409]
        approved = told[0].status == 200
        assert file.card.status is (Status.CLOSED if approved else Status.IN_WORK)
        assert len(file.surveys) == (1 if approved else 0)

    stage = stages.asked(door)
    assert race(door, check, deciding(stage, "approve"), deciding(stage, "refuse")) >= 20


def test_two_answer_a_survey(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        assert statuses(told) == [200, 409]
        poor = told[1].status == 200
        assert file.card.status is (Status.RETURNED if poor else Status.CONFIRMED)
        assert len(file.card.repeats) == len(files(door)) - 1 == (1 if poor else 0)

    stage = stages.closed(door)
    actors = answering(stage, stages.CONFIRMED), answering(stage, stages.POOR)
    assert race(door, check, *actors) >= 20


def test_a_file_is_inspected_while_done_is_reported(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        inspected, report = told
        assert inspected == {"batchItemFailures": []}
        assert file.evidence[0].status is EvidenceStatus.ACCEPTED
        assert report.status in (200, 409)
        if report.status == 200:
            order = names(file)
            assert order.index(EventName.EVIDENCE_ACCEPTED) < order.index(EventName.REPORTED)

    stage = stages.in_work(door)
    arrival = flows.arrival(door, stages.announced(stage, a_photo()))
    assert race(door, check, arrival, acting(stage, "report", stages.DONE, PERFORMER)) >= 20


@pytest.mark.deep
def test_a_photo_is_inspected_while_its_appeal_is_filed(door: Door) -> None:
    def check(told: Sequence[Any], file: CardFile) -> None:
        inspected, filed = told
        assert inspected == {"batchItemFailures": []}
        if filed.status == 201:
            assert [item.status for item in file.evidence] == [EvidenceStatus.ACCEPTED]
        else:
            assert filed.status == 409

    stages.filed(door)
    form = flows.upload(door, a_photo())
    body = an_appeal_body(uploads=[form["upload_id"]])
    file = partial(door.post, "/operator/appeals", {**body, "channel": "phone"}, by=OPERATOR)
    assert race(door, lambda told, _: check(told, files(door)[-1]), flows.arrival(door, form), file)


def _require_one_card(told: Sequence[Any], door: Door) -> None:
    assert statuses(told) == [201, 201]
    assert told[0].json == told[1].json
    assert [reply.headers.get("idempotent-replay") for reply in told].count("true") == 1
    assert len(files(door)) == 1


@pytest.mark.deep
def test_an_operator_sends_one_request_twice_at_once(door: Door) -> None:
    body = an_appeal_body(channel="phone")
    file = partial(door.post, "/operator/appeals", body, by=OPERATOR, headers=flows.KEY)
    assert race(door, lambda told, _: _require_one_card(told, door), file, file) >= 20


@pytest.mark.deep
def test_a_resident_sends_one_request_twice_at_once(door: Door) -> None:
    file = partial(door.post, "/appeals", an_appeal_body(), headers=flows.KEY)
    assert race(door, lambda told, _: _require_one_card(told, door), file, file) >= 70


@pytest.fixture
def _one_shard() -> Any:
    with patch.object(sweeps, "SHARDS", 1):
        yield


@pytest.mark.usefixtures("_one_shard")
class TestTheClock:
    def test_a_card_is_accepted_while_it_is_found_not_accepted(self, door: Door) -> None:
        def check(told: Sequence[Any], file: CardFile) -> None:
            assert told[0].status == 200
            assert file.card.status is Status.ACCEPTED
            order = names(file)
            if EventName.ATTENTION in order:
                assert order.index(EventName.ATTENTION) < order.index(EventName.ACCEPTED)
            assert order.count(EventName.OVERDUE) == 1

        stage = in_first_shard(stages.filed, door)
        door.clock.pass_(days=7)
        accept = acting(stage, "accept", {}, RESPONSIBLE)
        assert race(door, check, accept, sweeping(door, stage.number)) >= 20

    @pytest.mark.deep
    def test_two_sweeps(self, door: Door) -> None:
        def check(told: Sequence[Any], file: CardFile) -> None:
            assert names(file).count(EventName.OVERDUE) == 1
            assert names(file).count(EventName.DEADLINE_WARNING) == 2

        stage = in_first_shard(stages.filed, door)
        door.clock.pass_(days=7)
        sweep = sweeping(door, stage.number)
        assert race(door, check, sweep, sweep) >= 20

    @pytest.mark.deep
    def test_a_card_is_closed_while_it_becomes_overdue(self, door: Door) -> None:
        def check(told: Sequence[Any], file: CardFile) -> None:
            assert told[0].status == 200
            order = names(file)
            if EventName.OVERDUE in order:
                assert order.index(EventName.OVERDUE) < order.index(EventName.CLOSED)

        stage = in_first_shard(stages.asked, door)
        door.clock.pass_(days=7)
        close = deciding(stage, "approve")
        assert race(door, check, close, sweeping(door, stage.number)) >= 20

    @pytest.mark.deep
    def test_a_survey_is_answered_in_its_last_minute(self, door: Door) -> None:
        def check(told: Sequence[Any], file: CardFile) -> None:
            confirmed = told[0].status == 200
            assert confirmed or told[0].status == 409
            assert file.card.status is (Status.CONFIRMED if confirmed else Status.UNCONFIRMED)
            assert (EventName.UNCONFIRMED in names(file)) is not confirmed

        stage = in_first_shard(stages.closed, door)
        door.clock.pass_(days=7, minutes=-1)
        answer = answering(stage, stages.CONFIRMED)
        assert race(door, check, answer, sweeping(door, stage.number, ahead_minutes=2)) >= 20
