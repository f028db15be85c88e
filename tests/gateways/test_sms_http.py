"""SMS by a gateway of the country: what its codes mean, and what it is asked."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import urllib3

from chalicelib.gateways.sms_http import KEY_LENGTH, GatewayMisused, HttpSms
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused
from tests.gateways.answering import Answering, answering

PHONE = "+380501234567"
TEXT = "Звернення 2026-000123-7 зареєстровано."
ID = "f83f8868-5e46-c6cf-e4fb-615e5a293754"


@pytest.fixture
def gateway() -> Iterator[Answering]:
    with answering() as gateway:
        yield gateway


def sms(gateway: Answering) -> HttpSms:
    return HttpSms(gateway.url, sender="MISTO1580", token=lambda: "secret-token")


def verdict(code: int | None, status: str, phone: str = "380501234567", **more: Any) -> bytes:
    """An answer that says `code` of a phone."""
    own = {"phone": phone, "response_code": code, "response_status": status, **more}
    whole = {"response_code": 0, "response_status": "OK", "response_result": [own]}
    return json.dumps(whole).encode()


def whole(code: Any, status: str = "", result: Any = None) -> bytes:
    """An answer that says `code` of the whole request."""
    said = {"response_code": code, "response_status": status, "response_result": result}
    return json.dumps(said).encode()


def test_the_request_has_the_shape_of_the_gateway(gateway: Answering) -> None:
    gateway.body = verdict(0, "OK", message_id=ID)
    assert sms(gateway).send(PHONE, TEXT, "n1") == ID
    (asked,) = gateway.asked
    assert asked.headers["Authorization"] == "Bearer secret-token"
    assert asked.headers["Content-Type"] == "application/json; charset=utf-8"
    body = json.loads(asked.body)
    assert body.pop("sequence_id")
    assert body == {
        "recipients": ["380501234567"],
        "sms": {"sender": "MISTO1580", "text": TEXT},
    }


def test_the_same_notice_has_the_same_key_and_another_one_another(gateway: Answering) -> None:
    gateway.body = verdict(0, "OK", message_id=ID)
    for key in ("n1", "n1", "n2"):
        sms(gateway).send(PHONE, TEXT, key)
    keys = [json.loads(each.body)["sequence_id"] for each in gateway.asked]
    assert keys[0] == keys[1] != keys[2]
    assert {len(key) for key in keys} == {KEY_LENGTH}


@pytest.mark.parametrize(
    ("body", "message_id"),
    [
        (verdict(0, "OK", message_id=ID), ID),
        (verdict(800, "SUCCESS_MESSAGE_ACCEPTED", message_id=ID), ID),
        (verdict(0, "OK", phone="+380501234567", message_id=ID), ID),
        (verdict(0, "OK"), ""),
        (whole(800, "SUCCESS_MESSAGE_ACCEPTED"), ""),
        (verdict(507, "FAILED_DUPLICATE_REQUEST", message_id=ID), ID),
    ],
)
def test_what_was_taken_is_sent(gateway: Answering, body: bytes, message_id: str) -> None:
    gateway.body = body
    assert sms(gateway).send(PHONE, TEXT, "n1") == message_id


@pytest.mark.parametrize(
    ("body", "reason", "dead"),
    [
        (verdict(305, "INVALID_PHONE", message_id=None), "no_such_address", True),
        (verdict(406, "NOT_ALLOWED_RECIPIENT_COUNTRY"), "no_such_address", True),
        (verdict(404, "NOT_ALLOWED_NUMBER_STOPLIST"), "blocked", True),
        (verdict(304, "INVALID_MESSAGE_TEXT"), "rejected", False),
    ],
)
def test_what_never_will_be_is_refused(
    gateway: Answering, body: bytes, reason: str, dead: bool
) -> None:
    gateway.body = body
    with pytest.raises(SendingRefused) as refused:
        sms(gateway).send(PHONE, TEXT, "n1")
    assert (refused.value.reason, refused.value.address_dead) == (reason, dead)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, whole(500, "FATAL_ERROR"), "away"),
        (200, whole(None), "away"),
        (200, whole("0"), "away"),
        (200, whole(0, "OK"), "away"),
        (200, whole(802, "SUCCESS_MESSAGE_PARTIAL_ACCEPTED", [7]), "away"),
        (200, verdict(0, "OK", phone="380679999999", message_id=ID), "away"),
        (200, b"<html>maintenance</html>", "away"),
        (200, b"[]", "away"),
        (200, b"\xff", "away"),
        (502, b"Bad gateway", "away"),
        (503, b"{}", "away"),
        (429, b"{}", "rate"),
    ],
)
def test_what_may_pass_waits(gateway: Answering, status: int, body: bytes, reason: str) -> None:
    gateway.status, gateway.body = status, body
    gateway.headers = {"Retry-After": "17"}
    with pytest.raises(SendingLater) as later:
        sms(gateway).send(PHONE, TEXT, "n1")
    assert later.value.reason == reason
    assert later.value.after_seconds in (17, None)


@pytest.mark.parametrize("code", [103, 301, 400, 401])
def test_what_is_wrong_with_us_is_a_defect_and_shows_no_secret(
    gateway: Answering, code: int
) -> None:
    gateway.body = whole(code, "REQUIRED_TOKEN")
    with pytest.raises(GatewayMisused) as raised:
        sms(gateway).send(PHONE, TEXT, "n1")
    assert "secret-token" not in str(raised.value)


def test_a_gateway_that_is_silent_is_away(
    gateway: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway.silent = threading.Event()
    waiting = sms(gateway)
    waiting._http = urllib3.PoolManager(timeout=0.05, retries=False)
    with pytest.raises(SendingLater) as later:
        waiting.send(PHONE, TEXT, "n1")
    assert later.value.reason == "away"
    assert len(gateway.asked) == 1


def test_a_redirect_is_not_followed(gateway: Answering) -> None:
    gateway.status, gateway.body = 302, b"moved"
    gateway.headers = {"Location": gateway.url}
    with pytest.raises(SendingLater):
        sms(gateway).send(PHONE, TEXT, "n1")
    assert len(gateway.asked) == 1


def test_nothing_listens(gateway: Answering) -> None:
    nowhere = HttpSms("http://127.0.0.1:9/", sender="M", token=lambda: "t")
    with pytest.raises(SendingLater) as later:
        nowhere.send(PHONE, TEXT, "n1")
    assert later.value.reason == "away"
