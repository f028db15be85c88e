"""Where a request of botocore leaves the process, and what may stand there instead of AWS.

botocore emits `before-send` to all its handlers and only then takes the first answer, so a
handler put before moto's cannot stop moto from applying the call. Therefore moto's own
handler is replaced, and asks whoever serves at the moment: moto, a gate, a recording.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.botocore_stubber import BotocoreStubber, MockRawResponse
from moto.core.models import botocore_stubber

from tests.aws import quick_answers

_REGION: Final = re.compile(r"\.([a-z]{2}-[a-z]+-\d)\.")


@dataclass(frozen=True)
class Sent:
    """One attempt of a call to AWS, as it would go onto the wire.

    Attributes:
        service: botocore's hyphenated name, such as `dynamodb` or `s3`.
        operation: name of the API operation, such as `PutItem`.
    """

    service: str
    operation: str
    request: AWSPreparedRequest = field(repr=False, compare=False)

    @cached_property
    def params(self) -> Mapping[str, Any]:
        """The decoded body of a JSON protocol; empty for others."""
        return _params(self.request)

    @property
    def region(self) -> str:
        """The region in the host name, or us-east-1 where the host names none."""
        found = _REGION.search(self.request.url)
        return found.group(1) if found else "us-east-1"


@dataclass(frozen=True)
class Answer:
    """What the cloud answered: HTTP status, headers, body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def decoded(self) -> Mapping[str, Any]:
        """Return the body of a JSON protocol as an object; empty if there is none."""
        value = json.loads(self.body) if self.body else {}
        return value if isinstance(value, dict) else {}


Server = Callable[[Sent], Answer | None]
_servers: Final[list[Server]] = []


def moto(sent: Sent) -> Answer | None:
    """Let moto apply the call and answer; None if moto does not serve that address."""
    answered = botocore_stubber.process_request(sent.request)
    if answered is None:
        return None
    status, headers, body = answered
    raw = body.encode() if isinstance(body, str) else bytes(body or b"")
    return Answer(status, dict(headers), raw)


@contextmanager
def served_by(server: Server) -> Iterator[None]:
    """Answer every AWS call of this process by `server` while the block lasts."""
    _servers.append(server)
    try:
        yield
    finally:
        _servers.remove(server)


def _answer(
    stubber: BotocoreStubber, event_name: str, request: AWSPreparedRequest, **_: Any
) -> AWSResponse | None:
    if not stubber.enabled:
        return None
    server = _servers[-1] if _servers else moto
    answer = server(_sent(event_name, request))
    if answer is None:
        return None
    raw = MockRawResponse(answer.body)
    return AWSResponse(request.url, answer.status, dict(answer.headers), raw)


def _sent(event_name: str, request: AWSPreparedRequest) -> Sent:
    _, service, operation = event_name.split(".", 2)
    return Sent(service, operation, request)


def _params(request: AWSPreparedRequest) -> Mapping[str, Any]:
    kind = request.headers.get("Content-Type") or b""
    text = kind.decode() if isinstance(kind, bytes) else kind
    if "json" not in text or not request.body:
        return {}
    value = json.loads(request.body)
    return value if isinstance(value, dict) else {}


setattr(BotocoreStubber, "__call__", _answer)  # noqa: B010 — to mypy a method is not assignable
quick_answers.install()
