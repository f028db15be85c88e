"""The coordinator's message to the whole city."""

from typing import Annotated

from chalice.app import Response
from pydantic import StringConstraints

from chalicelib import wiring
from chalicelib.api.answers import ok
from chalicelib.api.bodies import Body
from chalicelib.api.instants import Instant
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.work_views import CityMessageStandingView
from chalicelib.domain.city_message import CityMessage
from chalicelib.domain.words import Words
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases import city_message

routes = Routes(__name__)

Text = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class MessageTextBody(Body):
    """The words; who reads English gets the Ukrainian ones where there are no others."""

    uk: Text
    en: Annotated[str, StringConstraints(max_length=500)] = ""


class CityMessageBody(Body):
    """What everybody is told, and until when."""

    text: MessageTextBody
    until_at: Instant


@routes.route("/city-message", answers={200: CityMessageStandingView})
def get_city_message(call: Call) -> Response:
    """Read the message that stands, in both languages."""
    require(call.actor, Deed.CITY_MESSAGE)
    centre = wiring.centre()
    return _standing(call, centre.messages.read(centre.now()))


@routes.route(
    "/city-message",
    methods=["PUT"],
    body=CityMessageBody,
    answers={200: CityMessageStandingView},
)
def put_city_message(call: Call) -> Response:
    """Put up a message in the place of whatever stands, until an instant."""
    body, centre = call.read(CityMessageBody), wiring.centre()
    message = city_message.put_up(
        Words(body.text.uk, body.text.en or body.text.uk),
        body.until_at,
        actor=call.actor,
        now=centre.now(),
        messages=centre.messages,
    )
    return _standing(call, message)


@routes.route("/city-message", methods=["DELETE"], answers={200: CityMessageStandingView})
def delete_city_message(call: Call) -> Response:
    """Take the message down at once."""
    city_message.take_down(actor=call.actor, messages=wiring.centre().messages)
    return _standing(call, None)


def _standing(call: Call, message: CityMessage | None) -> Response:
    if message is None:
        return ok({"message": None})
    centre = wiring.centre()
    shape = Shape(centre.city, call.language, centre.now())
    body = {
        "text": {"uk": message.text.uk, "en": message.text.en},
        "until_at": shape.time(message.until_at),
        "put_at": shape.time(message.put_at),
        "put_by": message.put_by,
    }
    return ok({"message": body})
