"""Files that lie with somebody else: fetched whole within bounds, and from nowhere unexpected."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final
from urllib.parse import urlsplit

import urllib3

from chalicelib.gateways.file_limits import SIZE_LIMIT_BYTES
from chalicelib.gateways.public_address import AddressRefused, Resolve, Target, resolved, target_of
from chalicelib.usecases.conversation_ports import FileRefused
from chalicelib.usecases.sending_ports import SendingLater

CONNECT_SECONDS: Final = 2.0
READ_SECONDS: Final = 8.0
MOST_SECONDS: Final = 20.0
"""How long a file may take in all."""

_CHUNK_BYTES: Final = 64 * 1024
_BUSY: Final = 429


class Downloads:
    """Fetches files of one messenger."""

    def __init__(
        self,
        base: str,
        *,
        hosts: tuple[str, ...] = (),
        resolve: Resolve = resolved,
        most_seconds: float = MOST_SECONDS,
    ) -> None:
        """Say from where files may be fetched.

        Args:
            base: address of the messenger's API: what the city itself has entered is trusted.
            hosts: endings of the names of other hosts, over HTTPS and in the open network only.
            resolve: asks the name server.
            most_seconds: how long a file may take in all.
        """
        self._origin = _origin(base)
        self._hosts = hosts
        self._resolve = resolve
        self._most_seconds = most_seconds

    def read(self, url: str) -> bytes:
        """Return a file's bytes. Redirects lead where nobody looked and are not followed.

        Raises FileRefused (`lost`, `too_large`), SendingLater.
        """
        until = monotonic() + self._most_seconds
        try:
            with self._opened(url) as answer:
                return _whole(answer, until)
        except AddressRefused:
            raise FileRefused("lost") from None
        except (OSError, urllib3.exceptions.HTTPError):
            # What was raised names the address, and the address may hold a token.
            raise SendingLater("away") from None

    @contextmanager
    def _opened(self, url: str) -> Iterator[urllib3.BaseHTTPResponse]:
        target = self._target(url)
        timeout = urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS)
        default = (target.scheme, target.port) in {("https", 443), ("http", 80)}
        host = target.host if default else f"{target.host}:{target.port}"
        with _pool(target, timeout) as pool:
            answer = pool.urlopen(
                "GET",
                target.path,
                headers={"Host": host},
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                yield answer
            finally:
                answer.close()

    def _target(self, url: str) -> Target:
        """Return where a file lies. Raises AddressRefused, OSError."""
        trusted = _origin(url) == self._origin
        if not trusted:
            name = (urlsplit(url).hostname or "").lower() if url.isascii() else ""
            if not name.endswith(self._hosts) or not self._hosts:
                raise AddressRefused("host")
        return target_of(url, self._resolve, anywhere=trusted)


def _pool(target: Target, timeout: urllib3.Timeout) -> urllib3.HTTPConnectionPool:
    """Return a pool to the address that was judged; the certificate must be that of the name."""
    if target.scheme == "https":
        return urllib3.HTTPSConnectionPool(
            target.address,
            target.port,
            timeout=timeout,
            server_hostname=target.host,
            assert_hostname=target.host,
        )
    return urllib3.HTTPConnectionPool(target.address, target.port, timeout=timeout)


def _whole(answer: urllib3.BaseHTTPResponse, until: float) -> bytes:
    if answer.status >= 500 or answer.status == _BUSY:
        raise SendingLater("away")
    if answer.status != 200:
        raise FileRefused("lost")
    data = bytearray()
    for chunk in answer.stream(_CHUNK_BYTES):
        data += chunk
        if len(data) > SIZE_LIMIT_BYTES:
            raise FileRefused("too_large")
        if monotonic() > until:
            raise SendingLater("away")
    return bytes(data)


def _origin(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, (parts.hostname or "").lower(), parts.port
    except ValueError:
        return "", "", None
