"""A notice is never lost, and sent twice only where a mail was taken and not yet written down.

Telling and sending are cut short at every call, their messages and records lost, repeated and
shuffled; indexes lag behind (faults 4, 5, 13, 14, 16, 24).
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from random import Random
from typing import Any, Final
from unittest.mock import patch

import pytest

import app as entry
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import NoticeState
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.notices_digest import DIGESTS
from chalicelib.usecases import redrive, sweeps
from tests.aws.crashes import Report, Scene, crash_everywhere, trial, undisturbed
from tests.aws.plans import Plan
from tests.aws.tables import snapshot
from tests.crash import stages
from tests.crash.flows import restart
from tests.crash.records import files, items, require_whole
from tests.crash.stages import COORDINATOR, RESPONSIBLE, Stage
from tests.crash.talker import ME, Talker
from tests.crash.test_crashes import run, sampled
from tests.crash.test_races import in_first_shard
from tests.door import Door
from tests.post_office import PostOffice, stream_record

EXTENSION: Final = {
    "kind": "extension",
    "reason": "Немає ламп",
    "new_due_at": "2026-03-12T00:00:00+02:00",
}
MOST_LAG: Final = 8
"""By how many writes an index lags behind at most."""
SAMPLED: Final = 11
"""Each so-manieth plan is tried every time, all of them in the long searches."""
ENDED: Final = {NoticeState.SENT, NoticeState.FAILED, NoticeState.DROPPED, NoticeState.TO_POST}


@dataclass(frozen=True)
class Told:
    """Something that happens, and to whom it must come in the end.

    Attributes:
        dead: mailboxes that are no more, and who has blocked the bot.
    """

    name: str
    bring: Callable[[Door], Stage]
    reaches: tuple[str, ...]
    dead: frozenset[str] = frozenset()


def _extended(door: Door) -> Stage:
    stage = stages.accepted(door)
    made = door.post(f"/cards/{stage.number}/requests", EXTENSION, by=RESPONSIBLE)
    decision = {"decision": "approve", "reason": "Деталі замовлено"}
    decided = door.post(f"/requests/{made.json['id']}/decision", decision, by=COORDINATOR)
    assert decided.status == 200, decided.text
    return stage


def _told_in_a_chat(door: Door) -> Stage:
    me = Talker(door)
    return Stage(door, me.file(), "")


APPLICANT: Final = "olena@example.org"
STAFF: Final = "svitlo-responsible@example.org"
SCENES: Final = (
    Told("an appeal", stages.filed, (APPLICANT, STAFF)),
    Told("an extension, a fact of law", _extended, (APPLICANT, STAFF)),
    Told(
        "a dead mailbox",
        stages.filed,
        ("+380501112233", STAFF),
        frozenset({APPLICANT}),
    ),
)
CHAT: Final = Told("an appeal of a chat", _told_in_a_chat, (ME, STAFF))
BLOCKED: Final = Told("a blocked bot", _told_in_a_chat, ("+380501234567", STAFF), frozenset({ME}))

each_scene = pytest.mark.parametrize(
    "told",
    [*SCENES, CHAT, pytest.param(BLOCKED, marks=pytest.mark.deep)],
    ids=lambda told: told.name,
)


def scene(told: Told, door: Door) -> Scene:
    """Return what follows from an event as a scene: told, sent, looked after."""
    office = PostOffice(door)
    in_first_shard(told.bring, door)
    today = local_date(door.clock(), door.centre.city.calendar)
    door.centre.mornings.tell(today, door.clock())
    before, begun = snapshot(), door.clock()

    def fresh() -> None:
        before.restore()
        door.clock.at = begun
        office.forget()
        office.mail.dead = office.chats.dead = set(told.dead)
        restart(door)

    def act() -> None:
        restart(door)
        office.stream()
        office.send()

    def settle() -> None:
        restart(door)
        _write_elsewhere(door)
        with patch.object(sweeps, "SHARDS", 1), patch.object(redrive, "SHARDS", 1):
            office.look_after()

    return Scene(told.name, fresh, act, partial(_check, office, told), settle=settle)


def _write_elsewhere(door: Door) -> None:
    """Let others write in between, so that indexes which lag behind come forward."""
    for _ in range(MOST_LAG):
        door.centre.guards.count("others", window_seconds=60, now=door.clock())


def _check(office: PostOffice, told: Told, _told: object) -> None:
    require_whole(office.door, files(office.door))
    states = office.states()
    assert set(states.values()) <= ENDED, states
    assert set(told.reaches) <= set(office.sent_to()), office.sent_to()
    twice = Counter(letter.id for letter in office.mail.sent)
    twice.update(sms.key for sms in office.sms.sent)
    twice.update(message.text for _, message in office.chats.written)
    assert max(twice.values()) <= 2, twice
    assert sum(count - 1 for count in twice.values()) <= 1, "more than the one window"
    recorded = [e for f in files(office.door) for e in f.events if e.name is EventName.NOTICE_SENT]
    facts = [event.facts["notice"] for event in recorded]
    assert len(set(facts)) == len(facts), facts


@each_scene
def test_cut_short(told: Told, fresh_door: Callable[[], Door]) -> None:
    tried = scene(told, fresh_door())
    report = run(tried, islice(sampled(undisturbed(tried).calls), 0, None, SAMPLED))
    assert report.violations == [], str(report)


@pytest.mark.deep
@each_scene
def test_cut_short_at_every_call(told: Told, fresh_door: Callable[[], Door]) -> None:
    report = crash_everywhere(scene(told, fresh_door()))
    assert report.violations == [], str(report)


@pytest.mark.parametrize("writes", [1, 2, 4, MOST_LAG])
@each_scene
def test_indexes_that_lag_behind_lose_nothing(
    told: Told, writes: int, fresh_door: Callable[[], Door]
) -> None:
    tried = scene(told, fresh_door())
    report = Report(tried.name, 0)
    report.add(trial(tried, Plan(), stale_writes=writes))
    assert report.violations == [], str(report)


@pytest.fixture
def office(fresh_door: Callable[[], Door]) -> PostOffice:
    """A post office behind an empty store."""
    return PostOffice(fresh_door())


def sent_of_cards(office: PostOffice) -> Counter[str]:
    """Return to whom how many letters about cards went; the morning's digests are none."""
    return Counter(letter.to for letter in office.mail.sent if not letter.id.startswith(DIGESTS))


