"""What goes out: answers, refusals and defects in one form."""

import json
from http import HTTPStatus
from threading import Barrier, Thread

import pytest
from chalice.app import Response
from chalice.test import Client

from chalicelib.api import answers
from chalicelib.api.routes import Call, Routes
from tests.api.notes import APP, Note, Nothing, post
from tests.api.tiny import OPERATOR, app_of, call


def test_an_answer_is_utf8_json_with_letters_as_themselves() -> None:
    answered = post({"text": "Ґанок"})
    assert answered.status == HTTPStatus.CREATED
    assert answered.text == '{"text":"Ґанок"}'
    assert answered.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answered.headers["Cache-Control"] == "no-store"


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


def test_calls_may_race_in_one_process() -> None:
    routes, together, seen = Routes("tests.api.race"), Barrier(8), dict[str, str]()

    @routes.route("/race/{who}", public=True)
    def get_race(call: Call, who: str) -> Response:
        """Wait until all callers are here, then say who asks."""
        together.wait(timeout=10)
        return answers.ok({"who": (call.request.uri_params or {})["who"]})

    app = app_of(routes)

    def ask(who: str) -> None:
        seen[who] = call(app, "GET", "/race/{who}", path={"who": who}).json["who"]

    threads = [Thread(target=ask, args=(str(i),)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {str(i): str(i) for i in range(8)}
