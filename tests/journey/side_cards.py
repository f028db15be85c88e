"""Cards of Khmelnytskyi as tests of side states and kinds need them."""

from typing import Any

from tests.door import Door, Reply
from tests.requests import a_photo, an_appeal_body

OPERATOR, COORDINATOR = "operator-1", "coordinator-1"
RESPONSIBLE, PERFORMER = "svitlo-responsible", "svitlo-performer-1"
OTHER_TOPIC, URGENT_TOPIC = "LI-02", "WA-01"


def filed(door: Door, **changes: Any) -> dict[str, Any]:
    """File an appeal as a resident does and return the answer."""
    reply = door.post("/appeals", an_appeal_body(**changes))
    assert reply.status == 201, reply.text
    body: dict[str, Any] = reply.json
    return body


def from_another(**changes: Any) -> dict[str, Any]:
    """Return what another resident gives of themselves in a body."""
    applicant = {
        "name": "Ігор Вигаданий",
        "phone": "050 222 33 44",
        "residence": {"street": "вулиця Проскурівська", "building": "16"},
    }
    return {"applicant": applicant, "reply_channel": "phone", **changes}


def seen(door: Door, number: str, by: str = COORDINATOR) -> dict[str, Any]:
    """Return a card as one of the staff reads it."""
    reply = door.get(f"/cards/{number}", by=by)
    assert reply.status == 200, reply.text
    card: dict[str, Any] = reply.json
    return card


def tracked(door: Door, number: str, code: str) -> dict[str, Any]:
    """Return a card as the owner of a code reads it."""
    reply = door.get(f"/appeals/{number}", headers={"X-Access-Code": code})
    assert reply.status == 200, reply.text
    card: dict[str, Any] = reply.json
    return card


def said(door: Door, appeal: dict[str, Any], deed: str, body: object, code: str = "") -> Reply:
    """Do something with one's own card, by its code."""
    headers = {"X-Access-Code": code or appeal["access_code"]}
    return door.post(f"/appeals/{appeal['number']}/{deed}", body, headers=headers)


def events(card: dict[str, Any]) -> list[str]:
    """Return the names of a card's history."""
    return [line["event"] for line in card["history"]]


def done(reply: Reply) -> dict[str, Any]:
    """Return the card that an action answered with."""
    assert reply.status == 200, reply.text
    card: dict[str, Any] = reply.json
    return card


def refused(reply: Reply, status: int, clause: str | None) -> None:
    """Check that an answer refuses and names the clause that does."""
    assert (reply.status, reply.json.get("clause")) == (status, clause), reply.text


def uploaded(door: Door) -> str:
    """Upload a photo as a resident and return its id."""
    photo = a_photo((7, 8, 9))
    form = door.post("/uploads", {"content_type": "image/jpeg", "size_bytes": len(photo)}).json
    door.upload(form, photo)
    upload_id: str = form["upload_id"]
    return upload_id


def in_work(door: Door, number: str) -> None:
    """Take a card into work and name a performer."""
    done(door.act(number, "accept", {"text": "Беремо в роботу."}, by=RESPONSIBLE))
    body = {"performer": PERFORMER, "text": "Виїхати завтра."}
    done(door.act(number, "assign", body, by=RESPONSIBLE))


def closed(door: Door, number: str) -> None:
    """Bring a card to its end by an explanation, which needs no photo."""
    in_work(door, number)
    body = {"result": "explained", "text": "Роботи внесено до графіка."}
    done(door.act(number, "report", body, by=PERFORMER))
    asked = door.act(number, "requests", {"kind": "closure", "reason": "Готово"}, by=RESPONSIBLE)
    assert asked.status == 201, asked.text
    decision = {"decision": "approve", "reason": "Погоджено"}
    done(door.post(f"/requests/{asked.json['id']}/decision", decision, by=COORDINATOR))
