"""The use cases that are measured: one entry each. Their budget stands in `budget.toml`.

Each is one warm request of one function: the city's data, the keys and the caller's row of the
directory are there already. What the authorizer adds to a request of staff is an entry too.
"""

from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from functools import partial
from io import StringIO
from typing import Any, Final

import app as entry
from benchmarks.crowd import TEXT, fill, no_way_back
from benchmarks.events import request
from benchmarks.use_case import UseCase
from chalicelib.regulation.calendar import local_date
from tests.aws.tables import Stack
from tests.crash import stages
from tests.crash.stages import COORDINATOR, PERFORMER, RESPONSIBLE, Stage
from tests.door import Door, scheduled
from tests.post_office import PostOffice
from tests.requests import an_appeal_body

Request = Callable[[], object]
Bring = Callable[..., Stage]

_NOWHERE: Final = StringIO()
"""Where functions write their lines of log."""

KEY: Final[Mapping[str, str]] = {"idempotency-key": "a-request-sent-twice"}
DUE: Final = 50


def _door(stack: Stack) -> Door:
    """Return the app as a process that has served before."""
    door = Door(stack, "khmelnytskyi")
    door.centre.secrets.current()
    door.centre.city_now()
    door.centre.mornings.tell(local_date(door.clock(), door.centre.city.calendar), door.clock())
    return door


def _intake(stack: Stack, *, headers: Mapping[str, str], sent_before: bool = False) -> Request:
    body = an_appeal_body(text=TEXT)
    file = request(_door(stack), "POST", "/appeals", body, headers=headers)
    if sent_before:
        file()
    return file


def _step(stack: Stack, text: str, bring: Bring, action: str, body: object, by: str) -> Request:
    stage = bring(_door(stack), text=text)
    return request(
        stage.door,
        "POST",
        f"/cards/{{number}}/{action}",
        body,
        by=by,
        headers={"if-match": stage.etag},
        number=stage.number,
    )


def _decision(stack: Stack, text: str) -> Request:
    stage = stages.asked(_door(stack), text=text)
    return request(
        stage.door,
        "POST",
        "/requests/{request_id}/decision",
        stages.APPROVAL,
        by=COORDINATOR,
        request_id=stage.request,
    )


def _survey(stack: Stack, text: str, body: object) -> Request:
    stage = stages.closed(_door(stack), text=text)
    return request(stage.door, "POST", "/surveys/{token}", body, token=stage.token)


def _track(stack: Stack) -> Request:
    stage = stages.reported(_door(stack), text=TEXT)
    headers = {"x-access-code": stage.access_code}
    return request(stage.door, "GET", "/appeals/{number}", headers=headers, number=stage.number)


def _card(stack: Stack) -> Request:
    stage = stages.reported(_door(stack), text=TEXT)
    return request(stage.door, "GET", "/cards/{number}", by=RESPONSIBLE, number=stage.number)


def _queue(stack: Stack, count: int) -> Request:
    door = _door(stack)
    fill(stack, count)
    return request(door, "GET", "/cards", by=RESPONSIBLE, query={"limit": "50"})


def _sweep(stack: Stack, count: int, due: int) -> Request:
    door = _door(stack)
    fill(stack, count, due=due)
    event = scheduled(door.clock())

    def sweep() -> object:
        with no_way_back():
            return entry.sweep(event, None)

    return sweep


def _tell(stack: Stack) -> Request:
    """The stream's record of an appeal: its applicant and its executor are to be told."""
    office = _office(stack)
    records = list(office.records())
    return lambda: entry.on_cards({"Records": records}, None)


def _send(stack: Stack) -> Request:
    """One letter of a queue; SES's own call is not among those counted."""
    office = _office(stack)
    office.stream()
    records = office.waiting("mail")[:1]
    return lambda: entry.send_mail({"Records": records}, None)


def _office(stack: Stack) -> PostOffice:
    office = PostOffice(_door(stack))
    stages.filed(office.door, text=TEXT)
    return office


def _authorizer(stack: Stack) -> Request:
    door = _door(stack)
    event = {
        "type": "TOKEN",
        "methodArn": "arn:aws:execute-api:eu-central-1:000000000000:api/api/GET/cards",
        "authorizationToken": f"Bearer {door.token(RESPONSIBLE)}",
    }
    ask: Request = partial(entry.staff, event, None)
    ask()
    return ask


def _case(name: str, given: Callable[..., Request], *facts: Any, **named: Any) -> UseCase:
    def quietly(stack: Stack) -> Request:
        with redirect_stdout(StringIO()):
            return given(stack, *facts, **named)

    return UseCase(name, quietly, _asked)


def _asked(ask: Request) -> object:
    with redirect_stdout(_NOWHERE):
        return ask()


def later_steps(text: str) -> tuple[UseCase, ...]:
    """Return what happens to one card after its appeal with this text was filed."""
    said = {"text": "Бригада на місці"}
    return (
        _case("accept", _step, text, stages.filed, "accept", {}, RESPONSIBLE),
        _case(
            "assign", _step, text, stages.accepted, "assign", {"performer": PERFORMER}, RESPONSIBLE
        ),
        _case("comment", _step, text, stages.in_work, "comment", said, PERFORMER),
        _case("report", _step, text, stages.proved, "report", stages.DONE, PERFORMER),
        _case("request", _step, text, stages.reported, "requests", stages.CLOSURE, RESPONSIBLE),
        _case("decide-close", _decision, text),
        _case("survey-confirmed", _survey, text, stages.CONFIRMED),
    )


USE_CASES: Final[tuple[UseCase, ...]] = (
    _case("intake", _intake, headers={}),
    _case("intake-with-key", _intake, headers=KEY),
    _case("intake-replayed", _intake, headers=KEY, sent_before=True),
    *later_steps(TEXT),
    _case("survey-poor", _survey, TEXT, stages.POOR),
    _case("track", _track),
    _case("card", _card),
    _case("queue-of-1k", _queue, 1_000),
    _case("queue-of-10k", _queue, 10_000),
    _case("sweep-nothing-due", _sweep, 1_000, 0),
    _case("sweep-50-due-of-1k", _sweep, 1_000, DUE),
    _case("sweep-100-due-of-1k", _sweep, 1_000, 2 * DUE),
    _case("tell", _tell),
    _case("send", _send),
    _case("authorizer", _authorizer),
)

LARGE: Final[tuple[UseCase, ...]] = (
    _case("sweep-50-due-of-10k", _sweep, 10_000, DUE),
    _case("sweep-50-due-of-100k", _sweep, 100_000, DUE),
)
"""What needs a minute and a gigabyte to prepare: measured by `make bench` and the deep tests."""
