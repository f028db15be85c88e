"""An AWS client whose service answers as a test says, and what it was asked."""

import json
from collections.abc import Callable
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.exceptions import EndpointConnectionError


class _Raw:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: object) -> list[bytes]:
        """Return the body as botocore reads it."""
        return [self._content]


def refusing(client: Any, status: int, code: str, message: str = "") -> list[str]:
    """Make a JSON service refuse every call; return the list of addresses it was called at."""
    body = json.dumps({"message": message, "__type": code}).encode()
    headers = {"x-amzn-errortype": code, "content-type": "application/json"}
    return _answered(client, lambda url: AWSResponse(url, status, headers, _Raw(body)))


def refusing_in_xml(client: Any, status: int, code: str, message: str = "") -> list[str]:
    """Make a query service refuse every call; return the list of addresses it was called at."""
    error = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    body = f"<ErrorResponse>{error}</ErrorResponse>".encode()
    return _answered(client, lambda url: AWSResponse(url, status, {}, _Raw(body)))


def unreachable(client: Any) -> list[str]:
    """Make a service unreachable; return the list of addresses it was called at."""

    def fail(url: str) -> AWSResponse:
        raise EndpointConnectionError(endpoint_url=url)

    return _answered(client, fail)


def _answered(client: Any, answer: Callable[[str], AWSResponse]) -> list[str]:
    called: list[str] = []

    def send(request: Any, **_: object) -> AWSResponse:
        called.append(request.url)
        return answer(request.url)

    client.meta.events.register_first("before-send.*", send)
    return called
