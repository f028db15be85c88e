"""Events as API Gateway gives them to the API's function, made before anything is measured.

What stands before the function (routing, the authorizer) is not measured with it: the
authorizer is a function and a use case of its own.
"""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import app as entry
from chalicelib.api.identity import context_of
from chalicelib.cities.catalogue import load_city
from chalicelib.domain.people import Actor, Role
from tests.door import Door

GOOD = range(200, 300)


def request(
    door: Door,
    method: str,
    template: str,
    body: object = None,
    *,
    by: str | None = None,
    headers: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    **values: str,
) -> Callable[[], object]:
    """Return a request to be made any number of times; it raises if it is refused.

    Args:
        template: the path as declared; `values` fill its placeholders.
        by: the member of staff whom the authorizer has proven.
    """
    sent = {"content-type": "application/json", "x-forwarded-for": "203.0.113.7"}
    event = {
        "requestContext": {
            "httpMethod": method,
            "resourcePath": template,
            "requestId": "measured",
            "identity": {"sourceIp": "198.51.100.1"},
            "authorizer": _context(door, by) if by else None,
        },
        "headers": sent | dict(headers or {}),
        "multiValueQueryStringParameters": {n: [v] for n, v in (query or {}).items()} or None,
        "pathParameters": values or None,
        "stageVariables": None,
        "body": json.dumps(body, ensure_ascii=False) if body is not None else None,
        "isBase64Encoded": False,
    }
    return partial(_answered, event)


def _context(door: Door, person_id: str) -> dict[str, str]:
    person = load_city(door.city).people[person_id]
    return context_of(Actor(person.id, Role(person.role), person.name, person.executor, "t1"))


def _answered(event: Mapping[str, Any]) -> object:
    answered: Mapping[str, Any] = entry.app(event, None)
    if answered["statusCode"] not in GOOD:
        raise AssertionError(f"{answered['statusCode']}: {answered['body']}")
    return answered
