"""What tests of the door share: a filed appeal, a card at any stage, what is kept, what refused."""

import json
import zlib
from collections.abc import Callable
from typing import Any, Final

from moto.dynamodb.models.dynamo_type import Item

from tests.aws.images import backend
from tests.aws.tables import REGION
from tests.door import Door, Reply
from tests.requests import an_appeal_body

RESPONSIBLE: Final = "svitlo-responsible"
PERFORMER: Final = "svitlo-performer-1"
COORDINATOR: Final = "coordinator-1"
OPERATOR: Final = "operator-1"
FOREIGN: Final = "vodokanal-responsible"
ABSENT: Final = "2026-000999-1"
EMERGENCY: Final = "WA-04"
EXPLAINED: Final = {"result": "explained", "text": "Роз'яснено порядок обслуговування ліхтарів."}
CLOSURE: Final = {"kind": "closure", "reason": "Роботу завершено"}
APPROVED: Final = {"decision": "approve", "reason": "Перевірено за фото"}


def filed(door: Door, **changes: Any) -> dict[str, Any]:
    """File an appeal and return what its applicant was told."""
    reply = door.post("/appeals", an_appeal_body(**changes))
    assert reply.status == 201, reply.text
    body: dict[str, Any] = reply.json
    return body


def sent(door: Door) -> str:
    """Return the number of a card that was sent to its executor."""
    return str(filed(door)["number"])


def accepted(door: Door) -> str:
    """Return the number of a card taken into work."""
    return _done(door, sent(door), "accept", {}, RESPONSIBLE)


def in_work(door: Door) -> str:
    """Return the number of a card whose performer is named."""
    return _done(door, accepted(door), "assign", {"performer": PERFORMER}, RESPONSIBLE)


def reported(door: Door) -> str:
    """Return the number of a card whose result is entered."""
    return _done(door, in_work(door), "report", EXPLAINED, PERFORMER)


def asked(door: Door) -> str:
    """Return the number of a card whose closure is asked; its request is `<number>.r1`."""
    return _done(door, reported(door), "requests", CLOSURE, RESPONSIBLE)


def closed(door: Door) -> str:
    """Return the number of a card that is closed, its survey open."""
    return finish(door, sent(door))


def finish(door: Door, number: str) -> str:
    """Drive a card that was sent to its closing."""
    for by, action, body in (
        (RESPONSIBLE, "accept", {}),
        (RESPONSIBLE, "assign", {"performer": PERFORMER}),
        (PERFORMER, "report", EXPLAINED),
        (RESPONSIBLE, "requests", CLOSURE),
    ):
        _done(door, number, action, body, by)
    decided = door.post(f"/requests/{number}.r1/decision", APPROVED, by=COORDINATOR)
    assert decided.status == 200, decided.text
    return number


def unrouted(door: Door) -> str:
    """Return the number of a card that nobody is named for yet."""
    return str(filed(door, topic=None)["number"])


def _done(door: Door, number: str, action: str, body: object, by: str) -> str:
    reply = door.act(number, action, body, by=by)
    assert reply.status in {200, 201}, reply.text
    return number


def survey_token(door: Door, appeal: dict[str, Any]) -> str:
    """Return the token of an appeal's survey as its applicant sees it."""
    seen = door.get(f"/appeals/{appeal['number']}", headers=code_of(appeal))
    return str(seen.json["survey"]["token"])


def code_of(appeal: dict[str, Any]) -> dict[str, str]:
    """Return the header that opens an appeal."""
    return {"X-Access-Code": appeal["access_code"]}


def faults(reply: Reply) -> dict[str, str]:
    """Return the code of each fault by field."""
    return {fault["field"]: fault["code"] for fault in reply.json.get("errors", [])}


def kind_of(reply: Reply) -> str:
    """Return the kind of a problem document, checking that it is one."""
    assert reply.headers["content-type"].startswith("application/problem+json")
    body = reply.json
    assert body["status"] == reply.status
    assert body["title"]
    assert body["detail"]
    return str(body["type"]).removeprefix("/problems/")


def kept() -> dict[str, list[str]]:
    """Return everything stored, but what counts callers and numbers.

    A refused request may be counted, and a number drawn for it may stay a gap.
    """
    counters = ('"rate#', '"counter"')
    texts = {
        name: sorted(_written(item) for item in table.all_items())
        for name, table in backend(REGION).tables.items()
    }
    return {
        name: [item for item in items if not any(mark in item for mark in counters)]
        for name, items in texts.items()
    }


def stored_text() -> str:
    """Return everything stored as one text: keys, counters and kept answers, unpacked."""
    items = [item for table in backend(REGION).tables.values() for item in table.all_items()]
    bodies = [item.attrs["body"].value for item in items if "fingerprint" in item.attrs]
    unpacked = [zlib.decompress(body).decode() for body in bodies]
    return "\n".join([*map(_written, items), *unpacked])


def without_a_trace(call: Callable[[], Reply]) -> Reply:
    """Make a call that must be refused; check that nothing stored has changed."""
    before = kept()
    reply = call()
    assert reply.status >= 400, reply.text
    assert kept() == before
    return reply


def _written(item: Item) -> str:
    return json.dumps(item.to_json(), ensure_ascii=False, sort_keys=True, default=repr)
