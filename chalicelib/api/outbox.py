"""What leaves the centre: from the stream of cards to notices, from the queues to the senders.

The stream is the speed and the index the truth, so a card whose telling fails is logged and left
to the minute's sweep: a stream that waited for it would hold every other card up.
"""

import json
from datetime import datetime
from functools import partial

from chalice.app import DynamoDBEvent, SQSEvent

from chalicelib import wiring
from chalicelib.api import call_log
from chalicelib.api.contacts import phone_of
from chalicelib.domain.errors import NotFound
from chalicelib.domain.numbers import is_registration_number
from chalicelib.regulation.notices_digest import DIGESTS
from chalicelib.store.events import PART
from chalicelib.usecases.outbox import Outbox, tell
from chalicelib.usecases.sending import Sending, send
from chalicelib.usecases.sending_addresses import Addresses
from chalicelib.usecases.sending_cards import CardMatter
from chalicelib.usecases.sending_digests import DigestMatter
from chalicelib.usecases.sending_matters import Desk, Matter
from chalicelib.usecases.sending_works import read_work_matter
from chalicelib.wiring import Centre

Failures = dict[str, list[dict[str, str]]]


def on_cards(event: DynamoDBEvent) -> None:
    """Tell of what the stream says was written; never raises, so that nothing waits behind it."""
    centre = wiring.centre()
    told = failed = 0
    for number in _numbers(event):
        try:
            told += tell(number, centre.now(), outbox_of(centre))
        except Exception as error:  # noqa: BLE001 - the sweep tells of this card in two minutes
            call_log.write_defect(error, instance=number)
            failed += 1
    call_log.write(function="on_cards", notices=told, failed=failed)


def send_notices(event: SQSEvent, *, function: str) -> Failures:
    """Send what a queue names; what breaks comes again, and at last to the dead letters."""
    centre = wiring.centre()
    sending = sending_of(centre)
    failed, done = [], []
    for record in event:
        try:
            asked = json.loads(record.body)
            done.append(send(asked["id"], _now(centre, asked.get("at")), sending))
        except Exception as error:  # noqa: BLE001 - one bad notice must not hold up the others
            message_id = record.to_dict()["messageId"]
            call_log.write_defect(error, instance=message_id)
            failed.append({"itemIdentifier": message_id})
    call_log.write(function=function, done=done, failed=len(failed))
    return {"batchItemFailures": failed}


def outbox_of(centre: Centre) -> Outbox:
    """Return what telling works with, as the directory stands now."""
    entries = centre.appointments.entries(centre.now())
    hooked = frozenset(name for name in entries.webhooks if entries.webhook_of(name))
    return Outbox(
        city=centre.city_now(),
        cards=centre.cards,
        notices=centre.notices,
        queues=centre.queues,
        hooked=hooked,
    )


def sending_of(centre: Centre) -> Sending:
    """Return what sending works with, as the directory stands now."""
    entries = centre.appointments.entries(centre.now())
    desk = Desk(
        city=centre.city_now(),
        site_url=centre.settings.site_url,
        cards=centre.cards,
        notices=centre.notices,
        secrets=centre.secrets,
        files=centre.files,
        wording=lambda: centre.wording,
        phone_of=phone_of,
        hook_of=entries.webhook_of,
    )
    return Sending(
        read=partial(_matter, desk=desk, now=centre.now()),
        notices=centre.notices,
        addresses=Addresses(centre.residents, centre.appointments),
        deliver=centre.gateways.deliver,
    )


def _matter(number: str, *, desk: Desk, now: datetime) -> Matter | None:
    """Read what a notice's number names; None for what is no more."""
    if number.startswith(DIGESTS):
        return DigestMatter(desk.notices.of(number), desk, now)
    if not is_registration_number(number):
        centre = wiring.centre()
        return read_work_matter(
            number, now, desk, works=centre.works, subscriptions=centre.subscriptions
        )
    try:
        return CardMatter(desk.cards.read_file(number), desk)
    except NotFound:
        return None


def _numbers(event: DynamoDBEvent) -> list[str]:
    """Return the cards with new events to tell, each once; the stream's filter asks the same."""
    found = [
        record.new_image["number"]["S"]
        for record in event
        if record.event_name == "INSERT"
        and record.new_image
        and record.new_image["part"]["S"].startswith(PART)
        and "to_tell" in record.new_image
    ]
    return list(dict.fromkeys(found))


def _now(centre: Centre, at: str | None) -> datetime:
    """Return the clock, or the later instant of the sweep that travels in time."""
    now = centre.now()
    if at is None or not centre.settings.allow_time_travel:
        return now
    return max(now, datetime.fromisoformat(at))
