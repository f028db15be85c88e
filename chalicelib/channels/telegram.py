"""Telegram: what proves its calls, and the Bot API by which we write."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from time import sleep
from typing import Any, Final

import urllib3

from chalicelib.channels.telegram_updates import event_of
from chalicelib.domain.bots import Bot, is_one_of
from chalicelib.domain.inbound import InboundFile, address_in
from chalicelib.domain.outbound import Ask, OutboundMessage, Rows
from chalicelib.usecases.conversation_ports import FileRefused, Incoming, MessengerMisused
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused

MOST_BYTES: Final = 128 * 1024
"""The longest update: the server itself sends none of more than 64 KiB."""

SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - a header's name

PATIENCE_SECONDS: Final = 5
"""How long a rate limit is waited for on the spot."""

_CONNECT_SECONDS: Final = 2.0
_READ_SECONDS: Final = 8.0
_MOST_WAIT_SECONDS: Final = 3600
_FILE_PATH: Final = re.compile(r"[A-Za-z0-9_\-./]{1,200}")
_ASKING: Final[Mapping[Ask, str]] = {
    Ask.PHONE: "request_contact",
    Ask.PLACE: "request_location",
}
_NOBODY: Final = ("chat not found", "user not found", "peer_id_invalid")
_PAST: Final = ("message is not modified", "query is too old", "query id is invalid")
"""What is refused because it is done already, or too late for it, and is no matter."""

_NOT_EDITABLE: Final = ("message can't be edited", "message to edit not found")
"""What is refused because the message is gone: it is written anew."""


class TelegramReceiver:
    """Implements `usecases.conversation_ports.Receiver`."""

    most_bytes: Final = MOST_BYTES

    def is_genuine(self, headers: Mapping[str, str], _raw: bytes, bot: Bot) -> bool:
        """Tell in constant time whether a call repeats the secret that we have given Telegram."""
        return is_one_of(headers.get(SECRET_HEADER, ""), bot.secrets)

    def read(self, raw: bytes, now: datetime) -> Incoming:
        """Return what an update says. Raises Unreadable."""
        return Incoming(event_of(raw, now))


class TelegramBot:
    """Implements `usecases.conversation_ports.Messenger`."""

    lasting_keyboards: Final = True

    def __init__(
        self,
        token: Callable[[], str],
        base: str,
        *,
        download: Callable[[str], bytes],
        wait: Callable[[float], None] = sleep,
    ) -> None:
        """Say where the Bot API is.

        Args:
            token: returns the bot's token.
            base: address of the Bot API without a slash at the end.
            download: returns the bytes at an address of the Bot API.
            wait: sleeps some seconds.
        """
        self._token = token
        self._base = base.rstrip("/")
        self._download = download
        self._wait = wait
        timeout = urllib3.Timeout(connect=_CONNECT_SECONDS, read=_READ_SECONDS)
        self._http = urllib3.PoolManager(timeout=timeout, retries=False)

    def write(self, identity: str, message: OutboundMessage) -> str:
        """Write a message, or put it in the place of another; return its id.

        Raises SendingRefused, SendingLater, MessengerMisused.
        """
        body = {**_body(message), "chat_id": int(address_in(identity))}
        if message.edit_of:
            edited = self._asked("editMessageText", {**body, "message_id": int(message.edit_of)})
            if edited is not None:
                return message.edit_of
        sent = self._asked("sendMessage", body)
        return str(sent.get("message_id", "")) if isinstance(sent, dict) else ""

    def acknowledge(self, reply_token: str, words: str) -> None:
        """Let a pressed button stop waiting; what fails there is no matter."""
        body = {"callback_query_id": reply_token, **({"text": words} if words else {})}
        self._tried("answerCallbackQuery", body)

    def lay_off(self, identity: str, message: str) -> None:
        """Take the buttons from a message, if that can be done."""
        body = {"chat_id": int(address_in(identity)), "message_id": int(message)}
        self._tried("editMessageReplyMarkup", body)

    def leave(self, identity: str) -> None:
        """Leave a chat of many, if that can be done."""
        self._tried("leaveChat", {"chat_id": int(address_in(identity))})

    def fetch(self, file: InboundFile) -> bytes:
        """Return a file's bytes. Raises FileRefused, SendingLater, MessengerMisused.

        The address of a file holds our token: it is used here and told to nobody.
        """
        try:
            found = self._asked("getFile", {"file_id": file.id})
        except SendingRefused as refusal:
            too_large = "too big" in refusal.reason
            raise FileRefused("too_large" if too_large else "lost") from None
        path = found.get("file_path") if isinstance(found, dict) else None
        if not isinstance(path, str) or not _FILE_PATH.fullmatch(path) or ".." in path:
            raise FileRefused("lost")
        return self._download(f"{self._base}/file/bot{self._token()}/{path}")

    def _tried(self, method: str, body: Mapping[str, Any]) -> None:
        try:
            self._asked(method, body)
        except (SendingRefused, SendingLater):
            return

    def _asked(self, method: str, body: Mapping[str, Any]) -> Any:
        """Call a method; None where the message that it was about is gone."""
        try:
            return self._called(method, body)
        except SendingLater as later:
            seconds = later.after_seconds
            if later.reason != "rate" or seconds is None or seconds > PATIENCE_SECONDS:
                raise
        self._wait(seconds)
        return self._called(method, body)

    def _called(self, method: str, body: Mapping[str, Any]) -> Any:
        try:
            answer = self._http.request(
                "POST",
                f"{self._base}/bot{self._token()}/{method}",
                body=json.dumps(body, ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json"},
                redirect=False,
            )
            said = json.loads(answer.data)
        except (urllib3.exceptions.HTTPError, ValueError):
            # What was raised names the address, and the address holds the token.
            raise SendingLater("away") from None
        if answer.status == 200 and isinstance(said, dict) and said.get("ok"):
            return said.get("result")
        return _refused(answer.status, said if isinstance(said, dict) else {})


def _refused(status: int, said: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Raise what a refusal means; return nothing much for one that is no matter."""
    description = str(said.get("description", "")).lower()
    if status == 429:
        raise SendingLater("rate", _retry_after(said))
    if status >= 500:
        raise SendingLater("away")
    if status == 403:
        raise SendingRefused("blocked", address_dead=True)
    if status == 400 and any(words in description for words in _PAST):
        return {}
    if status == 400 and any(words in description for words in _NOT_EDITABLE):
        return None
    if status == 400 and any(words in description for words in _NOBODY):
        raise SendingRefused("no_such_address", address_dead=True)
    if status == 400:
        raise SendingRefused("file is too big" if "too big" in description else "rejected")
    raise MessengerMisused(f"telegram {status}")


def _retry_after(said: Mapping[str, Any]) -> int:
    parameters = said.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return min(seconds, _MOST_WAIT_SECONDS) if isinstance(seconds, int) and seconds > 0 else 1


def _body(message: OutboundMessage) -> dict[str, Any]:
    body: dict[str, Any] = {
        "text": message.text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if message.silent:
        body["disable_notification"] = True
    markup = _markup(message)
    return {**body, "reply_markup": markup} if markup else body


def _markup(message: OutboundMessage) -> dict[str, Any]:
    if message.ask is not Ask.NOTHING:
        asking = [{"text": message.ask_words, _ASKING[message.ask]: True}]
        typed = [[{"text": button.text} for button in row] for row in message.rows]
        return {
            "keyboard": [asking, *typed],
            "resize_keyboard": True,
            "one_time_keyboard": True,
        }
    if message.lay_off:
        return {"remove_keyboard": True}
    return {"inline_keyboard": _inline(message.rows)} if message.rows else {}


def _inline(rows: Rows) -> list[list[dict[str, str]]]:
    return [
        [
            {"text": button.text, "url": button.url}
            if button.press is None
            else {"text": button.text, "callback_data": button.press.data}
            for button in row
        ]
        for row in rows
    ]
