"""What executors' requests, extensions and plans look like."""

from chalicelib.api.shapes import Body, Shape
from chalicelib.domain.card import CardFile, PlannedRow
from chalicelib.domain.city import City
from chalicelib.domain.errors import DomainError
from chalicelib.domain.executor_request import ExecutorRequest, Plan, RequestKind, RequestStatus
from chalicelib.domain.people import Actor
from chalicelib.regulation.executor_requests import kinds_open_to
from chalicelib.regulation.extensions import require_may_acknowledge, require_may_decide
from chalicelib.regulation.permissions import Deed, is_main, may
from chalicelib.words.say import say


def request_body(shape: Shape, request: ExecutorRequest) -> Body:
    """Return an executor's request."""
    return {
        "id": request.id,
        "number": request.number,
        "kind": request.kind,
        "kind_text": say(shape.language, f"request.{request.kind}"),
        "status": request.status,
        "reason": request.reason,
        "executor": shape.executor(request.executor),
        "to_executor": shape.executor(request.to_executor),
        "was_due_at": shape.maybe(request.was_due_at),
        "new_due_at": shape.maybe(request.new_due_at),
        "responsible_person": request.responsible_person,
        "plan": _plan_body(request.plan),
        "level": request.level,
        "acknowledged_at": shape.maybe(request.acknowledged_at),
        "acknowledged_by": request.acknowledged_by,
        "asked_at": shape.time(request.asked_at),
        "asked_by": request.asked_by,
        "decide_by_at": shape.time(request.decide_by_at),
        "decided_at": shape.maybe(request.decided_at),
        "decided_by": request.decided_by,
        "decision_reason": request.decision_reason,
    }


def extension_bodies(shape: Shape, requests: tuple[ExecutorRequest, ...]) -> list[Body]:
    """Return the extensions that were granted: from when to when, why, and who decided."""
    return [
        {
            "was_due_at": shape.maybe(request.was_due_at),
            "due_at": shape.maybe(request.new_due_at),
            "reason": request.reason,
            "decided_at": shape.maybe(request.decided_at),
        }
        for request in requests
        if request.kind is RequestKind.EXTENSION and request.status is RequestStatus.APPROVED
    ]


def plan_body(shape: Shape, planned: PlannedRow) -> Body:
    """Return a planned card as everybody may see it: no text, no building."""
    row = planned.row
    return {
        "number": row.number,
        "topic": shape.topic(row.topic),
        "executor": shape.executor(row.executor),
        "received_at": shape.time(row.received_at),
        "street": row.street,
        "plan": _plan_body(planned.plan),
    }


def request_actions(file: CardFile, actor: Actor, city: City) -> list[str]:
    """Return what the reader may ask, decide or acknowledge on a card now."""
    found = []
    if may(actor, Deed.ASK) and is_main(actor, file.card):
        found += [f"request:{kind}" for kind in kinds_open_to(file, city.law)]
    waiting = [item for item in file.requests if item.status is RequestStatus.PENDING]
    if any(_may_decide(actor, request, city) for request in waiting):
        found.append("decide")
    if any(_may_acknowledge(actor, request, city) for request in waiting):
        found.append("acknowledge")
    return found


def _may_decide(actor: Actor, request: ExecutorRequest, city: City) -> bool:
    try:
        require_may_decide(actor, request, city, approve=False, now=request.asked_at)
    except DomainError:
        return False
    return True


def _may_acknowledge(actor: Actor, request: ExecutorRequest, city: City) -> bool:
    try:
        require_may_acknowledge(actor, request, city)
    except DomainError:
        return False
    return True


def _plan_body(plan: Plan | None) -> Body | None:
    if plan is None:
        return None
    return {
        "name": plan.name,
        "year": plan.year,
        "programme": plan.programme,
        "funding": plan.funding,
    }
