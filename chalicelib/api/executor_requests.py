"""What executors ask for, and how it is decided (K-3.5, K-5.2)."""

from typing import Annotated, Literal

from chalice.app import Response
from pydantic import Field, StringConstraints

from chalicelib import wiring
from chalicelib.api.answers import answer, expected_version, ok
from chalicelib.api.bodies import Body, PageQuery
from chalicelib.api.instants import Instant
from chalicelib.api.once import carry_out
from chalicelib.api.request_shapes import plan_body, request_body
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.staff_views import PlansView, RequestsView, RequestView
from chalicelib.domain.executor_request import Plan, RequestKind
from chalicelib.regulation.executor_requests import Asked
from chalicelib.usecases import decisions, executor_requests
from chalicelib.usecases.decisions import Decision

routes = Routes(__name__)

Reason = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
PlanWords = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class PlanBody(Body):
    """The strategic plan to include a card in; the public list shows it (K-5.2.3)."""

    name: PlanWords
    year: Annotated[int, Field(ge=2021, le=2100)]
    programme: Annotated[str, StringConstraints(max_length=500)] = ""
    funding: PlanWords


class RequestBody(Body):
    """A request; which fields matter depends on its kind."""

    kind: RequestKind
    reason: Reason
    to_executor: str | None = None
    new_due_at: Instant | None = None
    responsible_person: str | None = None
    plan: PlanBody | None = None


class DecisionBody(Body):
    """A decision with its reason; `to_executor` appoints where the request did not know."""

    decision: Literal["approve", "refuse"]
    reason: Reason
    to_executor: str | None = None


class AcknowledgementBody(Body):
    """Nothing: who acknowledges is the account, when is the clock; a typed name is refused."""


class RequestsQuery(PageQuery):
    """Which requests to list."""

    status: Literal["pending"] = "pending"


@routes.route(
    "/cards/{number}/requests",
    methods=["POST"],
    body=RequestBody,
    answers={201: RequestView},
    headers=["If-Match", "Idempotency-Key"],
)
def post_request(call: Call, number: str) -> Response:
    """Ask for a change, a co-executor, more time, a plan or the closure (K-3.5, K-5.2)."""
    body, centre = call.read(RequestBody), wiring.centre()
    now = centre.now()
    expected = expected_version(call.request) if "if-match" in call.request.headers else None
    return carry_out(
        call.request,
        lambda once: executor_requests.ask(
            number,
            _asked(body),
            actor=call.actor,
            expected_version=expected,
            once=once,
            now=now,
            city=centre.city,
            cards=centre.cards,
        ),
        lambda request: answer(request_body(_shape(call), request), status=201),
        guards=centre.guards,
        now=now,
    )


@routes.route("/requests", query=RequestsQuery, answers={200: RequestsView})
def get_requests(call: Call) -> Response:
    """List the requests that wait for a decision, earliest `decide_by_at` first (R27)."""
    centre, asked = wiring.centre(), call.asked(RequestsQuery)
    page = executor_requests.pending(
        call.actor, limit=asked.limit, cursor=asked.cursor, cards=centre.cards
    )
    shape = _shape(call)
    items = [request_body(shape, request) for request in page.items]
    return ok({"items": items, "next_cursor": page.cursor})


@routes.route(
    "/requests/{request_id}/decision",
    methods=["POST"],
    body=DecisionBody,
    answers={200: RequestView},
    headers=["Idempotency-Key"],
)
def post_decision(call: Call, request_id: str) -> Response:
    """Approve or refuse a request; approving a closure closes the card (K-3.5(4), K-6.2)."""
    body, centre = call.read(DecisionBody), wiring.centre()
    now = centre.now()
    decision = Decision(body.decision == "approve", body.reason, call.actor, now, body.to_executor)
    return carry_out(
        call.request,
        lambda once: decisions.decide(
            request_id, decision, once=once, city=centre.city_now(), cards=centre.cards
        ),
        lambda request: answer(request_body(_shape(call), request)),
        guards=centre.guards,
        now=now,
    )


@routes.route(
    "/requests/{request_id}/acknowledgement",
    methods=["POST"],
    body=AcknowledgementBody,
    answers={200: RequestView},
    headers=["Idempotency-Key"],
)
def post_acknowledgement(call: Call, request_id: str) -> Response:
    """Acknowledge a request after a breach, by the head's own account (K-5.2.2)."""
    call.read(AcknowledgementBody)
    centre = wiring.centre()
    now = centre.now()
    return carry_out(
        call.request,
        lambda once: executor_requests.acknowledge(
            request_id,
            actor=call.actor,
            once=once,
            now=now,
            city=centre.city,
            cards=centre.cards,
        ),
        lambda request: answer(request_body(_shape(call), request)),
        guards=centre.guards,
        now=now,
    )


@routes.route("/plans", query=PageQuery, answers={200: PlansView}, public=True)
def get_plans(call: Call) -> Response:
    """List what is included in strategic plans: topic, street and the plan (K-3.5(3), R32)."""
    centre, asked = wiring.centre(), call.asked(PageQuery)
    page = centre.cards.planned(limit=asked.limit, cursor=asked.cursor)
    shape = _shape(call)
    return ok({"items": [plan_body(shape, row) for row in page.items], "next_cursor": page.cursor})


def _asked(body: RequestBody) -> Asked:
    plan = body.plan
    return Asked(
        kind=body.kind,
        reason=body.reason,
        to_executor=body.to_executor,
        new_due_at=body.new_due_at,
        responsible_person=body.responsible_person,
        plan=Plan(plan.name, plan.year, plan.funding, plan.programme) if plan else None,
    )


def _shape(call: Call) -> Shape:
    centre = wiring.centre()
    return Shape(centre.city, call.language, centre.now())
