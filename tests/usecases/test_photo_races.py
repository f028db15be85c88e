"""A photo may be judged at the very moment a card takes it: nobody is refused for that."""

from collections.abc import Sequence
from datetime import datetime

import pytest

from chalicelib.domain.evidence import Inspection, UploadTicket
from tests.door import Door
from tests.fake_door import fake_door
from tests.requests import an_appeal_body


class JudgedAfterReading:
    """Tickets whose photo is judged between the first reading and the writing."""

    def __init__(self, door: Door) -> None:
        self._door, self._tickets, self.readings = door, door.centre.tickets, 0
        self.issue, self.inspected = self._tickets.issue, self._tickets.inspected

    def read(self, ids: Sequence[str], now: datetime) -> list[UploadTicket]:
        """Return the tickets as they are, then let the first photo be judged."""
        found = self._tickets.read(ids, now)
        self.readings += 1
        if self.readings == 1:
            self._tickets.inspected(ids[0], Inspection(accepted=True, picture="p1"), now)
        return found


@pytest.fixture
def door() -> Door:
    """Khmelnytskyi's app in memory."""
    return fake_door("khmelnytskyi")


def uploaded(door: Door) -> str:
    form = door.post("/uploads", {"content_type": "image/jpeg", "size_bytes": 9}).json
    upload_id: str = form["upload_id"]
    return upload_id


def judged_late(door: Door) -> JudgedAfterReading:
    tickets = JudgedAfterReading(door)
    object.__setattr__(door.centre, "tickets", tickets)
    return tickets


def test_an_appeal_takes_a_photo_that_is_judged_meanwhile(door: Door) -> None:
    upload = uploaded(door)
    tickets = judged_late(door)
    reply = door.post("/appeals", an_appeal_body(uploads=[upload]))
    assert reply.status == 201, reply.text
    assert tickets.readings == 2


def test_a_message_takes_a_photo_that_is_judged_meanwhile(door: Door) -> None:
    filed = door.post("/appeals", an_appeal_body()).json
    upload = uploaded(door)
    tickets = judged_late(door)
    body = {"text": "Ось фото", "uploads": [upload]}
    headers = {"X-Access-Code": filed["access_code"]}
    reply = door.post(f"/appeals/{filed['number']}/messages", body, headers=headers)
    assert reply.status == 200, reply.text
    assert tickets.readings == 2
