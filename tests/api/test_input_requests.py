"""HTTP itself: whatever is sent to whichever route, the answer is a problem in our own form."""

import json
from typing import Any, Final

import pytest

import app as entry
from chalicelib.api.routes import Declared
from tests.api.cases import (
    ABSENT,
    COORDINATOR,
    OPERATOR,
    RESPONSIBLE,
    faults,
    filed,
    finish,
    kind_of,
    sent,
    survey_token,
    without_a_trace,
)
from tests.door import Door, Reply
from tests.requests import an_appeal_body

WRITERS: Final = {
    f"{method} {declared.path}": (method, declared)
    for declared in entry.app.declared
    for method in declared.methods
    if declared.body is not None and declared.path != "/telephony/screen"
}
"""Every route that takes a body; an exchange is let through whatever it asks."""

NEVER_REFUSED: Final = {"website", "filled_ms"}
"""Fields by which programs give themselves away: marked in the card, refused to nobody."""

MEBIBYTE: Final = 1024 * 1024
VALUES: Final = {
    "number": ABSENT,
    "request_id": f"{ABSENT}.r1",
    "token": f"{ABSENT}.1.AAAA",
    "executor": "svitlo",
    "person": RESPONSIBLE,
    "year": "2020",
    "work_id": "rw-0000000000f9",
    "phone": "+380501234567",
    "letter": "nothing",
    "notice": "nothing",
    "receipt": "q-none.00000000000000000000000000",
}
ADMIN: Final = "admin-1"


def send(door: Door, writer: tuple[str, Declared], raw: bytes, **headers: str) -> Reply:
    """Send bytes to a route as somebody who may use it."""
    method, declared = writer
    url = declared.path.format_map(VALUES)
    given = {"If-Match": '"1"', "X-Access-Code": "0000-0000-0000-0000", **headers}
    by = None
    if not declared.public:
        by = ADMIN if url.startswith(("/executors", "/people")) else COORDINATOR
    return without_a_trace(lambda: door.call(method, url, raw=raw, by=by, headers=given))


@pytest.mark.parametrize("name", WRITERS)
class TestEveryBody:
    """The same manners on every route that takes a body."""

    def test_what_is_not_json(self, door: Door, name: str) -> None:
        for raw in (b"{", b"text=1", b"\xff\xfe\x00", b'{"a": NaN}', b"{'a': 1}"):
            reply = send(door, WRITERS[name], raw)
            assert (reply.status, kind_of(reply)) == (400, "not-json")

    def test_two_megabytes(self, door: Door, name: str) -> None:
        reply = send(door, WRITERS[name], b'{"text": "' + b"a" * 2 * MEBIBYTE + b'"}')
        assert (reply.status, kind_of(reply)) == (413, "too-large")

    def test_another_media_type(self, door: Door, name: str) -> None:
        for kind in ("text/plain", "multipart/form-data; boundary=x", "application/xml"):
            reply = send(door, WRITERS[name], b'{"text": "a"}', **{"Content-Type": kind})
            assert (reply.status, kind_of(reply)) == (415, "media-type")

    def test_another_shape(self, door: Door, name: str) -> None:
        for raw in (b"[]", b"null", b"7", b'"text"'):
            reply = send(door, WRITERS[name], raw)
            assert (reply.status, kind_of(reply)) == (422, "input-refused")

    def test_a_field_that_nobody_knows(self, door: Door, name: str) -> None:
        reply = send(door, WRITERS[name], b'{"surprise": 1}')
        assert reply.status == 422
        assert faults(reply)["surprise"] == "unknown_field"

    def test_every_field_of_a_wrong_type(self, door: Door, name: str) -> None:
        model = WRITERS[name][1].body
        assert model is not None
        fields = {field.alias or name for name, field in model.model_fields.items()}
        body: dict[str, object] = {field: {"a": [[]]} for field in fields or {"surprise"}}
        reply = send(door, WRITERS[name], json.dumps(body).encode())
        assert reply.status == 422
        refused = {field.partition(".")[0] for field in faults(reply)}
        assert refused == set(body) - NEVER_REFUSED


class TestNowhere:
    """Unknown addresses and methods."""

    @pytest.mark.parametrize("url", ["/nothing", "/", "/cards/x/y/z", "/admin", "/api/appeals"])
    def test_an_unknown_route_is_404(self, door: Door, url: str) -> None:
        for method in ("GET", "POST"):
            reply = door.call(method, url)
            assert (reply.status, kind_of(reply)) == (404, "not-found")

    @pytest.mark.parametrize(
        ("method", "url", "allowed"),
        [
            ("PUT", "/appeals", "POST"),
            ("GET", "/appeals", "POST"),
            ("DELETE", f"/appeals/{ABSENT}", "GET"),
            ("PATCH", "/sessions", "DELETE, POST"),
            ("POST", "/city", "GET"),
        ],
    )
    def test_a_wrong_method_is_told_the_right_ones(
        self, door: Door, method: str, url: str, allowed: str
    ) -> None:
        reply = door.call(method, url)
        assert (reply.status, kind_of(reply)) == (405, "method-not-allowed")
        assert reply.headers["allow"] == allowed

    @pytest.mark.parametrize(
        "number",
        ["x", "2026-000001-0", "2026-000001", "%00", "..", "%2e%2e", "1" * 300, "%D1%8F", "*"],
    )
    def test_what_is_no_number_is_no_card(self, door: Door, number: str) -> None:
        for url, by in ((f"/cards/{number}", OPERATOR), (f"/appeals/{number}", None)):
            reply = door.get(url, by=by)
            assert (reply.status, kind_of(reply)) == (404, "not-found")

    @pytest.mark.parametrize("request_id", ["x", ".r1", "r1", f"{ABSENT}.r1", f"{ABSENT}.r", "%00"])
    def test_what_is_no_request_is_none(self, door: Door, request_id: str) -> None:
        decision = {"decision": "approve", "reason": "Так"}
        url = f"/requests/{request_id}/decision"
        assert without_a_trace(lambda: door.post(url, decision, by=COORDINATOR)).status == 404

    def test_a_request_of_the_card_that_was_not_made(self, door: Door) -> None:
        decision = {"decision": "approve", "reason": "Так"}
        url = f"/requests/{sent(door)}.r7/decision"
        assert without_a_trace(lambda: door.post(url, decision, by=COORDINATOR)).status == 404


