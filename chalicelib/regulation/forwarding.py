"""Sending an appeal to the body that is competent, and hearing its answer (law 393/96 art. 7)."""

from datetime import datetime

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import NotFound, RuleRefused
from chalicelib.domain.events import Event, EventName
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.deadlines import days_after


@clause("LAW-7")
def forward_by(card: Card, city: City) -> datetime:
    """Return until when an appeal of another body's competence is sent to it: five days."""
    return days_after(card.received_at, city.edition(card.edition)["forward"].value, city.calendar)


def forwarding_of(file: CardFile) -> Event:
    """Return the event by which a card was forwarded. Raises NotFound for one that was not."""
    for event in reversed(file.events):
        if event.name is EventName.FORWARDED:
            return event
    raise NotFound(words="no-forwarding")


def answer_of(file: CardFile) -> Event | None:
    """Return the other body's answer, None while it has not come."""
    answers = (event for event in file.events if event.name is EventName.OUTSIDE_ANSWERED)
    return next(answers, None)


@clause("LAW-7")
def require_unanswered(file: CardFile) -> None:
    """Check that the other body's one answer has not come yet. Raises RuleRefused."""
    if answer_of(file) is not None:
        raise RuleRefused(words="outside-answered", clause="LAW-7")
