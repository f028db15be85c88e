"""The WebSocket's functions as the gateway calls them, over the whole app in memory."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import app as entry
from chalicelib import wiring
from chalicelib.usecases.live import HANDSHAKES_A_MINUTE
from tests.fake_door import FakeDoor, fake_door
from tests.fakes import FakeLive

LINE = "L0SM9cOFvHcCIhw="


@pytest.fixture
def door() -> Iterator[FakeDoor]:
    """Khmelnytskyi in memory."""
    yield fake_door("khmelnytskyi")
    wiring.use(None)


def live_of(door: FakeDoor) -> FakeLive:
    """What connections have heard."""
    live = door.centre.live
    assert isinstance(live, FakeLive)
    return live


def event(line: str = LINE, body: str | None = None, **headers: str) -> dict[str, Any]:
    """Return the gateway's event about a connection."""
    context = {
        "domainName": "abc.execute-api.eu-central-1.amazonaws.com",
        "stage": "ws",
        "apiId": "abc",
        "connectionId": line,
        "identity": {"sourceIp": "203.0.113.9"},
    }
    return {"requestContext": context, "body": body, "headers": headers}


@pytest.fixture(autouse=True)
def _region(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")


def said(door: FakeDoor, message: Any, line: str = LINE) -> Any:
    """Say something on a connection; return the answer that it heard."""
    text = message if isinstance(message, str) else json.dumps(message)
    assert entry.websocket_message(event(line, text), None) == {"statusCode": 200}
    return json.loads(live_of(door).heard[line][-1])


def queue(*bodies: str) -> dict[str, Any]:
    """Return the queue's event with these messages."""
    return {
        "Records": [
            {"messageId": str(at), "receiptHandle": "r", "body": body}
            for at, body in enumerate(bodies)
        ]
    }


NEWS = json.dumps(
    {
        "number": "2026-000123-7",
        "executor": "svitlo",
        "event": "registered",
        "version": "1",
        "audiences": "#centre svitlo",
    }
)


def test_a_console_says_who_it_is_and_hears(
    door: FakeDoor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert entry.websocket_connect(event(), None) == {"statusCode": 200}
    token = door.token("svitlo-responsible")
    assert said(door, {"token": token}) == {"live": True}
    assert said(door, {"ping": True}) == {"pong": True}
    assert entry.send_live(queue(NEWS), None) == {"batchItemFailures": []}
    assert json.loads(live_of(door).heard[LINE][-1])["number"] == "2026-000123-7"
    assert token not in capsys.readouterr().out


@pytest.mark.parametrize(
    "message",
    [
        {"token": "no token of ours"},
        {"token": 7},
        {"ping": True},
        {"ping": "yes"},
        {},
        {"token": "x", "more": 1},
        "not JSON",
        "",
        "[]",
        json.dumps({"token": "x" * 9000}),
    ],
)
def test_who_proves_nobody_is_told_so_and_closed(door: FakeDoor, message: Any) -> None:
    entry.websocket_connect(event(), None)
    assert said(door, message) == {"refused": True}
    assert live_of(door).closed == [LINE]
    entry.send_live(queue(NEWS), None)
    assert len(live_of(door).heard[LINE]) == 1


def test_before_it_has_spoken_a_line_hears_nothing(door: FakeDoor) -> None:
    entry.websocket_connect(event(), None)
    entry.send_live(queue(NEWS), None)
    assert live_of(door).heard == {}


def test_who_has_left_is_forgotten(door: FakeDoor) -> None:
    said(door, {"token": door.token("svitlo-responsible")})
    entry.websocket_disconnect(event(), None)
    assert door.centre.connections.listening("svitlo", door.clock()) == []
    assert entry.websocket_disconnect(event(), None) == {"statusCode": 200}


def test_signing_out_ends_the_line_at_its_next_ping(door: FakeDoor) -> None:
    said(door, {"token": door.token("svitlo-responsible")})
    door.call("DELETE", "/sessions", by="svitlo-responsible")
    assert said(door, {"ping": True}) == {"refused": True}


def test_one_bad_message_holds_no_other_up(door: FakeDoor) -> None:
    said(door, {"token": door.token("coordinator-1")})
    answered = entry.send_live(queue("not JSON", NEWS, "{}"), None)
    assert answered == {"batchItemFailures": [{"itemIdentifier": "0"}, {"itemIdentifier": "2"}]}
    assert len(live_of(door).heard[LINE]) == 2


def test_an_address_that_knocks_too_often_is_turned_away(door: FakeDoor) -> None:
    settings = door.centre.settings.model_copy(update={"demo_limits": 1})
    wiring.use(replace(door.centre, settings=settings))
    key = "X-Forwarded-For"
    statuses = [
        entry.websocket_connect(event(**{key: "198.51.100.1, 203.0.113.7, 10.0.0.1"}), None)
        for _ in range(HANDSHAKES_A_MINUTE + 1)
    ]
    assert [each["statusCode"] for each in statuses] == [200] * HANDSHAKES_A_MINUTE + [429]
    assert entry.websocket_connect(event(), None) == {"statusCode": 200}
