"""The origin of the local cloud: how many calls of the API it lets in at once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from infra.local_origin import CALLS_AT_ONCE, Origin, Receive, Scope, Send

SITE, CLOUD = 8000, 8001


class CountingCloud:
    """Answers when everybody who can come in is in; remembers how many stood there at once."""

    def __init__(self) -> None:
        self.inside = self.most = self.served = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold one call for a few turns of the loop."""
        self.inside += 1
        self.most = max(self.most, self.inside)
        for _ in range(5):
            await asyncio.sleep(0)
        self.inside -= 1
        self.served += 1


async def _nothing(*_: Any) -> None:
    return None


def most_at_once(path: str, port: int, calls: int) -> int:
    """Return how many of these calls the cloud had in hand at once; all of them are served."""
    cloud = CountingCloud()

    async def all_at_once() -> None:
        origin = Origin(cloud, SITE, CLOUD)
        origin.open("front.example.org", "")
        scope = {"type": "http", "server": ("127.0.0.1", port), "path": path, "headers": []}
        scope["raw_path"] = path.encode()
        await asyncio.gather(*(origin(scope, _nothing, _nothing) for _ in range(calls)))

    # A thread of its own: the browser of other tests leaves a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, all_at_once()).result()
    assert cloud.served == calls
    return cloud.most


def socket_of(path: str, sockets_api: str) -> tuple[str, bytes]:
    """Return where in the cloud a WebSocket of the city's port comes out: its path and host."""
    seen: list[tuple[str, bytes]] = []

    async def cloud(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append((scope["path"], dict(scope["headers"])[b"host"]))

    async def knock() -> None:
        origin = Origin(cloud, SITE, CLOUD)
        origin.open("front.example.org", sockets_api)
        headers = [(b"host", b"localhost:8000")]
        server = ("127.0.0.1", SITE)
        scope = {"type": "websocket", "server": server, "path": path, "headers": headers}
        await origin(scope, _nothing, _nothing)

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, knock()).result()
    return seen[0]


def test_a_console_s_socket_comes_out_at_the_stack_s_websocket_api() -> None:
    place = ("/_aws/execute-api/abc/ws", f"127.0.0.1:{CLOUD}".encode())
    assert socket_of("/ws", "abc") == place
    assert socket_of("/ws/more", "abc")[0] == socket_of("/ws", "")[0] == "/no-such-socket"


def test_a_burst_of_calls_waits_in_line() -> None:
    assert most_at_once("/api/appeals", SITE, 2 * CALLS_AT_ONCE) == CALLS_AT_ONCE


def test_pages_and_the_cloud_s_own_calls_wait_for_nobody() -> None:
    many = 2 * CALLS_AT_ONCE
    assert most_at_once("/uk/report/", SITE, many) == many
    assert most_at_once("/api/appeals", CLOUD, many) == many