class TestVersions:
    """If-Match names the version that was read."""

    def test_without_one_nothing_is_done(self, door: Door) -> None:
        number = sent(door)
        reply = without_a_trace(lambda: door.post(f"/cards/{number}/accept", {}, by=RESPONSIBLE))
        assert (reply.status, kind_of(reply)) == (428, "version-required")

    @pytest.mark.parametrize(
        "tag", ['"2"', '"0"', "7", "*", '""', "abc", '"1", "2"', "-1", "1e3", '"9999999999"', "٣"]
    )
    def test_a_stale_or_strange_one_is_refused(self, door: Door, tag: str) -> None:
        number = sent(door)
        headers = {"If-Match": tag}
        reply = without_a_trace(
            lambda: door.post(f"/cards/{number}/accept", {}, by=RESPONSIBLE, headers=headers)
        )
        assert (reply.status, kind_of(reply)) == (412, "version-stale")

    @pytest.mark.parametrize("tag", ['"1"', "1", 'W/"1"', ' "1" '])
    def test_the_right_one_as_clients_write_it(self, door: Door, tag: str) -> None:
        number, headers = sent(door), {"If-Match": tag}
        reply = door.post(f"/cards/{number}/accept", {}, by=RESPONSIBLE, headers=headers)
        assert (reply.status, reply.etag) == (200, '"2"')

    def test_a_second_writer_of_the_same_version_loses(self, door: Door) -> None:
        number, headers = sent(door), {"If-Match": '"1"'}
        accept = f"/cards/{number}/accept"
        assert door.post(accept, {}, by=RESPONSIBLE, headers=headers).status == 200
        again = without_a_trace(lambda: door.post(accept, {}, by="svitlo-head", headers=headers))
        assert again.status == 412

    def test_what_changes_no_status_leaves_the_version(self, door: Door) -> None:
        reply = door.act(sent(door), "comment", {"text": "Виїдемо завтра"}, by=RESPONSIBLE)
        assert reply.etag == '"1"'


class TestInstants:
    """An instant has an offset and lies in a calendar that can be computed with."""

    @pytest.mark.parametrize(
        "instant",
        ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2026-03-02T10:15:00", "tomorrow", "1e9"],
    )
    def test_what_is_none(self, door: Door, instant: str) -> None:
        by_query = door.get(f"/deadlines?topic=LI-01&received_at={instant}")
        body = an_appeal_body(channel="phone", received_at=instant)
        by_body = without_a_trace(lambda: door.post("/operator/appeals", body, by=OPERATOR))
        due = door.get(f"/cards?due_before={instant}", by=OPERATOR)
        assert [reply.status for reply in (by_query, by_body, due)] == [422, 422, 422]
        assert faults(by_query) == faults(by_body) == {"received_at": "not_an_instant"}

    @pytest.mark.parametrize("instant", ["1970-01-01T00:00:00Z", "2999-12-31T00:00:00%2B02:00"])
    def test_the_first_and_the_last(self, door: Door, instant: str) -> None:
        assert door.get(f"/deadlines?topic=LI-01&received_at={instant}").status == 200


@pytest.mark.clause("K-6.2")
class TestSurveyAnswers:
    """6.2 `not_done` and `poor` need a reason; only a call can meet nobody."""

    @staticmethod
    def token(door: Door) -> str:
        appeal = filed(door)
        finish(door, appeal["number"])
        return survey_token(door, appeal)

    def test_what_is_no_answer_is_named_and_uses_nothing_up(self, door: Door) -> None:
        token = self.token(door)
        cases: tuple[tuple[dict[str, Any], dict[str, str]], ...] = (
            ({"outcome": "not_done"}, {"reason": "reason_required"}),
            ({"outcome": "poor", "reason": "  "}, {"reason": "reason_required"}),
            ({"outcome": "unreachable"}, {"outcome": "bad_choice"}),
            ({"outcome": "confirmed", "score": 6}, {"score": "too_big"}),
            ({"outcome": "confirmed", "score": 0}, {"score": "too_small"}),
            ({"outcome": "perhaps", "score": "5"}, {"outcome": "bad_choice", "score": "bad_type"}),
            ({}, {"outcome": "required"}),
        )
        for body, found in cases:
            before = faults(self.refused(door, token, body))
            assert before == found
        assert door.post(f"/surveys/{token}", {"outcome": "confirmed"}).status == 200

    @staticmethod
    def refused(door: Door, token: str, body: dict[str, Any]) -> Reply:
        reply = without_a_trace(lambda: door.post(f"/surveys/{token}", body))
        assert reply.status == 422
        return reply

    def test_a_survey_that_has_ended_takes_no_answer(self, door: Door) -> None:
        token = self.token(door)
        door.clock.pass_(days=8)
        reply = without_a_trace(lambda: door.post(f"/surveys/{token}", {"outcome": "confirmed"}))
        assert (reply.status, reply.json["clause"]) == (409, "K-6.2")
