"""A card's way to its signed reply in Kryvyi Rih, step by step, for the tests of that way."""

from typing import Any

from tests.door import Door, Reply
from tests.requests import a_photo, an_appeal_body

CLERK, OPERATOR, COORDINATOR = "clerk-1", "operator-1", "coordinator-1"
RESPONSIBLE, HEAD, PERFORMER = (
    "blahoustrii-responsible",
    "blahoustrii-head",
    "blahoustrii-performer-1",
)
SIGNATORY, SUBSTITUTE = "signatory-1", "signatory-2"
FOREIGN_ID = "CC-339-2026-17"
LETTER = "Шановна Олено! Траву на узбіччі покошено 3 березня, ділянку прибрано."


def arrival_body(**changes: Any) -> dict[str, Any]:
    """Return a normal application as the clerk enters it from the official address."""
    body = an_appeal_body(
        topic="GR-04",
        place={"street": "бульвар Вечірній", "building": "12"},
        channel="official_mail",
        external_id=FOREIGN_ID,
    )
    return body | changes


def without_email(**changes: Any) -> dict[str, Any]:
    """Return an applicant who left a phone only."""
    applicant = {**an_appeal_body()["applicant"], "email": None}
    return applicant | changes


def arrived(door: Door, **changes: Any) -> dict[str, Any]:
    """Register an application at the official address."""
    reply = door.post("/operator/appeals", arrival_body(**changes), by=CLERK)
    assert reply.status == 201, reply.text
    body: dict[str, Any] = reply.json
    return body


def done(door: Door, number: str, action: str, body: object, *, by: str) -> dict[str, Any]:
    """Take a step that has to succeed, and return the card after it."""
    reply = door.act(number, action, body, by=by)
    assert reply.status == 200, reply.text
    card: dict[str, Any] = reply.json
    return card


def in_work(door: Door, number: str) -> None:
    """Distribute a card, print it, accept it and name its performer."""
    route = {"executor": "blahoustrii", "reason": "За класифікатором"}
    done(door, number, "route", route, by=CLERK)
    done(door, number, "print", {}, by=RESPONSIBLE)
    done(door, number, "accept", {"text": "Наша компетенція"}, by=RESPONSIBLE)
    done(door, number, "assign", {"performer": PERFORMER, "text": "До 5 березня"}, by=HEAD)


def added(door: Door, number: str, *, by: str, **changes: Any) -> str:
    """Add evidence and let it be inspected; return its id."""
    photo = a_photo()
    body = {"content_type": "image/jpeg", "size_bytes": len(photo)} | changes
    announced = door.post(f"/cards/{number}/evidence", body, by=by)
    assert announced.status == 201, announced.text
    door.upload(announced.json, photo)
    found: str = announced.json["id"]
    return found


def reported(door: Door, number: str, **changes: Any) -> None:
    """Prove the work and report it."""
    in_work(door, number)
    added(door, number, by=PERFORMER)
    body = {"result": "done", "text": "Траву покошено."} | changes
    done(door, number, "report", body, by=PERFORMER)


def submitted(door: Door, number: str, **changes: Any) -> dict[str, Any]:
    """Draft the reply and give it for signature."""
    reported(door, number)
    done(door, number, "reply", {"text": LETTER}, by=PERFORMER)
    return done(door, number, "submit", changes, by=HEAD)


def signed(door: Door, number: str) -> dict[str, Any]:
    """Bring a card to its signature."""
    submitted(door, number)
    return done(door, number, "sign", {}, by=SIGNATORY)


def handed_over(door: Door, number: str) -> dict[str, Any]:
    """Bring a card to the general office."""
    signed(door, number)
    return done(door, number, "hand-over", {}, by=HEAD)


def tried(door: Door, number: str, outcome: str) -> None:
    """Record an attempt to reach the applicant."""
    body = {"outcome": outcome, "note": "Телефонували з робочого номера"}
    done(door, number, "contact-attempt", body, by=PERFORMER)


def seen(door: Door, number: str, *, by: str = CLERK) -> dict[str, Any]:
    """Read a card as staff."""
    reply = door.get(f"/cards/{number}", by=by)
    assert reply.status == 200, reply.text
    card: dict[str, Any] = reply.json
    return card


def refused(reply: Reply, status: int, clause: str | None) -> None:
    """Check that a refusal has its status and names its clause."""
    assert (reply.status, reply.json.get("clause")) == (status, clause), reply.text
