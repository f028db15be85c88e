"""What people send on their walks: mostly right, sometimes not."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Protocol

from tests.fake_door import FakeDoor


class Draw(Protocol):
    """Where the choices of a walk come from: a search, or a seed."""

    def one_of(self, choices: Sequence[Any]) -> Any:
        """Return one of the choices."""

    def number(self, least: int, most: int) -> int:
        """Return a number between two, both included."""

    def yes(self) -> bool:
        """Tell yes or no."""


Body = dict[str, Any]

NOT_WALKED: frozenset[str] = frozenset(
    {"hold", "notices/{notice}/again", "notices/{notice}/posted", "recording"}
)
"""What walks leave out: it moves no card, and what it needs (a year gone by, a notice that was
sent, a recorded call) is there in the journeys of its own tests only."""

_WORDS = ["Зроблено", "Потрібен час", "Не наша територія"]


def _assign(draw: Draw, door: FakeDoor, number: str) -> Body:
    people = sorted(door.centre.city.people)
    executor = door.shelf.files[number].card.executor or ""
    own = [name for name in people if name.startswith(executor)] or people
    return {"performer": draw.one_of([*own, *people[:3]]), "text": draw.one_of(_WORDS)}


def _request(draw: Draw, door: FakeDoor, number: str) -> Body:
    card = door.shelf.files[number].card
    executors = sorted(door.centre.city.executors)
    kinds = ["change_executor", "co_executor", "extension", "strategic_plan", "closure"]
    body: Body = {"kind": draw.one_of(kinds), "reason": draw.one_of(_WORDS)}
    if body["kind"] in {"change_executor", "co_executor"}:
        body["to_executor"] = draw.one_of(executors)
    if body["kind"] == "extension":
        hours = draw.number(-10, 500)
        body["new_due_at"] = (max(card.due_at, door.clock()) + timedelta(hours=hours)).isoformat()
        if draw.yes():
            body["responsible_person"] = "Відповідальна особа"
    if body["kind"] == "strategic_plan" and draw.yes():
        body["plan"] = {"name": "Програма", "year": 2027, "funding": "бюджет"}
    return body


def _report(draw: Draw, door: FakeDoor, number: str) -> Body:
    del door, number
    results = ["done", "partly_done", "explained", "not_confirmed", "not_needed"]
    return {"result": draw.one_of(results), "text": draw.one_of(_WORDS)}


def _evidence(draw: Draw, door: FakeDoor, number: str) -> Body:
    del door, number
    about = draw.one_of(["review", "execution"])
    size = draw.number(1, 40)
    return {"content_type": "image/jpeg", "size_bytes": size, "about": about}


def _survey(draw: Draw, door: FakeDoor | None = None, number: str = "") -> Body:
    del door, number
    outcomes = ["confirmed", "confirmed", "confirmed", "not_done", "poor", "unreachable"]
    body: Body = {"outcome": draw.one_of(outcomes)}
    if draw.yes():
        body["reason"] = draw.one_of(_WORDS)
    return body


def _contact(draw: Draw, door: FakeDoor, number: str) -> Body:
    del door, number
    outcomes = ["reached", "no_answer", "off", "wrong_number", "refused"]
    return {"outcome": draw.one_of(outcomes), "note": ""}


def _route(draw: Draw, door: FakeDoor, number: str) -> Body:
    del number
    executors = sorted(door.centre.city.executors)
    return {"executor": draw.one_of(executors), "reason": draw.one_of(_WORDS)}


def _said(draw: Draw, door: FakeDoor, number: str) -> Body:
    del door, number
    return {"text": draw.one_of(_WORDS)}


def _nothing(draw: Draw, door: FakeDoor, number: str) -> Body:
    del draw, door, number
    return {}


def _reason(draw: Draw, door: FakeDoor, number: str) -> Body:
    del door, number
    return {"reason": draw.one_of(_WORDS)}


def _forward(draw: Draw, door: FakeDoor, number: str) -> Body:
    return {"body": "Обласна рада", **_reason(draw, door, number)}


def _join(draw: Draw, door: FakeDoor, number: str) -> Body:
    del number
    return {"to": draw.one_of(sorted(door.shelf.files))}


def _topic(draw: Draw, door: FakeDoor) -> str:
    return str(draw.one_of(sorted(door.centre.city.topics)))


def _reclassify(draw: Draw, door: FakeDoor, number: str) -> Body:
    return {"topic": _topic(draw, door), **_reason(draw, door, number)}


def _split(draw: Draw, door: FakeDoor, number: str) -> Body:
    del number
    return {"parts": [{"text": draw.one_of(_WORDS), "topic": _topic(draw, door)} for _ in range(2)]}


def _not_consider(draw: Draw, door: FakeDoor, number: str) -> Body:
    grounds = ["anonymous", "repeated", "late_complaint", "incapable"]
    return {"ground": draw.one_of(grounds), **_reason(draw, door, number)}


def _submit(draw: Draw, door: FakeDoor, number: str) -> Body:
    del door, number
    return {"without_evidence_reason": draw.one_of(["", "Роботи не потрібні"])}


def _resident_said(draw: Draw) -> Body:
    return {"text": draw.one_of(_WORDS)}


def _resident_reason(draw: Draw) -> Body:
    return {"reason": draw.one_of(_WORDS)}


def _decision(draw: Draw, door: FakeDoor) -> Body:
    body: Body = {"decision": draw.one_of(["approve", "approve", "refuse"])}
    if draw.yes():
        body["to_executor"] = draw.one_of(sorted(door.centre.city.executors))
    return {**body, "reason": draw.one_of(_WORDS)}


def _acknowledgement(draw: Draw, door: FakeDoor) -> Body:
    del draw, door
    return {}


CARD_BODIES: dict[str, Callable[[Draw, FakeDoor, str], Body]] = {
    "accept": _said,
    "assign": _assign,
    "clarify": _said,
    "comment": _said,
    "contact-attempt": _contact,
    "duty-call": _contact,
    "evidence": _evidence,
    "forward": _forward,
    "hand-over": _nothing,
    "join": _join,
    "not-consider": _not_consider,
    "open-contacts": _nothing,
    "open-text": _nothing,
    "print": _nothing,
    "publish": _nothing,
    "reclassify": _reclassify,
    "reply": _said,
    "report": _report,
    "requests": _request,
    "revoke": _reason,
    "route": _route,
    "send-back": _reason,
    "sign": _nothing,
    "split": _split,
    "submit": _submit,
    "survey": _survey,
    "unjoin": _reason,
}
DECISIONS: dict[str, Callable[[Draw, FakeDoor], Body]] = {
    "decision": _decision,
    "acknowledgement": _acknowledgement,
}
RESIDENT_BODIES: dict[str, Callable[[Draw], Body]] = {
    "dispute": _resident_reason,
    "messages": _resident_said,
    "survey": _survey,
    "withdrawal": _resident_reason,
}
