"""A server in this process that answers as a test says, and keeps what it was asked."""

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request as it arrived."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Answering:
    """What the server answers next, and what it was asked."""

    url: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    silent: threading.Event | None = None
    asked: list[Asked] = field(default_factory=list)

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        """Keep a request and answer it; `silent` makes it wait for the end of the test."""
        length = int(handler.headers.get("Content-Length", 0))
        self.asked.append(Asked(handler.path, dict(handler.headers), handler.rfile.read(length)))
        if self.silent is not None:
            self.silent.wait()
            return
        handler.send_response(self.status)
        for name, value in {"Content-Length": str(len(self.body)), **self.headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(self.body)


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing of callers that hang up."""


@contextmanager
def answering(secure: ssl.SSLContext | None = None) -> Iterator[Answering]:
    """Serve on 127.0.0.1 while the block lasts, by TLS if `secure` says how."""
    said = Answering()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said.take(self)

        def log_message(self, *_: Any) -> None:
            """Say nothing: tests read `asked`."""

    server = _Quiet(("127.0.0.1", 0), Handler)
    if secure is not None:
        server.socket = secure.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
    said.url = f"http://127.0.0.1:{server.server_address[1]}/take?from=us"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield said
    finally:
        if said.silent is not None:
            said.silent.set()
        server.shutdown()
        thread.join()
        server.server_close()
