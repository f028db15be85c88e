"""A console's end of a WebSocket, for tests without a browser."""

import json
import socket
from collections import deque
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    CloseConnection,
    Event,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)

PATIENCE_SECONDS = 30.0


class Line:
    """An open line; `refused` when the handshake was turned down, `ended` when it is over."""

    def __init__(self, address: str) -> None:
        """Shake hands at `ws://host:port/path`."""
        place = urlsplit(address)
        host, port = place.hostname or "", place.port or 80
        self._peer = socket.create_connection((host, port), PATIENCE_SECONDS)
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._heard: deque[Any] = deque()
        self._accepted = self.refused = self.ended = False
        self._send(Request(host=f"{host}:{port}", target=place.path))
        while not (self._accepted or self.refused or self.ended):
            self._read()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def say(self, message: Any) -> None:
        """Send a message as JSON, or a text as it is."""
        text = message if isinstance(message, str) else json.dumps(message)
        self._send(TextMessage(data=text))

    def hear(self, seconds: float = PATIENCE_SECONDS) -> Any:
        """Return the next message, None when none comes in time or the line has ended."""
        self._peer.settimeout(seconds)
        try:
            while not self._heard and not self.ended:
                self._read()
        except TimeoutError:
            return None
        return self._heard.popleft() if self._heard else None

    def close(self) -> None:
        """Hang up."""
        if self._accepted and not self.ended:
            self._send(CloseConnection(code=1000))
        self._peer.close()
        self.ended = True

    def _send(self, event: Event) -> None:
        self._peer.sendall(self._protocol.send(event))

    def _read(self) -> None:
        data = self._peer.recv(65536)
        self._protocol.receive_data(data or None)
        for event in self._protocol.events():
            self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, AcceptConnection):
            self._accepted = True
        elif isinstance(event, RejectConnection):
            self.refused = True
        elif isinstance(event, TextMessage):
            self._heard.append(_read(event.data))
        elif isinstance(event, Ping):
            self._send(event.response())
        elif isinstance(event, CloseConnection):
            self.ended = True


def _read(text: str) -> Any:
    """Return a message; what is not JSON was said by the gateway, about a failure."""
    try:
        return json.loads(text)
    except ValueError:
        return {"failure": text}
