"""What cards look like outside: to their applicant, and to staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chalicelib.api.answers import local_time
from chalicelib.api.masking import masked_email, masked_name, masked_phone
from chalicelib.domain.appeal import Appeal, Applicant, Place
from chalicelib.domain.card import Action, Card, CardFile, QueueRow, Status
from chalicelib.domain.city import City
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.evidence import Evidence, EvidenceStatus
from chalicelib.domain.executor_request import ExecutorRequest, RequestKind, RequestStatus
from chalicelib.domain.people import Actor
from chalicelib.domain.survey import Survey
from chalicelib.regulation.deadlines import Reason
from chalicelib.regulation.lifecycle import OPEN, actions_open_to
from chalicelib.regulation.permissions import Deed, may
from chalicelib.words.say import say

Body = dict[str, object]

_DECIDED_ON_REQUEST = frozenset({Action.CLOSE, Action.SEND_BACK})
_OF_SURVEY = frozenset({Action.CONFIRM, Action.RETURN, Action.DISPUTE})


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
        return say(self.language, f"event.{event.name}", **facts)

    def status(self, status: Status) -> str:
        """Return a status in words."""
        return say(self.language, f"status.{status}")


def head_body(shape: Shape, card: Card) -> Body:
    """Return what every view of a card begins with."""
    proposed = shape.city.topics.get(card.topic)
    executor = card.executor or (proposed.executor if proposed else None)
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
        "result": card.result,
    }


def resident_body(
    shape: Shape, file: CardFile, *, survey_token: str | None, site_url: str, reason: Reason
) -> Body:
    """Return a card as its applicant reads it: public words only."""
    return {
        **head_body(shape, file.card),
        "explanation": shape.reasons(reason),
        "text": file.appeal.text,
        "place": place_body(file.appeal.place),
        "history": [_public_event(shape, event) for event in file.events if _told(event)],
        "evidence": evidence_bodies(file.evidence),
        "survey": survey_body(shape, file.surveys, survey_token, site_url),
    }


def staff_body(shape: Shape, file: CardFile, *, actor: Actor, contacts: bool = False) -> Body:
    """Return a card as staff read it; contacts are masked until they were opened."""
    card, appeal = file.card, file.appeal
    return {
        **head_body(shape, card),
        "version": card.version,
        "certain_late_at": shape.time(card.certain_late_at),
        "text": appeal.text,
        "place": place_body(appeal.place),
        "applicant": applicant_body(appeal.applicant, contacts=contacts),
        "reply_channel": appeal.reply_channel,
        "external_id": appeal.external_id,
        "performer": _performer(shape.city, card),
        "history": [_staff_event(shape, event) for event in file.events],
        "requests": [request_body(shape, request) for request in file.requests],
        "evidence": [_staff_evidence(shape, item) for item in file.evidence],
        "survey": survey_body(shape, file.surveys, None, ""),
        "flags": sorted(card.flags),
        "people": _people(shape.city, card),
        "actions": actions_of(shape.city, file, actor),
    }


def row_body(shape: Shape, row: QueueRow) -> Body:
    """Return a row of the queue."""
    return {
        "number": row.number,
        "status": row.status,
        "status_text": shape.status(row.status),
        "topic": shape.topic(row.topic),
        "executor": shape.executor(row.executor),
        "received_at": shape.time(row.received_at),
        "due_at": shape.time(row.due_at),
        "overdue": row.status in OPEN and row.due_at <= shape.now,
        "street": row.street,
        "building": row.building,
        "excerpt": row.excerpt,
        "flags": sorted(row.flags),
        "version": row.version,
    }


def request_body(shape: Shape, request: ExecutorRequest) -> Body:
    """Return an executor's request."""
    return {
        "id": request.id,
        "number": request.number,
        "kind": request.kind,
        "kind_text": say(shape.language, f"request.{request.kind}"),
        "status": request.status,
        "reason": request.reason,
        "executor": shape.executor(request.executor),
        "asked_at": shape.time(request.asked_at),
        "asked_by": request.asked_by,
        "decide_by_at": shape.time(request.decide_by_at),
        "decided_at": shape.maybe(request.decided_at),
        "decided_by": request.decided_by,
        "decision_reason": request.decision_reason,
    }


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


def survey_page_body(shape: Shape, file: CardFile, survey: Survey) -> Body:
    """Return what a survey asks about: the work, its result in the executor's words, its proof."""
    card = file.card
    reported = [event for event in file.events if event.name is EventName.REPORTED]
    return {
        "number": card.number,
        "topic": shape.topic(card.topic),
        "text": file.appeal.text,
        "place": place_body(file.appeal.place),
        "result": card.result,
        "result_text": reported[-1].text if reported else "",
        "evidence": evidence_bodies(file.evidence),
        "status": card.status,
        "opened_at": shape.time(survey.opened_at),
        "closes_at": shape.time(survey.closes_at),
        "outcome": survey.outcome,
    }


