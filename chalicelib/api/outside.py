"""The one-time link by which another body answers on an appeal sent to it (art. 7)."""

from typing import Annotated

from chalice.app import Response
from pydantic import StringConstraints

from chalicelib import wiring
from chalicelib.api import identity
from chalicelib.api.answers import answer, ok
from chalicelib.api.bodies import Body
from chalicelib.api.once import carry_out
from chalicelib.api.public_views import OutsideLinkView, OutsideView
from chalicelib.api.resident_shapes import outside_body
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.usecases import forwarding
from chalicelib.usecases.forwarding import OutsideAnswer

routes = Routes(__name__)


class OutsideAnswerBody(Body):
    """What the other body answers."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]


@routes.route("/outside/{token}", answers={200: OutsideView}, public=True)
def get_outside(call: Call, token: str) -> Response:
    """Read what was forwarded, without who asked; reading does not use the link up."""
    centre = wiring.centre()
    file = forwarding.view(token, cards=centre.cards, secrets=centre.secrets)
    return ok(outside_body(_shape(call), file))


@routes.route(
    "/outside/{token}",
    methods=["POST"],
    body=OutsideAnswerBody,
    answers={200: OutsideView},
    headers=["Idempotency-Key"],
    public=True,
)
def post_outside(call: Call, token: str) -> Response:
    """Answer once; the applicant is told (LAW-7)."""
    body, centre = call.read(OutsideAnswerBody), wiring.centre()
    now = centre.now()
    address = identity.client_address(call.request, proxies=centre.settings.proxies)
    centre.limits(address).check_address(now)
    return carry_out(
        call.request,
        lambda once: forwarding.answer(
            token, OutsideAnswer(body.text, once, now), cards=centre.cards, secrets=centre.secrets
        ),
        lambda file: answer(outside_body(_shape(call), file)),
        guards=centre.guards,
        now=now,
    )


@routes.route("/cards/{number}/outside-link", answers={200: OutsideLinkView})
def get_outside_link(call: Call, number: str) -> Response:
    """Read the link to give to the body that an appeal was sent to; it is stored nowhere."""
    centre = wiring.centre()
    token = forwarding.link_of(number, actor=call.actor, cards=centre.cards, secrets=centre.secrets)
    page = f"{centre.settings.site_url}/{call.language}/outside/#{token}"
    return ok({"token": token, "url": page})


def _shape(call: Call) -> Shape:
    centre = wiring.centre()
    return Shape(centre.city, call.language, centre.now())
