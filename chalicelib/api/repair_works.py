"""Repair works: what residents read of them, and how executors keep them (K-5.1.10, K-7)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from chalice.app import Response
from pydantic import Field, StringConstraints

from chalicelib import wiring
from chalicelib.api.answers import answer, expected_version, json_text, ok, text_response
from chalicelib.api.bodies import Body, PageQuery
from chalicelib.api.instants import Instant
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.work_shapes import linked_body, map_body, work_body, work_file_body
from chalicelib.api.work_views import (
    LinkedCardsView,
    WorkAnswerView,
    WorkFileView,
    WorksOnMapView,
    WorksView,
)
from chalicelib.domain.appeal import Place
from chalicelib.domain.errors import Fault
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.places import street_key
from chalicelib.domain.repair_work import WorkFile, WorkKind, WorkStatus
from chalicelib.domain.repair_work import work_id as work_id_of
from chalicelib.regulation.repair_works import CURRENT, faults_of_term, missing
from chalicelib.usecases import repair_works, work_answers
from chalicelib.usecases.repair_works import Told, bound
from chalicelib.usecases.work_ports import WantedWorks
from chalicelib.usecases.work_writing import Keeping

routes = Routes(__name__)

MAP_TYPE = "application/geo+json; charset=utf-8"
CACHED = "public, max-age=30"
_MOST_ON_MAP = 1000

Short = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Words = Annotated[str, StringConstraints(max_length=2000)]


class WorkPlaceBody(Body):
    """A street, whole or with `building`: a house, or a range such as `1-45` or `2-40 even`."""

    street: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    building: Annotated[str, StringConstraints(max_length=100)] = ""
    note: Annotated[str, StringConstraints(max_length=500)] = ""
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)


Places = Annotated[list[WorkPlaceBody], Field(min_length=1, max_length=30)]
Services = Annotated[list[Annotated[str, StringConstraints(max_length=8)]], Field(max_length=30)]


class WorkBody(Body):
    """A new work: the four data of K-7 and its places; a cause may be `з'ясовується`."""

    summary: Short
    cause: Short
    consequences: Long
    eta_at: Instant
    places: Places
    starts_at: Instant | None = None
    services: Services = Field(default_factory=list)
    kind: WorkKind | None = None


class WorkChangeBody(Body):
    """What changes of a work; `reason` says why the term moved."""

    summary: Short | None = None
    cause: Short | None = None
    consequences: Long | None = None
    eta_at: Instant | None = None
    places: Places | None = None
    starts_at: Instant | None = None
    services: Services | None = None
    kind: WorkKind | None = None
    reason: Words = ""


class WorkClosingBody(Body):
    """What was done."""

    text: Words = ""


class WorkAnswerBody(Body):
    """One answer for every linked appeal, in public words."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class WorksQuery(PageQuery):
    """Which works to list; `street` is a name as people type it, or an id of the registry."""

    status: Literal["planned", "active", "overdue", "closed"] | None = None
    street: str | None = Field(default=None, max_length=200)
    executor: str | None = Field(default=None, max_length=64)


@routes.route("/repair-works", query=WorksQuery, answers={200: WorksView}, public=True)
def get_repair_works(call: Call) -> Response:
    """List works: those under way and to come first, then the last closed (K-7)."""
    centre, asked = wiring.centre(), call.asked(WorksQuery)
    now = centre.now()
    wanted = WantedWorks(
        statuses=frozenset({WorkStatus(asked.status)}) if asked.status else frozenset(),
        street=street_key(bound(Place(asked.street), centre.city)) if asked.street else None,
        executor=asked.executor,
    )
    page = centre.works.listed(wanted, now=now, limit=asked.limit, cursor=asked.cursor)
    shape = _shape(call, now)
    items = [work_body(shape, work) for work in page.items]
    return ok({"items": items, "next_cursor": page.cursor})


@routes.route("/repair-works.geojson", answers={200: WorksOnMapView}, public=True)
def get_repair_works_geojson(call: Call) -> Response:
    """Read the works that are not closed as GeoJSON (RFC 7946)."""
    centre = wiring.centre()
    now = centre.now()
    current = centre.works.listed(WantedWorks(CURRENT), now=now, limit=_MOST_ON_MAP, cursor=None)
    text = json_text(map_body(_shape(call, now), current.items))
    return text_response(text, {"Content-Type": MAP_TYPE, "Cache-Control": CACHED})


@routes.route("/repair-works/{work_id}", answers={200: WorkFileView}, public=True)
def get_repair_work(call: Call, work_id: str) -> Response:
    """Read a work with every change of its term (K-7)."""
    centre = wiring.centre()
    file = centre.works.read(work_id)
    return ok(work_file_body(_shape(call, centre.now()), file), version=file.work.version)