class TestStreamAndQueues:
    def test_without_any_stream_nothing_is_lost(self, office: PostOffice) -> None:
        for _ in range(3):
            stages.filed(office.door)
        office.door.clock.pass_(days=2)
        office.look_after()
        assert office.sent_to().count(APPLICANT) == 3
        assert sent_of_cards(office)[STAFF] >= 3

    def test_messages_that_are_lost_are_put_there_again(self, office: PostOffice) -> None:
        stages.filed(office.door)
        office.stream()
        office.lose()
        office.look_after()
        assert sent_of_cards(office) == {APPLICANT: 1, STAFF: 1}

    def test_records_that_come_again_and_in_any_order_change_nothing(
        self, office: PostOffice
    ) -> None:
        numbers = [stages.filed(office.door).number for _ in range(3)]
        images = [i for i in items(office.door, "cards") if "to_tell" in i] * 3
        Random(7).shuffle(images)
        for image in images:
            entry.on_cards({"Records": [stream_record(image)]}, None)
        office.send()
        assert Counter(office.sent_to()) == {APPLICANT: 3, STAFF: 3}
        assert {office.door.centre.cards.read_file(n).untold for n in numbers} == {()}

    def test_a_message_that_comes_three_times_in_any_order_is_sent_once(
        self, office: PostOffice
    ) -> None:
        for _ in range(5):
            stages.filed(office.door)
        office.stream()
        messages = office.waiting("mail") * 3
        office.lose()
        for seed in range(10):
            Random(seed).shuffle(messages)
            assert entry.send_mail({"Records": messages}, None) == {"batchItemFailures": []}
        assert Counter(office.sent_to()) == {APPLICANT: 5, STAFF: 5}

    def test_what_is_no_event_to_tell_is_passed_over(self, office: PostOffice) -> None:
        stages.filed(office.door)
        images = items(office.door, "cards")
        others = [stream_record(image) for image in images if "to_tell" not in image]
        changed = [stream_record(image, "MODIFY") for image in images if "to_tell" in image]
        entry.on_cards({"Records": others + changed}, None)
        assert office.notices() == []

    def test_a_record_that_breaks_holds_no_other_up(self, office: PostOffice) -> None:
        stages.filed(office.door)
        broken: dict[str, Any] = {"number": {"S": "x"}, "part": {"S": "EVENT#000001"}}
        broken["to_tell"] = {"S": "tell#0"}
        records = [stream_record(broken), *office.records()]
        entry.on_cards({"Records": records}, None)
        assert len(office.notices()) == 2

    def test_a_message_that_breaks_comes_again_and_the_others_leave(
        self, office: PostOffice
    ) -> None:
        stages.filed(office.door)
        office.stream()
        good = office.waiting("mail")
        bad = {"messageId": "bad", "receiptHandle": "r", "body": "no JSON", "attributes": {}}
        answered = entry.send_mail({"Records": [bad, *good]}, None)
        assert answered == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
        assert sorted(office.sent_to()) == [APPLICANT, STAFF]
