"""What messengers deliver: proven, put on the queue of its resident, and taken at once (K-2).

Nothing is written and nothing is said before a call has proved itself, and nothing that a genuine
call says is refused: a messenger would only repeat it, and hold its resident's next words up.
"""

from http import HTTPStatus
from typing import Any

from chalice.app import Response

from chalicelib import wiring
from chalicelib.api import call_log
from chalicelib.api.answers import JSON_TYPE, NO_STORE, ok, text_response
from chalicelib.api.bodies import raw_bytes, refuse_whole
from chalicelib.api.routes import Call, Routes
from chalicelib.domain.bots import TELEGRAM, VIBER, is_one_of
from chalicelib.usecases.conversation_ports import Incoming, Receiver, Unreadable

routes = Routes(__name__)


@routes.route(
    "/webhooks/telegram/{key}",
    methods=["POST"],
    answers={200: dict[str, Any]},
    headers=["X-Telegram-Bot-Api-Secret-Token", "Idempotency-Key"],
    public=True,
)
def post_telegram(call: Call, key: str) -> Response:
    """Take an update of Telegram, proven by its secret (K-2)."""
    return _received(call, TELEGRAM, key)


@routes.route(
    "/webhooks/viber/{key}",
    methods=["POST"],
    answers={200: dict[str, Any]},
    headers=["X-Viber-Content-Signature", "Idempotency-Key"],
    public=True,
)
def post_viber(call: Call, key: str) -> Response:
    """Take a callback of Viber, proven by the signature of its bytes (K-2)."""
    return _received(call, VIBER, key)


def _received(call: Call, channel: str, key: str) -> Response:
    centre = wiring.centre()
    talks, now = centre.talks, centre.now()
    receiver = talks.receivers[channel]
    raw = _raw(call, receiver)
    bot = talks.bots.bot(channel, now)
    if bot is None or not is_one_of(key, bot.keys):
        return _refused()
    if not receiver.is_genuine(call.request.headers, raw, bot):
        return _refused()
    try:
        incoming = receiver.read(raw, now)
    except Unreadable:
        call_log.write(function="webhook", channel=channel, unreadable=len(raw))
        incoming = Incoming(None)
    if incoming.event is not None:
        talks.queue.put(incoming.event)
    return ok(dict(incoming.reply))


def _raw(call: Call, receiver: Receiver) -> bytes:
    raw = raw_bytes(call.request)
    if len(raw) > receiver.most_bytes:
        refuse_whole("too_large")
    return raw


def _refused() -> Response:
    """Refuse without a word of why: whoever guesses learns nothing."""
    headers = {"Content-Type": JSON_TYPE, "Cache-Control": NO_STORE}
    return text_response("{}", headers, HTTPStatus.FORBIDDEN)
