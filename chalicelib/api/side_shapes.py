"""What a card's side states look like to residents and staff alike (art. 5, 7, 8, 15)."""

from datetime import datetime

from chalicelib.api.shapes import Body, Shape
from chalicelib.domain.card import CardFile, Result, Status
from chalicelib.domain.events import Event, EventName
from chalicelib.regulation.forwarding import answer_of, forwarding_of
from chalicelib.words.say import say


def side_body(shape: Shape, file: CardFile) -> Body:
    """Return what was asked of the applicant last, and where the card was sent."""
    return {
        "clarification": _clarification(shape, file),
        "forwarding": _forwarding(shape, file),
    }


def complain_words(shape: Shape, file: CardFile) -> str | None:
    """Return where and until when to complain; None where nothing was refused."""
    card = file.card
    if card.status is not Status.NOT_CONSIDERED and card.result is not Result.REFUSED:
        return None
    return where_to_complain(shape)


def where_to_complain(shape: Shape) -> str:
    """Return where and until when a refusal may be complained of."""
    centre = shape.city.centre
    authority = centre.authority.in_language(shape.language) if centre else ""
    return say(shape.language, "explain.complain", authority=authority)


def _clarification(shape: Shape, file: CardFile) -> Body | None:
    asked = _last(file, EventName.CLARIFICATION_ASKED)
    if asked is None:
        return None
    answered = _last(file, EventName.MESSAGE_RECEIVED)
    came = answered is not None and answered.seq > asked.seq
    return {
        "lack": asked.facts["lack"],
        "text": asked.text,
        "asked_at": shape.time(asked.at),
        "return_by_at": _local(shape, asked, "return_by_at"),
        "answered_at": shape.time(answered.at) if answered and came else None,
    }


def _forwarding(shape: Shape, file: CardFile) -> Body | None:
    if file.card.status is not Status.FORWARDED:
        return None
    sent, answered = forwarding_of(file), answer_of(file)
    return {
        "body": sent.facts["body"],
        "reason": sent.text,
        "forwarded_at": shape.time(sent.at),
        "forward_by_at": _local(shape, sent, "forward_by_at"),
        "answered_at": shape.time(answered.at) if answered else None,
        "answer": answered.text if answered else None,
    }


def _last(file: CardFile, name: EventName) -> Event | None:
    return next((event for event in reversed(file.events) if event.name is name), None)


def _local(shape: Shape, event: Event, fact: str) -> str:
    return shape.time(datetime.fromisoformat(event.facts[fact]))
