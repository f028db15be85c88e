"""The frame of the API: what is parsed, what is refused, and in which form."""

import json
from http import HTTPStatus
from typing import Annotated, Literal

import pytest
from chalice.app import Response
from chalice.test import Client
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib.api import answers
from chalicelib.api.bodies import MOST_BYTES, Body, PageQuery
from chalicelib.api.routes import Call, Routes
from chalicelib.domain.errors import DomainError, Fault, NotFound, RuleRefused, TooManyRequests
from tests.api.tiny import OPERATOR, Answered, app_of, call

BIDI = "\u202e"


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
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return call(APP, "POST", "/notes", body=text, **options)  # type: ignore[arg-type]


def codes(answered: Answered) -> dict[str, str]:
    return {fault["field"]: fault["code"] for fault in answered.json["errors"]}


def test_an_answer_is_utf8_json_with_letters_as_themselves() -> None:
    answered = post({"text": "Ґанок"})
    assert answered.status == HTTPStatus.CREATED
    assert answered.text == '{"text":"Ґанок"}'
    assert answered.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answered.headers["Cache-Control"] == "no-store"


def test_every_fault_of_a_body_is_named_at_once() -> None:
    answered = post({"kind": "odd", "count": 9, "home": {"street": " "}, "extra": 1, "weight": "x"})
    assert answered.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answered.headers["Content-Type"].startswith("application/problem+json")
    assert codes(answered) == {
        "text": "missing_essence",
        "kind": "bad_choice",
        "count": "too_big",
        "home.street": "too_short",
        "extra": "unknown_field",
        "weight": "bad_type",
    }
    by_field = {fault["field"]: fault for fault in answered.json["errors"]}
    assert by_field["text"]["clause"] == "K-3.2"
    assert by_field["kind"]["message"] == "Виберіть одне з: plain, loud."


def test_faults_are_said_in_the_language_of_the_caller() -> None:
    english = post({"text": "x" * 21}, headers={"accept-language": "en-GB,en;q=0.9"})
    assert english.json["title"] == "Some data must be corrected"
    assert english.json["errors"][0]["message"] == "Too long: at most 20 characters."


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 400),
        ("{", 400),
        (b"\xff\xfe", 400),
        ('{"text": NaN}', 400),
        ('{"text": "a", "weight": 1e999}', 422),
        ('{"text": "a", "count": ' + "9" * 5000 + "}", 400),
        ('{"text": "a", "count": ' + "9" * 4000 + "}", 422),
        ('{"text": "a", "count": true}', 422),
        ('{"text": "a", "count": "1"}', 422),
        ("[]", 422),
        ("null", 422),
        ("[" * 100_000, 400),
        ('{"text":' + "[" * 500 + "]" * 500 + "}", 422),
        ('{"text":' + '{"a":' * 40 + "1" + "}" * 41, 422),
        ('"' + "a" * MOST_BYTES + '"', 413),
        (json.dumps({"text": "a", **{f"f{i}": 1 for i in range(5000)}}), 422),
        ('{"text": "a", "text": "b"}', 201),
        ("\ufeff" + '{"text": "a"}', 201),
    ],
)
@pytest.mark.parametrize("encoded", [False, True])
def test_strange_bodies_are_refused_and_never_crash(
    body: str | bytes, status: int, encoded: bool
) -> None:
    answered = post(body, encoded=encoded)
    assert answered.status == status
    if status != HTTPStatus.CREATED:
        assert answered.json["status"] == status
        assert len(answered.json.get("errors", [])) <= 100


def test_a_broken_base64_body_is_no_json() -> None:
    event_body = call(APP, "POST", "/notes", body="{}", encoded=True)
    assert event_body.status == HTTPStatus.UNPROCESSABLE_ENTITY


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("Application/JSON; charset=UTF-8", 201),
        ("application/json; charset=windows-1251", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("image/png", 415),
    ],
)
def test_only_json_is_a_body(content_type: str, status: int) -> None:
    answered = post({"text": "a"}, headers={"content-type": content_type})
    assert answered.status == status
    if status == HTTPStatus.UNSUPPORTED_MEDIA_TYPE:
        assert answered.json["type"] == "/problems/media-type"


