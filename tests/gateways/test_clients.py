"""Failures that pass by themselves are told apart from defects."""

from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from chalicelib.domain.errors import StoreAway
from chalicelib.gateways import clients


def refusal(status: int, code: str) -> ClientError:
    answer = {"Error": {"Code": code}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "GetObject")


@pytest.mark.parametrize(
    "error",
    [
        refusal(500, "InternalError"),
        refusal(503, "SlowDown"),
        refusal(429, "TooManyRequests"),
        refusal(400, "ThrottlingException"),
        EndpointConnectionError(endpoint_url="https://s3.example"),
        ReadTimeoutError(endpoint_url="https://s3.example"),
    ],
    ids=str,
)
def test_what_may_pass_is_away(error: Exception) -> None:
    with pytest.raises(StoreAway) as away, clients.away_is_said("s3"):
        raise error
    assert away.value.facts == {"service": "s3"}


@pytest.mark.parametrize(
    "error", [refusal(403, "AccessDenied"), refusal(404, "NoSuchBucket"), ValueError("defect")]
)
def test_what_does_not_pass_is_a_defect(error: Exception) -> None:
    with pytest.raises(type(error)) as raised, clients.away_is_said("s3"):
        raise error
    assert raised.value is error


def test_a_call_is_tried_three_times() -> None:
    client = clients.client("secretsmanager", parameter_validation=False)
    sent: list[str] = []

    def fail(request: Any, **_: object) -> AWSResponse:
        sent.append(request.url)
        return AWSResponse(request.url, 503, {}, _Empty())

    client.meta.events.register_first("before-send.*", fail)
    client.meta.events.register("needs-retry.*", lambda **_: None)
    with pytest.raises(StoreAway), clients.away_is_said("secretsmanager"):
        client.get_secret_value(SecretId="s")
    assert len(sent) == clients.ATTEMPTS


def test_nothing_waits_long() -> None:
    config = clients.client("s3").meta.config
    assert (config.connect_timeout, config.read_timeout) == (1.0, 4.0)


class _Empty:
    def stream(self, **_: object) -> list[bytes]:
        return []
