"""What a card looks like to its applicant: public words only."""

from collections.abc import Iterable

from chalicelib.api.reply_shapes import published_reply_body
from chalicelib.api.request_shapes import extension_bodies
from chalicelib.api.shapes import Body, Shape, evidence_bodies, head_body, place_body, survey_body
from chalicelib.api.side_shapes import complain_words, side_body
from chalicelib.api.work_shapes import work_body
from chalicelib.domain.appeal import Appeal
from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.repair_work import RepairWork
from chalicelib.domain.survey import Survey
from chalicelib.regulation.deadlines import Reason
from chalicelib.regulation.forwarding import answer_of, forwarding_of

_TOLD_WITHOUT_TEXT = frozenset(
    {
        "request_decided",
        "sent_back",
        "sent",
        "reply_submitted",
        "signature_revoked",
        "message_received",
    }
)
"""Events whose name the applicant reads, though the words added to them are internal."""


def registered_body(
    shape: Shape,
    card: Card,
    appeal: Appeal,
    *,
    reason: Reason,
    access_code: str,
    works: Iterable[RepairWork] = (),
) -> Body:
    """Return what the applicant is told when the appeal was registered."""
    return {
        **head_body(shape, card, appeal),
        "access_code": access_code,
        "explanation": shape.reasons(reason),
        "place": place_body(appeal.place),
        "known_works": [work_body(shape, work) for work in works],
    }


def resident_body(
    shape: Shape, file: CardFile, *, survey_token: str | None, site_url: str, reason: Reason
) -> Body:
    """Return a card as its applicant reads it: public words only."""
    return {
        **head_body(shape, file.card, file.appeal),
        "extensions": extension_bodies(shape, file.requests),
        "explanation": shape.reasons(reason),
        "text": file.appeal.text,
        "place": place_body(file.appeal.place),
        "history": [_public_event(shape, event) for event in file.events if _told(event)],
        "evidence": evidence_bodies(file.evidence),
        "survey": survey_body(shape, file.surveys, survey_token, site_url),
        "reply": published_reply_body(shape, file),
        **side_body(shape, file),
        "complain": complain_words(shape, file),
    }


def outside_body(shape: Shape, file: CardFile) -> Body:
    """Return what another body reads of an appeal sent to it: the matter, not who asks."""
    sent, answered = forwarding_of(file), answer_of(file)
    return {
        "number": file.card.number,
        "topic": shape.topic(file.card.topic),
        "text": file.appeal.shared_text,
        "place": place_body(file.appeal.place),
        "body": sent.facts["body"],
        "reason": sent.text,
        "forwarded_at": shape.time(sent.at),
        "answered_at": shape.maybe(answered.at if answered else None),
    }


def survey_page_body(shape: Shape, file: CardFile, survey: Survey) -> Body:
    """Return what a survey asks about: the work, its result in the executor's words, its proof."""
    card = file.card
    reported = [event for event in file.events if event.name is EventName.REPORTED]
    return {
        "number": card.number,
        "topic": shape.topic(card.topic),
        "text": file.appeal.shared_text,
        "place": place_body(file.appeal.place),
        "result": card.result,
        "result_text": reported[-1].text if reported else "",
        "evidence": evidence_bodies(file.evidence),
        "status": card.status,
        "opened_at": shape.time(survey.opened_at),
        "closes_at": shape.time(survey.closes_at),
        "outcome": survey.outcome,
    }


def _told(event: Event) -> bool:
    return event.public or event.name in _TOLD_WITHOUT_TEXT


def _public_event(shape: Shape, event: Event) -> Body:
    words = shape.event_words(event)
    text = f"{words} {event.text}".strip() if event.public and event.text else words
    return {"at": shape.time(event.at), "event": event.name, "text": text}
