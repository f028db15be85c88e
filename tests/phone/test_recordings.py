"""Recorded calls: off by default; where a city records, found by the card, heard by few."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

import app as entry
from chalicelib import wiring
from chalicelib.regulation.calls import RECORDING
from tests.door import START
from tests.fake_door import FakeDoor, fake_door
from tests.phone.test_callers import OPERATOR
from tests.phone.test_telephony import CALL_ID, screen
from tests.requests import an_appeal_body


@pytest.mark.clause("K-3.5(5)")
class TestRecordings:
    """Off by default; where a city records, a call's recording is found by its card, and heard."""

    EVENT = (
        '{"Records":[{"eventName":"ObjectCreated:CompleteMultipartUpload",'
        '"eventTime":"2026-03-02T08:19:30.000Z","s3":{"bucket":{"name":"b"},"object":{"key":'
        f'"connect/city/CallRecordings/2026/03/02/{CALL_ID}_20260302T08%3A18_UTC.wav",'
        '"size":1048576}}}]}'
    )

    @pytest.fixture
    def recording(self) -> Iterator[FakeDoor]:
        """A city that records calls."""
        door = fake_door("khmelnytskyi")
        city = door.centre.city
        door.centre.__dict__["city"] = replace(city, features=city.features | {RECORDING})
        yield door
        wiring.use(None)

    def stored(self, body: str | None = None) -> None:
        """Tell that a recording was stored."""
        record = {"messageId": "m1", "receiptHandle": "r1", "body": body or self.EVENT}
        assert entry.keep_recording({"Records": [record]}, None) == {"batchItemFailures": []}

    def card(self, door: FakeDoor) -> str:
        """Register what was said in the recorded call."""
        body = {**an_appeal_body(), "channel": "phone", "call_id": CALL_ID}
        number: str = door.post("/operator/appeals", body, by=OPERATOR).json["number"]
        return number

    def test_nothing_is_linked_where_the_city_does_not_record(self, door: FakeDoor) -> None:
        self.stored()
        number = self.card(door)
        refused = door.post(f"/cards/{number}/recording", None, by="coordinator-1")
        assert refused.status == 404
        assert "recording" not in door.get(f"/cards/{number}", by="coordinator-1").json["actions"]

    def test_who_has_heard_it_stands_in_the_history(self, recording: FakeDoor) -> None:
        self.stored()
        number = self.card(recording)
        shown = recording.get(f"/cards/{number}", by="coordinator-1").json
        assert "recording" in shown["actions"]
        heard = recording.post(f"/cards/{number}/recording", None, by="coordinator-1")
        assert f"{CALL_ID}_20260302T08:18_UTC.wav" in heard.json["url"]
        history = recording.get(f"/cards/{number}", by="coordinator-1").json["history"]
        assert (history[-1]["event"], history[-1]["public"]) == ("recording_heard", False)

    def test_an_operator_does_not_hear_it(self, recording: FakeDoor) -> None:
        self.stored()
        number = self.card(recording)
        assert recording.post(f"/cards/{number}/recording", None, by=OPERATOR).status == 403

    def test_after_its_term_there_is_none(self, recording: FakeDoor) -> None:
        self.stored()
        number = self.card(recording)
        recording.clock.pass_(days=91)
        gone = recording.post(f"/cards/{number}/recording", None, by="coordinator-1")
        assert gone.status == 404

    def test_callers_are_told_that_they_are_recorded(self, recording: FakeDoor) -> None:
        assert screen(recording).json["announce"] == "recorded_uk"

    def test_what_is_no_recording_is_left_alone(self, recording: FakeDoor) -> None:
        self.stored('{"Event":"s3:TestEvent"}')
        self.stored(self.EVENT.replace("CallRecordings", "Analysis"))
        assert recording.centre.doors.calls.recording(CALL_ID, START) is None
