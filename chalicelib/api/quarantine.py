"""Texts that wait for people, as those who judge them read them (K-3.4)."""

from typing import Annotated, Literal

from chalice.app import Response
from pydantic import StringConstraints

from chalicelib import wiring
from chalicelib.api.answers import answer, ok
from chalicelib.api.bodies import Body, PageQuery
from chalicelib.api.once import carry_out
from chalicelib.api.quarantine_shapes import (
    HeldListView,
    HeldView,
    held_body,
)
from chalicelib.api.registering import registry_of
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.usecases import quarantine
from chalicelib.usecases.quarantine import Judgement

routes = Routes(__name__)

Said = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class JudgementBody(Body):
    """What a person decides, and why; the author reads the reason of a refusal."""

    decision: Literal["register", "refuse"]
    reason: Said


class QuarantineQuery(PageQuery):
    """Which texts to list: those that wait, or the journal of those decided."""

    status: Literal["waiting", "decided"] = "waiting"


@routes.route("/quarantine", query=QuarantineQuery, answers={200: HeldListView})
def get_quarantine(call: Call) -> Response:
    """List the texts that wait, those to be looked at first first; or the decided ones (K-3.4)."""
    centre, asked, shape = wiring.centre(), call.asked(QuarantineQuery), _shape(call)
    page = quarantine.listed(
        call.actor,
        shape.now,
        decided=asked.status == "decided",
        limit=asked.limit,
        cursor=asked.cursor,
        quarantine=centre.doors.quarantine,
    )
    shape = _shape(call)
    items = [
        held_body(shape, held, actor=call.actor, secrets=centre.secrets) for held in page.items
    ]
    return ok({"items": items, "next_cursor": page.cursor})


@routes.route(
    "/quarantine/{receipt}/decision",
    methods=["POST"],
    body=JudgementBody,
    answers={200: HeldView},
    headers=["Idempotency-Key"],
)
def post_judgement(call: Call, receipt: str) -> Response:
    """Register a text, or refuse it: a refusal counts when a second person agrees (K-3.4)."""
    body, centre = call.read(JudgementBody), wiring.centre()
    now = centre.now()
    judged = Judgement(body.decision == "refuse", body.reason, call.actor, now)
    return carry_out(
        call.request,
        lambda once: quarantine.decide(receipt, judged, once=once, registry=registry_of(centre)),
        lambda held: answer(
            held_body(_shape(call), held, actor=call.actor, secrets=centre.secrets)
        ),
        guards=centre.guards,
        now=now,
    )


def _shape(call: Call) -> Shape:
    centre = wiring.centre()
    return Shape(centre.city, call.language, centre.now())
