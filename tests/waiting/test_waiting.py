"""While the database is away an appeal is taken; when it is back it becomes one card (R8)."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import patch

import botocore.endpoint
import pytest

import app as entry
from chalicelib import wiring
from chalicelib.domain.card import CardFile
from tests.aws.plans import refusal
from tests.aws.snapshot import queues
from tests.aws.tables import REGION
from tests.aws.wire import Answer, Sent, moto, served_by
from tests.crash.flows import restart
from tests.crash.records import files
from tests.door import Door, Reply, open_door
from tests.requests import a_photo, an_appeal_body

KEY: Final = {"Idempotency-Key": "sent-in-the-dark"}


@pytest.fixture(scope="module")
def fresh() -> Iterator[Callable[[], Door]]:
    """Each call gives Khmelnytskyi's app on an empty store."""
    with open_door() as opened:
        yield opened


@pytest.fixture
def door(fresh: Callable[[], Door]) -> Door:
    """The app in a process that has served before, so that it knows its keys."""
    door = fresh()
    restart(door)
    door.centre.secrets.current()
    return door


@contextmanager
def away(*services: str) -> Iterator[None]:
    """Switch services off: whatever is asked of them is answered as by a broken one."""

    def serve(sent: Sent) -> Answer | None:
        if sent.service in (services or ("dynamodb",)):
            return refusal(sent, "InternalServerError")
        return moto(sent)

    with served_by(serve), without_pauses():
        yield


@contextmanager
def without_pauses() -> Iterator[None]:
    """Let the SDK try again at once."""
    with patch.object(botocore.endpoint, "time", SimpleNamespace(sleep=lambda _seconds: None)):
        yield


def file(door: Door, headers: dict[str, str] | None = None, **changes: Any) -> Reply:
    """File an appeal while the database is away."""
    with away():
        return door.post("/appeals", an_appeal_body(**changes), headers=headers)


def receipt_of(door: Door, filed: Reply) -> Any:
    """Read what became of an appeal that waits."""
    return door.get(f"/receipts/{filed.json['receipt']}").json


def the_card(door: Door) -> CardFile:
    """Return the only card there is."""
    (found,) = files(door)
    return found


@pytest.mark.clause("K-2")
class TestTheStoreIsAway:
    """Intake never depends on the hour, nor on one service."""

    def test_an_appeal_is_taken_and_the_card_follows_by_itself(self, door: Door) -> None:
        filed = file(door, KEY)
        assert filed.status == 202
        assert set(filed.json) == {"receipt", "status"}
        assert filed.json["status"] == "queued"
        with away():
            assert receipt_of(door, filed)["status"] == "queued"
            assert door.take_in() == 1
        door.clock.pass_(hours=3)
        assert door.take_in() == 0
        told = receipt_of(door, filed)
        assert told["status"] == "registered"
        card = the_card(door).card
        assert told["number"] == card.number
        code = {"X-Access-Code": told["access_code"]}
        seen = door.get(f"/appeals/{card.number}", headers=code)
        assert seen.json["received_at"] == "2026-03-02T10:15:00+02:00"
        assert seen.json["registered_at"] == "2026-03-02T13:15:00+02:00"
        assert seen.json["status"] == "sent"

    def test_terms_run_from_the_arrival(self, door: Door) -> None:
        file(door, topic="WA-04")
        door.clock.pass_(hours=5)
        door.take_in()
        card = the_card(door).card
        assert (card.due_at - card.received_at).total_seconds() == 24 * 3600

    def test_the_same_request_has_the_same_receipt_and_one_card(self, door: Door) -> None:
        first, again = file(door, KEY), file(door, KEY)
        assert first.text == again.text
        door.take_in()
        assert the_card(door)
        replayed = door.post("/appeals", an_appeal_body(), headers=KEY)
        assert (replayed.status, replayed.text) == (202, first.text)
        assert replayed.headers["idempotent-replay"] == "true"
        assert the_card(door)

    def test_who_asks_again_when_it_is_back_gets_the_number_and_one_card(self, door: Door) -> None:
        filed = file(door, KEY)
        direct = door.post("/appeals", an_appeal_body(), headers=KEY)
        assert direct.status == 201
        door.take_in()
        assert receipt_of(door, filed)["number"] == direct.json["number"]
        assert receipt_of(door, filed)["access_code"] == direct.json["access_code"]
        assert the_card(door)

    def test_two_requests_under_one_key_are_two_cards(self, door: Door) -> None:
        """Nobody could be told in the dark that the key was used: what was promised is kept."""
        first, other = file(door, KEY), file(door, KEY, text="Зовсім інше: немає води в кранах.")
        assert first.json["receipt"] != other.json["receipt"]
        door.take_in()
        numbers = {receipt_of(door, each)["number"] for each in (first, other)}
        assert len(numbers) == len(files(door)) == 2

    def test_without_a_key_each_is_its_own(self, door: Door) -> None:
        first, second = file(door), file(door)
        door.take_in()
        assert {receipt_of(door, first)["number"], receipt_of(door, second)["number"]} == {
            each.card.number for each in files(door)
        }
        assert len(files(door)) == 2

    def test_a_message_that_comes_three_times_is_one_card(self, door: Door) -> None:
        filed = file(door)
        (message,) = waiting(door)
        for _ in range(3):
            bring(message)
        assert receipt_of(door, filed)["number"] == the_card(door).card.number

    def test_what_is_wrong_is_refused_at_once(self, door: Door) -> None:
        with away():
            reply = door.post("/appeals", {"text": "Темно"})
        assert reply.status == 422
        assert waiting(door) == []

    def test_when_the_queue_is_away_too_it_is_said(self, door: Door) -> None:
        with away("dynamodb", "sqs"):
            reply = door.post("/appeals", an_appeal_body())
        assert reply.status == 503
        assert "retry-after" in reply.headers

    def test_a_lost_answer_of_the_first_try_makes_no_second_card(self, door: Door) -> None:
        """No key was sent: the number that the first try had drawn tells that it was done."""
        filed = lost(door)
        assert filed.status == 202
        assert the_card(door)
        door.take_in()
        assert receipt_of(door, filed)["number"] == the_card(door).card.number

    def test_an_ordinary_appeal_costs_no_call_more(self, door: Door) -> None:
        asked: list[str] = []

        def serve(sent: Sent) -> Answer | None:
            asked.append(sent.service)
            return moto(sent)

        with served_by(serve):
            assert door.post("/appeals", an_appeal_body()).status == 201
        assert "sqs" not in asked


