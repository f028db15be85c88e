"""The city's telephone exchange asks and tells: JSON, forms, Amazon Connect (K-3.4).

Whatever cannot be read or answered lets the call through; no refusal stands in a caller's way.
The exchange proves itself by a key that is computed from the secret of codes, so that no store
is needed; rehearsals answer without it.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, quote

from chalice.app import Response
from pydantic import BaseModel, ConfigDict

from chalicelib import wiring
from chalicelib.api import call_log
from chalicelib.api.answers import NO_STORE, ok, text_response
from chalicelib.api.bodies import raw_bytes
from chalicelib.api.call_views import ScreenView
from chalicelib.api.contacts import phone_of
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Body, Shape
from chalicelib.domain.clean_text import clean
from chalicelib.domain.errors import InputRefused, NotSignedIn, StoreAway
from chalicelib.domain.numbers import link_mark, same_token
from chalicelib.usecases.telephony import (
    Completed,
    Ringing,
    Screened,
    announcement,
    known,
    note_completed,
    screen,
)

routes = Routes(__name__)

CONTACT_EVENTS: Final = {
    "source": ["aws.connect"],
    "detail-type": ["Amazon Connect Contact Event"],
}
"""What Amazon Connect says of contacts on the event bus."""

_PURPOSE: Final = "telephony"
_MOST_LETTERS: Final = 80
_BINOTEL_DONE: Final = {"status": "success"}


class ScreenBody(BaseModel):
    """A call that is ringing; a form with `from`, `to`, `call_id` is understood too."""

    model_config = ConfigDict(extra="ignore")

    caller: str = ""
    called: str = ""
    call_id: str = ""


def key_of_exchange() -> str:
    """Return the key that the city's exchange is given: `Authorization: Bearer <key>`."""
    secrets = wiring.centre().secrets
    return _key(secrets.current())


@routes.route(
    "/telephony/screen",
    methods=["POST"],
    body=ScreenBody,
    answers={200: ScreenView},
    headers=["Idempotency-Key"],
    public=True,
)
def post_screen(call: Call) -> Response:
    """Ask whether a call is let through; it is, unless its very number is blocked (K-3.4)."""
    _require_exchange(call.request.headers.get("authorization", "").removeprefix("Bearer "))
    given = _given(call)
    ringing = _ringing(given.get("caller") or given.get("from"), given.get("call_id"))
    screened = _screened(ringing)
    if given.get("fmt") == "text":
        word = "block" if screened.is_blocked else "allow"
        headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": NO_STORE}
        return text_response(word, headers)
    return ok(_screen_body(ringing, screened, call.language))


@routes.route(
    "/telephony/binotel/{key}",
    methods=["POST"],
    answers={200: dict[str, Any]},
    headers=["Idempotency-Key"],
    public=True,
)
def post_binotel(call: Call, key: str) -> Response:
    """Answer the exchange Binotel: who is ringing, and that a call's end was noted (K-3.4)."""
    _require_exchange(key)
    given = _given(call)
    if given.get("requestType") == "apiCallSettings":
        return ok(_binotel_settings(given))
    if given.get("requestType") == "apiCallCompleted":
        _note_binotel(given.get("callDetails"))
    return ok(_BINOTEL_DONE)


def screen_contact(event: Mapping[str, Any]) -> dict[str, str]:
    """Answer a contact flow of Amazon Connect: flat words, read as `$.External.decision`."""
    contact = _table(_table(event.get("Details")).get("ContactData"))
    endpoint = _table(contact.get("CustomerEndpoint"))
    ringing = _ringing(endpoint.get("Address"), contact.get("ContactId"))
    screened, centre = _screened(ringing), wiring.centre()
    call_log.write(function="screen_call", decision=_decision(screened))
    if screened.block is not None:
        until = Shape(centre.city, "uk", centre.now()).time(screened.block.until)
        return {
            "decision": "block",
            "reason": "abuse",
            "until": until,
            "prompt": announcement(screened, centre.city),
        }
    hint = _known(ringing)[1]
    return {
        "decision": "allow",
        "reason": "",
        "case_hint": str(hint),
        "prompt": announcement(screened, centre.city),
        "card_url": _page(ringing),
    }


def note_contact(event: Mapping[str, Any]) -> None:
    """Keep that a call of Amazon Connect has ended, if this event says so."""
    call_log.write(function="note_contact", noted=_note_contact(event))


