"""One origin for the browser: the city's own port shows the stack's distribution.

The local cloud serves the distribution under its host name; this wrapper gives it that host for
every request to the city's port, and adds the only thing the distribution lacks there: WebSocket.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

NOWHERE = "/api/no-such-address"
CALLS_AT_ONCE = 2 * (os.cpu_count() or 2)
"""Calls of the API in hand; each at once with others costs a process of its own to start."""


class Origin:
    """The ASGI application of both ports; before `open` the city's port shows nothing."""

    def __init__(self, cloud: Application, site_port: int, cloud_port: int) -> None:
        self._cloud = cloud
        self._site_port = site_port
        self._cloud_host = f"127.0.0.1:{cloud_port}"
        self._front_host = ""
        self._sockets_path = ""
        self._calls = asyncio.Semaphore(CALLS_AT_ONCE)

    def open(self, front_host: str, sockets_api: str) -> None:
        """Show the distribution of this host; `sockets_api` is empty when the stack has none."""
        self._front_host = front_host
        self._sockets_path = f"/_aws/execute-api/{sockets_api}/ws" if sockets_api else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "lifespan" or scope["server"][1] != self._site_port:
            await self._cloud(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._cloud(self._to_sockets(scope), receive, send)
        elif not self._front_host:
            await _answer_not_ready(send)
        elif scope["path"].startswith("/api/"):
            # The cloud starts a process for every call beyond those at rest: fifty that start at
            # once starve each other until the front's thirty seconds are over.
            async with self._calls:
                await self._cloud(self._to_front(scope), receive, send)
        else:
            await self._cloud(self._to_front(scope), receive, send)

    def _to_sockets(self, scope: Scope) -> Scope:
        path = self._sockets_path if scope["path"] == "/ws" else ""
        return _redirected(scope, path or "/no-such-socket", self._cloud_host)

    def _to_front(self, scope: Scope) -> Scope:
        # What begins with an underscore is the local cloud's own console, not the city's.
        if scope["path"].startswith("/_"):
            return _redirected(scope, NOWHERE, self._front_host)
        return _redirected(scope, scope["path"], self._front_host, scope["raw_path"])


def _redirected(scope: Scope, path: str, host: str, raw_path: bytes | None = None) -> Scope:
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    headers = [*others, (b"host", host.encode())]
    return {**scope, "path": path, "raw_path": raw_path or path.encode(), "headers": headers}


async def _answer_not_ready(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"retry-after", b"1")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": "Запускається. Starting.".encode()})
