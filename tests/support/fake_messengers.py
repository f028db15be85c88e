"""Telegram and Viber in this process: they take what real ones take, refuse what those refuse.

Both serve on one address of 127.0.0.1, for their paths differ. Faults are put in line by the name
of a method; each hits one call.
"""

import json
import re
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any, Final

from tests.support.messenger_rules import telegram_fault, viber_fault

SILENCE: Final = -1
"""The status of a fault that answers nothing until the test ends."""

VIBER_SEND: Final = "/pa/send_message"
FILE: Final = "file"
"""The name by which what goes wrong with the next files is put in line."""

_METHOD: Final = re.compile(r"/bot(?P<token>[^/]+)/(?P<method>\w+)")
_FILE: Final = re.compile(r"/file/bot(?P<token>[^/]+)/(?P<path>.+)")


@dataclass(frozen=True)
class Fault:
    """What one call is answered with instead.

    Attributes:
        before: whether it happens before the call is applied; else its answer is lost.
    """

    status: int
    body: Mapping[str, Any] = field(default_factory=dict)
    before: bool = True


TOO_MANY: Final = Fault(429, {"ok": False, "error_code": 429, "parameters": {"retry_after": 11}})
BLOCKED: Final = Fault(
    403,
    {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
)
BROKEN: Final = Fault(502)
LOST: Final = Fault(SILENCE, before=False)


@dataclass(frozen=True)
class Written:
    """A message that somebody was written."""

    to: str
    text: str
    body: Mapping[str, Any]
    id: str

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Words and data of its buttons; data are empty where the words themselves are sent."""
        markup = self.body.get("reply_markup") or {}
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        listed = [
            (each["text"], each.get("callback_data") or each.get("url") or "")
            for row in rows
            for each in row
        ]
        viber = (self.body.get("keyboard") or {}).get("Buttons", [])
        return listed or [(each["Text"], each["ActionBody"]) for each in viber]

    def data(self, words: str) -> str:
        """Return the data of the button whose words hold these. Raises LookupError."""
        for text, data in self.buttons:
            if words in text:
                return data or text
        raise LookupError(f"{words} is not among {self.buttons}")


@dataclass
class FakeMessengers:
    """What both messengers hold and do.

    Attributes:
        faults: what goes wrong next, by method of Telegram or path of Viber.
        refused: requests that real messengers would refuse as wrong, with the reason.
    """

    telegram_token: str = "1:telegram-token"
    viber_token: str = "viber-token"
    url: str = ""
    written: list[Written] = field(default_factory=list)
    called: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, deque[Fault]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    webhooks: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    ended: threading.Event = field(default_factory=threading.Event)
    _serial: Iterator[int] = field(default_factory=lambda: count(1000))
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def go_wrong(self, method: str, *faults: Fault) -> None:
        """Put faults in line for the next calls of a method."""
        self.faults.setdefault(method, deque()).extend(faults)

    def to(self, person: str) -> list[Written]:
        """Return what somebody was written, the first message first."""
        return [each for each in list(self.written) if each.to == person]

    def wait_for(self, person: str, words: str, *, seconds: float = 15.0) -> Written:
        """Return the first message to somebody that holds words. Raises AssertionError."""

        def found() -> Written | None:
            return next((each for each in self.to(person) if words in each.text), None)

        with self._changed:
            if not self._changed.wait_for(lambda: found() is not None, timeout=seconds):
                said = [each.text for each in self.to(person)]
                raise AssertionError(f"{words!r} was not said to {person}: {said}")
        message = found()
        assert message is not None
        return message

    def answer_post(
        self, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, Mapping[str, Any]]:
        """Answer a POST as the messenger would."""
        given = json.loads(body or b"{}")
        method = _METHOD.fullmatch(path)
        name = method["method"] if method else path
        self.called.append((name, given))
        line = self.faults.get(name)
        fault = line.popleft() if line else None
        if fault is not None and fault.before:
            return fault.status, fault.body
        answered = self._telegram(method, given) if method else self._viber(path, headers, body)
        return (fault.status, fault.body) if fault else answered

    def answer_get(self, path: str) -> tuple[int, bytes]:
        """Answer a GET of a file."""
        file = _FILE.fullmatch(path)
        line = self.faults.get(FILE)
        if line:
            return line.popleft().status, b""
        if file and file["token"] != self.telegram_token:
            return 404, b""
        name = file["path"].rpartition("/")[2] if file else path.rpartition("/")[2]
        data = self.files.get(name.partition("?")[0].removesuffix(".jpg"))
        return (404, b"") if data is None else (200, data)

    def _telegram(
        self, method: re.Match[str], given: Mapping[str, Any]
    ) -> tuple[int, Mapping[str, Any]]:
        if method["token"] != self.telegram_token:
            return 401, {"ok": False, "error_code": 401, "description": "Unauthorized"}
        name = method["method"]
        if name in {"sendMessage", "editMessageText"}:
            return self._telegram_message(name, given)
        if name == "getFile":
            known = given["file_id"] in self.files
            if not known:
                return _bad("wrong file_id or the file is temporarily unavailable")
            return _fine(
                {"file_id": given["file_id"], "file_path": f"photos/{given['file_id']}.jpg"}
            )
        if name == "setWebhook":
            self.webhooks["telegram"] = given
        return _fine(True)

    def _telegram_message(
        self, name: str, given: Mapping[str, Any]
    ) -> tuple[int, Mapping[str, Any]]:
        wrong = telegram_fault(given)
        if wrong:
            self.refused.append(wrong)
            return _bad(wrong)
        message = str(given.get("message_id") or next(self._serial))
        self._write(Written(str(given["chat_id"]), given["text"], given, message))
        return _fine({"message_id": int(message), "chat": {"id": given["chat_id"]}})

    def _viber(
        self, path: str, headers: Mapping[str, str], raw: bytes
    ) -> tuple[int, Mapping[str, Any]]:
        given = json.loads(raw)
        if headers.get("x-viber-auth-token") != self.viber_token:
            return 200, {"status": 2, "status_message": "invalidAuthToken"}
        if path == "/pa/set_webhook":
            self.webhooks["viber"] = given
            return 200, {"status": 0, "status_message": "ok"}
        wrong = viber_fault(given, raw)
        if wrong:
            self.refused.append(wrong)
            return 200, {"status": 3, "status_message": wrong}
        token = 4987381194038850000 + next(self._serial)
        self._write(Written(given["receiver"], given["text"], given, str(token)))
        return 200, {"status": 0, "status_message": "ok", "message_token": token}

    def _write(self, message: Written) -> None:
        with self._changed:
            self.written.append(message)
            self._changed.notify_all()


def _fine(result: object) -> tuple[int, Mapping[str, Any]]:
    return 200, {"ok": True, "result": result}


def _bad(description: str) -> tuple[int, Mapping[str, Any]]:
    return 400, {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: Any) -> None:
        """Say nothing of callers that hang up."""


def _started(server: _Server) -> threading.Thread:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    return thread


def _handler(held: FakeMessengers) -> type[BaseHTTPRequestHandler]:
    """Return what answers requests out of a pair of messengers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, said = held.answer_post(self.path, headers, body)
            if status == SILENCE:
                held.ended.wait()
                return
            self._answer(status, json.dumps(said).encode(), "application/json")

        def do_GET(self) -> None:
            status, data = held.answer_get(self.path)
            self._answer(status, data, "image/jpeg")

        def _answer(self, status: int, data: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(fake: FakeMessengers | None = None, port: int = 0) -> Iterator[FakeMessengers]:
    """Serve both messengers on 127.0.0.1 while the block lasts."""
    held = fake or FakeMessengers()
    server = _Server(("127.0.0.1", port), _handler(held))
    held.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = _started(server)
    try:
        yield held
    finally:
        held.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
