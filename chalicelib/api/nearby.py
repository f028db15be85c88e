"""What is open at and around a place, for residents before they send, and for operators."""

from collections.abc import Iterable
from typing import Annotated

from chalice.app import Response
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib import wiring
from chalicelib.api.answers import ok
from chalicelib.api.bodies import Query
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Body, Shape
from chalicelib.api.staff_shapes import row_body
from chalicelib.api.staff_views import RowView
from chalicelib.api.work_shapes import nearby_appeal_body, work_body
from chalicelib.api.work_views import NearbyView, WorkView
from chalicelib.domain.appeal import Place
from chalicelib.domain.city import City
from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases.cards import row_of
from chalicelib.usecases.nearby import Around, around

routes = Routes(__name__)


class NearbyQuery(Query):
    """A street with or without a house, or a point; and what it is about."""

    street: Annotated[str, StringConstraints(max_length=200)] | None = None
    building: Annotated[str, StringConstraints(max_length=20)] | None = None
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    topic: Annotated[str, StringConstraints(max_length=20)] | None = None


class OperatorNearbyView(TypedDict):
    """What is open at and around a place, as operators read it."""

    street: str
    known: bool
    appeals: list[RowView]
    repair_works: list[WorkView]


@routes.route("/nearby", query=NearbyQuery, answers={200: NearbyView}, public=True)
def get_nearby(call: Call) -> Response:
    """Read the open appeals and the works at and around a place, before asking again (K-3.1)."""
    shape, found = _found(call, everything=False)
    appeals = [nearby_appeal_body(shape, card, here=found.is_here(card)) for card in found.appeals]
    return ok({"appeals": appeals, "repair_works": _works(shape, found)})


@routes.route("/operator/nearby", query=NearbyQuery, answers={200: OperatorNearbyView})
def get_operator_nearby(call: Call) -> Response:
    """Read the same as an operator: every open card, with the beginning of its words (K-2)."""
    require(call.actor, Deed.TAKE_CALLS)
    shape, found = _found(call, everything=True)
    return ok(around_body(shape, found))


def around_body(shape: Shape, found: Around) -> Body:
    """Return what is open around a place as operators read it."""
    return {
        "street": found.place.street,
        "known": found.place.street_id is not None,
        "appeals": [row_body(shape, row_of(card)) for card in found.appeals],
        "repair_works": _works(shape, found),
    }


def _found(call: Call, *, everything: bool) -> tuple[Shape, Around]:
    centre, asked = wiring.centre(), call.asked(NearbyQuery)
    faults = tuple(_faults(asked, centre.city))
    if faults:
        raise InputRefused(faults=faults)
    shape = Shape(centre.city, call.language, centre.now())
    place = Place(asked.street or "", asked.building or "", lat=asked.lat, lon=asked.lon)
    found = around(
        place,
        centre.city.topics[asked.topic] if asked.topic else None,
        now=shape.now,
        city=centre.city,
        of=centre.surroundings,
        everything=everything,
    )
    return shape, found


def _works(shape: Shape, found: Around) -> list[Body]:
    return [work_body(shape, work) for work in found.works]


def _faults(asked: NearbyQuery, city: City) -> Iterable[Fault]:
    """Yield what is missing, a street or both of a point, and a topic that the city has not."""
    if not asked.street and (asked.lat is None or asked.lon is None):
        yield Fault("street", "required")
    if asked.topic and asked.topic not in city.topics:
        yield Fault("topic", "unknown_topic")
