"""Every route is documented as it is served, and guarded unless it is meant for everybody."""

import inspect
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

import app as entry
from chalicelib.api import openapi
from chalicelib.api.routes import Declared

PUBLIC: Final = {
    "GET /appeals/{number}",
    "POST /appeals",
    "GET /city",
    "GET /deadlines",
    "GET /nearby",
    "GET /openapi.json",
    "GET /plans",
    "GET /receipts/{receipt}",
    "GET /repair-works",
    "GET /repair-works.geojson",
    "GET /repair-works/{work_id}",
    "GET /subscriptions/off/{token}",
    "POST /subscriptions",
    "POST /subscriptions/confirmation",
    "POST /subscriptions/off/{token}",
    "GET /outside/{token}",
    "POST /outside/{token}",
    "POST /appeals/{number}/messages",
    "POST /appeals/{number}/withdrawal",
    "POST /appeals/{number}/dispute",
    "POST /sessions",
    "GET /surveys/{token}",
    "POST /surveys/{token}",
    "GET /topics",
    "GET /topics/suggestions",
    "POST /telephony/binotel/{key}",
    "POST /telephony/screen",
    "POST /uploads",
    "POST /webhooks/telegram/{key}",
    "POST /webhooks/viber/{key}",
}
"""What anybody may call. Every other route stands behind the authorizer."""

WITHOUT_AN_ANSWER: Final = {
    "DELETE /executors/{executor}/webhook",
    "DELETE /sessions",
    "GET /subscriptions/off/{token}",
}
"""What answers 204, or goes to a page."""

DOCUMENT: Final = openapi.document(entry.app.declared)


def served() -> Iterator[tuple[str, Declared]]:
    """Yield every route as `METHOD path`."""
    for declared in entry.app.declared:
        for method in declared.methods:
            yield f"{method} {declared.path}", declared


ROUTES: Final = dict(served())


def operation(name: str) -> dict[str, Any]:
    """Return a route's entry in the document."""
    method, path = name.split(" ")
    found: dict[str, Any] = DOCUMENT["paths"][path][method.lower()]
    return found


def references(document: object) -> Iterator[str]:
    """Yield every `$ref` of a document."""
    if isinstance(document, dict):
        for name, value in document.items():
            if name == "$ref":
                yield value
            yield from references(value)
    elif isinstance(document, list):
        for value in document:
            yield from references(value)


def test_what_is_served_is_what_is_declared() -> None:
    chalice = {f"{method} {path}" for path, views in entry.app.routes.items() for method in views}
    assert chalice == set(ROUTES)


def test_the_document_holds_every_route_and_no_other() -> None:
    held = {f"{m.upper()} {path}" for path, item in DOCUMENT["paths"].items() for m in item}
    assert held == set(ROUTES)


def test_only_what_is_meant_for_everybody_is_public() -> None:
    unguarded = {
        f"{method} {path}"
        for path, views in entry.app.routes.items()
        for method, view in views.items()
        if view.authorizer is None
    }
    assert unguarded == PUBLIC == {name for name, declared in ROUTES.items() if declared.public}


@pytest.mark.parametrize("name", ROUTES)
class TestEveryRoute:
    """What a client reads about a route."""

    def test_it_says_what_it_does(self, name: str) -> None:
        summary = operation(name)["summary"]
        assert summary.endswith((".", ")."))
        assert inspect.getdoc(ROUTES[name].view)

    def test_its_answers_are_documented(self, name: str) -> None:
        responses = operation(name)["responses"]
        assert "application/problem+json" in responses["default"]["content"]
        good = [int(status) for status in responses if status != "default"]
        assert all(200 <= status < 300 for status in good)
        if name not in WITHOUT_AN_ANSWER:
            assert all("schema" in self.json_of(responses[str(status)]) for status in good)
            assert good

    def test_its_security_is_as_served(self, name: str) -> None:
        assert bool(operation(name)["security"]) is (name not in PUBLIC)

    def test_its_path_parameters_are_named(self, name: str) -> None:
        named = {p["name"] for p in operation(name)["parameters"] if p["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", name))

    def test_a_post_takes_an_idempotency_key(self, name: str) -> None:
        headers = {p["name"] for p in operation(name)["parameters"] if p["in"] == "header"}
        assert ("Idempotency-Key" in headers) is name.startswith("POST ")

    def test_its_path_is_ascii_without_a_prefix(self, name: str) -> None:
        path = name.partition(" ")[2]
        assert path.isascii()
        assert not path.startswith("/api")

    @staticmethod
    def json_of(response: dict[str, Any]) -> dict[str, Any]:
        content: dict[str, Any] = response["content"]["application/json"]
        return content


def test_operations_have_names_of_their_own() -> None:
    names = [operation(name)["operationId"] for name in ROUTES]
    assert len(names) == len(set(names))
    assert all(names)


def test_every_reference_of_the_document_leads_somewhere() -> None:
    known = {f"#/components/schemas/{name}" for name in DOCUMENT["components"]["schemas"]}
    assert set(references(DOCUMENT)) <= known
