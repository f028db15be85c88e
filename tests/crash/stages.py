"""One appeal brought through the API to the stage at which something is tried."""

from dataclasses import dataclass
from typing import Any, Final

from chalicelib.domain.numbers import registration_number
from tests.door import Door
from tests.requests import a_photo, an_appeal_body

RESPONSIBLE: Final = "svitlo-responsible"
PERFORMER: Final = "svitlo-performer-1"
COORDINATOR: Final = "coordinator-1"
OPERATOR: Final = "operator-1"

DONE: Final = {"result": "done", "text": "Замінено лампи на чотирьох опорах."}
CLOSURE: Final = {"kind": "closure", "reason": "Роботу завершено"}
APPROVAL: Final = {"decision": "approve", "reason": "Фото підтверджує"}
CONFIRMED: Final = {"outcome": "confirmed", "score": 5}
POOR: Final = {"outcome": "poor", "score": 1, "reason": "Знову не горить"}


@dataclass(frozen=True)
class Stage:
    """Where an appeal stands, and what opens it.

    Attributes:
        request: id of its last executor request.
        token: of its open survey.
    """

    door: Door
    number: str
    access_code: str
    request: str = ""
    token: str = ""

    @property
    def etag(self) -> str:
        """The version that a console shows now."""
        return self.door.get(f"/cards/{self.number}", by=COORDINATOR).etag

    def act(self, action: str, body: object, by: str) -> None:
        """Take a step as the console does."""
        reply = self.door.act(self.number, action, body, by=by)
        assert reply.status < 300, reply.text


def number_after(drawn: int) -> str:
    """Return the number that the next card gets, when `drawn` was the last one of the sequence."""
    return registration_number(2026, drawn + 1)


def filed(door: Door, **changes: Any) -> Stage:
    """Return an appeal in its executor's queue; `changes` replace fields of its body."""
    reply = door.post("/appeals", an_appeal_body(**changes))
    assert reply.status == 201, reply.text
    return Stage(door, reply.json["number"], reply.json["access_code"])


def accepted(door: Door, **changes: Any) -> Stage:
    """Return an appeal taken into work."""
    stage = filed(door, **changes)
    stage.act("accept", {}, RESPONSIBLE)
    return stage


def in_work(door: Door, **changes: Any) -> Stage:
    """Return an appeal with a performer."""
    stage = accepted(door, **changes)
    stage.act("assign", {"performer": PERFORMER}, RESPONSIBLE)
    return stage


def announced(stage: Stage, photo: bytes) -> dict[str, Any]:
    """Announce a photo of the work; return the form to post it with."""
    reply = stage.door.post(
        f"/cards/{stage.number}/evidence",
        {"content_type": "image/jpeg", "size_bytes": len(photo)},
        by=PERFORMER,
    )
    assert reply.status == 201, reply.text
    form: dict[str, Any] = reply.json
    return form


def proved(door: Door, **changes: Any) -> Stage:
    """Return an appeal in work, with an accepted photo of the work."""
    stage, photo = in_work(door, **changes), a_photo()
    door.upload(announced(stage, photo), photo)
    return stage


def reported(door: Door, **changes: Any) -> Stage:
    """Return an appeal whose executor says that it is done."""
    stage = proved(door, **changes)
    stage.act("report", DONE, PERFORMER)
    return stage


def asked(door: Door, **changes: Any) -> Stage:
    """Return an appeal whose closure waits for the coordinator."""
    stage = reported(door, **changes)
    reply = door.act(stage.number, "requests", CLOSURE, by=RESPONSIBLE)
    assert reply.status == 201, reply.text
    return Stage(door, stage.number, stage.access_code, request=reply.json["id"])


def closed(door: Door, **changes: Any) -> Stage:
    """Return a closed appeal whose survey waits for the applicant."""
    stage = asked(door, **changes)
    decided = door.post(f"/requests/{stage.request}/decision", APPROVAL, by=COORDINATOR)
    assert decided.status == 200, decided.text
    headers = {"X-Access-Code": stage.access_code}
    survey = door.get(f"/appeals/{stage.number}", headers=headers).json["survey"]
    return Stage(door, stage.number, stage.access_code, stage.request, survey["token"])
