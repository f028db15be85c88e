"""Signed webhooks to executors' systems, as Standard Webhooks describes them.

The package `standardwebhooks` would do the ten lines of signing here, and brings an HTTP client
and four packages more into the layer for its own API: its published vectors prove ours instead.
"""

import hmac
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Final

import urllib3

from chalicelib.gateways.public_address import (
    AddressRefused,
    Resolve,
    Target,
    resolved,
    target_of,
)
from chalicelib.gateways.retry_after import retry_after_seconds
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused

CONNECT_SECONDS: Final = 2.0
READ_SECONDS: Final = 5.0

SECRET_PREFIX: Final = "whsec_"  # noqa: S105 - what a secret begins with, not a secret
SECRET_BYTES: Final = 24
"""The fewest bytes of a secret."""

_GONE: Final = 410
_BUSY: Final = frozenset({429, 503})


class StandardWebhooks:
    """Implements `usecases.sending_ports.Hooks`."""

    def __init__(self, *, anywhere: bool = False, resolve: Resolve = resolved) -> None:
        """Say what may be called.

        Args:
            anywhere: whether plain HTTP and this machine may be called, for the local cloud.
            resolve: asks the name server.
        """
        self._anywhere = anywhere
        self._resolve = resolve

    def allows(self, url: str) -> bool:
        """Tell whether an address may be called, as far as the name server says now."""
        try:
            target_of(url, self._resolve, anywhere=self._anywhere)
        except (AddressRefused, OSError):
            return False
        return True

    def post(
        self, url: str, secrets: Sequence[str], notice_id: str, at: datetime, body: bytes, /
    ) -> None:
        """Post a body signed by every secret, so that a receiver may change its secret.

        Any 2xx is taken for received. A redirect is not followed: it leads where nobody looked.

        Raises:
            SendingRefused: `gone` (410), or `address_not_allowed`.
            SendingLater: `rate`, `away`, or `http_<status>`.
            ValueError: a secret that cannot be one: a defect of who has kept it.
        """
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "contact-centre",
            "webhook-id": notice_id,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": signature(secrets, notice_id, at, body),
        }
        try:
            target = target_of(url, self._resolve, anywhere=self._anywhere)
            answer = _posted(target, headers, body)
        except AddressRefused as error:
            raise SendingRefused("address_not_allowed", address_dead=True) from error
        except (OSError, urllib3.exceptions.HTTPError) as error:
            raise SendingLater("away") from error
        _judge(answer)


def signature(secrets: Sequence[str], notice_id: str, at: datetime, body: bytes) -> str:
    """Return the signature header: one `v1,…` for every secret, the newest first.

    Raises ValueError for a secret that is not `whsec_` and base64 of at least 24 bytes.
    """
    signed = f"{notice_id}.{int(at.timestamp())}.".encode() + body
    digests = (hmac.digest(_key(secret), signed, sha256) for secret in secrets)
    made = [f"v1,{b64encode(digest).decode()}" for digest in digests]
    if not made:
        raise ValueError("a webhook is signed by one secret at least")
    return " ".join(made)


def _key(secret: str) -> bytes:
    try:
        key = b64decode(secret.removeprefix(SECRET_PREFIX), validate=True)
    except (NotBase64, ValueError):
        key = b""
    if len(key) < SECRET_BYTES:
        raise ValueError("not a secret of a webhook")  # what it is instead may be one: not shown
    return key


def _posted(target: Target, headers: dict[str, str], body: bytes) -> urllib3.BaseHTTPResponse:
    """Post to the address that was judged; the certificate must be that of the name."""
    timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
    if target.scheme == "https":
        pool: urllib3.HTTPConnectionPool = urllib3.HTTPSConnectionPool(
            target.address,
            target.port,
            timeout=timeout,
            server_hostname=target.host,
            assert_hostname=target.host,
        )
    else:
        pool = urllib3.HTTPConnectionPool(target.address, target.port, timeout=timeout)
    default = (target.scheme, target.port) in {("https", 443), ("http", 80)}
    host = f"[{target.host}]" if ":" in target.host else target.host
    named = {**headers, "Host": host if default else f"{host}:{target.port}"}
    with pool:
        return pool.urlopen(
            "POST",
            target.path,
            body=body,
            headers=named,
            retries=False,
            redirect=False,
            preload_content=False,  # what is answered is not read: only how
        )


def _judge(answer: urllib3.BaseHTTPResponse) -> None:
    status, headers = answer.status, answer.headers
    answer.close()
    if 200 <= status < 300:
        return
    if status == _GONE:
        raise SendingRefused("gone", address_dead=True)
    wait = retry_after_seconds(headers)
    raise SendingLater("rate" if status in _BUSY else f"http_{status}", wait)
