"""What takes a card off its usual way: clarify, forward, join, split, another topic (art. 5-8)."""

from collections.abc import Callable
from typing import Annotated

from chalice.app import Response
from pydantic import BaseModel, Field, StringConstraints

from chalicelib import wiring
from chalicelib.api import steps
from chalicelib.api.bodies import Body
from chalicelib.api.routes import AnyView, Call, Routes
from chalicelib.api.staff_views import CardView
from chalicelib.domain.card import CardFile
from chalicelib.regulation.clarification import Lack
from chalicelib.regulation.not_considered import Ground
from chalicelib.regulation.splitting import LEAST_PARTS, MOST_PARTS, Part
from chalicelib.usecases import (
    clarification,
    forwarding,
    joining,
    not_considered,
    reclassification,
    splitting,
)
from chalicelib.usecases.steps import Doing

routes = Routes(__name__)

Said = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class ClarifyBody(Body):
    """What the applicant is asked; the form lacks something, or the facts are too few."""

    text: Said
    lack: Lack = Lack.DATA


class ForwardBody(Body):
    """The competent body, and why it is."""

    body: Name
    reason: Said


class JoinBody(Body):
    """The number of the main card."""

    to: Code


class ReasonBody(Body):
    """Why."""

    reason: Said


class PartBody(Body):
    """One matter of a message."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    topic: Code


class SplitBody(Body):
    """The matters; the card keeps the first one."""

    parts: Annotated[list[PartBody], Field(min_length=LEAST_PARTS, max_length=MOST_PARTS)]


class ReclassifyBody(Body):
    """Another topic of the classifier, and why."""

    topic: Code
    reason: Said


class NotConsiderBody(Body):
    """A ground of the closed list of article 8, and the reason in words."""

    ground: Ground
    reason: Said


def _action(name: str, body: type[BaseModel]) -> Callable[[AnyView], AnyView]:
    return routes.route(
        f"/cards/{{number}}/{name}",
        methods=["POST"],
        body=body,
        answers={200: CardView},
        headers=["If-Match", "Idempotency-Key"],
    )


@_action("clarify", ClarifyBody)
def post_clarify(call: Call, number: str) -> Response:
    """Ask the applicant for what is missing; the term goes on (LAW-5, LAW-7)."""
    body, centre = call.read(ClarifyBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return clarification.clarify(
            doing, text=body.text, lack=body.lack, city=centre.city, cards=centre.cards
        )

    return steps.do(call, number, act)


@_action("forward", ForwardBody)
def post_forward(call: Call, number: str) -> Response:
    """Send an appeal to the competent body and tell its applicant (LAW-7)."""
    body, centre = call.read(ForwardBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return forwarding.forward(
            doing, body=body.body, reason=body.reason, city=centre.city, cards=centre.cards
        )

    return steps.do(call, number, act)


@_action("join", JoinBody)
def post_join(call: Call, number: str) -> Response:
    """Join a card to another about the same matter; both stay cards of their own (LAW-8)."""
    body, centre = call.read(JoinBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return joining.join(doing, to=body.to, city=centre.city, cards=centre.cards)

    return steps.do(call, number, act)


@_action("unjoin", ReasonBody)
def post_unjoin(call: Call, number: str) -> Response:
    """Undo a joining; the card is registered again, under its own term."""
    body, centre = call.read(ReasonBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return joining.unjoin(doing, reason=body.reason, city=centre.city, cards=centre.cards)

    return steps.do(call, number, act)


@_action("split", SplitBody)
def post_split(call: Call, number: str) -> Response:
    """Split one message into linked cards, a matter each, from the same receipt."""
    body, centre = call.read(SplitBody), wiring.centre()
    parts = [Part(part.text, part.topic) for part in body.parts]

    def act(doing: Doing) -> CardFile:
        return splitting.split(
            doing,
            parts=parts,
            city=centre.city_now(),
            cards=centre.cards,
            numbers=centre.numbers,
        )

    return steps.do(call, number, act)


@_action("reclassify", ReclassifyBody)
def post_reclassify(call: Call, number: str) -> Response:
    """Put a card under another topic; its term follows, its history stays."""
    body, centre = call.read(ReclassifyBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return reclassification.reclassify(
            doing, topic=body.topic, reason=body.reason, city=centre.city, cards=centre.cards
        )

    return steps.do(call, number, act)


@_action("not-consider", NotConsiderBody)
def post_not_consider(call: Call, number: str) -> Response:
    """Leave an appeal without consideration, by a named human on a ground of the law (LAW-8)."""
    body, centre = call.read(NotConsiderBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return not_considered.not_consider(
            doing, ground=body.ground, reason=body.reason, city=centre.city, cards=centre.cards
        )

    return steps.do(call, number, act)
