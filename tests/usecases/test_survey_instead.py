"""Whom no message about the survey reaches is phoned: sending and calling meet (K-6.2)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.appeal import ReplyChannel
from chalicelib.domain.card import Status
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import NoticeState
from chalicelib.domain.people import SYSTEM
from chalicelib.usecases.sending_ports import SendingRefused
from chalicelib.usecases.writing import Note, change
from tests.builders import a_survey
from tests.usecases.mailroom import Mailroom, an_applicant


@pytest.fixture
def room() -> Mailroom:
    """An empty mail room."""
    return Mailroom()


def asked(room: Mailroom, **applicant: str | None) -> str:
    """Open the survey of somebody who asked for mail, and tell of it; return the number."""
    who = an_applicant(**applicant)
    number = room.filed(reply_channel=ReplyChannel.EMAIL, applicant=who)
    room.tell(number)
    room.deliver()
    card = room.file(number).card
    closed = replace(card, status=Status.CLOSED, closed_at=room.now, surveys=1)
    note = Note(EventName.SURVEY_OPENED)
    written = change(card, closed, room.now, SYSTEM, note)
    survey = a_survey(number=number, closes_at=room.now + timedelta(days=7))
    room.put(replace(written, surveys=(survey,)))
    room.tell(number)
    return number


def refuse_everything(room: Mailroom) -> None:
    """Let every gateway refuse whatever comes next."""
    room.mail.answers.errors = [SendingRefused("bounced", address_dead=True)]
    room.sms.answers.errors = [SendingRefused("blocked", address_dead=True)]


def all_delivered(room: Mailroom) -> None:
    """Let the queues and the sweep do what they can."""
    for _ in range(4):
        room.deliver()
        room.pass_(hours=13)
        room.sweep()


@pytest.mark.clause("K-6.2")
class TestCalledInstead:
    """6.2 The applicant is asked by phone, on the site or in the bot."""

    def test_who_is_left_to_the_post_is_phoned_too(self, room: Mailroom) -> None:
        number = asked(room)
        refuse_everything(room)
        all_delivered(room)
        file = room.file(number)
        assert file.card.call_at is not None
        assert file.events[-1].facts["cause"] == "survey_to_phone"
        states = {notice.state for notice in file.notices if notice.seq == file.events[-2].seq}
        assert NoticeState.TO_POST in states
        (called,) = room.cards.to_call(limit=10, cursor=None).items
        assert called.number == number

    def test_who_was_reached_is_not(self, room: Mailroom) -> None:
        number = asked(room)
        room.mail.answers.errors = [SendingRefused("bounced", address_dead=True)]
        all_delivered(room)
        assert room.sms.sent
        assert room.file(number).card.call_at is None

    def test_nor_who_has_no_phone(self, room: Mailroom) -> None:
        number = asked(room, phone=None)
        refuse_everything(room)
        all_delivered(room)
        assert room.file(number).card.call_at is None

    def test_nor_who_has_answered_meanwhile(self, room: Mailroom) -> None:
        number = asked(room)
        refuse_everything(room)
        card = room.file(number).card
        confirmed = replace(card, status=Status.CONFIRMED)
        note = Note(EventName.CONFIRMED, tell=False)
        room.put(change(card, confirmed, room.now, SYSTEM, note))
        all_delivered(room)
        assert room.file(number).card.call_at is None