@pytest.mark.clause("K-2")
class TestWhatCannotBeTakenWithIt:
    """What was promised is kept: the appeal is registered without it, and a person is told."""

    def test_photos_that_are_too_old_are_left_and_said(self, door: Door) -> None:
        photo = a_photo()
        form = door.post("/uploads", {"content_type": "image/jpeg", "size_bytes": len(photo)}).json
        door.upload(form, photo)
        file(door, uploads=[form["upload_id"]])
        door.clock.pass_(days=3)
        door.take_in()
        found = the_card(door)
        assert (found.evidence, found.events[-1].name) == ((), "attention")
        assert "attention" in found.card.flags

    def test_photos_that_are_still_there_come_with_it(self, door: Door) -> None:
        photo = a_photo()
        form = door.post("/uploads", {"content_type": "image/jpeg", "size_bytes": len(photo)}).json
        door.upload(form, photo)
        file(door, uploads=[form["upload_id"]])
        door.take_in()
        assert len(the_card(door).evidence) == 1
        assert the_card(door).events[-1].name != "attention"

    def test_a_card_that_cannot_be_joined_any_more(self, door: Door) -> None:
        file(door, join="2026-000999-1")
        door.take_in()
        assert the_card(door).card.joined_to is None
        assert "attention" in the_card(door).card.flags


class TestTheQueue:
    """A database that stays away is asked less and less often."""

    def test_each_try_waits_longer(self, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        file(door)
        (message,) = waiting(door)
        asked: list[int] = []
        queue = Later(asked)
        doors = replace(door.centre.doors, waiting=queue)
        monkeypatch.setattr(door, "centre", replace(door.centre, doors=doors))
        wiring.use(door.centre)
        with away():
            for tries in (1, 2, 40):
                assert bring(message, tries=tries)["batchItemFailures"]
        assert asked == [30, 60, 900]

    def test_what_waits_holds_no_code_and_no_token(self, door: Door) -> None:
        filed = file(door)
        (message,) = waiting(door)
        told = json.loads(message)
        assert told["receipt"] in filed.json["receipt"]
        assert "access_code" not in message


class Later:
    """A queue that notes for how long messages are put off."""

    def __init__(self, asked: list[int]) -> None:
        self._asked = asked

    def put(self, message: object) -> None:
        """Take nothing."""
        raise AssertionError(message)

    def later(self, handle: str, *, seconds: int) -> None:
        """Note for how long."""
        assert handle
        self._asked.append(seconds)


def waiting(door: Door) -> list[str]:
    """Return the messages that wait."""
    return [m.body for m in queues(REGION)[f"{door.stack.name}-waiting"]._messages]


def bring(message: str, *, tries: int = 1) -> dict[str, Any]:
    """Bring a message once."""
    record = {
        "messageId": "m1",
        "receiptHandle": "r1",
        "body": message,
        "attributes": {"ApproximateReceiveCount": str(tries)},
    }
    answered: dict[str, Any] = entry.take_in({"Records": [record]}, None)
    return answered


def lost(door: Door) -> Reply:
    """File an appeal whose transaction is written, and whose every answer is lost."""

    def serve(sent: Sent) -> Answer | None:
        answered = moto(sent) if written == [] or sent.service != "dynamodb" else None
        if sent.operation == "TransactWriteItems":
            written.append(sent.operation)
            return refusal(sent, "InternalServerError")
        return answered or refusal(sent, "InternalServerError")

    written: list[str] = []
    with served_by(serve), without_pauses():
        return door.post("/appeals", an_appeal_body())
