"""What comes in: cleaned, parsed, and every fault of it named at once."""

import json
from http import HTTPStatus
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.api.bodies import MOST_BYTES
from tests.api.notes import APP, codes, post
from tests.api.tiny import OPERATOR, call

BIDI = "\u202e"

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["text", "kind", "count", "weight", "home"]) | st.text(), ANY_JSON
    )
)
def test_no_object_is_a_defect(body: dict[str, Any]) -> None:
    assert post(body).status in {HTTPStatus.CREATED, 400, HTTPStatus.UNPROCESSABLE_ENTITY}


@settings(max_examples=100, deadline=None)
@given(st.binary())
def test_no_bytes_are_a_defect(body: bytes) -> None:
    assert post(body, encoded=True).status in {400, HTTPStatus.UNPROCESSABLE_ENTITY}


def test_every_fault_of_a_body_is_named_at_once() -> None:
    answered = post({"kind": "odd", "count": 9, "home": {"street": " "}, "extra": 1, "weight": "x"})
    assert answered.status == HTTPStatus.UNPROCESSABLE_ENTITY
    assert answered.headers["Content-Type"].startswith("application/problem+json")
    assert codes(answered) == {
        "text": "missing_essence",
        "kind": "bad_choice",
        "count": "too_big",
        "home.street": "required",
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
        ("z" + "\u0300\u0300\u034f" * 50, "z" + "\u0300" * 3),
        ("z" + "\u0489" * 50, "z" + "\u0489" * 3),
        ("a\u206a\u206f\ufff9\uffff\U000e0100b", "ab"),
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
