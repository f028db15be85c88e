"""Repair works in a running city: subscribed to, told of, met by an appeal, answered, ended."""

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from tests.infra.calls import client, send
from tests.infra.mailing import letters, texts, within
from tests.infra.running import Running

STREET, TOPIC = "вулиця Подільська", "WA-02"
SERIAL = count(1)


def untold_of_works(city: Running) -> str:
    """The first thing that does not work of all that a work brings about; or empty."""
    no = next(SERIAL)
    reader, phone = f"reader{no}@example.com", f"+38063{no:07}"
    for channel, address in (("email", reader), ("sms", phone)):
        asked = {"street": STREET, "channel": channel, "address": address}
        status, told = send(f"{city.site}/api/subscriptions", asked)
        if status != 202:
            return f"subscription: {status} {told}"
    if not within(lambda: bool(letters(city, reader)) and bool(texts(city, phone))):
        return "confirmation"
    status, told = _use_link(city, letters(city, reader)[0])
    if status != 200:
        return f"confirmation: {status} {told}"
    work = _publish(city)
    return _answered(city, work) or _told(city, reader) or _ended(city, work, reader)


def _use_link(city: Running, letter: dict[str, Any]) -> tuple[int, Any]:
    found = re.search(r"/subscription/#confirm/(\S+)", letter["BodyText"])
    assert found
    return send(f"{city.site}/api/subscriptions/confirmation", {"token": found[1]})


def _publish(city: Running) -> str:
    body = {
        "summary": "Проба",
        "cause": "з'ясовується",
        "consequences": "Немає води",
        "eta_at": (datetime.now(UTC) + timedelta(hours=3)).isoformat(),
        "places": [{"street": STREET}],
    }
    status, made = send(f"{city.site}/api/repair-works", body, Authorization=_keeper(city))
    return str(made["id"]) if status == 201 else f"{status} {made}"


def _answered(city: Running, work: str) -> str:
    """What does not work of an appeal that a work is known at, and its answer; or empty."""
    place = {"street": STREET, "building": "1"}
    applicant = {"name": "Проба", "phone": "+380670000002", "residence": place}
    appeal = {"text": "Проба: немає води.", "topic": TOPIC, "place": place, "applicant": applicant}
    status, filed = send(f"{city.site}/api/appeals", appeal)
    if status != 201 or not filed["known_works"]:
        return f"known works: {status} {filed}"
    url = f"{city.site}/api/repair-works/{work}/answer"
    status, told = send(url, {"text": "Воду подано"}, Authorization=_keeper(city))
    return "" if status == 202 else f"answer: {status} {told}"


def _told(city: Running, reader: str) -> str:
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    event = {
        **dict.fromkeys(("version", "id", "account", "region", "source", "detail-type"), "0"),
        "time": at,
        "resources": [],
        "detail": {},
    }
    function = city.facts["functions"]["sweep"]
    done = client(city, "lambda").invoke(FunctionName=function, Payload=json.dumps(event))
    if "FunctionError" in done:
        return f"sweep: {done['Payload'].read()!r}"
    return "" if within(lambda: len(letters(city, reader)) > 1) else "letter about a work"


def _ended(city: Running, work: str, reader: str) -> str:
    url = f"{city.site}/api/repair-works/{work}/close"
    status, told = send(url, {}, Authorization=_keeper(city))
    if status != 200:
        return f"close: {status} {told}"
    found = re.search(r"/subscription/#off/(\S+)", letters(city, reader)[-1]["BodyText"])
    assert found
    off = f"{city.site}/api/subscriptions/off/{found[1]}"
    status, told = send(off, {})
    return "" if status == 200 else f"off: {status} {told}"


def _keeper(city: Running) -> str:
    account = next(each for each in city.accounts if each["username"] == "vodokanal-responsible")
    given = {"username": account["username"], "password": account["password"]}
    _, answer = send(f"{city.site}/api/sessions", given)
    return f"Bearer {answer['access_token']}"
