"""A request sent twice is one request."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from chalice.app import Response

from chalicelib.api import answers
from chalicelib.api.bodies import Body
from chalicelib.api.once import KEPT, SEALED, carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.domain.errors import VersionStale
from chalicelib.domain.once import Answer, Once, OnceRecord
from chalicelib.domain.people import Actor, Role
from chalicelib.usecases.ports import OnceAnswered
from tests.api.tiny import Answered, app_of, call

NOW = datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
CODE = "7KQ2-M9XR-4T0B-WZ1C"


class NoteBody(Body):
    """A note."""

    text: str


class Notes:
    """Keeps notes and answers, as the store does: both or neither."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.kept: dict[str, OnceRecord] = {}
        self.stale = False

    def write(self, text: str, once: Once[str]) -> str:
        if self.stale:
            raise VersionStale
        record = once.record(text)
        if record is not None:
            if record.key in self.kept:
                raise OnceAnswered(self.kept[record.key])
            self.kept[record.key] = record
        self.written.append(text)
        return text

    def answered(self, key: str, now: datetime) -> OnceRecord | None:
        kept = self.kept.get(key)
        return kept if kept and kept.expires_at > now else None

    def count(self, bucket: str, *, window_seconds: int, now: datetime) -> int:
        raise NotImplementedError

    counted = count

    def revoke(self, token_id: str, until: datetime) -> None:
        raise NotImplementedError

    def is_revoked(self, token_id: str, now: datetime) -> bool:
        raise NotImplementedError


class Client:
    """Posts notes to a tiny app of its own."""

    def __init__(self) -> None:
        self.notes = Notes()
        self.now = NOW
        self.network = ""
        self._app = app_of(self._routes())

    def post(self, text: str, key: str | None, actor: Actor | None = None) -> Answered:
        headers = {} if key is None else {"Idempotency-Key": key}
        body = json.dumps({"text": text})
        return call(self._app, "POST", "/notes", body=body, headers=headers, actor=actor)

    def _routes(self) -> Routes:
        routes = Routes("tests.api.notes")

        @routes.route("/notes", methods=["POST"], body=NoteBody, public=True)
        def post_note(call: Call) -> Response:
            """Write a note."""
            text = call.read(NoteBody).text
            return carry_out(
                call.request,
                lambda once: self.notes.write(text, once),
                _shape,
                guards=self.notes,
                now=self.now,
                unseal=lambda sealed: CODE if sealed == ("k1", "root") else "wrong",
                network=self.network,
            )

        return routes


def _shape(text: str) -> Answer:
    body = {"text": text, "access_code": SEALED}
    return answers.answer(
        body, status=201, version=1, location="/api/notes/1", sealed_for=("k1", "root")
    )


def test_the_first_answer_is_given_again_byte_for_byte() -> None:
    client = Client()
    first, again = client.post("Яма", "k"), client.post("Яма", "k")
    assert client.notes.written == ["Яма"]
    assert (again.status, again.text) == (first.status, first.text)
    assert again.headers == {**first.headers, "Idempotent-Replay": "true"}
    assert first.headers["Location"] == "/api/notes/1"


def test_the_code_is_in_both_answers_and_in_nothing_kept() -> None:
    client = Client()
    first = client.post('"\\u0000"', "k")
    assert first.json == {"text": '"\\u0000"', "access_code": CODE}
    assert client.post('"\\u0000"', "k").json["access_code"] == CODE
    assert all(CODE not in kept.answer.body for kept in client.notes.kept.values())


def test_the_key_is_looked_up_before_a_stale_version_refuses() -> None:
    client = Client()
    first = client.post("Яма", "k")
    client.notes.stale = True
    assert client.post("Яма", "k").text == first.text
    assert client.post("Яма", "other").status == 412
    assert client.post("Яма", None).status == 412


@pytest.mark.parametrize("stale", [False, True])
def test_the_same_key_with_another_body_is_refused(stale: bool) -> None:
    client = Client()
    client.post("Яма", "k")
    client.notes.stale = stale
    answered = client.post("Світло", "k")
    assert (answered.status, answered.json["type"]) == (422, "/problems/idempotency-key-reused")
    assert client.notes.written == ["Яма"]


def test_keys_of_two_callers_do_not_meet() -> None:
    client = Client()
    client.post("Яма", "k", actor=Actor("sub-1", Role.OPERATOR))
    client.post("Яма", "k", actor=Actor("sub-2", Role.OPERATOR))
    assert client.notes.written == ["Яма", "Яма"]


class TestCallersWithoutAnIdentity:
    """Their key is that of what they send; of something else, that of their network."""

    def post(self, client: Client, text: str, network: str) -> Answered:
        client.network = network
        return client.post(text, "1")

    def test_the_same_request_from_another_network_is_the_same(self) -> None:
        client = Client()
        first = self.post(client, "Яма", "203.0.113.7")
        again = self.post(client, "Яма", "198.51.100.9")
        assert (again.text, client.notes.written) == (first.text, ["Яма"])

    def test_a_stranger_with_the_same_poor_key_is_heard(self) -> None:
        client = Client()
        self.post(client, "Яма", "203.0.113.7")
        other = self.post(client, "Світло", "198.51.100.9")
        assert (other.status, client.notes.written) == (201, ["Яма", "Світло"])
        again = self.post(client, "Світло", "198.51.100.9")
        assert (again.text, len(client.notes.written)) == (other.text, 2)

    @pytest.mark.parametrize("network", ["203.0.113.7", "198.51.100.9"])
    def test_one_who_sends_something_else_is_told(self, network: str) -> None:
        client = Client()
        self.post(client, "Яма", "203.0.113.7")
        self.post(client, "Світло", "198.51.100.9")
        refused = self.post(client, "Вода", network)
        assert refused.json["type"] == "/problems/idempotency-key-reused"
        assert client.notes.written == ["Яма", "Світло"]

    def test_where_a_second_try_is_refused_the_answer_is_the_callers_own(self) -> None:
        client = Client()
        self.post(client, "Яма", "203.0.113.7")
        other = self.post(client, "Світло", "198.51.100.9")
        client.notes.stale = True
        assert self.post(client, "Світло", "198.51.100.9").text == other.text
        assert self.post(client, "Світло", "192.0.2.1").status == 412


def test_without_a_key_nothing_is_kept() -> None:
    client = Client()
    client.post("Яма", None)
    client.post("Яма", None)
    assert (client.notes.written, client.notes.kept) == (["Яма", "Яма"], {})


def test_an_answer_is_kept_for_a_day() -> None:
    client = Client()
    client.post("Яма", "k")
    (kept,) = client.notes.kept.values()
    assert kept.expires_at == NOW + KEPT == NOW + timedelta(hours=24)


@pytest.mark.parametrize("key", ["", " ", "a" * 65, "ключ", "a b", "a\x7f"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    client = Client()
    answered = client.post("Яма", key)
    assert answered.status == 422
    assert answered.json["errors"][0]["code"] == "not_a_key"
    assert client.notes.written == []