def test_a_body_that_demands_nothing_may_be_absent_with_any_type() -> None:
    answered = call(
        APP,
        "POST",
        "/notes/{number}/mark",
        path={"number": "2026-000123-7"},
        headers={"content-type": "text/plain", "if-match": '"3"'},
        actor=OPERATOR,
    )
    assert answered.status == HTTPStatus.OK
    assert answered.json["by"] == OPERATOR.name
    assert answered.headers["ETag"] == '"3"'


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b\x1f", "ab"),
        (f"a{BIDI}b\u2066", "ab"),
        ("\ud800x\udfff", "x"),
        ("  рядок\r\nдругий\tтут ", "рядок\nдругий\tтут"),
        ("и\u0306ї", "йї"),
        ("z" + "\u0301" * 50, "ź" + "\u0301" * 3),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
)
def test_text_is_cleaned_not_refused(given: str, kept: str) -> None:
    answered = post({"text": given})
    assert (answered.status, answered.json["text"]) == (HTTPStatus.CREATED, kept)


def test_text_that_shows_as_nothing_is_no_text() -> None:
    assert codes(post({"text": "\u200b\u3164 \u2060"})) == {"text": "missing_essence"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"limit": 50, "q": None}),
        ("limit=7&q=%D1%8F%D0%BC%D0%B0", {"limit": 7, "q": "яма"}),
        ("limit=&q=", {"limit": 50, "q": None}),
        ("limit=1&limit=2", {"limit": 2, "q": None}),
    ],
)
def test_query_parameters_are_read(query: str, expected: dict[str, object]) -> None:
    assert call(APP, "GET", "/notes", query=query).json == expected


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("limit=0", {"limit": "too_small"}),
        ("limit=101&x=1", {"limit": "too_big", "x": "unknown_field"}),
        ("limit=many", {"limit": "bad_type"}),
    ],
)
def test_faults_of_a_query_are_named(query: str, found: dict[str, str]) -> None:
    answered = call(APP, "GET", "/notes", query=query)
    assert answered.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert codes(answered) == found


def test_a_route_without_parameters_takes_none() -> None:
    assert codes(call(APP, "GET", "/tagged", query="x=1")) == {"x": "unknown_field"}


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("2026-000123-7", 428),
        ("2026%2D000123%2D7", 428),
        ("2026-000123-8", 404),
        ("2026-000123-7\n", 404),
        ("٢٠٢٦-000123-7", 404),
        ("%D9%A2", 404),
        ("x" * 300, 404),
        ("..", 404),
    ],
)
def test_a_number_that_cannot_be_is_not_found(number: str, status: int) -> None:
    answered = call(APP, "POST", "/notes/{number}/mark", path={"number": number}, actor=OPERATOR)
    assert answered.status == status


@pytest.mark.parametrize(
    ("if_match", "status"),
    [('"3"', 200), ('W/"3"', 200), ("3", 200), ("*", 412), ('"x"', 412), ('"٣"', 412), ("", 428)],
)
def test_if_match_names_a_version(if_match: str, status: int) -> None:
    answered = call(
        APP,
        "POST",
        "/notes/{number}/mark",
        path={"number": "2026-000123-7"},
        headers={"if-match": if_match},
        actor=OPERATOR,
    )
    assert answered.status == status


def test_a_known_etag_is_answered_304() -> None:
    first = call(APP, "GET", "/tagged")
    again = call(
        APP, "GET", "/tagged", headers={"if-none-match": f'"x", W/{first.headers["ETag"]}'}
    )
    assert (first.status, first.json) == (HTTPStatus.OK, {"a": 1})
    assert (again.status, again.text) == (HTTPStatus.NOT_MODIFIED, "")


