"""What happened is told once, whoever tells it: the stream, the sweep, or both at once."""

import random

import pytest

from chalicelib.domain.appeal import ReplyChannel
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import Medium, NoticeState
from chalicelib.domain.people import APPLICANT
from chalicelib.usecases.sending import Done
from chalicelib.usecases.writing import Note, change
from tests.builders import local
from tests.usecases.mailroom import MINUTE, Mailroom


@pytest.fixture
def room() -> Mailroom:
    """An empty mail room."""
    return Mailroom()


def writes(room: Mailroom, number: str, *names: EventName) -> None:
    """Let something happen to a card, of which nobody is told yet."""
    card = room.file(number).card
    room.put(change(card, card, room.now, APPLICANT, *(Note(name, "Слова") for name in names)))


class TestTelling:
    def test_an_event_is_told_once_however_often_the_stream_repeats_it(
        self, room: Mailroom
    ) -> None:
        number = room.filed(reply_channel=ReplyChannel.EMAIL)
        assert [room.tell(number) for _ in range(3)] == [2, 0, 0]
        assert sorted(room.of(number)) == [
            "n1.applicant.email",
            "n2.responsible.svitlo-responsible.email",
        ]
        assert len(room.queues.queued) == 2

    def test_records_in_any_order_come_to_the_same(self) -> None:
        ends = []
        for seed in range(20):
            room = Mailroom()
            numbers = [room.filed(reply_channel=ReplyChannel.EMAIL) for _ in range(3)]
            for number in numbers:
                writes(room, number, EventName.MESSAGE_RECEIVED)
            records = numbers * 3
            random.Random(seed).shuffle(records)
            for number in records:
                room.tell(number)
            room.pass_(minutes=5)
            room.deliver()
            ends.append((sorted(room.of(numbers[0])), len(room.mail.sent)))
        assert all(end == ends[0] for end in ends)

    def test_a_card_that_is_no_more_is_told_to_nobody(self, room: Mailroom) -> None:
        assert room.tell("2026-000009-9") == 0

    def test_what_is_in_no_hurry_is_put_there_for_two_minutes_later(self, room: Mailroom) -> None:
        number = room.filed()
        room.tell(number)
        room.queues.queued.clear()
        writes(room, number, EventName.MESSAGE_RECEIVED)
        room.tell(number)
        [queued] = room.queues.queued
        assert (queued.delay_seconds, queued.at) == (120, room.now + 2 * MINUTE)

    def test_what_waits_for_the_morning_is_put_on_no_queue(self, room: Mailroom) -> None:
        room.now = local("Mon 2026-03-02 22:30")
        number = room.filed(reply_channel=ReplyChannel.SMS)
        room.tell(number)
        assert [queued.medium for queued in room.queues.queued] == [Medium.EMAIL]
        waits = room.of(number)["n1.applicant.sms"]
        assert waits.send_after == local("Tue 2026-03-03 09:00")
        room.now = local("Tue 2026-03-03 08:59")
        room.sweep()
        assert room.sms.sent == []
        room.now = local("Tue 2026-03-03 09:02")
        room.sweep()
        room.deliver()
        assert [sms.to for sms in room.sms.sent] == ["+380670000001"]

    def test_consoles_hear_of_it(self, room: Mailroom) -> None:
        number = room.filed()
        room.tell(number)
        [news] = room.queues.news
        assert (news["number"], news["executor"], news["event"]) == (
            number,
            "svitlo",
            "registered",
        )


class TestLosing:
    """The stream and the queues may lose everything: the index is the truth."""

    def test_a_stream_that_was_off_for_two_days_loses_nothing(self, room: Mailroom) -> None:
        numbers = [room.filed(reply_channel=ReplyChannel.EMAIL) for _ in range(30)]
        room.pass_(days=2)
        room.sweep()
        assert room.deliver().count(Done.SENT) == 60
        assert {letter.to for letter in room.mail.sent} >= {"oksana@example.com"}
        for number in numbers:
            assert {n.state for n in room.of(number).values()} == {NoticeState.SENT}
        room.sweep()
        assert room.queues.queued == []

    def test_the_sweep_leaves_the_stream_its_two_minutes(self, room: Mailroom) -> None:
        number = room.filed()
        room.pass_(seconds=119)
        room.sweep()
        assert room.of(number) == {}
        room.pass_(seconds=1)
        room.sweep()
        assert len(room.of(number)) == 2

    def test_a_queue_that_was_away_loses_nothing(self, room: Mailroom) -> None:
        number = room.filed(reply_channel=ReplyChannel.EMAIL)
        room.queues.away = True
        with pytest.raises(StoreAway):
            room.tell(number)
        room.queues.away = False
        assert room.tell(number) == 0
        room.pass_(minutes=3)
        room.sweep()
        assert room.deliver() == [Done.SENT, Done.SENT]

    def test_messages_that_a_queue_lost_are_put_there_again_and_again(self, room: Mailroom) -> None:
        number = room.filed()
        room.tell(number)
        for _ in range(3):
            room.queues.queued.clear()
            room.pass_(minutes=16)
            room.sweep()
            room.sweep()
            assert len(room.queues.queued) == 2
        assert room.deliver() == [Done.SENT, Done.SENT]
        assert {n.state for n in room.of(number).values()} == {NoticeState.SENT}

    def test_one_card_that_breaks_holds_no_other_up(
        self, room: Mailroom, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken, sound = room.filed(), room.filed()
        read = room.cards.read_file

        def reading(number: str) -> object:
            if number == broken:
                raise ValueError(number)
            return read(number)

        monkeypatch.setattr(room.cards, "read_file", reading)
        room.pass_(minutes=5)
        room.sweep()
        assert room.of(sound) != {} == room.of(broken)
