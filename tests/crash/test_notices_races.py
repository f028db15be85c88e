"""Two who tell or send the same: each notice is written once and sent once, in every order."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

import app as entry
from chalicelib import wiring
from chalicelib.api.outbox import outbox_of
from chalicelib.domain.notice import NoticeState
from chalicelib.store.shards import SHARDS
from chalicelib.usecases import redrive
from chalicelib.usecases.outbox import tell
from tests.aws.races import Outcome, Race, every_schedule
from tests.aws.tables import snapshot
from tests.crash import stages
from tests.crash.records import files
from tests.door import Door
from tests.post_office import PostOffice

Actor = Callable[[], object]


@pytest.fixture
def office(fresh_door: Callable[[], Door]) -> PostOffice:
    """A post office with one appeal that nobody was told of."""
    made = PostOffice(fresh_door())
    stages.filed(made.door)
    return made


def race(office: PostOffice, check: Callable[[], None], *actors: Actor) -> int:
    """Run a race in every order; return in how many. Raises AssertionError if `check` does."""
    before = snapshot()

    def fresh() -> None:
        before.restore()
        office.forget()

    def judge(outcomes: Sequence[Outcome]) -> None:
        assert not [outcome.error for outcome in outcomes if outcome.error]
        check()

    for actor in actors:
        actor()
        fresh()
    raced = every_schedule(Race(fresh, actors, judge))
    assert raced.violations == []
    return raced.schedules


def streaming(office: PostOffice) -> Actor:
    """Return the stream that brings the appeal's record."""
    records = list(office.records())
    return lambda: entry.on_cards({"Records": records}, None)


def sending(office: PostOffice) -> Actor:
    """Return a sender that has the first message of the queue of mail."""
    records = office.waiting("mail")[:1]
    return lambda: entry.send_mail({"Records": records}, None)


def test_the_stream_brings_a_record_twice_at_once(office: PostOffice) -> None:
    def check() -> None:
        assert len(office.notices()) == 2
        assert files(office.door)[0].untold == ()

    actor = streaming(office)
    assert race(office, check, actor, actor) >= 2


def test_the_sweep_tells_what_the_stream_tells(office: PostOffice) -> None:
    number = files(office.door)[0].card.number

    def sweep() -> Any:
        centre = wiring.centre()
        return tell(number, centre.now(), outbox_of(centre))

    def check() -> None:
        assert len(office.notices()) == 2

    assert race(office, check, streaming(office), sweep) >= 2


def sent_once(office: PostOffice) -> None:
    """Check that one letter went, and that its notice says so."""
    assert len(office.mail.sent) == 1
    sent = {notice.id: notice for notice in office.notices()}[office.mail.sent[0].id]
    assert (sent.state, sent.wake_at) == (NoticeState.SENT, None)


def test_two_senders_have_one_message(office: PostOffice) -> None:
    office.stream()
    actor = sending(office)
    assert race(office, partial(sent_once, office), actor, actor) >= 15


def test_the_sweep_looks_after_what_is_sent_meanwhile(office: PostOffice) -> None:
    office.stream()
    centre = office.door.centre
    due = centre.now() + timedelta(minutes=5)
    [waking, _] = [
        found
        for shard in range(SHARDS)
        for found in centre.cards.to_wake(shard, due, limit=9)
        if found.part.startswith("NOTICE#")
    ]
    wake = partial(redrive.wake_notice, waking, due, notices=centre.notices, queues=centre.queues)
    assert race(office, partial(sent_once, office), sending(office), wake) >= 10
