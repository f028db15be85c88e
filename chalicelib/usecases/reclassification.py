"""Change a card's topic, and with it the term that follows from the topic (KR-2.12, K-6.1)."""

from chalicelib.domain.card import Action, Card, CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.domain.events import EventName
from chalicelib.regulation.reclassification import reclassified
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.steps import Doing, do, stepped, written
from chalicelib.usecases.writing import Note


def reclassify(doing: Doing, *, topic: str, reason: str, city: City, cards: Cards) -> CardFile:
    """Put a card under another topic; its history keeps the old one and the old date.

    Raises NotFound, RoleNotPermitted, StepNotAllowed, InputRefused (an unknown topic, or the
    same), VersionStale, ChangedMeanwhile.
    """

    def write(file: CardFile) -> Change:
        stepped_card = stepped(doing, file.card, Action.RECLASSIFY, city)
        _require_other(topic, file.card, city)
        after = reclassified(stepped_card, city.topics[topic], doing.now, city)
        note = Note(EventName.RECLASSIFIED, reason, facts=facts_of(file.card, after))
        return written(doing, file, after, note)

    return do(doing, write, cards)


def facts_of(before: Card, after: Card) -> dict[str, str]:
    """Return what the history says of a change of topic."""
    return {
        "topic": after.topic,
        "was_topic": before.topic,
        "due_at": after.due_at.isoformat(),
        "was_due_at": before.due_at.isoformat(),
    }


def _require_other(topic: str, card: Card, city: City) -> None:
    if topic not in city.topics:
        raise InputRefused(faults=(Fault("topic", "unknown_topic"),))
    if topic == card.topic:
        raise InputRefused(faults=(Fault("topic", "same_topic"),))
