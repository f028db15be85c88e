"""The `REQUEST#` items: what executors ask of the centre.

Keys: `number`, `part` = `REQUEST#001`; the id `<number>.r1` tells both. Index `requests`
(`decider`, `decide_by_at`), sparse: what waits for a decision, and which is the first due?
"""

from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.executor_request import ExecutorRequest, Plan, RequestKind, RequestStatus
from chalicelib.store.attributes import InstantAttribute, Raw

PART: Final = "REQUEST#"


class RequestItem(Model):
    """One request; `decider` and `decide_by_at` stand in it while nobody has decided."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute()
    status = UnicodeAttribute()
    reason = UnicodeAttribute()
    asked_at = InstantAttribute()
    asked_by = UnicodeAttribute()
    executor = UnicodeAttribute()
    was_for = UnicodeAttribute()
    was_to_decide_by_at = InstantAttribute()
    to_executor = UnicodeAttribute(null=True)
    was_due_at = InstantAttribute(null=True)
    new_due_at = InstantAttribute(null=True)
    responsible_person = UnicodeAttribute(null=True)
    plan_name = UnicodeAttribute(null=True)
    plan_year = NumberAttribute(null=True)
    plan_funding = UnicodeAttribute(null=True)
    plan_programme = UnicodeAttribute(null=True)
    level = NumberAttribute(null=True)
    acknowledged_at = InstantAttribute(null=True)
    acknowledged_by = UnicodeAttribute(null=True)
    decided_at = InstantAttribute(null=True)
    decided_by = UnicodeAttribute(null=True)
    decision_reason = UnicodeAttribute(null=True)
    decider = UnicodeAttribute(null=True)
    decide_by_at = InstantAttribute(null=True)


def request_item(request: ExecutorRequest) -> RequestItem:
    """Return the item of a request."""
    pending = request.status is RequestStatus.PENDING
    return RequestItem(
        number=request.number,
        part=f"{PART}{int(request.id.rpartition('.r')[2]):03d}",
        kind=request.kind,
        status=request.status,
        reason=request.reason,
        asked_at=request.asked_at,
        asked_by=request.asked_by,
        executor=request.executor,
        was_for=request.decider,
        was_to_decide_by_at=request.decide_by_at,
        to_executor=request.to_executor,
        was_due_at=request.was_due_at,
        new_due_at=request.new_due_at,
        responsible_person=request.responsible_person,
        plan_name=request.plan.name if request.plan else None,
        plan_year=request.plan.year if request.plan else None,
        plan_funding=request.plan.funding if request.plan else None,
        plan_programme=request.plan.programme or None if request.plan else None,
        level=request.level or None,
        acknowledged_at=request.acknowledged_at,
        acknowledged_by=request.acknowledged_by,
        decided_at=request.decided_at,
        decided_by=request.decided_by,
        decision_reason=request.decision_reason,
        decider=request.decider if pending else None,
        decide_by_at=request.decide_by_at if pending else None,
    )


def request_of(raw: Raw) -> ExecutorRequest:
    """Return the request of a raw item."""
    item = RequestItem.from_raw_data(raw)
    return ExecutorRequest(
        id=f"{item.number}.r{int(item.part.removeprefix(PART))}",
        number=item.number,
        kind=RequestKind(item.kind),
        status=RequestStatus(item.status),
        reason=item.reason,
        asked_at=item.asked_at,
        asked_by=item.asked_by,
        executor=item.executor,
        decider=item.was_for,
        decide_by_at=item.was_to_decide_by_at,
        to_executor=item.to_executor,
        was_due_at=item.was_due_at,
        new_due_at=item.new_due_at,
        responsible_person=item.responsible_person,
        plan=_plan(item),
        level=int(item.level or 0),
        acknowledged_at=item.acknowledged_at,
        acknowledged_by=item.acknowledged_by,
        decided_at=item.decided_at,
        decided_by=item.decided_by,
        decision_reason=item.decision_reason,
    )


def _plan(item: RequestItem) -> Plan | None:
    if not item.plan_name:
        return None
    programme = item.plan_programme or ""
    return Plan(item.plan_name, int(item.plan_year), item.plan_funding or "", programme)