def evidence_bodies(evidence: tuple[Evidence, ...]) -> list[Body]:
    """Return the pictures that the applicant may see."""
    return [
        {"url": public_url(item), "kind": item.kind, "about": item.about, "caption": item.caption}
        for item in evidence
        if item.status is EvidenceStatus.ACCEPTED and item.public_key
    ]


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


def applicant_body(applicant: Applicant, *, contacts: bool) -> Body:
    """Return who asks; without `contacts` only what tells two people apart."""
    home = applicant.residence
    if not contacts:
        return {
            "masked": True,
            "name": masked_name(applicant.name),
            "phone": masked_phone(applicant.phone),
            "email": masked_email(applicant.email),
            "residence": None,
        }
    residence = home and {
        "settlement": home.settlement,
        "street": home.street,
        "building": home.building,
        "flat": home.flat,
    }
    return {
        "masked": False,
        "name": applicant.name,
        "phone": applicant.phone,
        "email": applicant.email,
        "residence": residence,
    }


def actions_of(city: City, file: CardFile, actor: Actor) -> list[str]:
    """Return what the reader may do with this card now: what the console offers."""
    card = file.card
    steps = actions_open_to(city.law, card.status, actor.role)
    found = [str(action) for action in steps if action not in _DECIDED_ON_REQUEST | _OF_SURVEY]
    found += _deeds(card, actor)
    pending = [item for item in file.requests if item.status is RequestStatus.PENDING]
    if Action.CLOSE in steps and pending:
        found.append("decide")
    asks = card.status is Status.REPORTED and may(actor, Deed.ASK) and not pending
    if asks and "requests_by_coordinator" in city.features:
        found.append(f"request:{RequestKind.CLOSURE}")
    if _OF_SURVEY & set(steps) and may(actor, Deed.SURVEY_CALL) and card.status is Status.CLOSED:
        found.append("survey")
    return found


def public_url(item: Evidence) -> str | None:
    """Return where the public copy is shown; None for what has none."""
    return f"/{item.public_key}" if item.public_key else None


def _deeds(card: Card, actor: Actor) -> list[str]:
    deeds = [("open-contacts", Deed.OPEN_CONTACTS)]
    if card.status in OPEN:
        deeds += [
            (Action.COMMENT, Deed.COMMENT),
            (Action.CONTACT_ATTEMPT, Deed.CONTACT_ATTEMPT),
            ("evidence", Deed.ADD_EVIDENCE),
        ]
    return [str(name) for name, deed in deeds if may(actor, deed)]


def _told(event: Event) -> bool:
    return event.public or event.name in _TOLD_WITHOUT_TEXT


_TOLD_WITHOUT_TEXT = frozenset({"request_decided", "sent_back", "sent"})
"""Events whose name the applicant reads, though the words added to them are internal."""


def _public_event(shape: Shape, event: Event) -> Body:
    words = shape.event_words(event)
    text = f"{words} {event.text}".strip() if event.public and event.text else words
    return {"at": shape.time(event.at), "event": event.name, "text": text}


def _staff_event(shape: Shape, event: Event) -> Body:
    by = event.by.name or say(shape.language, f"role.{event.by.role}")
    return {
        "seq": event.seq,
        "at": shape.time(event.at),
        "event": event.name,
        "by": by,
        "text": f"{shape.event_words(event)} {event.text}".strip(),
        "public": event.public,
        "facts": dict(event.facts),
    }


def _staff_evidence(shape: Shape, item: Evidence) -> Body:
    return {
        "id": item.id,
        "kind": item.kind,
        "about": item.about,
        "status": item.status,
        "url": public_url(item),
        "reason": item.reason and say(shape.language, f"rejection.{item.reason}"),
        "caption": item.caption,
        "by": item.by,
        "uploaded_at": shape.time(item.uploaded_at),
        "taken_at": shape.maybe(item.taken_at),
        "warnings": list(item.warnings),
    }


def _performer(city: City, card: Card) -> Body | None:
    if card.performer is None:
        return None
    person = city.people.get(card.performer)
    return {"id": person.id if person else None, "name": person.name if person else card.performer}


def _people(city: City, card: Card) -> list[Body]:
    executor = city.executors.get(card.executor or "")
    people = executor.people if executor else ()
    return [{"id": person.id, "name": person.name, "role": person.role} for person in people]


def registered_body(
    shape: Shape, card: Card, appeal: Appeal, *, reason: Reason, access_code: str
) -> Body:
    """Return what the applicant is told when the appeal was registered."""
    return {
        **head_body(shape, card),
        "access_code": access_code,
        "explanation": shape.reasons(reason),
        "place": place_body(appeal.place),
        "known_works": [],
    }
