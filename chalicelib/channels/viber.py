"""Viber: what proves its calls, and the REST API by which we write."""

import hmac
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from html import escape, unescape
from typing import Any, Final

import urllib3

from chalicelib.channels.viber_callbacks import (
    ASKED_FOR_PHONE,
    callback_of,
    event_of,
    is_fresh,
)
from chalicelib.domain.bots import Bot
from chalicelib.domain.inbound import InboundFile, address_in
from chalicelib.domain.outbound import Ask, Button, OutboundMessage
from chalicelib.usecases.conversation_ports import Incoming, MessengerMisused
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused

MOST_BYTES: Final = 64 * 1024
SIGNATURE_HEADER: Final = "x-viber-content-signature"

LONGEST_NAME: Final = 28
"""The most letters of the name that a message comes from."""

_CONNECT_SECONDS: Final = 2.0
_READ_SECONDS: Final = 8.0
_API_VERSION: Final = 7
_COLUMNS: Final = 6
_LINKED: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TAG: Final = re.compile(r"</?[a-z]+>")
_ASKING: Final[Mapping[Ask, tuple[str, str]]] = {
    Ask.PHONE: ("share-phone", ASKED_FOR_PHONE),
    Ask.PLACE: ("location-picker", "place"),
}
_OK: Final = 0
_DEAD: Final[Mapping[int, str]] = {5: "no_such_address", 6: "blocked"}
_REJECTED: Final = frozenset({1, 3, 4, 13, 14})
_UNREACHABLE: Final[Mapping[int, str]] = {
    11: "no_such_device",
    21: "no_such_country",
    22: "unpaid",
    23: "quota",
    24: "unpaid",
}
_RATE: Final = 12
_MISUSED: Final = frozenset({2, 7, 8, 9, 10, 15, 16, 17, 18, 19, 20})


class ViberReceiver:
    """Implements `usecases.conversation_ports.Receiver`."""

    most_bytes: Final = MOST_BYTES

    def __init__(self, welcome: Callable[[str, str], Mapping[str, Any]]) -> None:
        """Say how somebody who opens the chat is welcomed: by language and a link's payload."""
        self._welcome = welcome

    def is_genuine(self, headers: Mapping[str, str], raw: bytes, bot: Bot) -> bool:
        """Tell in constant time whether a body was signed with our token, byte for byte."""
        given = headers.get(SIGNATURE_HEADER, "").encode("utf-8", "surrogatepass")
        made = (hmac.new(token.encode(), raw, sha256).hexdigest() for token in bot.tokens)
        found = [hmac.compare_digest(given, each.encode()) for each in made]
        return any(found)

    def read(self, raw: bytes, now: datetime) -> Incoming:
        """Return what a callback says; who has only opened the chat is answered at once.

        Raises Unreadable.
        """
        callback = callback_of(raw)
        if not is_fresh(callback, now):
            return Incoming(None)
        if callback.event == "conversation_started" and callback.user:
            linked = callback.context if _LINKED.fullmatch(callback.context) else ""
            return Incoming(None, self._welcome(callback.user.language, linked))
        return Incoming(event_of(callback, now))


def welcome(text: str, button: Button, name: str, start: str = "") -> dict[str, Any]:
    """Return the one message that may answer somebody who has only opened the chat.

    Args:
        start: what the button says for its reader instead of being pressed: a link's payload.
    """
    said = f"/start {start}" if start else button.press.data if button.press else ""
    keyboard = [{**_button(button, _COLUMNS), "ActionBody": said}]
    return {
        "sender": {"name": name[:LONGEST_NAME]},
        "type": "text",
        "text": _plain(text),
        "tracking_data": "welcome",
        "keyboard": {"Type": "keyboard", "Buttons": keyboard},
    }