@routes.route(
    "/repair-works",
    methods=["POST"],
    body=WorkBody,
    answers={201: WorkFileView},
    headers=["Idempotency-Key"],
)
def post_repair_work(call: Call) -> Response:
    """Publish a repair work; all four data are required (K-5.1.10, K-7)."""
    centre = wiring.centre()
    body = call.read(WorkBody, lambda raw: _faults(raw, centre.now(), changing=False))
    told, new = _told(body), work_id_of(centre.new_id())
    return _carry_out(
        call,
        new,
        lambda keeping: repair_works.register(told, keeping, works=centre.works),
        status=HTTPStatus.CREATED,
        location=f"/api/repair-works/{new}",
    )


@routes.route(
    "/repair-works/{work_id}",
    methods=["PATCH"],
    body=WorkChangeBody,
    answers={200: WorkFileView},
    headers=["If-Match"],
)
def patch_repair_work(call: Call, work_id: str) -> Response:
    """Change a work; a new term stands beside the old one and is told to subscribers (K-7)."""
    centre = wiring.centre()
    body = call.read(WorkChangeBody, lambda raw: _faults(raw, centre.now(), changing=True))
    told = replace(_told(body), reason=body.reason)
    return _carry_out(
        call, work_id, lambda keeping: repair_works.change(told, keeping, works=centre.works)
    )


@routes.route(
    "/repair-works/{work_id}/close",
    methods=["POST"],
    body=WorkClosingBody,
    answers={200: WorkFileView},
    headers=["If-Match", "Idempotency-Key"],
)
def post_repair_work_close(call: Call, work_id: str) -> Response:
    """Close a work on the fact of its end (K-5.1.10)."""
    body, centre = call.read(WorkClosingBody), wiring.centre()
    return _carry_out(
        call, work_id, lambda keeping: repair_works.close(body.text, keeping, works=centre.works)
    )


@routes.route("/repair-works/{work_id}/cards", answers={200: LinkedCardsView})
def get_repair_work_cards(call: Call, work_id: str) -> Response:
    """List the appeals that were told of a work when they were registered (K-5.1.10)."""
    centre = wiring.centre()
    found = work_answers.linked(work_id, actor=call.actor, works=centre.works, cards=centre.cards)
    shape = _shape(call, centre.now())
    return ok({"items": [linked_body(shape, each) for each in found], "next_cursor": None})


@routes.route(
    "/repair-works/{work_id}/answer",
    methods=["POST"],
    body=WorkAnswerBody,
    answers={202: WorkAnswerView},
    headers=["Idempotency-Key"],
)
def post_repair_work_answer(call: Call, work_id: str) -> Response:
    """Answer every linked appeal at once; each gets it once, as a public comment (K-5.1.4)."""
    body, centre = call.read(WorkAnswerBody), wiring.centre()

    def shaped(file: WorkFile) -> Answer:
        told = {"id": work_id, "answer": file.work.seq, "text": body.text}
        return answer(told, status=HTTPStatus.ACCEPTED)

    return carry_out(
        call.request,
        lambda once: work_answers.answer(
            body.text, _keeping(call, work_id, once), works=centre.works, cards=centre.cards
        ),
        shaped,
        guards=centre.guards,
        now=centre.now(),
    )


def _carry_out(
    call: Call,
    work_id: str,
    act: Callable[[Keeping], WorkFile],
    *,
    status: HTTPStatus = HTTPStatus.OK,
    location: str = "",
) -> Response:
    centre = wiring.centre()
    shape = _shape(call, centre.now())
    return carry_out(
        call.request,
        lambda once: act(_keeping(call, work_id, once)),
        lambda file: answer(
            work_file_body(shape, file),
            status=status,
            version=file.work.version,
            location=location,
        ),
        guards=centre.guards,
        now=shape.now,
    )


def _keeping(call: Call, work_id: str, once: Once[WorkFile]) -> Keeping:
    centre = wiring.centre()
    expected = expected_version(call.request) if "if-match" in call.request.headers else None
    return Keeping(work_id, call.actor, expected, once, centre.now(), centre.city)


def _told(body: WorkBody | WorkChangeBody) -> Told:
    places, services = body.places, body.services
    return Told(
        summary=body.summary,
        cause=body.cause,
        consequences=body.consequences,
        eta_at=body.eta_at,
        starts_at=body.starts_at,
        places=None if places is None else tuple(Place(**one.model_dump()) for one in places),
        services=None if services is None else tuple(services),
        kind=body.kind,
    )


def _faults(raw: dict[str, Any], now: datetime, *, changing: bool) -> Iterable[Fault]:
    """Yield what K-7 misses in a raw body, whatever else is wrong with it."""
    yield from missing(raw, changing=changing)
    eta_at, starts_at = _instant(raw.get("eta_at")), _instant(raw.get("starts_at"))
    if eta_at is not None:
        yield from faults_of_term(starts_at or now, eta_at, now)


def _instant(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _shape(call: Call, now: datetime) -> Shape:
    return Shape(wiring.centre().city, call.language, now)
