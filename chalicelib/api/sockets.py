"""WebSocket in: a console knocks, says who it is, pings, and leaves.

Messages of a console are `{"token": …}`, once and first, and `{"ping": true}`. Whoever says
anything else, or proves nobody, is told so and the line is closed; until it has proved somebody
a connection is kept nowhere and hears nothing.
"""

import json
from http import HTTPStatus
from typing import Any, Final

from chalice.app import SQSEvent, WebsocketEvent
from pydantic import BaseModel, ConfigDict, ValidationError

from chalicelib import wiring
from chalicelib.api import call_log
from chalicelib.api.identity import address_of
from chalicelib.domain.errors import TooManyRequests
from chalicelib.usecases import live

Answered = dict[str, Any]
_OK: Final = {"statusCode": HTTPStatus.OK.value}
_MOST_LETTERS: Final = 9000


class Said(BaseModel):
    """What a console said."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    token: str | None = None
    ping: bool = False


def connect(event: WebsocketEvent) -> Answered:
    """Let a connection in unless its address knocks too often."""
    centre = wiring.centre()
    asked = event.to_dict()
    headers = {name.lower(): value for name, value in (asked.get("headers") or {}).items()}
    seen = str(asked["requestContext"].get("identity", {}).get("sourceIp", ""))
    proxies = centre.settings.proxies
    address = address_of(headers.get("x-forwarded-for", ""), seen, proxies=proxies)
    most = live.HANDSHAKES_A_MINUTE * centre.settings.demo_limits
    status = HTTPStatus.OK
    try:
        live.knock(address, most=most, now=centre.now(), guards=centre.guards)
    except TooManyRequests:
        status = HTTPStatus.TOO_MANY_REQUESTS
    call_log.write(function="websocket_connect", status=status.value)
    return {"statusCode": status.value}


def message(event: WebsocketEvent) -> Answered:
    """Answer what a console says: who it is, or that it is still there."""
    gateway, connection_id = wiring.centre().live, event.connection_id
    said = _said(event.body)
    answer = _answer(said, connection_id)
    gateway.push(connection_id, json.dumps(answer).encode())
    if answer is live.REFUSED:
        gateway.close(connection_id)
    call_log.write(function="websocket_message", said=_kind(said), answer=next(iter(answer)))
    return _OK


def disconnect(event: WebsocketEvent) -> Answered:
    """Forget a connection that has ended."""
    wiring.centre().connections.forget(event.connection_id)
    call_log.write(function="websocket_disconnect")
    return _OK


def send(event: SQSEvent) -> dict[str, list[dict[str, str]]]:
    """Tell consoles the news of the queue; what cannot be told now comes again."""
    centre, failed = wiring.centre(), []
    for record in event:
        try:
            told = live.tell(
                json.loads(record.body),
                now=centre.now(),
                connections=centre.connections,
                live=centre.live,
                start=centre.start,
            )
        except Exception as error:  # noqa: BLE001 - one bad message must not hold up the others
            message_id = record.to_dict()["messageId"]
            call_log.write_defect(error, instance=message_id)
            failed.append({"itemIdentifier": message_id})
        else:
            call_log.write(
                function="send_live", heard=told.heard, gone=told.gone, failed=told.failed
            )
    return {"batchItemFailures": failed}


def _answer(said: Said | None, connection_id: str) -> dict[str, bool]:
    centre = wiring.centre()
    if said is not None and said.token is not None:
        opened = live.sign_in(
            connection_id,
            said.token,
            now=centre.now(),
            accounts=centre.accounts,
            directory=centre.directory,
            guards=centre.guards,
            connections=centre.connections,
        )
        return live.WELCOME if opened else live.REFUSED
    if said is not None and said.ping:
        renewed = live.renew(
            connection_id,
            now=centre.now(),
            directory=centre.directory,
            guards=centre.guards,
            connections=centre.connections,
        )
        return live.PONG if renewed else live.REFUSED
    return live.REFUSED


def _said(body: str) -> Said | None:
    """Return what was said, None for what no console says."""
    if len(body) > _MOST_LETTERS:
        return None
    try:
        return Said.model_validate_json(body)
    except ValidationError:
        return None


def _kind(said: Said | None) -> str:
    if said is None:
        return "other"
    return "token" if said.token is not None else "ping"
