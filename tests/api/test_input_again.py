"""A request sent twice is one request, on every route that writes."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import pytest

import app as entry
from tests.api.cases import (
    APPROVED,
    CLOSURE,
    COORDINATOR,
    EMERGENCY,
    EXPLAINED,
    OPERATOR,
    PERFORMER,
    RESPONSIBLE,
    accepted,
    asked,
    closed,
    code_of,
    filed,
    finish,
    in_work,
    kept,
    kind_of,
    reported,
    sent,
    survey_token,
    unrouted,
    without_a_trace,
)
from tests.aws.races import Outcome, Race, every_schedule
from tests.aws.tables import snapshot
from tests.door import Door, Reply
from tests.requests import an_appeal_body

KEY: Final = {"Idempotency-Key": "0f8fad5b-d9cb-469f-a165-70867728950e"}


class Write(NamedTuple):
    """One request: who sends it, where, what, and another body for the same key."""

    url: str
    body: dict[str, Any]
    other: dict[str, Any]
    by: str | None


Prepare = Callable[[Door], Write]


def on_card(
    stage: Callable[[Door], str], action: str, by: str, body: dict[str, Any], **other: Any
) -> Prepare:
    """Return a request about a card that stands at a stage."""

    def prepare(door: Door) -> Write:
        return Write(f"/cards/{stage(door)}/{action}", body, {**body, **other}, by)

    return prepare


def new_appeal(_door: Door) -> Write:
    """Return an appeal."""
    return Write("/appeals", an_appeal_body(), an_appeal_body(text="Інше"), None)


def new_by_phone(_door: Door) -> Write:
    """Return an appeal taken by phone."""
    body = an_appeal_body(channel="phone")
    return Write("/operator/appeals", body, {**body, "text": "Інше"}, OPERATOR)


def upload(_door: Door) -> Write:
    """Return an announced photo."""
    body = {"content_type": "image/jpeg", "size_bytes": 1000}
    return Write("/uploads", body, {**body, "size_bytes": 1001}, None)


def decision(door: Door) -> Write:
    """Return a decision on a request for closure."""
    other = {**APPROVED, "decision": "refuse"}
    return Write(f"/requests/{asked(door)}.r1/decision", APPROVED, other, COORDINATOR)


def survey_answer(door: Door) -> Write:
    """Return an applicant's answer that makes a repeat appeal."""
    appeal = filed(door)
    finish(door, appeal["number"])
    body = {"outcome": "not_done", "reason": "Не горить і досі"}
    return Write(f"/surveys/{survey_token(door, appeal)}", body, {**body, "score": 1}, None)


PHOTO: Final = {"content_type": "image/jpeg", "size_bytes": 1000}
POOR: Final = {"outcome": "poor", "reason": "Знову темно"}
CASES: Final[dict[str, Prepare]] = {
    "POST /appeals": new_appeal,
    "POST /operator/appeals": new_by_phone,
    "POST /uploads": upload,
    "POST /requests/{request_id}/decision": decision,
    "POST /surveys/{token}": survey_answer,
    "POST /cards/{number}/accept": on_card(sent, "accept", RESPONSIBLE, {}, text="Так"),
    "POST /cards/{number}/assign": on_card(
        accepted, "assign", RESPONSIBLE, {"performer": PERFORMER}, text="Так"
    ),
    "POST /cards/{number}/comment": on_card(
        sent, "comment", RESPONSIBLE, {"text": "Їдемо"}, text="Вже їдемо"
    ),
    "POST /cards/{number}/contact-attempt": on_card(
        sent, "contact-attempt", RESPONSIBLE, {"outcome": "off"}, note="Двічі"
    ),
    "POST /cards/{number}/report": on_card(in_work, "report", PERFORMER, EXPLAINED, text="Інше"),
    "POST /cards/{number}/route": on_card(
        unrouted, "route", COORDINATOR, {"executor": "svitlo", "reason": "Так"}, reason="Інше"
    ),
    "POST /cards/{number}/requests": on_card(
        reported, "requests", RESPONSIBLE, CLOSURE, reason="Інше"
    ),
    "POST /cards/{number}/evidence": on_card(in_work, "evidence", PERFORMER, PHOTO, caption="Ось"),
    "POST /cards/{number}/survey": on_card(closed, "survey", OPERATOR, POOR, score=1),
    "POST /cards/{number}/open-contacts": on_card(sent, "open-contacts", RESPONSIBLE, {}),
}
"""A right request of each kind, and the same key with another body where there is a body."""

KEPT_BY_NOBODY: Final = "POST /sessions"
"""An answer with a token in it is not kept; signing in twice does no harm."""


def send(door: Door, write: Write, body: dict[str, Any], version: str = '"1"') -> Reply:
    """Send a request under the key, naming the version that its first sending read."""
    return door.post(write.url, body, by=write.by, headers={**KEY, "If-Match": version})


def version_of(door: Door, write: Write) -> str:
    """Return the ETag of the card that a request is about."""
    if not write.url.startswith("/cards/"):
        return '"1"'
    return door.get("/".join(write.url.split("/")[:3]), by=COORDINATOR).etag


def test_the_cases_are_routes_of_the_app() -> None:
    posts = {f"POST {d.path}" for d in entry.app.declared if "POST" in d.methods}
    assert {*CASES, KEPT_BY_NOBODY} <= posts


