"""What takes a card off its usual way: clarify, forward, join, split, another topic (art. 5-8)."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.api.action_routes import Name, ReasonBody, Said, action
from chalicelib.api.bodies import Body
from chalicelib.api.routes import Routes
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
from chalicelib.wiring import Centre

routes = Routes(__name__)

Code = Annotated[str, StringConstraints(min_length=1, max_length=20)]


class ClarifyBody(Body):
    """What the applicant is asked; the form lacks something, or the facts are too few."""

    text: Said
    lack: Lack = Lack.DATA


class ForwardBody(ReasonBody):
    """The competent body, and why it is."""

    body: Name


class JoinBody(Body):
    """The number of the main card."""

    to: Code


class PartBody(Body):
    """One matter of a message."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    topic: Code


class SplitBody(Body):
    """The matters; the card keeps the first one."""

    parts: Annotated[list[PartBody], Field(min_length=LEAST_PARTS, max_length=MOST_PARTS)]


class ReclassifyBody(ReasonBody):
    """Another topic of the classifier, and why."""

    topic: Code


class NotConsiderBody(ReasonBody):
    """A ground of the closed list of article 8, and the reason in words.

    `earlier` names the card by which a repeated appeal was resolved, where its phone does not.
    """

    ground: Ground
    earlier: Code | None = None


@action(routes, "clarify", ClarifyBody)
def post_clarify(body: ClarifyBody, doing: Doing, centre: Centre) -> CardFile:
    """Ask the applicant for what is missing; the term goes on (LAW-5, LAW-7)."""
    return clarification.clarify(
        doing, text=body.text, lack=body.lack, city=centre.city, cards=centre.cards
    )


@action(routes, "forward", ForwardBody)
def post_forward(body: ForwardBody, doing: Doing, centre: Centre) -> CardFile:
    """Send an appeal to the competent body and tell its applicant (LAW-7)."""
    return forwarding.forward(
        doing, body=body.body, reason=body.reason, city=centre.city, cards=centre.cards
    )


@action(routes, "join", JoinBody)
def post_join(body: JoinBody, doing: Doing, centre: Centre) -> CardFile:
    """Join a card to another about the same matter; both stay cards of their own (LAW-8)."""
    return joining.join(doing, to=body.to, city=centre.city, cards=centre.cards)


@action(routes, "unjoin", ReasonBody)
def post_unjoin(body: ReasonBody, doing: Doing, centre: Centre) -> CardFile:
    """Undo a joining; the card is registered again, under its own term."""
    return joining.unjoin(doing, reason=body.reason, city=centre.city, cards=centre.cards)


@action(routes, "split", SplitBody)
def post_split(body: SplitBody, doing: Doing, centre: Centre) -> CardFile:
    """Split one message into linked cards, a matter each, from the same receipt."""
    return splitting.split(
        doing,
        parts=[Part(part.text, part.topic) for part in body.parts],
        city=centre.city_now(),
        cards=centre.cards,
        numbers=centre.numbers,
    )


@action(routes, "reclassify", ReclassifyBody)
def post_reclassify(body: ReclassifyBody, doing: Doing, centre: Centre) -> CardFile:
    """Put a card under another topic; its term follows, its history stays."""
    return reclassification.reclassify(
        doing, topic=body.topic, reason=body.reason, city=centre.city, cards=centre.cards
    )


@action(routes, "not-consider", NotConsiderBody)
def post_not_consider(body: NotConsiderBody, doing: Doing, centre: Centre) -> CardFile:
    """Leave an appeal without consideration, by a named human on a ground of the law (LAW-8)."""
    return not_considered.not_consider(
        doing,
        ground=body.ground,
        reason=body.reason,
        earlier=body.earlier,
        city=centre.city,
        cards=centre.cards,
    )
