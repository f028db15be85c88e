"""What cards, queues and requests look like to staff."""

from chalicelib.api.applicant_shapes import applicant_body
from chalicelib.api.notice_shapes import notice_bodies
from chalicelib.api.reply_shapes import reply_actions, reply_body, signatories_of
from chalicelib.api.request_shapes import extension_bodies, request_actions, request_body
from chalicelib.api.shapes import Body, Shape, head_body, place_body, public_url, survey_body
from chalicelib.api.side_shapes import side_body
from chalicelib.domain.card import Action, Card, CardFile, QueueRow, Status
from chalicelib.domain.city import City
from chalicelib.domain.events import Event
from chalicelib.domain.evidence import Evidence
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.calls import RECORDING
from chalicelib.regulation.forwarding import answer_of
from chalicelib.regulation.kinds import is_hidden_from
from chalicelib.regulation.lifecycle import OPEN, actions_open_to
from chalicelib.regulation.permissions import Deed, is_main, may
from chalicelib.regulation.replies import offered
from chalicelib.words.say import say

_DECIDED_ON_REQUEST = frozenset({Action.CLOSE, Action.SEND_BACK, Action.REROUTE, Action.PLAN})
_OF_SURVEY = frozenset({Action.CONFIRM, Action.RETURN, Action.DISPUTE})


def staff_body(shape: Shape, file: CardFile, *, actor: Actor, contacts: bool = False) -> Body:
    """Return a card as staff read it; contacts are masked until they were opened."""
    card, appeal = file.card, file.appeal
    return {
        **head_body(shape, card, appeal),
        "extensions": extension_bodies(shape, file.requests),
        "co_executors": [shape.executor(name) for name in card.co_executors],
        "version": card.version,
        "certain_late_at": shape.time(card.certain_late_at),
        "text": appeal.shared_text,
        "text_hidden": bool(appeal.masks),
        "place": place_body(appeal.place),
        "applicant": applicant_body(appeal, actor, contacts=contacts),
        "complaint_about": shape.executor(appeal.complaint_about),
        "take_part": appeal.take_part,
        **side_body(shape, file),
        "reply_channel": appeal.reply_channel,
        "external_id": appeal.external_id,
        "performer": _performer(shape.city, card),
        "history": [_staff_event(shape, event) for event in file.events],
        "requests": [request_body(shape, request) for request in file.requests],
        "evidence": [_staff_evidence(shape, item) for item in file.evidence],
        "survey": survey_body(shape, file.surveys, None, ""),
        "reply": reply_body(shape, file),
        "notices": notice_bodies(shape, file, actor),
        "flags": sorted(card.flags),
        "works": list(card.works),
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
        "overdue": row.status in OPEN and row.overdue(shape.now),
        "street": row.street,
        "building": row.building,
        "excerpt": row.excerpt,
        "flags": sorted(row.flags),
        "version": row.version,
    }


def actions_of(city: City, file: CardFile, actor: Actor) -> list[str]:
    """Return what the reader may do with this card now: what the console offers."""
    card = file.card
    steps = actions_open_to(city.law, card.status, actor.role)
    decided = _DECIDED_ON_REQUEST if "requests_by_coordinator" in city.features else frozenset()
    found = [
        str(action)
        for action in steps
        if action not in decided | _OF_SURVEY
        and is_main(actor, card)
        and offered(action, actor, card, city)
    ]
    found += _deeds(file, actor)
    if RECORDING in city.features and file.appeal.call_id and may(actor, Deed.LISTEN):
        found.append("recording")
    found += reply_actions(file, actor, city)
    found += request_actions(file, actor, city)
    if _OF_SURVEY & set(steps) and may(actor, Deed.SURVEY_CALL) and card.status is Status.CLOSED:
        found.append("survey")
    return found


def _deeds(file: CardFile, actor: Actor) -> list[str]:
    card = file.card
    hidden = is_hidden_from(actor, file.appeal)
    deeds = [] if hidden else [("open-contacts", Deed.OPEN_CONTACTS)]
    if file.appeal.masks:
        deeds.append(("open-text", Deed.OPEN_TEXT))
    if card.status is Status.FORWARDED and answer_of(file) is None:
        deeds.append(("outside-link", Deed.OUTSIDE_LINK))
    if card.status in OPEN:
        deeds += [
            (Action.COMMENT, Deed.COMMENT),
            (Action.CONTACT_ATTEMPT, Deed.CONTACT_ATTEMPT),
            *([(Action.DUTY_CALL, Deed.DUTY_CALL)] if card.executor else []),
            ("evidence", Deed.ADD_EVIDENCE),
        ]
    return [str(name) for name, deed in deeds if may(actor, deed)]


def _staff_event(shape: Shape, event: Event) -> Body:
    by = event.by.name or say(shape.language, f"role.{event.by.role}")
    words = shape.shared(event.text) if event.by.role is Role.APPLICANT else event.text
    return {
        "seq": event.seq,
        "at": shape.time(event.at),
        "event": event.name,
        "by": by,
        "text": f"{shape.event_words(event)} {words}".strip(),
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
    people = [*(executor.people if executor else ()), *signatories_of(card, city)]
    return [{"id": person.id, "name": person.name, "role": person.role} for person in people]
