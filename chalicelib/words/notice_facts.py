"""The facts that the words of notices mention, taken from a card's file and its event.

What a template may mention is named in `chalicelib/words/notices/README.md`.
"""

from collections.abc import Mapping
from typing import Final

from chalicelib.domain.appeal import Place
from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.executor_request import ExecutorRequest

Facts = Mapping[str, object]

_OTHER_CARD: Final = {"number": "other", "numbers": "others"}
"""An event's `number` is that of another card; the card's own is a fact of the card."""


def card_facts(file: CardFile, city: City, language: str) -> dict[str, object]:
    """Return what may be said of a card in any notice: nothing of who asks, no code, no link."""
    card, appeal = file.card, file.appeal
    topic, executor = city.topics.get(card.topic), city.executors.get(card.executor or "")
    performer = city.people.get(card.performer or "")
    reported = [e for e in file.events if e.name is EventName.REPORTED and e.public]
    closing = file.surveys[-1].closes_at if file.surveys else None
    return _said(
        {
            "number": card.number,
            "external_id": appeal.external_id,
            "topic": topic.name.in_language(language) if topic else None,
            "place": place_words(appeal.place),
            "executor": executor.name.in_language(language) if executor else None,
            "performer": performer.name if performer else card.performer,
            "urgency": card.urgency,
            "due_at": card.due_at,
            "status": card.status,
            "result": card.result,
            "result_text": reported[-1].text if reported else None,
            "excerpt": card.excerpt,
            "earlier": card.repeat_of,
            "closes_at": closing,
            **_reply_facts(file),
        }
    )


def event_facts(
    event: Event, file: CardFile, city: City, language: str, *, internal: bool
) -> dict[str, object]:
    """Return what may be said of one event of a card's file.

    Args:
        internal: whether the reader is staff, who read words that are not public.
    """
    facts: dict[str, object] = {
        _OTHER_CARD.get(name, name): value for name, value in event.facts.items()
    }
    executor = city.executors.get(event.facts.get("executor", ""))
    topic = city.topics.get(event.facts.get("topic", ""))
    request = next((r for r in file.requests if r.id == event.facts.get("request")), None)
    return _said(
        {
            **facts,
            "event": event.name,
            "at": event.at,
            "by": event.by.name,
            "text": event.text if internal or event.public else None,
            "executor": executor.name.in_language(language) if executor else facts.get("executor"),
            "topic": topic.name.in_language(language) if topic else facts.get("topic"),
            **(_request_facts(request, city, language) if request and internal else {}),
        }
    )


def place_words(place: Place) -> str:
    """Return a place without the flat: street, building, and the applicant's note."""
    words = ", ".join(part for part in (place.street, place.building) if part)
    return f"{words} ({place.note})" if place.note else words


def _reply_facts(file: CardFile) -> dict[str, object]:
    reply = file.reply
    if reply is None or reply.handed_over_at is None:
        return {}
    return {
        "reply": reply.text,
        "statement": reply.statement,
        "signed_by": reply.signed_by,
        "signed_at": reply.signed_at,
    }


def _request_facts(request: ExecutorRequest, city: City, language: str) -> dict[str, object]:
    named = city.executors.get(request.to_executor or "")
    return {
        "kind": request.kind,
        "decide_by_at": request.decide_by_at,
        "new_due_at": request.new_due_at,
        "to_executor": named.name.in_language(language) if named else None,
        "asked_by": request.asked_by,
        "asked_for": request.reason,
        "awaits_head": bool(request.level and request.acknowledged_at is None),
    }


def _said(facts: Facts) -> dict[str, object]:
    """Return the facts that are there: a template asks `if`, and a missing one is a dash."""
    return {name: value for name, value in facts.items() if value not in (None, "", False)}
