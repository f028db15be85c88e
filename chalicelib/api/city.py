"""What anybody may ask about the city: its name, topics and terms."""

from functools import lru_cache

from chalice.app import Response
from pydantic import Field

from chalicelib import wiring
from chalicelib.api.answers import json_text, ok, tag_of, unless_known
from chalicelib.api.bodies import Query
from chalicelib.api.instants import Instant
from chalicelib.api.public_views import CityView, DeadlineView, TopicsView
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Body, Shape
from chalicelib.cities.word_forms import word_forms
from chalicelib.domain.city import City, Topic
from chalicelib.domain.errors import Fault, InputRefused, StoreAway
from chalicelib.regulation.deadlines import (
    days_after,
    deadline,
    decide_extension_by,
    extension_max,
    law_cap,
    month_after,
)
from chalicelib.regulation.topic_hints import suggest
from chalicelib.regulation.topic_search import find_topics
from chalicelib.usecases.work_ports import CityMessages

routes = Routes(__name__)

CACHED = "public, max-age=300"
MESSAGE_CACHED = "public, max-age=15"


class TopicsQuery(Query):
    """Words to find topics by."""

    q: str | None = None


class SuggestionsQuery(Query):
    """What a resident writes."""

    text: str = Field(max_length=1000)


class DeadlineQuery(Query):
    """A topic and an instant."""

    topic: str
    received_at: Instant


@routes.route("/city", answers={200: CityView}, public=True)
def get_city(call: Call) -> Response:
    """Read the city's name, channels, emergency numbers, Regulation, and what it is told now."""
    centre = wiring.centre()
    city, now = centre.city, centre.now()
    title = city.regulation
    body = {
        "id": city.id,
        "name": city.name.in_language(call.language),
        "timezone": str(city.calendar.zone),
        "languages": list(city.languages),
        "channels": list(city.channels),
        "phone": city.centre_phone,
        "features": sorted(city.features),
        "emergency_numbers": [
            {"number": number, "name": words.in_language(call.language)}
            for number, words in city.emergency_numbers
        ],
        "regulation": {
            "title": title.title,
            "number": title.number,
            "date": title.approved_on.isoformat() if title.approved_on else None,
            "edition": city.edition_at(now).name,
        },
        "message": _message(Shape(city, call.language, now), centre.messages),
    }
    return ok(body, cache=MESSAGE_CACHED)


@routes.route("/topics", query=TopicsQuery, answers={200: TopicsView}, public=True)
def get_topics(call: Call) -> Response:
    """List topics; `q` finds by words, synonyms and in the wrong keyboard layout."""
    centre, asked = wiring.centre(), call.asked(TopicsQuery)
    city = centre.city
    found = find_topics(city, asked.q) if asked.q else tuple(city.topics.values())
    edition = city.edition_at(centre.now()).name
    bodies = _topics(city, call.language, edition, tuple(topic.code for topic in found))
    text = json_text({"items": bodies, "next_cursor": None})
    return unless_known(call.request, text, tag_of(text), cache=CACHED)


@routes.route("/topics/suggestions", query=SuggestionsQuery, answers={200: TopicsView}, public=True)
def get_topic_suggestions(call: Call) -> Response:
    """Suggest up to three topics that a text may be about: a hint, never a decision (K-3.1)."""
    centre, asked = wiring.centre(), call.asked(SuggestionsQuery)
    city = centre.city
    found = suggest(city, word_forms(city.id), asked.text)
    edition = city.edition_at(centre.now()).name
    codes = tuple(topic.code for topic in found)
    return ok({"items": _topics(city, call.language, edition, codes), "next_cursor": None})


@routes.route("/deadlines", query=DeadlineQuery, answers={200: DeadlineView}, public=True)
def get_deadlines(call: Call) -> Response:
    """Compute when an appeal of a topic received at an instant is due, and why."""
    centre, asked = wiring.centre(), call.asked(DeadlineQuery)
    topic = centre.city.topics.get(asked.topic)
    if topic is None:
        raise InputRefused(faults=(Fault("topic", "unknown_topic"),))
    return ok(_deadline_body(Shape(centre.city, call.language, centre.now()), topic, asked))


def _message(shape: Shape, messages: CityMessages) -> Body | None:
    """Return the coordinator's message; the city is shown without it when the store is away."""
    try:
        message = messages.read(shape.now)
    except StoreAway:
        return None
    if message is None:
        return None
    text = message.text.in_language(shape.language)
    return {"text": text, "until_at": shape.time(message.until_at)}


@lru_cache(maxsize=256)
def _topics(city: City, language: str, edition: str, codes: tuple[str, ...]) -> list[Body]:
    return [_topic_body(city, language, edition, city.topics[code]) for code in codes]


def _topic_body(city: City, language: str, edition: str, topic: Topic) -> Body:
    executor = city.executors[topic.executor]
    term = city.edition(edition)[f"term_{topic.urgency}"]
    redirect = topic.safety_redirect
    return {
        "code": topic.code,
        "group_code": topic.group_code,
        "group": topic.group.in_language(language),
        "name": topic.name.in_language(language),
        "urgency": topic.urgency,
        "term": {"value": term.value, "unit": term.unit},
        "executor": {"id": executor.id, "name": executor.name.in_language(language)},
        "evidence": topic.evidence,
        "safety_redirect": redirect.in_language(language) if redirect else None,
        "keywords": list(topic.keywords),
    }


def _deadline_body(shape: Shape, topic: Topic, asked: DeadlineQuery) -> Body:
    city, received_at = shape.city, asked.received_at
    calendar, edition = city.calendar, city.edition_at(received_at)
    due = deadline(received_at, topic.urgency, edition=edition, calendar=calendar, law=city.law)
    emergency = topic.urgency == "emergency"
    decide_by = decide_extension_by(received_at, edition) if emergency else None
    latest = extension_max(received_at, edition, calendar) if emergency else None

    def by_law(name: str) -> str:
        return shape.time(days_after(received_at, edition[name].value, calendar))

    return {
        "urgency": topic.urgency,
        "received_at": shape.time(received_at),
        "due_at": shape.time(due.due_at),
        "certain_late_at": shape.time(due.certain_late_at),
        "act_by_at": shape.time(due.act_by_at),
        "outer_due_at": None,
        "decide_extension_by_at": shape.maybe(decide_by),
        "extension_max_at": shape.maybe(latest),
        "forward_by_at": by_law("forward"),
        "return_form_by_at": by_law("return_form"),
        "return_data_by_at": by_law("return_data"),
        "law_15_days_at": by_law("law_15_days"),
        "law_month_at": shape.time(month_after(received_at, calendar)),
        "law_cap_at": shape.time(law_cap(received_at, edition=edition, calendar=calendar)),
        "explanation": shape.reasons(due.reason),
    }
