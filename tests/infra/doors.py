"""What comes in by the doors of a running city besides its website, as far as functions may."""

import json
import urllib.request
from base64 import encodebytes
from collections.abc import Callable
from datetime import UTC, datetime
from email import message_from_bytes
from io import BytesIO
from typing import Any
from urllib.error import HTTPError
from zipfile import ZIP_DEFLATED, ZipFile

from chalicelib.api.appeal_bodies import AppealBody
from chalicelib.usecases.mail_import import Arrived
from infra.artefacts import Package
from infra.logs import lines
from tests.infra.calls import client, file_appeal, send, sign_in
from tests.infra.chatting import unheard, untold_in_chats
from tests.infra.mailing import within
from tests.infra.running import Running
from tests.infra.talking import (
    SERIAL,
    invoke,
    items,
    put_on,
)
from tests.mailbox.test_reading import CARD

CITY_FILE = "chalicelib/cities/khmelnytskyi/city.toml"


def unscreened(city: Running) -> str:
    """What does not work of screening ringing calls; or empty."""
    phone, call_id = f"+38066{next(SERIAL):07}", f"call-{next(SERIAL)}"
    body = {"phone": phone, "reason": "Лайка", "evidence": "Дзвінок"}
    status, told = send(f"{city.site}/api/blocks", body, Authorization=sign_in(city, "operator"))
    if status != 201:
        return f"block: {told}"
    if invoke(city, "screen_call", _contact(phone, call_id)).get("decision") != "block":
        return "decision"
    if not any(call_id in str(item) for item in items(city, "guards")):
        return "journal"
    file_appeal(city, "LI-01", [])
    known = invoke(city, "screen_call", _contact("+380670000001", "call"))
    return "hint" if known.get("case_hint", "0") == "0" else ""


def _contact(phone: str, call_id: str) -> dict[str, Any]:
    endpoint = {"Address": phone, "Type": "TELEPHONE_NUMBER"}
    return {"Details": {"ContactData": {"CustomerEndpoint": endpoint, "ContactId": call_id}}}


def unnoted(city: Running) -> str:
    """What does not work of hearing that a call has ended; or empty."""
    contact = f"contact-{next(SERIAL)}"
    detail = {
        "eventType": "DISCONNECTED",
        "channel": "VOICE",
        "contactId": contact,
        "disconnectTimestamp": datetime.now(UTC).isoformat(),
    }
    told = dict.fromkeys(("version", "id", "account", "region", "time"), "0")
    source = {"source": "aws.connect", "detail-type": "Amazon Connect Contact Event"}
    invoke(city, "note_contact", {**told, **source, "resources": [], "detail": detail})
    noted = any(f"completed-{contact}" in str(item) for item in items(city, "guards"))
    return "" if noted else "ended call"


def unlinked(city: Running) -> str:
    """What does not work of linking a recording to its call; or empty."""
    call_id = f"contact-{next(SERIAL)}"
    key = f"connect/city/CallRecordings/2026/03/02/{call_id}_20260302T08%3A18_UTC.wav"
    put_on(city, "recordings", _stored(key))
    linked = within(lambda: any(call_id in str(item) for item in items(city, "guards")))
    return "" if linked else "recording"


def untaken(city: Running) -> str:
    """What does not work of an appeal that waited for the database; or empty."""
    receipt = f"{next(SERIAL):032x}"
    place = {"street": "вулиця Проскурівська", "building": "3"}
    applicant = {"name": "Проба", "phone": "+380670000003", "residence": place}
    body = {"text": "Проба: немає води.", "topic": "WA-02", "place": place, "applicant": applicant}
    message = {
        "receipt": receipt,
        "answer": "{}",
        "received_at": datetime.now(UTC).isoformat(),
        "language": "uk",
        "body": AppealBody.model_validate(body).model_dump(mode="json"),
        "key": None,
        "fingerprint": "f",
        "caller": "c",
        "drawn": None,
    }
    put_on(city, "waiting", json.dumps(message))
    if not within(lambda: _has_number(city, receipt)):
        return "waiting appeal"
    before = _put_off(city)
    put_on(city, "waiting", "{}")
    put_off = within(lambda: _put_off(city) > before)
    queues = client(city, "sqs")
    url = queues.get_queue_url(QueueName=f"{city.facts['stack']}-waiting")["QueueUrl"]
    queues.purge_queue(QueueUrl=url)
    return "" if put_off else "later"


