"""The stream and the queues of a city in memory, as AWS's pollers work through them."""

import json
from typing import Any

import app as entry
from chalicelib.domain.notice import Medium
from tests.door import Door
from tests.fake_door import FakeDoor
from tests.post_office import stream_record

SENDERS = {
    Medium.EMAIL: entry.send_mail,
    Medium.SMS: entry.send_sms,
    Medium.WEBHOOK: entry.send_hook,
}


def tell(door: Door) -> None:
    """Bring the stream's records of what is still to be told."""
    assert isinstance(door, FakeDoor)
    images = [
        {
            "number": {"S": number},
            "part": {"S": f"EVENT#{write[0].seq:06d}"},
            "to_tell": {"S": "tell#0"},
        }
        for number, file in door.stored().items()
        for write in file.untold
    ]
    if images:
        entry.on_cards({"Records": [stream_record(image) for image in images]}, None)


def deliver(door: Door) -> None:
    """Tell, let the queues' delays pass, and let the senders send all that is on the queues."""
    assert isinstance(door, FakeDoor)
    tell(door)
    while door.queues.queued:
        queued, door.queues.queued = door.queues.queued, []
        for place, each in enumerate(sorted(queued, key=lambda one: one.delay_seconds)):
            door.clock.at = max(door.clock.at, each.at or door.clock.at)
            at = each.at.isoformat() if each.at else None
            body = json.dumps({"id": each.notice_id, "at": at})
            message = {"messageId": f"m{place}", "receiptHandle": "r", "body": body}
            answered = SENDERS[each.medium]({"Records": [message]}, None)
            assert answered == {"batchItemFailures": []}


def mailed(door: Door, to: str) -> list[Any]:
    """Return the letters that went to an address."""
    assert isinstance(door, FakeDoor)
    return [letter for letter in door.mail.sent if letter.to == to]


def notices(door: Door, number: str, *, by: str) -> dict[str, dict[str, Any]]:
    """Return a card's notices as its view shows them, by what follows the number in their ids."""
    shown = door.get(f"/cards/{number}", by=by).json["notices"]
    return {each["id"].removeprefix(f"{number}."): each for each in shown}
