"""What survey calls look like to operators, as types and as bodies."""

from typing_extensions import TypedDict

from chalicelib.api.shapes import Body, Shape
from chalicelib.api.views import ExecutorRef, TopicRef
from chalicelib.domain.card import Card
from chalicelib.regulation.control import SURVEY_CLOSES
from chalicelib.usecases.surveys import Answered
from chalicelib.words.say import say


class SurveyCallView(TypedDict):
    """An applicant to be phoned; the phone itself is opened with the card's contacts.

    `due` says whether it is time: attempts are made on different days and hours.
    """

    number: str
    topic: TopicRef | None
    executor: ExecutorRef | None
    street: str
    building: str
    excerpt: str
    result: str | None
    result_text: str
    closed_at: str | None
    closes_at: str | None
    call_at: str | None
    due: bool
    attempts: int
    attempts_max: int
    version: int


class SurveyCallsView(TypedDict):
    """A page of those to be phoned, whoever is due first."""

    items: list[SurveyCallView]
    next_cursor: str | None


class HeardView(TypedDict):
    """What an operator's call came to; `call_at` says from when to try again."""

    status: str
    repeat_number: str | None
    attempts: int
    call_at: str | None


def call_body(shape: Shape, card: Card) -> Body:
    """Return one applicant to be phoned."""
    limit = shape.city.edition(card.edition).get("survey_attempts")
    return {
        "number": card.number,
        "topic": shape.topic(card.topic),
        "executor": shape.executor(card.executor),
        "street": card.street,
        "building": card.building,
        "excerpt": card.excerpt,
        "result": card.result,
        "result_text": say(shape.language, f"result.{card.result}") if card.result else "",
        "closed_at": shape.maybe(card.closed_at),
        "closes_at": shape.maybe(card.timers.get(SURVEY_CLOSES)),
        "call_at": shape.maybe(card.call_at),
        "due": card.call_at is not None and card.call_at <= shape.now,
        "attempts": card.calls,
        "attempts_max": limit.value if limit else 0,
        "version": card.version,
    }


def heard_body(shape: Shape, done: Answered) -> Body:
    """Return what an operator's call came to."""
    return {
        "status": done.card.status,
        "repeat_number": done.repeat_number,
        "attempts": done.card.calls,
        "call_at": shape.maybe(done.card.call_at),
    }
