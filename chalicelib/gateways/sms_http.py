"""SMS by a gateway of the country, in the shape of TurboSMS: JSON by HTTPS with a bearer token.

Its HTTP status says little: the answer's `response_code`, and one for every phone, say it all.
"""

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any, Final

import urllib3

from chalicelib.gateways.retry_after import retry_after_seconds
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused

CONNECT_SECONDS: Final = 2.0
READ_SECONDS: Final = 8.0

KEY_LENGTH: Final = 40
"""The most letters of a `sequence_id`, by which the gateway sends a message once."""

_ACCEPTED: Final = frozenset({800, 801})
_ACCEPTED_FOR_PHONE: Final = frozenset({0, *_ACCEPTED})
_NO_SUCH_PHONE: Final = frozenset({305, 406})
_ON_STOP_LIST: Final = 404
_SENT_BEFORE: Final = frozenset({407, 507})
_BAD_TEXT: Final = frozenset({201, 304})


class GatewayMisused(Exception):
    """The gateway refuses us, not the message: token, sender, balance. The alarm has to ring."""


class HttpSms:
    """Implements `usecases.sending_ports.SmsGateway`."""

    def __init__(self, url: str, *, sender: str, token: Callable[[], str]) -> None:
        """Say where the gateway is.

        Args:
            url: where messages are posted.
            sender: the registered name that phones show.
            token: returns the bearer token; called for every message, so that it may change.
        """
        self._url = url
        self._sender = sender
        self._token = token
        self._http = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS), retries=False
        )

    def send(self, to: str, text: str, key: str) -> str:
        """Send a text to a phone (E.164); the same `key` is sent once.

        Raises:
            SendingRefused: `no_such_address`, `blocked` or `rejected`.
            SendingLater: `rate` or `away`.
            GatewayMisused: the gateway knows no such token or sender, or is not paid.
        """
        phone = to.lstrip("+")
        answer = self._asked(
            {
                "recipients": [phone],
                "sequence_id": sha256(key.encode()).hexdigest()[:KEY_LENGTH],
                "sms": {"sender": self._sender, "text": text},
            }
        )
        return _message_id(answer, phone)

    def _asked(self, body: Mapping[str, object]) -> Mapping[str, Any]:
        try:
            answer = self._http.request(
                "POST",
                self._url,
                body=json.dumps(body, ensure_ascii=False).encode(),
                headers={
                    "Authorization": f"Bearer {self._token()}",
                    "Content-Type": "application/json; charset=utf-8",
                },
                redirect=False,
            )
            said = json.loads(answer.data)
        except urllib3.exceptions.HTTPError as error:
            raise SendingLater("away") from error
        except ValueError as error:
            raise SendingLater("away", retry_after_seconds(answer.headers)) from error
        if answer.status == 429:
            raise SendingLater("rate", retry_after_seconds(answer.headers))
        if answer.status >= 500 or not isinstance(said, dict):
            raise SendingLater("away", retry_after_seconds(answer.headers))
        return said


def _message_id(answer: Mapping[str, Any], phone: str) -> str:
    """Return the message id of a phone from an answer, or raise what its code means."""
    listed = answer.get("response_result")
    own = [each for each in listed if _is_of(each, phone)] if isinstance(listed, list) else []
    verdict = own[0] if own else answer
    code, message_id = _code(verdict), str(verdict.get("message_id") or "")
    if code in (_ACCEPTED_FOR_PHONE if own else _ACCEPTED) or (code in _SENT_BEFORE and message_id):
        return message_id
    if code in _NO_SUCH_PHONE:
        raise SendingRefused("no_such_address", address_dead=True)
    if code == _ON_STOP_LIST:
        raise SendingRefused("blocked", address_dead=True)
    if code in _BAD_TEXT:
        raise SendingRefused("rejected")
    if code is None or code == 0 or code >= 500:
        raise SendingLater("away")  # said nothing of this phone: the key makes asking again safe
    raise GatewayMisused(f"{code} {verdict.get('response_status')}")


def _is_of(verdict: object, phone: str) -> bool:
    return isinstance(verdict, dict) and str(verdict.get("phone", phone)).lstrip("+") == phone


def _code(verdict: Mapping[str, Any]) -> int | None:
    code = verdict.get("response_code")
    return code if isinstance(code, int) else None
