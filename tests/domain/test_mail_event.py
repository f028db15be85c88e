"""What SES says of a letter is read, whatever else its events hold."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.mail_event import MailEvent, MailFate, mail_event_of, notice_of, tag_of
from tests.ses_events import READER, bounce, complaint, delay, ses_event

NOTICE = "2026-000123-7.n3.applicant.email"
AT = datetime(2026, 3, 2, 10, 20, 2, tzinfo=UTC)


def test_a_letter_that_came_back_for_good() -> None:
    told = mail_event_of(bounce(NOTICE))
    assert told == MailEvent(MailFate.BOUNCED, (READER,), AT, NOTICE)
    assert told.address_dead


def test_a_complaint() -> None:
    told = mail_event_of(complaint(NOTICE, to=f"Oksana <{READER}>"))
    assert told == MailEvent(MailFate.COMPLAINED, (READER,), AT, NOTICE)
    assert told.address_dead


def test_a_letter_that_ses_refused_says_nothing_of_its_address() -> None:
    told = mail_event_of(ses_event("Reject", NOTICE, reject={"reason": "Bad content"}))
    assert told == MailEvent(MailFate.REJECTED, (), AT, NOTICE)
    assert not told.address_dead


@pytest.mark.parametrize(
    "event",
    [
        bounce(NOTICE, "Transient"),
        bounce(NOTICE, "Undetermined"),
        delay(NOTICE),
        ses_event("Delivery", NOTICE),
    ],
)
def test_what_may_pass_changes_nothing(event: dict[str, Any]) -> None:
    assert mail_event_of(event) is None


def test_a_letter_of_somebody_else_has_no_notice() -> None:
    told = mail_event_of(bounce(None))
    assert told is not None
    assert told.notice is None
    assert told.addresses == (READER,)


@pytest.mark.parametrize(
    "event",
    [
        None,
        [],
        "text",
        7,
        {},
        {"detail": None},
        {"detail": {"eventType": "Bounce"}},
        {"detail": {"eventType": "Bounce", "bounce": "Permanent"}},
        {"detail": {"eventType": "Complaint"}},
        {"time": "yesterday", "detail": {"eventType": "Complaint", "mail": {"timestamp": 7}}},
        {"time": "2026-03-02T10:20:02", "detail": {"eventType": "Complaint"}},
    ],
)
def test_what_is_no_event_is_nothing(event: object) -> None:
    assert mail_event_of(event) is None


def test_strange_recipients_and_tags_are_left_out() -> None:
    event = bounce(NOTICE)
    event["detail"]["bounce"]["bouncedRecipients"] = ["x", {"emailAddress": 7}, {}]
    event["detail"]["mail"]["tags"] = {"notice": [7]}
    told = mail_event_of(event)
    assert told is not None
    assert (told.addresses, told.notice) == ((), None)


@pytest.mark.parametrize("tag", ["***", "\u0456", "_w"])
def test_a_tag_of_somebody_else_names_no_notice(tag: str) -> None:
    assert notice_of(tag) is None


def test_any_notice_can_be_named_by_a_tag() -> None:
    for notice in ("", "n", "w-17.n2.subscriber.0af3.email", "дайджест.n1.head"):
        tag = tag_of(notice)
        assert notice_of(tag) == notice
        assert tag.replace("-", "").replace("_", "").isalnum() or not tag
