"""What leaves a running city: letters and SMS, and letters that come back."""

import json
import time
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.infra.calls import client, send
from tests.infra.running import Running
from tests.ses_events import bounce

SECONDS = 8.0
PHONE = "+380670000002"
SERIAL = count(1)


def silent(city: Running, topic: str) -> str:
    """The first thing that does not work of telling an emergency; or empty.

    The applicant gets a letter, the duty service an SMS; the letter comes back, so the applicant
    gets an SMS too, by night as by day.
    """
    reader = f"oksana{next(SERIAL)}@example.com"
    _, filed = _file(city, topic, reader)
    notice = f"{filed['number']}.n1.applicant.email"
    if not within(
        lambda: any(filed["number"] in each["Subject"] for each in letters(city, reader))
    ):
        return "letter"
    if not within(lambda: any(filed["number"] in said for said in texts(city))):
        return "duty"
    if not within(lambda: _state(city, notice) == "sent"):
        return "record"
    come_back(city, notice, reader)
    if not within(lambda: _state(city, notice) == "failed"):
        return "bounce"
    if not within(lambda: reader in dead_addresses(city)):
        return "address"
    sweep_now(city)
    return "" if within(lambda: len(texts(city, PHONE, filed["number"])) == 1) else "fallback"


def letters(city: Running, reader: str) -> list[dict[str, Any]]:
    """The letters that one reader was sent."""
    sent = _shown(city, "ses/messages")["messages"]
    return [each for box in sent.values() for each in box if each["To"] == [reader]]


def texts(city: Running, phone: str = "", word: str = "") -> list[str]:
    """The SMS that were sent, to one phone if it is named, with a word if there is one."""
    sent = _shown(city, "sns/sms-messages")["sms_messages"]
    found = (each["Message"] for to, box in sent.items() if phone in ("", to) for each in box)
    return [each for each in found if word in each]


def come_back(city: Running, notice: str, reader: str) -> None:
    """Put on the queue what SES's rule puts there when a letter comes back."""
    queues = client(city, "sqs")
    url = queues.get_queue_url(QueueName=f"{city.facts['stack']}-mail-events")["QueueUrl"]
    queues.send_message(QueueUrl=url, MessageBody=json.dumps(bounce(notice, to=reader)))


def dead_addresses(city: Running) -> list[str]:
    """The addresses to which nothing is sent any more."""
    found = client(city, "dynamodb").scan(TableName=f"{city.facts['stack']}-residents")["Items"]
    return [item["identity"]["S"].removeprefix("email#") for item in found if "off_since" in item]


def sweep_now(city: Running) -> None:
    """Do what every minute does."""
    event = {
        **dict.fromkeys(("version", "id", "account", "region", "source", "detail-type"), "0"),
        "time": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "resources": [],
        "detail": {},
    }
    client(city, "lambda").invoke(
        FunctionName=city.facts["functions"]["sweep"], Payload=json.dumps(event)
    )


def within(holds: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Whether something comes to hold within a few seconds."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def _file(city: Running, topic: str, reader: str) -> tuple[int, Any]:
    place = {"street": "вулиця Пробна", "building": "1"}
    applicant = {"name": "Проба", "phone": PHONE, "email": reader, "residence": place}
    body = {
        "text": "Проба: прорвало трубу.",
        "topic": topic,
        "place": place,
        "applicant": applicant,
        "reply_channel": "email",
    }
    return send(f"{city.site}/api/appeals", body)


def _state(city: Running, notice: str) -> str:
    number, _, part = notice.partition(".")
    item = client(city, "dynamodb").get_item(
        TableName=f"{city.facts['stack']}-cards",
        Key={"number": {"S": number}, "part": {"S": f"NOTICE#{part}"}},
    )
    return str(item.get("Item", {}).get("state", {}).get("S", ""))


def _shown(city: Running, what: str) -> Any:
    with urllib.request.urlopen(f"{city.facts['aws_endpoint']}/_ministack/{what}") as answer:
        return json.load(answer)
