"""What repair works look like: to residents, on a map, and to those who answer linked appeals."""

from collections.abc import Iterable
from functools import lru_cache

from chalicelib.api.shapes import Body, Shape
from chalicelib.domain.appeal import Place
from chalicelib.domain.card import Card
from chalicelib.domain.city import City
from chalicelib.domain.repair_work import (
    CAUSE_UNKNOWN,
    RepairWork,
    WorkChange,
    WorkEvent,
    WorkFile,
)
from chalicelib.domain.words import Words
from chalicelib.usecases.work_answers import LinkedCard
from chalicelib.words.say import say

_NOT_SHOWN = frozenset({WorkEvent.ANSWERED})
"""Changes that are no news of the work: what they say went to the appeals."""


def work_body(shape: Shape, work: RepairWork) -> Body:
    """Return a work in public words."""
    language, status = shape.language, work.status(shape.now)
    cause = say(language, "work_cause.unknown") if work.cause == CAUSE_UNKNOWN else work.cause
    return {
        "id": work.id,
        "kind": work.kind,
        "kind_text": say(language, f"work_kind.{work.kind}"),
        "status": status,
        "status_text": say(language, f"work_status.{status}"),
        "summary": work.summary,
        "cause": cause,
        "consequences": work.consequences,
        "registered_at": shape.time(work.registered_at),
        "starts_at": shape.time(work.starts_at),
        "started_at": shape.time(work.starts_at) if work.starts_at <= shape.now else None,
        "eta_at": shape.time(work.eta_at),
        "closed_at": shape.maybe(work.closed_at),
        "result": work.result,
        "places": [_place_body(place) for place in work.places],
        "services": [_service_body(shape, code) for code in work.services],
        "executor": shape.executor(work.executor),
        "version": work.version,
    }


def work_file_body(shape: Shape, file: WorkFile) -> Body:
    """Return a work with its history in public words."""
    shown = (change for change in file.changes if change.event not in _NOT_SHOWN)
    return {**work_body(shape, file.work), "history": [_change_body(shape, one) for one in shown]}


def map_body(shape: Shape, works: Iterable[RepairWork]) -> Body:
    """Return works as GeoJSON: a point for each place whose coordinates are known."""
    features = [
        {
            "type": "Feature",
            "id": work.id,
            "geometry": _geometry(work, shape.city),
            "properties": work_body(shape, work),
        }
        for work in works
    ]
    return {"type": "FeatureCollection", "features": features}


def point_of(place: Place, city: City) -> tuple[float, float] | None:
    """Return latitude and longitude of a place: its own, or those of its street's middle."""
    if place.lat is not None and place.lon is not None:
        return place.lat, place.lon
    street = city.streets.get(place.street_id or "")
    if street is None or street.lat is None or street.lon is None:
        return None
    return street.lat, street.lon


def linked_body(shape: Shape, linked: LinkedCard) -> Body:
    """Return a linked card as a row."""
    card = linked.card
    return {**_card_body(shape, card), "excerpt": card.excerpt, "answered": linked.answered}


def nearby_appeal_body(shape: Shape, card: Card, *, here: bool) -> Body:
    """Return an open appeal as its neighbours see it: what, where, since when.

    The house is told to those who asked for it; of others it could tell who lives there.
    """
    return {
        **_card_body(shape, card),
        "building": card.building if here else None,
        "executor": shape.executor(card.executor),
        "due_at": shape.time(card.due_at),
        "here": here,
    }


def _card_body(shape: Shape, card: Card) -> Body:
    return {
        "number": card.number,
        "status": card.status,
        "status_text": shape.status(card.status),
        "topic": shape.topic(card.topic),
        "received_at": shape.time(card.received_at),
        "street": card.street,
        "building": card.building,
    }


def _place_body(place: Place) -> Body:
    return {
        "street": place.street,
        "building": place.building,
        "note": place.note,
        "lat": place.lat,
        "lon": place.lon,
        "known": place.street_id is not None,
    }


def _service_body(shape: Shape, code: str) -> Body:
    words = _groups(shape.city).get(code)
    return {"code": code, "name": words.in_language(shape.language) if words else code}


@lru_cache(maxsize=8)
def _groups(city: City) -> dict[str, Words]:
    return {topic.group_code: topic.group for topic in city.topics.values()}


def _change_body(shape: Shape, change: WorkChange) -> Body:
    words = say(shape.language, f"work_event.{change.event}", **change.facts)
    return {
        "at": shape.time(change.at),
        "event": change.event,
        "text": words,
        "comment": change.text,
    }


def _geometry(work: RepairWork, city: City) -> Body | None:
    points = [point for place in work.places if (point := point_of(place, city))]
    if not points:
        return None
    coordinates = [[lon, lat] for lat, lon in dict.fromkeys(points)]
    return {"type": "MultiPoint", "coordinates": coordinates}
