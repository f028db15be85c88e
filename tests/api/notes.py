"""A tiny app about notes: one route for each thing the frame does."""

import json
from typing import Annotated, Literal

from chalice.app import Response
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib.api import answers
from chalicelib.api.bodies import Body, PageQuery
from chalicelib.api.routes import Call, Routes
from chalicelib.domain.errors import DomainError, Fault, NotFound, RuleRefused, TooManyRequests
from tests.api.tiny import Answered, app_of, call


class Home(Body):
    """Where."""

    street: Annotated[str, StringConstraints(min_length=1)]


class Note(Body):
    """What a note holds."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    kind: Literal["plain", "loud"] = "plain"
    count: Annotated[int, Field(ge=1, le=5)] = 1
    weight: float = 0.0
    home: Home | None = None


class Nothing(Body):
    """A body that demands nothing."""

    text: str = ""


class Kept(TypedDict):
    """A note as answered."""

    text: str


class Searched(PageQuery):
    """The parameters of the list."""

    q: str | None = None


def _routes() -> Routes:
    routes = Routes("tests.api.notes")

    @routes.route("/notes", methods=["POST"], body=Note, answers={201: Kept}, public=True)
    def post_note(call: Call) -> Response:
        """Write a note."""
        body = call.read(Note, _clause_faults)
        return answers.respond(answers.answer({"text": body.text}, status=201))

    @routes.route("/notes", query=Searched, public=True)
    def get_notes(call: Call) -> Response:
        """List notes."""
        asked = call.asked(Searched)
        return answers.ok({"limit": asked.limit, "q": asked.q})

    @routes.route("/notes/{number}/mark", methods=["POST"], body=Nothing, headers=["If-Match"])
    def post_mark(call: Call, number: str) -> Response:
        """Mark a note."""
        text = call.read(Nothing).text
        version = answers.expected_version(call.request)
        return answers.ok({"number": number, "by": call.actor.name, "text": text}, version=version)

    @routes.route("/fails/{how}", public=True)
    def get_failure(call: Call, how: str) -> Response:
        """Fail."""
        if how == "defect":
            raise ValueError("the secret of a person")
        raise FAILURES[how]

    @routes.route("/tagged", public=True)
    def get_tagged(call: Call) -> Response:
        """Read what seldom changes."""
        return answers.unless_known(call.request, '{"a":1}', '"v1"', cache="public, max-age=60")

    @routes.route("/file.pdf", public=True)
    def get_file(call: Call) -> Response:
        """Read a file."""
        return answers.file(b"%PDF-", content_type="application/pdf", name="file.pdf")

    return routes


FAILURES: dict[str, DomainError] = {
    "none": NotFound(),
    "rule": RuleRefused(words="evidence-of-execution-needed", clause="K-5.1.9"),
    "unworded": RuleRefused(words="nobody-wrote-this", clause="K-1.1"),
    "many": TooManyRequests(retry_after_seconds=60),
}

APP = app_of(_routes())


def _clause_faults(raw: dict[str, object]) -> list[Fault]:
    if raw.get("text"):
        return []
    return [Fault("text", "missing_essence", clause="K-3.2")]


def post(body: object, **options: object) -> Answered:
    """Post a note: text as it is, anything else as JSON."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return call(APP, "POST", "/notes", body=text, **options)  # type: ignore[arg-type]


def codes(answered: Answered) -> dict[str, str]:
    """Return the code of each field that was refused."""
    return {fault["field"]: fault["code"] for fault in answered.json["errors"]}
