"""A letter leaves, comes back, and what it told goes another way: over the whole app in memory."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

import app as entry
from chalicelib import wiring
from chalicelib.api import outbox
from chalicelib.domain.notice import Medium, Notice, NoticeState
from chalicelib.usecases.outbox import tell
from tests.fake_door import FakeDoor, fake_door
from tests.requests import an_appeal_body
from tests.ses_events import bounce, complaint, delay

READER = "olena@example.org"


@pytest.fixture
def door() -> Iterator[FakeDoor]:
    """Khmelnytskyi in memory."""
    yield fake_door("khmelnytskyi")
    wiring.use(None)


def read(function: Any, *bodies: Any) -> list[str]:
    """Let a function read messages of its queue; return which of them failed."""
    records = [
        {"messageId": str(at), "receiptHandle": "r", "body": json.dumps(body)}
        for at, body in enumerate(bodies)
    ]
    answer = function({"Records": records}, None)
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]]


def sent_letter(door: FakeDoor) -> str:
    """Register an appeal and send its applicant's letter; return the notice's id."""
    number = door.post("/appeals", an_appeal_body()).json["number"]
    tell(number, door.clock(), outbox.outbox_of(door.centre))
    notice = f"{number}.n1.applicant.email"
    read(entry.send_mail, {"id": notice, "at": None})
    assert [letter.to for letter in door.mail.sent] == [READER]
    return notice


def notices(door: FakeDoor, notice: str) -> dict[str, Notice]:
    """The applicant's notices of a card by their medium."""
    number = notice.partition(".")[0]
    found = door.centre.notices.of(number)
    return {each.medium: each for each in found if ".applicant." in each.id}


def test_the_letter_says_what_it_should(door: FakeDoor) -> None:
    notice = sent_letter(door)
    (letter,) = door.mail.sent
    number = notice.partition(".")[0]
    assert letter.id == notice
    assert letter.subject == f"Звернення {number} зареєстровано"
    assert f"/uk/track/#{number}/" in letter.html
    assert letter.thread == number


def test_a_letter_that_came_back_is_told_by_sms(door: FakeDoor) -> None:
    notice = sent_letter(door)
    event = bounce(notice, to=READER)
    assert read(entry.on_mail_event, event, event, delay(notice)) == []
    found = notices(door, notice)
    assert (found["email"].state, found["email"].reason) == (NoticeState.FAILED, "bounced")
    assert found["sms"].state is NoticeState.WAITING
    assert door.centre.residents.is_off(Medium.EMAIL, READER)


def test_nothing_more_goes_to_that_address(door: FakeDoor) -> None:
    read(entry.on_mail_event, bounce(sent_letter(door), to=READER))
    number = door.post("/appeals", an_appeal_body()).json["number"]
    tell(number, door.clock(), outbox.outbox_of(door.centre))
    read(entry.send_mail, {"id": f"{number}.n1.applicant.email", "at": None})
    assert len(door.mail.sent) == 1
    found = notices(door, number)
    assert found["email"].state is NoticeState.FAILED
    assert found["sms"].state is NoticeState.WAITING


def test_a_complaint_is_heard_and_told_nothing(door: FakeDoor) -> None:
    notice = sent_letter(door)
    assert read(entry.on_mail_event, complaint(notice, to=READER)) == []
    assert set(notices(door, notice)) == {"email"}
    assert door.centre.residents.is_off(Medium.EMAIL, READER)


def test_one_bad_message_holds_no_other_up(door: FakeDoor) -> None:
    notice = sent_letter(door)
    in_hand = f"{notice.partition('.')[0]}.n2.responsible.vodokanal-responsible.email"
    events = [7, bounce(in_hand, to="x@example.org"), bounce(notice, to=READER)]
    assert read(entry.on_mail_event, *events) == []
    assert notices(door, notice)["email"].reason == "bounced"
    answered = entry.on_mail_event(
        {"Records": [{"messageId": "m", "receiptHandle": "r", "body": "no JSON"}]}, None
    )
    assert answered == {"batchItemFailures": [{"itemIdentifier": "m"}]}


def test_the_log_has_no_address(door: FakeDoor, capsys: pytest.CaptureFixture[str]) -> None:
    read(entry.on_mail_event, bounce(sent_letter(door), to=READER))
    said = capsys.readouterr().out
    assert '"function": "on_mail_event"' in said
    assert READER not in said
