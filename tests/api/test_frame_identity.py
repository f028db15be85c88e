"""Who calls, and from where."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from chalice.app import AuthRequest, Request

from chalicelib.api import identity
from chalicelib.domain.errors import NotSignedIn
from chalicelib.domain.people import Actor, Role
from chalicelib.usecases.ports import SignIn
from tests.api.test_frame_once import Notes

NOW = datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
ARN = "arn:aws:execute-api:eu-central-1:000000000000:api/stage/GET/cards"
HEAD = Actor("sub-1", Role.HEAD, name="Іван Приклад", executor="svitlo")
MACHINE = Actor("client-1", Role.RESPONSIBLE, name="ДС", executor="svitlo")


class Accounts:
    """Knows one token."""

    def sign_in(self, username: str, password: str) -> SignIn:
        raise NotSignedIn

    def verify(self, token: str, now: datetime) -> SignIn:
        if token not in {"good", "stranger"}:
            raise NotSignedIn
        subject = HEAD.subject if token == "good" else "sub-9"
        return SignIn(token, subject, "jti-1", now + timedelta(hours=1))

    def subject_of(self, username: str) -> str | None:
        return None


class Directory:
    """Knows one person and one machine."""

    def person(self, subject: str, now: datetime) -> Actor | None:
        return HEAD if subject == HEAD.subject else None

    def client(self, client_id: str, secret_hash: str, now: datetime) -> Actor | None:
        known = client_id == "client-1" and secret_hash == sha256(b"s.ecret").hexdigest()
        return MACHINE if known else None


class Guards(Notes):
    """Remembers who has signed out."""

    def __init__(self, *revoked: str) -> None:
        super().__init__()
        self._revoked = revoked

    def is_revoked(self, token_id: str, now: datetime) -> bool:
        return token_id in self._revoked


def authorised(token: str, *revoked: str) -> dict[str, Any]:
    request = AuthRequest("TOKEN", token, ARN)
    response = identity.staff(
        request, accounts=Accounts(), directory=Directory(), guards=Guards(*revoked), now=NOW
    )
    policy: dict[str, Any] = response.to_dict(request)
    return policy


def request_of(context: dict[str, Any], headers: dict[str, str] | None = None) -> Request:
    return Request(
        {
            "requestContext": {"httpMethod": "GET", "resourcePath": "/cards", **context},
            "headers": headers or {},
            "multiValueQueryStringParameters": None,
            "pathParameters": None,
            "stageVariables": None,
            "body": None,
        }
    )


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_a_person_is_proven_by_a_bearer_token(scheme: str) -> None:
    policy = authorised(f"{scheme} good")
    assert policy["principalId"] == "sub-1"
    assert policy["policyDocument"]["Statement"][0]["Effect"] == "Allow"
    actor = identity.actor_of(request_of({"authorizer": policy["context"]}))
    assert actor == Actor("sub-1", Role.HEAD, "Іван Приклад", "svitlo", "jti-1")


def test_a_machine_is_proven_by_its_key() -> None:
    policy = authorised("ApiKey client-1.s.ecret")
    assert identity.actor_of(request_of({"authorizer": policy["context"]})) == MACHINE


def test_the_context_is_strings_of_ascii() -> None:
    context = authorised("Bearer good")["context"]
    assert all(isinstance(value, str) and value.isascii() for value in context.values())


@pytest.mark.parametrize(
    "token",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer bad",
        "Bearer stranger",
        "Basic good",
        "good",
        "Bearer гуд",
        "Bearer " + "a" * 9000,
        "ApiKey client-1",
        "ApiKey client-1.",
        "ApiKey .s.ecret",
        "ApiKey client-1.wrong",
    ],
)
def test_nobody_else_is_let_in(token: str) -> None:
    with pytest.raises(identity.Unauthorized, match=r"^Unauthorized$"):
        authorised(token)


def test_a_token_signed_out_is_refused_at_once() -> None:
    with pytest.raises(identity.Unauthorized):
        authorised("Bearer good", "jti-1")


def test_a_public_request_has_no_actor() -> None:
    with pytest.raises(NotSignedIn):
        identity.actor_of(request_of({}))
    assert identity.subject_of(request_of({})) == "public"


@pytest.mark.parametrize(
    ("forwarded", "proxies", "address"),
    [
        ("203.0.113.5", 1, "203.0.113.5"),
        ("9.9.9.9, 203.0.113.5", 1, "203.0.113.5"),
        ("203.0.113.5, 130.176.0.1", 2, "203.0.113.5"),
        ("9.9.9.9, 203.0.113.5, 130.176.0.1", 2, "203.0.113.5"),
        ("203.0.113.5", 2, "203.0.113.5"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", 1, "203.0.113.5"),
        ("", 1, "198.51.100.7"),
        ("<script>", 1, "198.51.100.7"),
        ("9.9.9.9, junk", 1, "198.51.100.7"),
    ],
)
def test_the_address_is_the_last_that_a_client_cannot_write(
    forwarded: str, proxies: int, address: str
) -> None:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    request = request_of({"identity": {"sourceIp": "198.51.100.7"}}, headers)
    assert identity.client_address(request, proxies=proxies) == address
