"""A tiny app on the frame, and a client whose calls look like API Gateway's."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

from chalice.app import AuthRequest, AuthResponse

from chalicelib.api import identity
from chalicelib.api.centre import ContactCentre
from chalicelib.api.routes import Routes
from chalicelib.domain.people import Actor, Role

OPERATOR = Actor("sub-1", Role.OPERATOR, name="Оксана Приклад", token_id="jti-1")


@dataclass(frozen=True, slots=True)
class Answered:
    """What the function gave to API Gateway."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def app_of(*nouns: Routes) -> ContactCentre:
    """Return an app that serves some routes; the token `good` proves OPERATOR."""
    app = ContactCentre("tiny")

    @app.authorizer(ttl_seconds=0)
    def staff(request: AuthRequest) -> AuthResponse:
        if request.token != "Bearer good":
            raise identity.Unauthorized
        return AuthResponse(["*"], OPERATOR.subject, identity.context_of(OPERATOR))

    app.serve(*nouns, authorizer=staff)
    return app


def call(
    app: ContactCentre,
    method: str,
    template: str,
    *,
    body: str | bytes | None = None,
    headers: Mapping[str, str] | None = None,
    query: str = "",
    path: Mapping[str, str] | None = None,
    actor: Actor | None = None,
    encoded: bool = False,
) -> Answered:
    """Call a route as API Gateway does: a template, its values, text or base64."""
    if encoded and body is not None:
        data = body.encode() if isinstance(body, str) else body
        body = base64.b64encode(data).decode()
    context: dict[str, Any] = {
        "httpMethod": method,
        "resourcePath": template,
        "requestId": "8f0c2a52-0000-4000-8000-000000000001",
        "identity": {"sourceIp": "198.51.100.7"},
    }
    if actor is not None:
        context["authorizer"] = identity.context_of(actor)
    event = {
        "requestContext": context,
        "headers": {"content-type": "application/json", **(headers or {})},
        "multiValueQueryStringParameters": parse_qs(query, keep_blank_values=True) or None,
        "pathParameters": dict(path or {}),
        "stageVariables": None,
        "body": body,
        "isBase64Encoded": encoded,
    }
    given = app(event, SimpleNamespace(aws_request_id="lambda-1"))
    return Answered(given["statusCode"], given["headers"], given["body"])