def test_a_refusal_names_its_clause() -> None:
    answered = call(APP, "GET", "/fails/{how}", path={"how": "rule"})
    assert answered.json == {
        "type": "/problems/rule-refused",
        "title": "Потрібне підтвердження виконання",
        "status": 409,
        "detail": "Додайте фото або документ, що підтверджує виконання робіт, "
        "і дочекайтеся його перевірки.",
        "clause": "K-5.1.9",
    }


def test_a_refusal_without_words_of_its_own_has_those_of_its_kind() -> None:
    answered = call(APP, "GET", "/fails/{how}", path={"how": "unworded"})
    assert (answered.status, answered.json["title"]) == (409, "Регламент цього не дозволяє")


def test_a_limit_says_when_to_come_again() -> None:
    answered = call(APP, "GET", "/fails/{how}", path={"how": "many"})
    assert answered.status == HTTPStatus.TOO_MANY_REQUESTS
    assert answered.headers["Retry-After"] == "60"
    assert "через 60 секунд" in answered.json["detail"]


def test_a_defect_shows_an_id_that_is_in_the_log_and_no_more(
    capsys: pytest.CaptureFixture[str],
) -> None:
    answered = call(APP, "GET", "/fails/{how}", path={"how": "defect"})
    log = capsys.readouterr().out
    assert answered.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert answered.json["instance"] in log
    assert "Traceback" not in answered.text
    assert "the secret of a person" not in answered.text + log
    assert "get_failure" in log


def test_a_call_leaves_one_line_of_log(capsys: pytest.CaptureFixture[str]) -> None:
    post({"text": "Таємниця"})
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    line = json.loads(lines[0])
    assert line.pop("ms") >= 0
    assert line == {
        "method": "POST",
        "path": "/notes",
        "status": 201,
        "request": "8f0c2a52-0000-4000-8000-000000000001",
        "subject": "public",
    }


def test_an_unknown_path_and_method_are_problems() -> None:
    unknown = call(APP, "GET", "/nowhere")
    method = call(APP, "DELETE", "/notes", headers={"accept-language": "en"})
    assert (unknown.status, unknown.json["type"]) == (404, "/problems/not-found")
    assert (method.status, method.json["type"]) == (405, "/problems/method-not-allowed")
    assert method.headers["Allow"] == "GET, POST"
    assert "/nowhere" not in APP.routes


def test_a_file_without_accept_is_a_problem_and_with_it_a_file() -> None:
    refused = call(APP, "GET", "/file.pdf")
    given = call(APP, "GET", "/file.pdf", headers={"accept": "application/pdf"})
    assert (refused.status, refused.json["type"]) == (400, "/problems/not-acceptable")
    assert (given.status, given.headers["Content-Type"]) == (200, "application/pdf")


def test_another_model_than_the_declared_is_a_defect() -> None:
    routes = Routes("tests.api.wrong")

    @routes.route("/wrong", methods=["POST"], body=Note, public=True)
    def post_wrong(call: Call) -> Response:
        """Parse what is not documented."""
        return answers.ok({"text": call.read(Nothing).text})

    assert call(app_of(routes), "POST", "/wrong", body="{}").status == 500


def test_staff_routes_stand_behind_the_authorizer() -> None:
    client = Client(APP).http
    mark, headers = "/notes/2026-000123-7/mark", {"if-match": '"1"'}
    nobody = client.post(mark, headers=headers)
    somebody = client.post(mark, headers={**headers, "Authorization": "Bearer good"})
    public = client.get("/notes")
    assert nobody.status_code == HTTPStatus.UNAUTHORIZED
    assert somebody.json_body["by"] == OPERATOR.name
    assert public.status_code == HTTPStatus.OK


def test_a_staff_route_reached_without_its_authorizer_asks_to_sign_in() -> None:
    answered = call(
        APP,
        "POST",
        "/notes/{number}/mark",
        path={"number": "2026-000123-7"},
        headers={"if-match": '"1"'},
    )
    assert answered.status == HTTPStatus.UNAUTHORIZED
    assert answered.headers["WWW-Authenticate"] == "Bearer"
