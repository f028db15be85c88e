"""Linking appeals of different people about one matter; each stays a card of its own (art. 8)."""

from dataclasses import replace

from chalicelib.domain.card import Action, Card, CardFile, Status
from chalicelib.domain.city import Law, Urgency
from chalicelib.domain.errors import Fault, InputRefused, RuleRefused, StepNotAllowed
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.evidence import About
from chalicelib.domain.people import Role
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.complaints import require_may_go_to
from chalicelib.regulation.lifecycle import OPEN

MOST_JOINED = 500
"""How many cards one card may gather; a bigger outage has a published repair work to look at."""

_WORDS_OF_THE_APPLICANT = frozenset(
    {EventName.CLARIFICATION_ASKED, EventName.SPLIT, EventName.RETURNED, EventName.SURVEY_ANSWERED}
)
"""Events whose text was written by the applicant, or to the applicant alone."""

WITH_THE_MAIN_CARD = frozenset(
    {Status.CLOSED, Status.CONFIRMED, Status.UNCONFIRMED, Status.RETURNED}
)
"""Ends of a main card that answer the joined cards too; after any other each goes its own way."""


def joined_events(file: CardFile) -> tuple[Event, ...]:
    """Return the events by which cards were joined to this one and still are."""
    found: dict[str, Event] = {}
    if file.card.joined_to is not None:
        return ()
    for event in file.events:
        if event.name is EventName.JOINED and event.facts["number"] != file.card.number:
            found[event.facts["number"]] = event
        elif event.name is EventName.UNJOINED:
            found.pop(event.facts.get("number", ""), None)
    return tuple(found.values())


def joined_numbers(file: CardFile) -> tuple[str, ...]:
    """Return the numbers of the cards that are joined to this one."""
    return tuple(event.facts["number"] for event in joined_events(file))


@clause("LAW-8", "K-3.1", "KR-2.2")
def require_may_gather(file: CardFile, field: str) -> None:
    """Check that other cards may be joined to this one.

    Raises InputRefused under `field`: it is finished, is joined itself, or has gathered too many.
    """
    if file.card.joined_to is not None or file.card.status not in OPEN:
        raise InputRefused(faults=(Fault(field, "not_open"),))
    if len(joined_numbers(file)) >= MOST_JOINED:
        raise InputRefused(faults=(Fault(field, "too_many", {"most": str(MOST_JOINED)}),))


@clause("K-6.1", "KR-2.12.3")
def require_no_slower(urgency: Urgency, main: Card, law: Law) -> None:
    """Check that an emergency is not joined to what may wait for days. Raises RuleRefused."""
    if urgency is Urgency.EMERGENCY and main.urgency is not Urgency.EMERGENCY:
        clause_number = "K-6.1" if law is Law.K else "KR-2.12.3"
        raise RuleRefused(words="emergency-not-joined", clause=clause_number)


@clause("LAW-8", "K-3.1", "KR-2.2")
def require_may_join(file: CardFile, main: CardFile, law: Law) -> None:
    """Check that a card may be joined to another.

    Raises:
        InputRefused: it is the same card, or the other may not gather.
        RuleRefused: others are joined to it already, it complains about the other's executor,
            or it is an emergency and the other is not.
    """
    if file.card.number == main.card.number:
        raise InputRefused(faults=(Fault("to", "same_card"),))
    require_may_gather(main, "to")
    if joined_numbers(file):
        raise RuleRefused(words="has-joined", clause="LAW-8")
    require_may_go_to(main.card.executor, about=file.appeal.complaint_about)
    require_no_slower(file.card.urgency, main.card, law)


@clause("LAW-10")
def as_others_read(file: CardFile) -> CardFile:
    """Return a main card as applicants of joined cards read it: its course, and whose it is not.

    Anybody may join an own appeal to any number, so words, photos, flat and letter stay with
    the applicant.
    """
    place = replace(file.appeal.place, flat="", note="", lat=None, lon=None)
    events = (replace(e, text="") if _is_personal(e) else e for e in file.events)
    appeal = replace(file.appeal, text="", place=place)
    works = tuple(item for item in file.evidence if item.about is not About.APPEAL)
    return replace(file, appeal=appeal, events=tuple(events), evidence=works, reply=None)


def _is_personal(event: Event) -> bool:
    return event.by.role is Role.APPLICANT or event.name in _WORDS_OF_THE_APPLICANT


def require_joined(card: Card) -> str:
    """Return the number of the card that this one is joined to. Raises StepNotAllowed."""
    if card.joined_to is None:
        raise StepNotAllowed(status=card.status, action=Action.UNJOIN)
    return card.joined_to
