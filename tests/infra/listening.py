"""What a console does through the WebSocket of a running city, and what is kept of it."""

import time
from collections.abc import Callable
from typing import Any

from tests.infra.calls import client, file_appeal, sign_in
from tests.infra.line import Line
from tests.infra.running import Running

SECONDS = 20.0


def deaf(city: Running, topic: str) -> str:
    """The first thing that does not work of a console that listens for an appeal; or empty."""
    knocked = _knocks(city)
    with Line(city.facts["websocket"]) as line:
        if line.refused or _knocks(city) != knocked + 1:
            return "handshake"
        line.say({"token": sign_in(city, "coordinator").removeprefix("Bearer ")})
        if line.hear(SECONDS) != {"live": True}:
            return "sign-in"
        line.say({"ping": True})
        if line.hear(SECONDS) != {"pong": True}:
            return "ping"
        _, filed = file_appeal(city, topic, [])
        if not _hears_of(line, filed["number"]):
            return "news"
    return "" if nobody_listens(city) else "leaving"


def nobody_listens(city: Running) -> bool:
    """Whether every connection that has ended is forgotten within some seconds."""
    return _within(lambda: not listeners(city))


def listeners(city: Running) -> list[str]:
    """The ids of connections that are kept."""
    return [item["sort"]["S"] for item in _guards(city) if item["key"]["S"].startswith("ws#")]


def _hears_of(line: Line, number: str) -> bool:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        news = line.hear(SECONDS)
        if news is None or news.get("number") == number:
            return news is not None
    return False


def _knocks(city: Running) -> int:
    counted = [each for each in _guards(city) if each["key"]["S"].startswith("rate#socket#")]
    return sum(int(each["hits"]["N"]) for each in counted)


def _guards(city: Running) -> list[dict[str, Any]]:
    table = f"{city.facts['stack']}-guards"
    pages = client(city, "dynamodb").get_paginator("scan").paginate(TableName=table)
    return [item for page in pages for item in page["Items"]]


def _within(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