class ViberBot:
    """Implements `usecases.conversation_ports.Messenger`."""

    lasting_keyboards: Final = False

    def __init__(
        self,
        token: Callable[[], str],
        base: str,
        *,
        name: str,
        download: Callable[[str], bytes],
    ) -> None:
        """Say where the API is.

        Args:
            token: returns the bot's token.
            base: address of the API without a slash at the end.
            name: whom messages come from.
            download: returns the bytes at an address that Viber has named; guards it.
        """
        self._token = token
        self._base = base.rstrip("/")
        self._name = name[:LONGEST_NAME]
        self._download = download
        timeout = urllib3.Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS)
        self._http = urllib3.PoolManager(timeout=timeout, retries=False)

    def write(self, identity: str, message: OutboundMessage) -> str:
        """Write a message; return its id. Raises SendingRefused, SendingLater, MessengerMisused."""
        body: dict[str, Any] = {
            "receiver": address_in(identity),
            "min_api_version": _API_VERSION,
            "sender": {"name": self._name},
            "tracking_data": message.ask.value,
            "type": "text",
            "text": _plain(message.text),
        }
        keyboard = _keyboard(message)
        if keyboard:
            body["keyboard"] = keyboard
        said = self._posted("/pa/send_message", body)
        return str(said.get("message_token", ""))

    def acknowledge(self, reply_token: str, words: str) -> None:
        """Do nothing: Viber's buttons do not wait."""

    def lay_off(self, identity: str, message: str) -> None:
        """Do nothing: Viber's keyboard is that of the last message."""

    def leave(self, identity: str) -> None:
        """Do nothing: Viber takes bots into no chat of many."""

    def fetch(self, file: InboundFile) -> bytes:
        """Return a file's bytes, within the hour. Raises FileRefused, SendingLater."""
        return self._download(file.id)

    def _posted(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            answer = self._http.request(
                "POST",
                f"{self._base}{path}",
                body=json.dumps(body, ensure_ascii=False).encode(),
                headers={
                    "Content-Type": "application/json",
                    "X-Viber-Auth-Token": self._token(),
                },
                redirect=False,
            )
            said = json.loads(answer.data)
        except (urllib3.exceptions.HTTPError, ValueError):
            raise SendingLater("away") from None
        if answer.status >= 500 or answer.status == 429 or not isinstance(said, dict):
            raise SendingLater("rate" if answer.status == 429 else "away")
        _judge(said.get("status"))
        return said


def _judge(status: object) -> None:
    """Raise what a status means; Viber answers 200 whatever has happened."""
    if status == _OK:
        return
    if not isinstance(status, int):
        raise SendingLater("away")
    if status in _DEAD:
        raise SendingRefused(_DEAD[status], address_dead=True)
    if status in _UNREACHABLE:
        raise SendingRefused(_UNREACHABLE[status])
    if status in _REJECTED:
        raise SendingRefused("rejected")
    if status in _MISUSED:
        raise MessengerMisused(f"viber {status}")
    raise SendingLater("rate" if status == _RATE else "away")


def _keyboard(message: OutboundMessage) -> dict[str, Any]:
    rows = [[_button(each, _COLUMNS // len(row)) for each in row] for row in message.rows]
    if message.ask is not Ask.NOTHING:
        kind, body = _ASKING[message.ask]
        asking = Button(message.ask_words)
        rows.insert(0, [{**_button(asking, _COLUMNS), "ActionType": kind, "ActionBody": body}])
    if not rows:
        return {}
    return {
        "Type": "keyboard",
        "DefaultHeight": False,
        "InputFieldState": "regular",
        "Buttons": [button for row in rows for button in row],
    }


def _button(button: Button, columns: int) -> dict[str, Any]:
    """Return a button; its words are HTML to Viber."""
    opens = button.press is None
    return {
        "Columns": columns,
        "Rows": 1,
        "ActionType": "open-url" if opens else "reply",
        "ActionBody": button.url if button.press is None else button.press.data,
        "Text": escape(button.text, quote=False),
        "Silent": True,
    }


def _plain(text: str) -> str:
    return unescape(_TAG.sub("", text))
