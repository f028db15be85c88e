"""Parts that every answer about a card is shaped from."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.api.answers import local_time
from chalicelib.domain.appeal import Appeal, Place
from chalicelib.domain.card import Card, Status
from chalicelib.domain.city import City
from chalicelib.domain.events import Event
from chalicelib.domain.evidence import Evidence, EvidenceStatus
from chalicelib.domain.screening import masked
from chalicelib.domain.survey import Survey
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.comments import STANDING
from chalicelib.regulation.complaints import may_go_to
from chalicelib.regulation.deadlines import Reason
from chalicelib.regulation.screening import screen
from chalicelib.words.say import knows, say

Body = dict[str, object]


@dataclass(frozen=True, slots=True)
class Shape:
    """Shapes answers for one city, in one language, at one instant."""

    city: City
    language: str
    now: datetime

    def time(self, instant: datetime) -> str:
        """Return an instant with the city's offset."""
        return local_time(instant, self.city.calendar.zone)

    def maybe(self, instant: datetime | None) -> str | None:
        """Return an instant with the city's offset, None for none."""
        return self.time(instant) if instant else None

    def topic(self, code: str) -> Body | None:
        """Return a topic's code, name and urgency; None for a card without a topic."""
        topic = self.city.topics.get(code)
        if topic is None:
            return None
        name = topic.name.in_language(self.language)
        return {"code": topic.code, "name": name, "urgency": topic.urgency}

    def executor(self, executor_id: str | None) -> Body | None:
        """Return an executor's id and name; None for a card that has none yet."""
        executor = self.city.executors.get(executor_id or "")
        if executor is None:
            return None
        return {"id": executor.id, "name": executor.name.in_language(self.language)}

    def reasons(self, *reasons: Reason) -> list[Body]:
        """Return an explanation: each line's clause and words."""
        return [
            {"clause": reason.clause, "text": say(self.language, reason.key, **reason.facts)}
            for reason in reasons
        ]

    def event_words(self, event: Event) -> str:
        """Return what happened in the reader's words, without what a person added to it."""
        facts = dict(event.facts)
        if "executor" in facts:
            executor = self.city.executors.get(facts["executor"])
            facts["executor"] = executor.name.in_language(self.language) if executor else "—"
        if topic := self.city.topics.get(facts.get("topic", "")):
            facts["topic"] = topic.name.in_language(self.language)
        key = "reported_refused" if "complain_to" in facts else event.name
        words = say(self.language, f"event.{key}", **facts)
        standing = f"standing.{event.name}"
        if STANDING in facts and knows(standing):
            words = f"{words} {say(self.language, standing, **facts)}"
        return words

    def shared(self, text: str) -> str:
        """Return an applicant's words as shared views show them, by the list of today (K-3.4)."""
        day = local_date(self.now, self.city.calendar)
        return masked(text, screen(text, self.city.lexicon, day).masks())

    def status(self, status: Status) -> str:
        """Return a status in words."""
        return say(self.language, f"status.{status}")


def head_body(shape: Shape, card: Card, appeal: Appeal) -> Body:
    """Return what every view of a card begins with.

    Who will be sent it stands there before it is sent, but never those complained about.
    """
    topic = shape.city.topics.get(card.topic)
    proposed = topic.executor if topic and may_go_to(topic.executor, appeal) else None
    executor = card.executor or proposed
    return {
        "number": card.number,
        "status": card.status,
        "status_text": shape.status(card.status),
        "topic": shape.topic(card.topic),
        "executor": shape.executor(executor),
        "kind": card.kind,
        "channel": card.channel,
        "edition": card.edition,
        "received_at": shape.time(card.received_at),
        "registered_at": shape.time(card.registered_at),
        "due_at": shape.time(card.due_at),
        "overdue": card.overdue(shape.now),
        "extensions": [],
        "repeat_of": card.repeat_of,
        "repeats": list(card.repeats),
        "joined_to": card.joined_to,
        "part_of": card.part_of,
        "parts": list(card.parts),
        "result": card.result,
    }


def place_body(place: Place) -> Body:
    """Return where the trouble is; `known` tells whether the street is in the registry."""
    return {
        "street": place.street,
        "building": place.building,
        "flat": place.flat,
        "note": place.note,
        "lat": place.lat,
        "lon": place.lon,
        "known": place.street_id is not None,
    }


def evidence_bodies(evidence: tuple[Evidence, ...]) -> list[Body]:
    """Return the pictures that the applicant may see."""
    return [
        {"url": public_url(item), "kind": item.kind, "about": item.about, "caption": item.caption}
        for item in evidence
        if item.status is EvidenceStatus.ACCEPTED and item.public_key
    ]


def survey_body(
    shape: Shape, surveys: tuple[Survey, ...], token: str | None, site_url: str
) -> Body | None:
    """Return the last survey of a card; its token only where one is given, while it is open."""
    if not surveys:
        return None
    survey = surveys[-1]
    waits = survey.outcome is None and shape.now < survey.closes_at
    shown = token if waits else None
    page = f"{site_url}/{shape.language}/survey/#{shown}" if shown else None
    return {
        "token": shown,
        "url": page,
        "opened_at": shape.time(survey.opened_at),
        "closes_at": shape.time(survey.closes_at),
        "outcome": survey.outcome,
    }


def public_url(item: Evidence) -> str | None:
    """Return where the public copy is shown; None for what has none."""
    return f"/{item.public_key}" if item.public_key else None
