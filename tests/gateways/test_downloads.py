"""Files are fetched from where a messenger keeps them, within bounds, and from nowhere else."""

import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import pytest

from chalicelib.gateways.downloads import Downloads
from chalicelib.gateways.file_limits import SIZE_LIMIT_BYTES
from chalicelib.usecases.conversation_ports import FileRefused
from chalicelib.usecases.sending_ports import SendingLater

OPEN: Final = "93.184.215.14"
INSIDE: Final = ("127.0.0.1", "169.254.169.254", "10.0.0.8", "::1", "fd00::1")


class Files(BaseHTTPRequestHandler):
    """Answers by the path of a request."""

    def do_GET(self) -> None:
        """Answer."""
        path = self.path.partition("?")[0]
        if path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/fine")
            self.end_headers()
            return
        if path == "/slow":
            self._begin(200, 100)
            self.server.ended.wait()  # type: ignore[attr-defined]
            return
        size = {"/fine": 5, "/large": SIZE_LIMIT_BYTES + 1, "/largest": SIZE_LIMIT_BYTES}
        status = {"/gone": 404, "/broken": 503, "/busy": 429, "/past": 403}.get(path, 200)
        self._begin(status, size.get(path, 0))
        self._fill(size.get(path, 0))

    def _begin(self, status: int, size: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(size))
        self.end_headers()

    def _fill(self, size: int) -> None:
        try:
            self.wfile.write(b"\xff" * size)
        except OSError:
            return

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve files while the block lasts; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    server.daemon_threads = True
    server.ended = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.ended.set()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def site() -> Iterator[str]:
    """A messenger's own host."""
    with serving() as url:
        yield url


class TestItsOwnHost:
    """What lies with the messenger's API, which the city itself has entered."""

    def test_a_file_comes_whole(self, site: str) -> None:
        assert Downloads(site).read(f"{site}/fine?Sig=1") == b"\xff" * 5

    def test_the_largest_file_comes_and_a_larger_one_does_not(self, site: str) -> None:
        assert len(Downloads(site).read(f"{site}/largest")) == SIZE_LIMIT_BYTES
        with pytest.raises(FileRefused) as refused:
            Downloads(site).read(f"{site}/large")
        assert refused.value.reason == "too_large"

    @pytest.mark.parametrize("path", ["gone", "past", "moved"])
    def test_what_is_not_there_is_lost(self, site: str, path: str) -> None:
        with pytest.raises(FileRefused) as refused:
            Downloads(site).read(f"{site}/{path}")
        assert refused.value.reason == "lost"

    @pytest.mark.parametrize("path", ["broken", "busy"])
    def test_what_may_come_later_is_tried_later(self, site: str, path: str) -> None:
        with pytest.raises(SendingLater):
            Downloads(site).read(f"{site}/{path}")

    def test_a_file_that_takes_too_long_is_left(self, site: str) -> None:
        with pytest.raises(SendingLater):
            Downloads(site, most_seconds=-1).read(f"{site}/fine")

    def test_nobody_listening_is_away_and_tells_no_address(self) -> None:
        nobody, token = "http://127.0.0.1:9", "9:" + "t" * 30
        with pytest.raises(SendingLater) as later:
            Downloads(nobody).read(f"{nobody}/file/bot{token}/a.jpg")
        assert token not in "".join(traceback.format_exception(later.value))


class TestOtherHosts:
    """What a caller names: only known hosts, over HTTPS, in the open network (SSRF)."""

    @pytest.mark.parametrize(
        "url",
        [
            "http://dl-media.viber.com/a.jpg",
            "https://viber.com.evil.example/a.jpg",
            "https://evilviber.com/a.jpg",
            "https://dl.viber.com@evil.example/a.jpg",
            "https://evil.example/?.viber.com",
            "https://evil.example#.viber.com",
            "file:///etc/passwd",
            "https://127.0.0.1/a",
            "https://[::1]/a",
            "https://dl.viber.com\\@evil.example/",
            "https://ｖiber.com/",
            "gopher://dl.viber.com/",
            "https://user:x@dl.viber.com/a",
            "",
            "https://",
            "https://dl.viber.com:99999/",
        ],
    )
    def test_another_host_is_not_called(self, url: str) -> None:
        asked: list[str] = []

        def resolve(host: str, port: int) -> list[str]:
            asked.append(host)
            return [OPEN]

        with pytest.raises(FileRefused):
            Downloads("https://api.example", hosts=(".viber.com",), resolve=resolve).read(url)
        assert [host for host in asked if not host.endswith(".viber.com")] == []

    @pytest.mark.parametrize("address", INSIDE)
    def test_a_known_name_that_leads_inside_is_not_called(self, address: str) -> None:
        inside = Downloads(
            "https://api.example", hosts=(".viber.com",), resolve=lambda *_: [OPEN, address]
        )
        with pytest.raises(FileRefused):
            inside.read("https://dl-media.viber.com/a.jpg")

    def test_without_other_hosts_only_its_own_is_called(self, site: str) -> None:
        with pytest.raises(FileRefused):
            Downloads("https://api.example").read(f"{site}/fine")
