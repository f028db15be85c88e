"""Speaking to connected consoles through the WebSocket gateway."""

from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError

from chalicelib.domain.errors import StoreAway
from chalicelib.gateways.live import LiveConnections
from tests.gateways.aws_answers import refusing, unreachable

STAGE = "https://abc.execute-api.eu-central-1.amazonaws.com/ws"
CONNECTION = "L0SM9cOFvHcCIhw="
ADDRESS = f"{STAGE}/@connections/L0SM9cOFvHcCIhw%3D"


@pytest.fixture
def live() -> LiveConnections:
    """The gateway of a stage."""
    return LiveConnections(STAGE)


def taking(live: LiveConnections, status: int) -> list[Any]:
    """Make the gateway take every call; return what it was asked."""
    asked: list[Any] = []

    def send(request: Any, **_: object) -> AWSResponse:
        asked.append(request)
        return AWSResponse(request.url, status, {}, _Empty())

    live._client.meta.events.register_first("before-send.*", send)
    return asked


class _Empty:
    def stream(self, **_: object) -> list[bytes]:
        """Return no body."""
        return []


def test_data_go_to_the_connection_as_they_are(live: LiveConnections) -> None:
    asked = taking(live, 200)
    assert live.push(CONNECTION, b'{"number": "1"}')
    assert [(each.method, each.url, each.body) for each in asked] == [
        ("POST", ADDRESS, b'{"number": "1"}')
    ]


def test_a_connection_is_closed_by_its_id(live: LiveConnections) -> None:
    asked = taking(live, 204)
    live.close(CONNECTION)
    assert [(each.method, each.url) for each in asked] == [("DELETE", ADDRESS)]


def test_a_connection_that_is_gone_is_said_and_closed_already(live: LiveConnections) -> None:
    refusing(live._client, 410, "GoneException")
    assert live.push(CONNECTION, b"{}") is False
    live.close(CONNECTION)


@pytest.mark.parametrize(("status", "code"), [(500, "InternalFailure"), (429, "LimitExceeded")])
def test_a_gateway_that_fails_is_away(live: LiveConnections, status: int, code: str) -> None:
    refusing(live._client, status, code)
    with pytest.raises(StoreAway):
        live.push(CONNECTION, b"{}")


def test_a_gateway_that_cannot_be_reached_is_away(live: LiveConnections) -> None:
    unreachable(live._client)
    with pytest.raises(StoreAway):
        live.close(CONNECTION)


def test_a_missing_permission_is_a_defect(live: LiveConnections) -> None:
    refusing(live._client, 403, "ForbiddenException")
    with pytest.raises(ClientError):
        live.push(CONNECTION, b"{}")