def _put_off(city: Running) -> int:
    """How often a message that breaks was put off, and the others of its batch were not lost."""
    said = '{"function": "take_in", "done": [], "failed": 1}'
    return sum(line == said for line in lines(city.facts))


def _has_number(city: Running, receipt: str) -> bool:
    return any(
        item["key"]["S"] == f"receipt#{receipt}" and "number" in item
        for item in items(city, "guards")
    )


def unread(city: Running) -> str:
    """What does not work of a letter with a file that becomes a card; or empty."""
    mark = f"{next(SERIAL):06}"
    _arrives(city, f"letters/{mark}", _letter(mark))
    if not within(lambda: _number_of(city, mark) != ""):
        return "letter"
    number = _number_of(city, mark)
    return "" if within(lambda: _has_file(city, number)) else "file of a letter"


def unopened(city: Running) -> str:
    """What does not work of opening a letter that waits for a person; or empty."""
    mark, operator = f"unread{next(SERIAL)}", sign_in(city, "operator")
    letter = f"From: a@example.org\r\nMessage-ID: <{mark}@x>\r\nSubject: {mark}\r\n\r\nHi"
    _arrives(city, f"letters/{mark}", letter.encode())
    arrived = Arrived(f"letters/{mark}", datetime.now(UTC)).id

    def waits() -> bool:
        _, listed = send(f"{city.site}/api/letters", Authorization=operator)
        return any(each["id"] == arrived for each in listed["items"])

    if not within(waits):
        return "unread letter"
    url = f"{city.site}/api/letters/{arrived}/file"
    _, given = send(url, Authorization=operator)
    try:
        with urllib.request.urlopen(given["url"], timeout=30) as answer:
            return "" if mark.encode() in answer.read() else "another file"
    except HTTPError as refusal:
        with refusal:
            return f"file: {refusal.code}"


def _arrives(city: Running, key: str, letter: bytes) -> None:
    bucket = next(
        each["Name"]
        for each in client(city, "s3").list_buckets()["Buckets"]
        if each["Name"].startswith(f"{city.facts['stack']}-mail")
    )
    client(city, "s3").put_object(Bucket=bucket, Key=key, Body=letter)


def _letter(mark: str) -> bytes:
    """Return a letter of its own number."""
    letter = message_from_bytes(CARD.replace(b"20260302.4512", mark.encode()))
    words = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    text = bytes(words.get_payload(decode=True)).replace(b"004512", mark.encode())
    words.set_payload(encodebytes(text).decode())
    return letter.as_bytes()


def _number_of(city: Running, mark: str) -> str:
    found = (item for item in items(city, "cards") if "external_id" in item)
    return next((i["number"]["S"] for i in found if i["external_id"]["S"].endswith(mark)), "")


def _has_file(city: Running, number: str) -> bool:
    return any(
        item["number"]["S"] == number and item.get("status", {}).get("S") == "accepted"
        for item in items(city, "cards")
        if item["part"]["S"].startswith("EVIDENCE#")
    )


def _stored(key: str) -> str:
    at = datetime.now(UTC).isoformat()
    return json.dumps({"Records": [{"eventTime": at, "s3": {"object": {"key": key}}}]})


def let_in(city: Running, package: Package) -> None:
    """Let two functions do what the city's data do not ask of them: record calls, take letters."""
    patched = BytesIO()
    with ZipFile(package.code_zip) as whole, ZipFile(patched, "w", ZIP_DEFLATED) as other:
        for entry in whole.infolist():
            data = whole.read(entry)
            if entry.filename == CITY_FILE:
                data = data.replace(b"features = [", b'features = ["call_recording",')
            other.writestr(entry, data)
    functions, names = client(city, "lambda"), city.facts["functions"]
    functions.update_function_code(FunctionName=names["keep_recording"], ZipFile=patched.getvalue())
    told = functions.get_function_configuration(FunctionName=names["import_mail"])
    variables = {**told["Environment"]["Variables"], "CITY": "kryvyi-rih"}
    functions.update_function_configuration(
        FunctionName=names["import_mail"], Environment={"Variables": variables}
    )


CHECKS: dict[str, Callable[[Running], str]] = {
    "converse": unheard,
    "send_chat": untold_in_chats,
    "screen_call": unscreened,
    "note_contact": unnoted,
    "keep_recording": unlinked,
    "take_in": untaken,
    "import_mail": unread,
}
"""By function, what it alone does."""