@pytest.mark.parametrize("name", CASES)
def test_a_replay_is_byte_for_byte_and_another_body_is_refused(door: Door, name: str) -> None:
    write = CASES[name](door)
    version = version_of(door, write)
    first = send(door, write, write.body, version)
    assert first.status < 300, first.text
    state = kept()
    door.clock.pass_(hours=23)
    again = send(door, write, write.body, version)
    assert (again.status, again.text) == (first.status, first.text)
    assert dict(again.headers) == {**first.headers, "idempotent-replay": "true"}
    assert kept() == state
    if write.other != write.body:
        reply = without_a_trace(lambda: send(door, write, write.other, version))
        assert (reply.status, kind_of(reply)) == (422, "idempotency-key-reused")


@pytest.mark.parametrize("key", ["", " ", "ключ", "a b", "k" * 65, "\x7f"])
def test_what_is_no_key_is_refused(door: Door, key: str) -> None:
    headers = {"Idempotency-Key": key}
    reply = without_a_trace(lambda: door.post("/appeals", an_appeal_body(), headers=headers))
    assert reply.status == 422
    assert reply.json["errors"][0]["field"] == "Idempotency-Key"


def test_another_caller_has_keys_of_his_own(door: Door) -> None:
    write = new_by_phone(door)
    first = send(door, write, write.body)
    other = send(door, write._replace(by="operator-2"), write.body)
    assert other.json["number"] != first.json["number"]


def test_two_residents_with_the_same_poor_key_both_have_a_card(door: Door) -> None:
    key, elsewhere = {"Idempotency-Key": "1"}, {"X-Forwarded-For": "198.51.100.44"}
    first = door.post("/appeals", an_appeal_body(), headers=key)
    moved = door.post("/appeals", an_appeal_body(), headers=key | elsewhere)
    assert (moved.text, moved.headers["idempotent-replay"]) == (first.text, "true")
    stranger = door.post("/appeals", an_appeal_body(text="Яма"), headers=key | elsewhere)
    assert stranger.status == 201
    assert stranger.json["number"] != first.json["number"]
    reused = door.post("/appeals", an_appeal_body(text="Яма"), headers=key)
    assert reused.json["type"] == "/problems/idempotency-key-reused"


def test_the_code_of_a_replay_opens_the_card(door: Door) -> None:
    first, again = (send(door, new_appeal(door), an_appeal_body()) for _ in range(2))
    assert first.json["access_code"] == again.json["access_code"]
    number = again.json["number"]
    assert door.get(f"/appeals/{number}", headers=code_of(again.json)).status == 200


def test_after_a_day_the_key_is_free(door: Door) -> None:
    first = send(door, new_appeal(door), an_appeal_body())
    door.clock.pass_(hours=24, seconds=1)
    assert send(door, new_appeal(door), an_appeal_body()).json["number"] != first.json["number"]


def test_a_refusal_is_not_kept(door: Door) -> None:
    assert send(door, new_appeal(door), an_appeal_body(topic="XX-99")).status == 422
    assert send(door, new_appeal(door), an_appeal_body()).status == 201


def test_a_sign_in_is_never_kept(door: Door) -> None:
    session = {"username": RESPONSIBLE, "password": f"password of {RESPONSIBLE}"}
    first, again = (door.post("/sessions", session, headers=KEY) for _ in range(2))
    assert first.json["access_token"] != again.json["access_token"]


class TestAtOnce:
    """Sent twice at the same time, in every order in which the calls can reach AWS."""

    def test_two_sendings_of_an_appeal_make_one_card(self, door: Door) -> None:
        filed(door, topic=EMERGENCY)  # Whatever a process reads once is read.
        state = snapshot()
        body = an_appeal_body(topic=EMERGENCY)
        write = partial(door.post, "/appeals", body, headers=KEY)

        def check(outcomes: Sequence[Outcome]) -> None:
            replies = [each.answer for each in outcomes if isinstance(each.answer, Reply)]
            assert [reply.status for reply in replies] == [201, 201]
            assert len({reply.text for reply in replies}) == 1
            assert cards_kept() == 2

        raced = every_schedule(Race(state.restore, [write, write], check))
        assert raced.violations == []
        assert raced.schedules > 5

    def test_two_sendings_of_an_action_make_one_event(self, door: Door) -> None:
        number = sent(door)
        headers = {**KEY, "If-Match": '"1"'}
        door.get(f"/cards/{number}", by=RESPONSIBLE)
        state = snapshot()
        write = partial(door.post, f"/cards/{number}/accept", {}, by=RESPONSIBLE, headers=headers)

        def check(outcomes: Sequence[Outcome]) -> None:
            replies = [each.answer for each in outcomes if isinstance(each.answer, Reply)]
            assert [reply.status for reply in replies] == [200, 200]
            assert len({reply.text for reply in replies}) == 1
            assert len(door.centre.cards.read_file(number).events) == 3

        raced = every_schedule(Race(state.restore, [write, write], check))
        assert raced.violations == []
        assert raced.schedules > 5


def cards_kept() -> int:
    """Return how many cards are stored."""
    items = next(items for name, items in kept().items() if name.endswith("-cards"))
    return sum('"part": {"S": "CARD"}' in item for item in items)
