"""The `PLAN` item: what the public list says of a planned work besides its card (K-3.5(3)).

Keys: `number`, `part` = `PLAN`. Written when the request is granted, so that a page of the list
is one query and one batch; a card that is taken up keeps it, and the list no longer asks.
"""

from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.card import Change
from chalicelib.domain.executor_request import Plan, RequestKind, RequestStatus
from chalicelib.store.attributes import Raw

PART: Final = "PLAN"


class PlanItem(Model):
    """The plan that a card stands in, as its executor entered it."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    year = NumberAttribute()
    programme = UnicodeAttribute(null=True)
    funding = UnicodeAttribute(null=True)


def plan_items(change: Change) -> list[PlanItem]:
    """Return the item of the plan that a change has granted."""
    return [
        PlanItem(
            number=request.number,
            part=PART,
            name=request.plan.name,
            year=request.plan.year,
            programme=request.plan.programme or None,
            funding=request.plan.funding or None,
        )
        for request in change.requests
        if request.kind is RequestKind.STRATEGIC_PLAN
        and request.status is RequestStatus.APPROVED
        and request.plan is not None
    ]


def plan_of(raw: Raw) -> tuple[str, Plan]:
    """Return the number of a card and its plan."""
    item = PlanItem.from_raw_data(raw)
    plan = Plan(item.name, int(item.year), item.funding or "", item.programme or "")
    return item.number, plan
