"""The Contact-Centre: every way in, one page."""

from typing import Any

from chalice.app import (
    AuthRequest,
    AuthResponse,
    CloudWatchEvent,
    DynamoDBEvent,
    Rate,
    SQSEvent,
    WebsocketEvent,
)

from chalicelib import wiring
from chalicelib.api import (
    appeals,
    batches,
    call_steps,
    calls,
    cards,
    city,
    city_message,
    clock,
    conversing,
    desk_reports,
    directory,
    evidence,
    executor_requests,
    executor_webhooks,
    identity,
    mail_events,
    nearby,
    notices,
    official_mail,
    openapi,
    outbox,
    outside,
    quarantine,
    receipts,
    recordings,
    repair_works,
    replies,
    reports,
    residents,
    retention,
    sessions,
    side_steps,
    sockets,
    steps,
    subscriptions,
    surveys,
    telephony,
    waiting,
    webhooks,
)
from chalicelib.api.centre import ContactCentre

app = ContactCentre(app_name="contact-centre")
app.experimental_feature_flags.add("WEBSOCKETS")

CARDS_STREAM = "arn:aws:dynamodb:eu-central-1:000000000000:table/cards/stream/placeholder"
"""The template puts the stream's own address in its place: no source can know it."""


@app.authorizer(ttl_seconds=0)
def staff(request: AuthRequest) -> AuthResponse:
    """Every call of staff and machines: who is it, and are they still signed in?"""
    centre = wiring.centre()
    return identity.staff(
        request,
        accounts=centre.accounts,
        directory=centre.directory,
        guards=centre.guards,
        now=centre.now(),
    )


@app.on_sqs_message(queue="uploads", batch_size=5)
def inspect(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """A file was posted: sniff, bound, re-encode it and tell its card (K-5.1.9)."""
    return batches.each_of(event, evidence.inspect_uploads, function="inspect")


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(event: CloudWatchEvent) -> dict[str, int]:
    """Every minute: what is due by the event's time happens, nobody has to look (K-6.1)."""
    return clock.sweep(event)


@app.on_dynamodb_record(stream_arn=CARDS_STREAM, batch_size=25)
def on_cards(event: DynamoDBEvent) -> None:
    """Something happened to a card: who must hear of it is told at once (K-3.3)."""
    outbox.on_cards(event)


@app.on_sqs_message(queue="mail", batch_size=5)
def send_mail(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Letters leave, each once."""
    return outbox.send_notices(event, function="send_mail")


@app.on_sqs_message(queue="sms", batch_size=5)
def send_sms(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """SMS leave, each once; residents are not woken at night."""
    return outbox.send_notices(event, function="send_sms")


@app.on_sqs_message(queue="hook", batch_size=5)
def send_hook(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Executors' own systems hear what happened to their cards."""
    return outbox.send_notices(event, function="send_hook")


@app.on_sqs_message(queue="chat", batch_size=5)
def send_chat(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Messages leave into messengers, each once; residents are not woken at night."""
    return outbox.send_notices(event, function="send_chat")


@app.on_sqs_message(queue="conversations.fifo", batch_size=5)
def converse(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Residents write in messengers: each is heard in their own order and answered (K-2)."""
    return conversing.converse(event)


@app.on_sqs_message(queue="mail-events", batch_size=10)
def on_mail_event(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """A letter came back or was complained about: its address is left, the next way is tried."""
    return mail_events.take_all(event)


@app.on_ws_connect()
def websocket_connect(event: WebsocketEvent) -> dict[str, int]:
    """A console knocks; until it has said who it is, it hears nothing."""
    return sockets.connect(event)


@app.on_ws_message()
def websocket_message(event: WebsocketEvent) -> dict[str, int]:
    """A console says who it is, or that it is still there."""
    return sockets.message(event)


@app.on_ws_disconnect()
def websocket_disconnect(event: WebsocketEvent) -> dict[str, int]:
    """A console has left."""
    return sockets.disconnect(event)


@app.on_sqs_message(queue="live", batch_size=10)
def send_live(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """A card changed: the consoles that see it hear at once (K-3.3)."""
    return sockets.send(event)


@app.on_sqs_message(queue="waiting", batch_size=5)
def take_in(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """The database is back: appeals that waited become cards (K-2)."""
    return waiting.take_in(event)


@app.on_sqs_message(queue="letters", batch_size=1)
def import_mail(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """A letter arrived at the official address: it becomes a card, or waits (KR-2.1)."""
    return batches.each_of(event, official_mail.import_letters, function="import_mail")


@app.lambda_function(name="screen_call")
def screen_call(event: dict[str, Any], _context: object) -> dict[str, str]:
    """Amazon Connect asks whether a ringing call is let through; it is, in any doubt (K-3.4)."""
    return telephony.screen_contact(event)


@app.on_cw_event(telephony.CONTACT_EVENTS)
def note_contact(event: CloudWatchEvent) -> None:
    """Amazon Connect tells that a call has ended."""
    telephony.note_contact(event.to_dict())


@app.on_sqs_message(queue="recordings", batch_size=5)
def keep_recording(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """A recorded call was stored: it is linked to its card's call (K-3.5(5))."""
    return batches.each_of(event, recordings.keep, function="keep_recording")


ANYBODY = (city, nearby, openapi, outside, repair_works)
RESIDENTS = (appeals, receipts, residents, subscriptions, surveys)
STAFF = (call_steps, calls, cards, city_message, directory, evidence, executor_requests, notices)
OFFICE = (desk_reports, official_mail, quarantine, replies, reports)
DESK = (retention, sessions, side_steps, steps)
MACHINES = (executor_webhooks, telephony, webhooks)

app.serve(
    *(noun.routes for noun in (*ANYBODY, *RESIDENTS, *STAFF, *OFFICE, *DESK, *MACHINES)),
    authorizer=staff,
)
