"""Every kind of update is the event that it is, or is passed over; none is refused."""

import json
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from chalicelib.channels.telegram_updates import event_of
from chalicelib.domain.inbound import (
    EventKind,
    InboundEvent,
    InboundFile,
    Point,
    Press,
    StatedContact,
)
from chalicelib.usecases.conversation_ports import Unreadable
from tests.channels.payloads import TELEGRAM

AT: Final = datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
ME: Final = "telegram#700100200"
POINT: Final = Point(49.4213, 26.9826)
PHONE: Final = "+380501234567"

EXPECTED: Final[dict[str, tuple[EventKind, dict[str, Any]] | None]] = {
    "start": (EventKind.START, {"message": "10"}),
    "start_deeplink": (EventKind.START, {"message": "11", "text": "a_7Qm3Zk9xT2"}),
    "text": (EventKind.TEXT, {"message": "12", "text": "Яма на дорозі біля будинку 12"}),
    "edited_message": (EventKind.EDITED, {"message": "12", "text": "Яма біля 14", "language": ""}),
    "photo": (
        EventKind.PHOTO,
        {"message": "13", "text": "Фото ями", "files": (InboundFile("AgACPy", "AQADPy", 166702),)},
    ),
    "photo_album_1": (
        EventKind.PHOTO,
        {
            "message": "14",
            "text": "Ось три фото",
            "album": "140",
            "files": (InboundFile("AgACAy", "AQADAy", 166702),),
        },
    ),
    "photo_album_2": (
        EventKind.PHOTO,
        {"message": "15", "album": "140", "files": (InboundFile("AgACBy", "AQADBy", 166702),)},
    ),
    "photo_album_3": (
        EventKind.PHOTO,
        {"message": "16", "album": "140", "files": (InboundFile("AgACCy", "AQADCy", 166702),)},
    ),
    "document_image": (
        EventKind.PHOTO,
        {"message": "17", "files": (InboundFile("BQAC1", "AgAD1", 4540928, "image/heic"),)},
    ),
    "document_other": (EventKind.OTHER, {"message": "18"}),
    "contact_own": (
        EventKind.CONTACT,
        {"message": "19", "contact": StatedContact(PHONE, own=True)},
    ),
    "contact_foreign": (
        EventKind.CONTACT,
        {"message": "20", "contact": StatedContact(PHONE, own=False)},
    ),
    "contact_forwarded": (
        EventKind.CONTACT,
        {"message": "20", "contact": StatedContact(PHONE, own=False)},
    ),
    "location": (EventKind.LOCATION, {"message": "21", "point": POINT}),
    "venue": (
        EventKind.LOCATION,
        {"message": "23", "point": Point(49.4213, 26.9826, "Парк, вул. Ялинкова, 1")},
    ),
    "callback_query": (
        EventKind.BUTTON,
        {
            "message": "24",
            "press": Press("d7Hk2", "t", "LI-01"),
            "reply_token": "3007001234567890123",
        },
    ),
    "callback_query_past": (EventKind.BUTTON, {"message": "24", "reply_token": "3007"}),
    "my_chat_member_blocked": (EventKind.BLOCKED, {"language": ""}),
    "my_chat_member_unblocked": (EventKind.UNBLOCKED, {"language": ""}),
    "web_app_data": (EventKind.LOCATION, {"message": "25", "point": POINT}),
    "web_app_data_forged": (EventKind.OTHER, {"message": "25"}),
    "voice": (EventKind.OTHER, {"message": "26"}),
    "sticker": (EventKind.OTHER, {"message": "27"}),
    "group": (EventKind.GROUP, {"message": "28", "identity": "telegram#-100123"}),
    "migrated": (EventKind.GROUP, {"message": "29", "identity": "telegram#-100123"}),
    "group_membership": None,
    "channel_post": None,
    "poll": None,
}


def read(name: str, update_id: int = 874000001) -> InboundEvent | None:
    """Return the event of a payload."""
    return event_of(json.dumps({"update_id": update_id, **TELEGRAM[name]}).encode(), AT)


@pytest.mark.parametrize("name", TELEGRAM)
def test_every_update_is_the_event_that_it_is(name: str) -> None:
    expected = EXPECTED[name]
    if expected is None:
        assert read(name) is None
        return
    kind, fields = expected
    given: dict[str, Any] = {"identity": ME, "language": "uk", **fields}
    assert read(name) == InboundEvent(id="u874000001", kind=kind, at=AT, **given)


def test_an_update_of_fifty_two_bits_keeps_its_id() -> None:
    event = read("text", 2**52 + 1)
    assert event is not None
    assert event.id == f"u{2**52 + 1}"


def test_unknown_fields_and_kinds_are_passed_over() -> None:
    update = {"update_id": 1, "new_thing": {"a": [1]}, **TELEGRAM["text"]}
    update["message"] = {**update["message"], "another": {"deep": [[[1]]]}}
    assert event_of(json.dumps(update).encode(), AT) is not None
    assert event_of(b'{"update_id": 1}', AT) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"update_id": NaN}',
        b'{"update_id": "x"}',
        b'{"update_id": 1, "message": []}',
        b'{"update_id": 1, "message": {"message_id": 1}}',
        b"\xff\xfe",
        b'{"update_id":1,"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    ],
)
def test_what_is_no_update_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        event_of(raw, AT)


def test_a_point_beyond_the_poles_is_no_point() -> None:
    there = {**TELEGRAM["location"]["message"], "location": {"latitude": 91, "longitude": 0}}
    update = {"update_id": 1, "message": there}
    with pytest.raises(Unreadable):
        event_of(json.dumps(update).encode(), AT)


def test_texts_come_clean() -> None:
    hostile = "Я\x00ма\u202e \ud800" + "a" + "\u0301" * 50 + " кінець"
    update = {"update_id": 1, "message": {**TELEGRAM["text"]["message"], "text": hostile}}
    event = event_of(json.dumps(update).encode(), AT)
    assert event is not None
    assert event.text.startswith("Яма ")
    assert event.text.encode()
    assert len(event.text) < 20


def test_a_text_is_cut_at_a_bound() -> None:
    update = {"update_id": 1, "message": {**TELEGRAM["text"]["message"], "text": "я" * 60_000}}
    event = event_of(json.dumps(update, ensure_ascii=False).encode(), AT)
    assert event is not None
    assert len(event.text) == 8000
