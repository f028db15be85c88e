"""Reports for the coordinator's desk: chronic places, and what happened in calls."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from chalice.app import Response
from pydantic import Field
from typing_extensions import TypedDict

from chalicelib import wiring
from chalicelib.api.answers import ok
from chalicelib.api.bodies import Query
from chalicelib.api.reports import CSV, PeriodQuery, table_response
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Body, Shape
from chalicelib.api.views import ExecutorRef, TopicRef
from chalicelib.domain.call import CallEventName
from chalicelib.regulation.calendar import local_date
from chalicelib.reports.csv_text import Cell, csv_text
from chalicelib.reports.places import ChronicPlace
from chalicelib.usecases.calls import counted
from chalicelib.usecases.chronic_places import places_report
from chalicelib.usecases.reports import Shelf
from chalicelib.words.say import say

routes = Routes(__name__)

_YEAR: Final = timedelta(days=365)
_MOST_NUMBERS: Final = 20
_COLUMNS: Final = ("street", "building", "topic", "cards", "open", "repeats", "last_at", "numbers")


class PlacesQuery(Query):
    """The first and the last Kyiv day; the last twelve months if not said."""

    from_day: date | None = Field(default=None, alias="from")
    to_day: date | None = Field(default=None, alias="to")
    least: int | None = Field(default=None, ge=2, le=1000)


class ChronicPlaceView(TypedDict):
    """A house and a topic with many cards; the newest numbers of them."""

    street: str
    building: str
    topic: TopicRef | None
    executor: ExecutorRef | None
    cards: int
    open: int
    repeats: int
    last_at: str
    numbers: list[str]


PlacesReportView = TypedDict(
    "PlacesReportView",
    {"from": str, "to": str, "made_at": str, "least": int, "places": list[ChronicPlaceView]},
)
"""Chronic places of a period."""

CallsReportView = TypedDict(
    "CallsReportView",
    {"from": str, "to": str, "made_at": str, "counts": dict[str, int], "topics": list[Any]},
)
"""What happened in the calls of a period, counted."""


@routes.route("/reports/places", query=PlacesQuery, answers={200: PlacesReportView})
def get_places(call: Call) -> Response:
    """Report the places that trouble comes back to (LAW-19).

    With `Accept: text/csv` a table, one row a place.
    """
    asked, centre = call.asked(PlacesQuery), wiring.centre()
    shape = Shape(centre.city_now(), call.language, centre.now())
    to_day = asked.to_day or local_date(shape.now, centre.city.calendar)
    from_day = asked.from_day or to_day - _YEAR
    places = places_report(
        from_day,
        to_day,
        asked.least,
        actor=call.actor,
        now=shape.now,
        city=centre.city,
        shelf=Shelf(centre.cards, centre.numbers, centre.start),
    )
    if CSV in call.request.headers.get("accept", ""):
        header = [say(shape.language, f"column.{name}") for name in _COLUMNS]
        text = csv_text(header, (_row(shape, place) for place in places))
        return table_response(text, f"places-{from_day}-{to_day}.csv")
    least = asked.least or centre.city.edition_at(shape.now)["chronic_place"].value
    return ok(
        {
            **_days(from_day, to_day, shape),
            "least": least,
            "places": [_place(shape, place) for place in places],
        }
    )


@routes.route("/reports/calls", query=PeriodQuery, answers={200: CallsReportView})
def get_calls(call: Call) -> Response:
    """Count consultations, warnings, ended and blocked calls of a period (K-2, K-3.4)."""
    asked, centre = call.asked(PeriodQuery), wiring.centre()
    shape = Shape(centre.city, call.language, centre.now())
    found = counted(
        asked.from_day, asked.to_day, actor=call.actor, city=centre.city, calls=centre.doors.calls
    )
    topics = [{"topic": shape.topic(code), "count": n} for code, n in found.topics.most_common()]
    return ok(
        {
            **_days(asked.from_day, asked.to_day, shape),
            "counts": {str(name): found.counts[name] for name in CallEventName},
            "topics": topics,
        }
    )


def _days(from_day: date, to_day: date, shape: Shape) -> Body:
    return {
        "from": from_day.isoformat(),
        "to": to_day.isoformat(),
        "made_at": shape.time(shape.now),
    }


def _place(shape: Shape, place: ChronicPlace) -> Body:
    return {
        "street": place.street,
        "building": place.building,
        "topic": shape.topic(place.topic),
        "executor": shape.executor(place.cards[0].executor),
        "cards": len(place.cards),
        "open": place.open,
        "repeats": place.repeats,
        "last_at": shape.time(place.last_at),
        "numbers": [card.number for card in place.cards[:_MOST_NUMBERS]],
    }


def _row(shape: Shape, place: ChronicPlace) -> list[Cell]:
    return list(_cells(shape, place))


def _cells(shape: Shape, place: ChronicPlace) -> Iterator[Cell]:
    topic = shape.topic(place.topic) or {}
    yield place.street
    yield place.building
    yield str(topic.get("name", place.topic))
    yield len(place.cards)
    yield place.open
    yield place.repeats
    yield shape.time(place.last_at)
    yield " ".join(card.number for card in place.cards[:_MOST_NUMBERS])
