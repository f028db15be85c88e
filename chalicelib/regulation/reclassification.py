"""Changing a card's topic: what becomes of its term (KR-2.12, K-6.1, decision H8 of the city)."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.card import Card
from chalicelib.domain.city import City, Topic, Urgency
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.control import (
    ESCALATE,
    OVERDUE,
    WARNINGS,
    timers_of_term,
    without,
)
from chalicelib.regulation.deadlines import Deadline, deadline, law_cap

NO_TOPIC = "no_topic"


@clause("K-6.1", "KR-2.12.1", "KR-2.12.2", "KR-2.12.3", "LAW-20")
def reclassified(card: Card, topic: Topic, now: datetime, city: City) -> Card:
    """Return the card under another topic, by the edition that it keeps.

    The term of a less urgent class counts from the same receipt; an emergency's hours count
    from now, for nobody could know before, though never past the law's 45 days. A later date once
    granted stands, except in an emergency. The executor stays: another one is named by routing
    or by request.
    """
    kept = replace(card, topic=topic.code, urgency=topic.urgency, flags=card.flags - {NO_TOPIC})
    if topic.urgency is card.urgency:
        return kept
    due = _due(card, topic, now, city)
    urgent = topic.urgency is Urgency.EMERGENCY
    if card.extensions and not urgent and card.due_at > due.due_at:
        return kept
    start_at = now if urgent else card.received_at
    timers = _timers(card, start_at, due.due_at, now, city)
    return replace(kept, due_at=due.due_at, certain_late_at=due.certain_late_at, timers=timers)


def _due(card: Card, topic: Topic, now: datetime, city: City) -> Deadline:
    urgent = topic.urgency is Urgency.EMERGENCY
    edition = city.edition(card.edition)
    due = deadline(
        now if urgent else card.received_at,
        topic.urgency,
        edition=edition,
        calendar=city.calendar,
        law=city.law,
    )
    cap = law_cap(card.received_at, edition=edition, calendar=city.calendar)
    return due if due.due_at <= cap else replace(due, due_at=cap, certain_late_at=cap)


def _timers(
    card: Card, start_at: datetime, due_at: datetime, now: datetime, city: City
) -> dict[str, datetime]:
    term = timers_of_term(start_at, due_at, city.edition(card.edition))
    ahead = {name: at for name, at in term.items() if at > now or name == OVERDUE}
    return {**without(card.timers, OVERDUE, ESCALATE, *WARNINGS), **ahead}
