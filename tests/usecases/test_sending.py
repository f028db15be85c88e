"""A notice is sent once, gathered with what else waits, and falls back when it is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.appeal import ReplyChannel
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import Medium, NoticeState
from chalicelib.usecases.sending import LEASE, Done, most_tries, pause_after
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused
from chalicelib.usecases.writing import Note
from tests.builders import local
from tests.usecases.mailroom import MINUTE, Mailroom, an_applicant, filed, happens

APPLICANTS = "n1.applicant.email"


@pytest.fixture
def room() -> Mailroom:
    """An empty mail room."""
    return Mailroom()


class TestOnce:
    def test_a_message_that_comes_again_sends_nothing_again(self, room: Mailroom) -> None:
        number = filed(room)
        queued = list(room.queues.queued)
        room.deliver()
        room.queues.queued = queued * 3
        assert set(room.deliver()) == {Done.LEFT}
        assert len(room.mail.sent) == 2
        sent = room.of(number)[APPLICANTS]
        assert (sent.state, sent.message_id, sent.sent_at, sent.wake_at) == (
            NoticeState.SENT,
            "mail-1",
            room.now,
            None,
        )

    def test_what_another_sender_has_in_hand_is_left_until_its_lease_runs_out(
        self, room: Mailroom
    ) -> None:
        number = filed(room)
        notice_id = f"{number}.{APPLICANTS}"
        room.mail.answers.errors = [KeyError("the sender dies")]
        with pytest.raises(KeyError):
            room.send(notice_id)
        assert room.of(number)[APPLICANTS].state is NoticeState.SENDING
        assert room.send(notice_id) is Done.LEFT
        room.now += LEASE
        assert room.send(notice_id) is Done.SENT
        assert room.of(number)[APPLICANTS].tries == 2

    def test_what_is_not_due_is_left(self, room: Mailroom) -> None:
        number = filed(room)
        room.deliver()
        happens(room, number, Note(EventName.MESSAGE_RECEIVED, "Де ви?"))
        [queued] = room.queues.queued
        assert room.send(queued.notice_id) is Done.LEFT
        room.pass_(minutes=2)
        assert room.send(queued.notice_id) is Done.SENT

    def test_unknown_ids_are_left(self, room: Mailroom) -> None:
        number = filed(room)
        assert room.send(f"{number}.n9.applicant.email") is Done.LEFT
        assert room.send("2026-000009-9.n1.applicant.email") is Done.LEFT


class TestGathering:
    def test_several_changes_within_two_minutes_are_one_letter(self, room: Mailroom) -> None:
        number = filed(room)
        room.deliver()
        room.mail.sent.clear()
        for name in (EventName.ACCEPTED, EventName.PERFORMER_ASSIGNED):
            happens(room, number, Note(name))
            room.pass_(seconds=30)
        assert room.deliver() == [Done.SENT, Done.LEFT]
        [letter] = room.mail.sent
        assert "прийняв" in letter.text.casefold() or "прийнято" in letter.text.casefold()
        told = room.of(number)
        assert told["n3.applicant.email"].carried_by is None
        assert told["n4.applicant.email"].carried_by == f"{number}.n3.applicant.email"
        assert {n.state for n in told.values()} == {NoticeState.SENT}

    def test_what_matters_most_leads(self, room: Mailroom) -> None:
        number = filed(room)
        room.deliver()
        happens(room, number, Note(EventName.ACCEPTED))
        facts = {"ground": "incapable"}
        happens(room, number, Note(EventName.NOT_CONSIDERED, "Рішення", facts=facts))
        room.deliver()
        letter = next(one for one in reversed(room.mail.sent) if one.to == "oksana@example.com")
        assert letter.id.startswith(f"{number}.n4.")

    def test_different_people_get_letters_of_their_own(self, room: Mailroom) -> None:
        filed(room)
        room.deliver()
        assert [letter.to for letter in room.mail.sent] == [
            "oksana@example.com",
            "svitlo-responsible@example.org",
        ]
        secret = room.mail.sent[0].text.split("Код доступу: ")[1][:19]
        assert secret not in room.mail.sent[1].text


class TestFallingBack:
    def test_a_dead_mailbox_is_switched_off_and_an_sms_goes_instead(self, room: Mailroom) -> None:
        number = filed(room)
        room.mail.answers.errors = [SendingRefused("no_such_address", address_dead=True)]
        assert room.deliver() == [Done.FAILED, Done.SENT]
        failed = room.of(number)[APPLICANTS]
        assert (failed.state, failed.reason) == (NoticeState.FAILED, "no_such_address")
        assert room.residents.is_off(Medium.EMAIL, "oksana@example.com")
        room.sweep()
        assert room.deliver() == [Done.SENT]
        assert [sms.to for sms in room.sms.sent] == ["+380670000001"]

    def test_an_address_that_is_off_is_not_tried_again(self, room: Mailroom) -> None:
        room.residents.switch_off(Medium.EMAIL, "oksana@example.com", reason="b", at=room.now)
        filed(room)
        assert room.deliver() == [Done.FAILED, Done.SENT]
        room.sweep()
        room.deliver()
        assert len(room.sms.sent) == 1

    def test_one_refused_letter_does_not_switch_the_mailbox_off(self, room: Mailroom) -> None:
        filed(room)
        room.mail.answers.errors = [SendingRefused("rejected")]
        room.deliver()
        assert not room.residents.is_off(Medium.EMAIL, "oksana@example.com")

    def test_at_last_it_is_to_be_posted(self, room: Mailroom) -> None:
        number = filed(room)
        room.mail.answers.errors = [SendingRefused("bounced", address_dead=True)]
        room.sms.answers.errors = [SendingRefused("blocked", address_dead=True)]
        room.deliver()
        room.sweep()
        assert room.deliver() == [Done.FAILED]
        assert room.of(number)["n1.applicant.post"].state is NoticeState.TO_POST
        [waits] = room.notices.to_post(limit=9, cursor=None).items
        assert waits.number == number
        assert EventName.NOTICE_FAILED not in [e.name for e in room.file(number).events]

    def test_nobody_can_be_reached_and_the_card_says_so(self, room: Mailroom) -> None:
        who = an_applicant(phone=None, residence=None)
        number = room.filed(reply_channel=ReplyChannel.EMAIL, applicant=who)
        room.tell(number)
        room.mail.answers.errors = [SendingRefused("bounced", address_dead=True)]
        room.deliver()
        file = room.file(number)
        assert file.events[-1].name is EventName.NOTICE_FAILED
        assert "attention" in file.card.flags
        assert file.card.version == 1
        assert file.untold == ()

    def test_a_member_of_staff_without_a_mailbox_is_told_at_the_executors(
        self, room: Mailroom
    ) -> None:
        people = dict(room.city.people)
        people["svitlo-responsible"] = replace(people["svitlo-responsible"], email=None)
        executor = room.city.executors["svitlo"]
        own = tuple(people[person.id] for person in executor.people)
        executors = {**room.city.executors, "svitlo": replace(executor, people=own)}
        room.city = replace(room.city, people=people, executors=executors)
        filed(room)
        room.deliver()
        assert [letter.to for letter in room.mail.sent][1] == executor.email


class TestLater:
    def test_it_waits_as_long_as_the_other_side_asks(self, room: Mailroom) -> None:
        number = filed(room)
        room.mail.answers.errors = [SendingLater("quota", 3600)]
        assert room.deliver() == [Done.LATER, Done.SENT]
        waits = room.of(number)[APPLICANTS]
        assert (waits.state, waits.reason) == (NoticeState.WAITING, "quota")
        assert waits.send_after == waits.wake_at == room.now + timedelta(hours=1)
        room.pass_(minutes=59)
        room.sweep()
        assert room.queues.queued == []
        room.pass_(minutes=1)
        room.sweep()
        assert room.deliver() == [Done.SENT]
        assert room.of(number)[APPLICANTS].reason == ""

    def test_pauses_double_up_to_four_hours(self) -> None:
        found = [pause_after(tries, None) // MINUTE for tries in range(1, 12)]
        assert found == [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240]
        assert pause_after(1, 90) == timedelta(seconds=90)

    def test_after_about_a_day_the_next_way_is_tried(self, room: Mailroom) -> None:
        number = filed(room)
        room.mail.answers.errors = [SendingLater("away") for _ in range(99)]
        began = room.now
        while room.of(number)[APPLICANTS].state is not NoticeState.FAILED:
            room.pass_(minutes=1)
            room.sweep()
            room.deliver()
        assert timedelta(hours=20) < room.now - began < timedelta(hours=30)
        assert room.of(number)[APPLICANTS].reason == "gave_up"
        assert "n1.applicant.sms" in room.of(number)

    def test_a_webhook_is_tried_for_about_three_days(self) -> None:
        tries = most_tries(Medium.WEBHOOK)
        waited = sum((pause_after(n, None) for n in range(1, tries + 1)), timedelta())
        assert timedelta(days=2.5) < waited < timedelta(days=3.5)

    def test_residents_are_not_woken_by_what_was_put_off(self, room: Mailroom) -> None:
        room.now = local("Mon 2026-03-02 20:50")
        number = filed(room, reply_channel=ReplyChannel.SMS)
        room.sms.answers.errors = [SendingLater("rate", 900)]
        room.deliver()
        assert room.of(number)["n1.applicant.sms"].send_after == local("Tue 2026-03-03 09:00")
