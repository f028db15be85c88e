"""What a card owes to the phone: its executor's duty officer, the recording of its call."""

from datetime import timedelta
from typing import Literal

from chalice.app import Response

from chalicelib import wiring
from chalicelib.api.action_routes import Words, action
from chalicelib.api.answers import answer
from chalicelib.api.bodies import Body
from chalicelib.api.call_views import ListenedView
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.domain.card import CardFile
from chalicelib.domain.once import Once
from chalicelib.usecases.calls import HEARD_SECONDS, listen
from chalicelib.usecases.duty_calls import duty_call
from chalicelib.usecases.steps import Doing
from chalicelib.wiring import Centre

routes = Routes(__name__)


class DutyCallBody(Body):
    """How calling the duty phone went."""

    outcome: Literal["reached", "no_answer", "off", "wrong_number", "refused"]
    note: Words = ""


@action(routes, "duty-call", DutyCallBody)
def post_duty_call(body: DutyCallBody, doing: Doing, centre: Centre) -> CardFile:
    """Record a card's hand-over to the executor's duty phone (K-5.1.2)."""
    city = centre.city_now()
    return duty_call(doing, outcome=body.outcome, text=body.note, city=city, cards=centre.cards)


@routes.route(
    "/cards/{number}/recording",
    methods=["POST"],
    answers={200: ListenedView},
    headers=["Idempotency-Key"],
)
def post_recording(call: Call, number: str) -> Response:
    """Hear the call that a card came of; the history says who has heard it (K-3.5(5))."""
    centre = wiring.centre()
    shape = Shape(centre.city, call.language, centre.now())
    expires_at = shape.time(shape.now + timedelta(seconds=HEARD_SECONDS))

    def act(once: Once[str]) -> str:
        return listen(
            number,
            actor=call.actor,
            once=once,
            now=shape.now,
            cards=centre.cards,
            calls=centre.doors.calls,
            files=centre.doors.recordings,
        )

    return carry_out(
        call.request,
        act,
        lambda link: answer({"url": link, "expires_at": expires_at}),
        guards=centre.guards,
        now=shape.now,
    )