def _note_contact(event: Mapping[str, Any]) -> bool:
    detail = _table(event.get("detail"))
    call_id, ended_at = _text(detail.get("contactId")), _instant(detail.get("disconnectTimestamp"))
    over = detail.get("eventType") == "DISCONNECTED" and detail.get("channel") == "VOICE"
    if not over or not call_id or ended_at is None:
        return False
    agent = _table(detail.get("agentInfo"))
    joined_at = _instant(agent.get("connectedToAgentTimestamp"))
    seconds = int((ended_at - joined_at).total_seconds()) if joined_at else None
    completed = Completed(call_id, seconds=seconds, answered=joined_at is not None)
    centre = wiring.centre()
    note_completed(completed, ended_at, city=centre.city, calls=centre.doors.calls)
    return True


def _screened(ringing: Ringing) -> Screened:
    centre = wiring.centre()
    return screen(
        ringing,
        event_id=centre.new_id()[-12:],
        now=centre.now(),
        city=centre.city,
        blocks=centre.doors.blocks,
        calls=centre.doors.calls,
        within=centre.within,
    )


def _screen_body(ringing: Ringing, screened: Screened, language: str) -> Body:
    centre = wiring.centre()
    block = screened.block
    return {
        "action": _decision(screened),
        "announce": announcement(screened, centre.city) or None,
        "until": Shape(centre.city, language, centre.now()).time(block.until) if block else None,
        "card_url": None if block else _page(ringing),
    }


def _binotel_settings(given: Mapping[str, Any]) -> Body:
    """Return who is ringing as Binotel shows it; of a call that goes out, nothing."""
    if str(given.get("callType", "0")) != "0":
        return {}
    ringing = _ringing(given.get("externalNumber"), given.get("generalCallID"))
    name, open_cards = _known(ringing)
    return {
        "customerData": {
            "name": name or _text(given.get("externalNumber")),
            "description": f"Відкриті звернення: {open_cards}",
            "linkToCrmUrl": _page(ringing),
            "linkToCrmTitle": "Відкрити картку",
        }
    }


def _note_binotel(details: object) -> None:
    told, centre = _table(details), wiring.centre()
    call_id = _text(told.get("generalCallID"))
    started_at = _seconds(told.get("startTime"))
    if not call_id or started_at is None:
        return
    talked, waited = _seconds(told.get("billsec")) or 0, _seconds(told.get("waitsec")) or 0
    completed = Completed(
        call_id,
        phone_of(_text(told.get("externalNumber"))),
        talked,
        answered=told.get("disposition") == "ANSWER",
    )
    ended_at = datetime.fromtimestamp(started_at, UTC) + timedelta(seconds=talked + waited)
    note_completed(completed, ended_at, city=centre.city, calls=centre.doors.calls)


def _known(ringing: Ringing) -> tuple[str, int]:
    centre = wiring.centre()
    return known(ringing, cards=centre.cards, within=centre.within)


def _page(ringing: Ringing) -> str:
    """Return the operator's page of a call; what follows `#` is in nobody's log."""
    called = {"phone": ringing.caller, "call": ringing.call_id}
    query = "&".join(f"{name}={quote(value)}" for name, value in called.items() if value)
    return f"{wiring.centre().settings.site_url}/console/#/intake?{query}"


def _require_exchange(given: str) -> None:
    """Check the exchange's key. Raises NotSignedIn; lets through when no key can be read now."""
    centre = wiring.centre()
    if not given and centre.settings.open_telephony:
        return
    key_id = given.partition(".")[0]
    try:
        right = bool(key_id) and same_token(given, _key(key_id))
    except LookupError:
        right = False
    except StoreAway:
        return
    if not right:
        raise NotSignedIn


def _key(key_id: str) -> str:
    secret = wiring.centre().secrets.key(key_id)
    return f"{key_id}.{link_mark(secret, key_id, _PURPOSE, 'exchange')}"


def _given(call: Call) -> Mapping[str, Any]:
    """Return what an exchange says, as JSON or as a form; nothing for what is neither."""
    try:
        data = raw_bytes(call.request).decode("utf-8", "replace")
    except InputRefused:
        return {}
    if data.lstrip().startswith("{"):
        try:
            return _table(json.loads(data))
        except (ValueError, RecursionError):
            return {}
    form: dict[str, Any] = dict(parse_qsl(data, max_num_fields=100))
    details = {n[12:-1]: v for n, v in form.items() if n.startswith("callDetails[")}
    return {**form, "callDetails": details} if details else form


def _ringing(caller: object, call_id: object) -> Ringing:
    return Ringing(phone_of(_text(caller)), _text(call_id) or None)


def _decision(screened: Screened) -> str:
    return "block" if screened.is_blocked else "allow"


def _text(value: object) -> str:
    known_kind = isinstance(value, str | int) and not isinstance(value, bool)
    return clean(str(value)).strip()[:_MOST_LETTERS] if known_kind else ""


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _seconds(value: object) -> int | None:
    text = _text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _instant(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(_text(value))
    except ValueError:
        return None
    return found.replace(microsecond=0) if found.tzinfo else None
