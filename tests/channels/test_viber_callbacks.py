"""Every kind of callback is the event that it is, or is passed over; the signature is of bytes."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

import pytest

from chalicelib.channels.viber import ViberReceiver
from chalicelib.channels.viber_callbacks import OLDEST, callback_of, event_of
from chalicelib.domain.bots import Bot
from chalicelib.domain.inbound import (
    EventKind,
    InboundEvent,
    InboundFile,
    Point,
    Press,
    StatedContact,
)
from chalicelib.usecases.conversation_ports import Unreadable
from tests.channels.payloads import SENT_AT, VIBER

AT: Final = datetime.fromtimestamp(SENT_AT, UTC) + timedelta(seconds=5)
ME: Final = "viber#01234567890A="
TOKEN: Final = "4453b6ac-EXAMPLE-viber-token"
PHONE: Final = "+380501234567"

EXPECTED: Final[dict[str, tuple[EventKind, dict[str, Any]] | None]] = {
    "webhook": None,
    "conversation_started": None,
    "delivered": None,
    "seen": None,
    "failed": None,
    "subscribed": (EventKind.UNBLOCKED, {"language": ""}),
    "unsubscribed": (EventKind.BLOCKED, {"language": ""}),
    "text": (EventKind.TEXT, {"text": "Яма на дорозі"}),
    "button": (EventKind.BUTTON, {"press": Press("d7Hk2", "t", "LI-01")}),
    "start": (EventKind.START, {"text": "a_7Qm3"}),
    "location": (EventKind.LOCATION, {"point": Point(49.4213, 26.9826)}),
    "contact": (EventKind.CONTACT, {"contact": StatedContact(PHONE, own=False)}),
    "contact_asked_for": (EventKind.CONTACT, {"contact": StatedContact(PHONE, own=True)}),
    "file_other": (EventKind.OTHER, {}),
    "sticker": (EventKind.OTHER, {}),
    "url": (EventKind.OTHER, {}),
}


def raw_of(name: str, **changes: Any) -> bytes:
    """Return a payload as bytes."""
    return json.dumps({**VIBER[name], **changes}, ensure_ascii=False).encode()


def read(name: str) -> InboundEvent | None:
    """Return the event of a payload."""
    return event_of(callback_of(raw_of(name)), AT)


@pytest.mark.parametrize("name", EXPECTED)
def test_every_callback_is_the_event_that_it_is(name: str) -> None:
    expected = EXPECTED[name]
    if expected is None:
        assert read(name) is None
        return
    kind, fields = expected
    given: dict[str, Any] = {"identity": ME, "language": "uk", **fields}
    assert read(name) == InboundEvent(id="t5080382391595440128", kind=kind, at=AT, **given)


@pytest.mark.parametrize("name", ["picture", "file_picture"])
def test_a_picture_is_known_by_its_address_without_the_signature(name: str) -> None:
    event = read(name)
    assert event is not None
    assert event.kind is EventKind.PHOTO
    (file,) = event.files
    media = VIBER[name]["message"]["media"]
    assert file.id == media
    again = json.loads(raw_of(name))
    again["message"]["media"] = media.partition("?")[0] + "?Expires=2&Signature=Y"
    other = event_of(callback_of(json.dumps(again).encode()), AT)
    assert other is not None
    assert other.files[0] == InboundFile(again["message"]["media"], file.mark, file.size_bytes)


def test_no_payload_is_forgotten() -> None:
    assert set(EXPECTED) | {"picture", "file_picture"} == set(VIBER)


def test_who_only_opens_the_chat_is_welcomed_in_the_answer() -> None:
    receiver = ViberReceiver(lambda language, start: {"language": language, "start": start})
    incoming = receiver.read(raw_of("conversation_started"), AT)
    assert incoming.event is None
    assert incoming.reply == {"language": "uk", "start": "a_7Qm3"}
    forged = receiver.read(raw_of("conversation_started", context='"><script>'), AT)
    assert forged.reply["start"] == ""


def test_what_is_older_than_vibers_own_repetitions_is_passed_over() -> None:
    receiver = ViberReceiver(lambda *_: {})
    assert receiver.read(raw_of("text"), AT).event is not None
    assert receiver.read(raw_of("text"), AT + OLDEST).event is None
    assert receiver.read(raw_of("text", timestamp=0), AT).event is None
    assert receiver.read(raw_of("text", timestamp=2**70), AT).event is not None


@pytest.mark.parametrize("raw", [b"", b"[]", b'{"event": 1}', b'{"event":"message","sender":[]}'])
def test_what_is_no_callback_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        callback_of(raw)


class TestSignature:
    """HMAC-SHA256 of the raw bytes by the bot's token."""

    BOT = Bot("viber", ("key",), ("secret",), (TOKEN, "token before"))
    BODY = raw_of("text")

    def genuine(self, signature: str, body: bytes | None = None) -> bool:
        headers = {"x-viber-content-signature": signature}
        return ViberReceiver(lambda *_: {}).is_genuine(headers, body or self.BODY, self.BOT)

    def test_the_right_one_proves_the_body(self) -> None:
        assert self.genuine(signed(TOKEN, self.BODY))

    def test_that_of_the_token_before_still_does(self) -> None:
        assert self.genuine(signed("token before", self.BODY))

    def test_a_body_written_anew_is_another_body(self) -> None:
        again = json.dumps(json.loads(self.BODY)).encode()
        assert not self.genuine(signed(TOKEN, self.BODY), again)

    @pytest.mark.parametrize("given", ["", "0" * 64, "ї" * 64, "x", "\ud800"])
    def test_a_wrong_one_does_not(self, given: str) -> None:
        assert not self.genuine(given)

    def test_a_computed_example_agrees(self) -> None:
        body = (
            '{"event":"message","timestamp":1763719200123,"chat_hostname":"SN-CHAT-05_",'
            '"message_token":5080382391595440128,"sender":{"id":"01234567890A=","name":"Олена",'
            '"avatar":"https://media-direct.cdn.viber.com/download_photo?dlid=REDACTED&fltp=jpg",'
            '"language":"uk","country":"UA","api_version":10},"message":{"text":"Яма",'
            '"type":"text"},"silent":false}'
        ).encode()
        assert signed(TOKEN, body) == (
            "329b3fa04ce7c146efc4b298908aebf2b64446862bf75f0d41c0b2e6405ff35b"
        )


def signed(token: str, body: bytes) -> str:
    """Return the signature of a body."""
    return hmac.new(token.encode(), body, sha256).hexdigest()
