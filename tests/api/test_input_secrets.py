"""What must not be read by whoever reads the log: codes, tokens, names, phones, addresses."""

from typing import Any, Final

import pytest

from tests.api.cases import (
    COORDINATOR,
    OPERATOR,
    RESPONSIBLE,
    code_of,
    filed,
    finish,
    survey_token,
)
from tests.aws.gate import Gate
from tests.aws.plans import Fault, Mode, Plan
from tests.door import Door
from tests.requests import an_appeal_body

NAME, SECRET_TEXT = "Канарка Вигадана", "канаркове зізнання"
PHONE: Final = "+380509998877"
MAIL: Final = "canary@example.org"
HOME: Final = "вулиця Канаркова"
CANARY: Final[dict[str, Any]] = {
    "text": SECRET_TEXT,
    "applicant": {
        "name": NAME,
        "phone": PHONE,
        "email": MAIL,
        "residence": {"street": HOME, "building": "77к"},
    },
}


def said(log: str, *words: str) -> list[str]:
    """Return the words that stand in a log, as they are or as JSON escapes them."""
    return [word for word in words if word in log or word.encode("unicode_escape").decode() in log]


def test_no_line_of_log_tells_who_asked_what(
    door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    appeal = filed(door, **CANARY)
    number, code = appeal["number"], appeal["access_code"]
    finish(door, number)
    token = survey_token(door, appeal)
    headers = {"Idempotency-Key": "k", "X-Access-Code": code}
    door.get(f"/surveys/{token}")
    door.post(f"/surveys/{token}", {"outcome": "poor", "reason": SECRET_TEXT}, headers=headers)
    door.post(f"/surveys/{token}x", {"outcome": "poor", "reason": SECRET_TEXT})
    door.get(f"/appeals/{number}", headers=code_of(appeal))
    door.get(f"/cards?q={PHONE.replace('+', '%2B')}", by=COORDINATOR)
    door.post(f"/cards/{number}/open-contacts", {}, by=RESPONSIBLE)
    door.post("/appeals", {**an_appeal_body(**CANARY), "topic": NAME, NAME: PHONE})
    door.post("/operator/appeals", an_appeal_body(channel="phone", **CANARY), by=OPERATOR)
    door.post("/sessions", {"username": NAME, "password": SECRET_TEXT})
    log = capsys.readouterr().out
    assert log.count("\n") > 20
    bearer = door.token(RESPONSIBLE)
    mark = token.rpartition(".")[2]
    secrets = (code, code.replace("-", ""), mark, f'"{bearer}"', "password of")
    assert said(log, NAME, PHONE, PHONE[1:], MAIL, HOME, SECRET_TEXT, *secrets) == []


def test_a_defect_tells_where_and_not_what(door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    filed(door)
    with Gate(Plan((Fault(1, Mode.ERROR, "ValidationException", times=9),))):
        reply = door.post("/appeals", an_appeal_body(**CANARY))
    log = capsys.readouterr().out
    assert reply.status == 500
    assert reply.json["instance"] in log
    assert "Traceback" not in reply.text
    assert said(log + reply.text, NAME, PHONE, MAIL, HOME, SECRET_TEXT) == []


def test_when_everything_is_away_it_is_503_and_nothing_is_kept(door: Door) -> None:
    filed(door)
    fault = Fault(1, Mode.ERROR, "InternalServerError", times=99)
    with Gate(Plan((fault,))):
        reply = door.post("/appeals", an_appeal_body())
    assert reply.status == 503
    assert int(reply.headers["retry-after"]) > 0


def test_contacts_are_masked_until_somebody_opens_them(door: Door) -> None:
    number = filed(door, **CANARY)["number"]
    card = door.get(f"/cards/{number}", by=RESPONSIBLE)
    assert said(card.text, NAME, PHONE, MAIL) == []
    opened = door.post(f"/cards/{number}/open-contacts", {}, by=RESPONSIBLE)
    assert opened.json["phone"] == PHONE
    history = door.get(f"/cards/{number}", by=COORDINATOR).json["history"]
    assert history[-1]["event"] == "contacts_opened"
