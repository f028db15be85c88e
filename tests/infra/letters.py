"""Letters of a running city that few write: with a signed reply, and of the morning."""

import json
import urllib.request
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.appeal import Applicant
from chalicelib.domain.card import Status
from chalicelib.domain.events import EventName
from chalicelib.domain.numbers import registration_number
from chalicelib.domain.reply import Reply
from chalicelib.store.appeals import appeal_item
from chalicelib.store.cards import card_item
from chalicelib.store.events import event_item
from chalicelib.store.evidence import evidence_item
from chalicelib.store.notices import notice_item
from chalicelib.store.replies import reply_item
from tests.builders import a_card, a_notice, an_appeal, an_event, an_evidence
from tests.infra.calls import client
from tests.infra.mailing import letters, within
from tests.infra.running import Running
from tests.infra.talking import SERIAL, put_on, sweep

YEAR = 2017
LONG_AGO = datetime(YEAR, 5, 2, 9, tzinfo=UTC)
MORNING = "Справи на"


def unsent(city: Running) -> str:
    """What does not work of letters with a signed reply, and of the morning's; or empty."""
    return _unattached(city) or _undigested(city)


def _unattached(city: Running) -> str:
    """Put a signed reply there that is to be sent, and let it be sent."""
    serial = next(SERIAL)
    number, reader = registration_number(YEAR, serial), f"signed{serial}@example.com"
    key = f"originals/{number}/scan"
    evidence = an_evidence(number=number, content_type="application/pdf", original_key=key)
    reply = _signed(number, evidence.id)
    notice = a_notice(
        number=number,
        event=EventName.HANDED_OVER,
        template="reply",
        at=LONG_AGO,
        send_after=LONG_AGO,
        wake_at=None,
    )
    card = a_card(number=number, root=number, status=Status.HANDED_OVER, edition="2021-01-01")
    event = an_event(name=EventName.HANDED_OVER, at=LONG_AGO, tell=False)
    appeal = an_appeal(number=number, applicant=Applicant("Оксана Вигадана", email=reader))
    bucket = city.facts["outputs"]["EvidenceBucket"]
    client(city, "s3").put_object(Bucket=bucket, Key=key, Body=b"%PDF-1.7")
    for item in (
        card_item(card),
        appeal_item(appeal),
        event_item(number, [event]),
        evidence_item(evidence),
        reply_item(reply),
        notice_item(notice),
    ):
        raw: dict[str, Any] = item if isinstance(item, dict) else item.serialize()
        client(city, "dynamodb").put_item(TableName=f"{city.facts['stack']}-cards", Item=raw)
    put_on(city, "mail", json.dumps({"id": notice.id}))
    return "" if within(lambda: bool(letters(city, reader))) else "signed reply"


def _signed(number: str, file: str) -> Reply:
    return Reply(
        number,
        "Лампи замінено.",
        LONG_AGO,
        "performer",
        signed_at=LONG_AGO,
        signed_by="head",
        signed_file=file,
        handed_over_at=LONG_AGO,
    )


def _undigested(city: Running) -> str:
    """Let the next working morning come on which nobody was told yet."""
    before = _mornings(city)
    day = datetime.now(UTC) + timedelta(days=70 + 7 * next(SERIAL))
    tuesday = day - timedelta(days=day.weekday() - 1)
    sweep(city, tuesday.strftime("%Y-%m-%dT08:30:00Z"))
    return "" if within(lambda: _mornings(city) > before) else "morning"


def _mornings(city: Running) -> int:
    with urllib.request.urlopen(f"{city.facts['aws_endpoint']}/_ministack/ses/messages") as answer:
        boxes = json.load(answer)["messages"]
    return sum(MORNING in each["Subject"] for box in boxes.values() for each in box)
