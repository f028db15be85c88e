"""The written reply: who drafts, submits and signs it, and what must be there first (KR-2)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib.domain.card import Action, Card, CardFile, Result, Status
from chalicelib.domain.city import City, Edition, EvidenceRule, Person, Topic
from chalicelib.domain.errors import (
    Fault,
    InputRefused,
    RoleNotPermitted,
    RuleRefused,
    StepNotAllowed,
)
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.evidence import About, Evidence, EvidenceKind, EvidenceStatus
from chalicelib.domain.people import Actor, Role
from chalicelib.domain.reply import Reply
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.control import OVERDUE, timers_of_term
from chalicelib.regulation.lifecycle import OPEN, clause_of

SIGNED_REPLY = "signed_reply"
"""The feature of a city where a card ends by a signed reply."""

REACHED = "reached"
DRAFTED_IN = (Status.IN_WORK, Status.REPORTED)
_WORK_DONE = (Result.DONE, Result.PARTLY_DONE)
_OF_THE_SIGNATORY = (Action.SIGN, Action.REVOKE, Action.SEND_BACK)
_PROOF = {
    EvidenceRule.PHOTO: {EvidenceKind.PHOTO, EvidenceKind.ACT},
    EvidenceRule.ACT: {EvidenceKind.ACT},
}


def require_written_replies(card: Card, action: Action, city: City) -> None:
    """Check that this city answers by a signed reply. Raises StepNotAllowed."""
    if SIGNED_REPLY not in city.features:
        raise StepNotAllowed(clause=clause_of(city.law, action), status=card.status, action=action)


@clause("KR-2.3")
def require_printable(card: Card) -> None:
    """Check that a card may still be printed for the head. Raises StepNotAllowed."""
    if card.status not in OPEN:
        raise StepNotAllowed(clause="KR-2.3", status=card.status, action=Action.PRINT)


@clause("KR-2.5")
def require_draftable(card: Card) -> None:
    """Check that the reply is still the unit's to write. Raises StepNotAllowed."""
    if card.status not in DRAFTED_IN:
        raise StepNotAllowed(clause="KR-2.5", status=card.status, action=Action.REPLY)


@clause("KR-2.6")
def require_package(file: CardFile) -> Reply:
    """Return the drafted reply that the head may give for signature.

    Raises RuleRefused without a draft, or without the result that it tells.
    """
    if file.card.result is None:
        raise RuleRefused(words="result-not-reported", clause="KR-2.5")
    return require_reply(file, clause_of_demand="KR-2.6")


def require_reply(file: CardFile, *, clause_of_demand: str) -> Reply:
    """Return the reply of a card. Raises RuleRefused when none was drafted."""
    if file.reply is None:
        raise RuleRefused(words="reply-not-drafted", clause=clause_of_demand)
    return file.reply


@clause("KR-2.4")
def signatory_for(topic: Topic | None, asked: str | None, city: City) -> str:
    """Return the id of the person who is to sign replies of a topic, by distribution of duties.

    Whoever is away is replaced by the substitute, who may also be asked for. A card without a
    topic is nobody's by distribution, so its signatory has to be named.

    Raises InputRefused for somebody whose duty it is not, or where nobody was named.
    """
    on_duty = _on_duty(topic, city)
    if asked is None:
        if topic is None or not on_duty:
            raise InputRefused(faults=(Fault("signatory", "required", clause="KR-2.4"),))
        return _present(on_duty[0])
    if asked not in {name for person in on_duty for name in _acting(person.id, city)}:
        fault = Fault("signatory", "wrong_signatory", clause="KR-2.4")
        raise InputRefused(faults=(fault,), clause="KR-2.4")
    return asked


@clause("KR-2.4")
def may_sign(actor: Actor, card: Card, city: City) -> bool:
    """Tell whether the actor is the signatory of a card, by duty or by name, or acts in absence."""
    if card.signatory is None:
        return False
    topic = city.topics.get(card.topic)
    named = {card.signatory, *(person.id for person in _on_duty(topic, city) if topic)}
    people = (city.people[name] for name in named if name in city.people)
    return actor.person_id in named | {each.substitute for each in people if each.absent}


def require_signatory(actor: Actor, card: Card, action: Action, city: City) -> None:
    """Check that another signatory's reply is left alone. Raises RoleNotPermitted."""
    if not may_sign(actor, card, city):
        raise RoleNotPermitted(clause="KR-2.4", role=actor.role, action=action)


def offered(action: Action, actor: Actor, card: Card, city: City) -> bool:
    """Tell whether an action that a role may take is this person's too: what the console shows."""
    if actor.role is not Role.SIGNATORY or action not in _OF_THE_SIGNATORY:
        return True
    return may_sign(actor, card, city)


@clause("KR-2.5")
def require_evidence(file: CardFile, reply: Reply, topic: Topic | None) -> None:
    """Check that work done is proved by what its topic needs, or that the head said why not.

    Raises RuleRefused.
    """
    needed = _PROOF.get(topic.evidence) if topic else None
    if needed is None or file.card.result not in _WORK_DONE or reply.without_evidence:
        return
    if any(_proves(item, needed) for item in file.evidence):
        return
    if topic is not None and topic.evidence is EvidenceRule.ACT:
        raise RuleRefused(words="act-of-execution-needed", clause="KR-2.5")
    raise RuleRefused(words="evidence-of-execution-needed", clause="KR-2.5")


@clause("KR-2.10")
def contact_demanded(file: CardFile) -> bool:
    """Tell whether the unit has to speak with the applicant before the reply is signed.

    It has where details were unclear, or where no e-mail was given; not with somebody who left
    no way to be reached at all.
    """
    applicant = file.appeal.applicant
    if not applicant.phone and not applicant.email:
        return False
    asked = any(event.name is EventName.CLARIFICATION_ASKED for event in file.events)
    return asked or not applicant.email


@clause("KR-2.10", "KR-2.11")
def require_contact(file: CardFile, edition: Edition) -> None:
    """Check that a demanded talk took place, or was tried as often as the city says.

    Raises RuleRefused.
    """
    if not contact_demanded(file) or reached(file.events):
        return
    tried, needed = len(failed_attempts(file.events)), attempts_needed(file.card, edition)
    if not tried:
        raise RuleRefused(words="contact-needed", clause="KR-2.10")
    if tried < needed:
        raise RuleRefused(
            words="more-attempts-needed", clause="KR-2.11", tried=tried, needed=needed
        )


@clause("KR-2.11")
def attempts_needed(card: Card, edition: Edition) -> int:
    """Return how many failed attempts suffice: the city's number, but no more than one a day.

    So an emergency never waits for a second attempt that its term has no room for.
    """
    number = edition.get("contact_attempts")
    days = (card.due_at - card.received_at) // timedelta(days=1)
    return max(1, min(number.value if number else 1, days))


@clause("KR-2.11")
def failed_attempts(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the attempts that the reply has to state: none once the applicant was reached."""
    attempts = tuple(event for event in events if event.name is EventName.CONTACT_ATTEMPTED)
    return () if reached(attempts) else attempts


def reached(events: Iterable[Event]) -> bool:
    """Tell whether the unit has spoken with the applicant."""
    return any(
        event.name is EventName.CONTACT_ATTEMPTED and event.facts.get("outcome") == REACHED
        for event in events
    )


@clause("KR-2.4")
def require_signed_file(file: CardFile, evidence_id: str) -> None:
    """Check that a scan or an e-signature file is a document of this card that was accepted.

    Raises InputRefused.
    """
    for item in file.evidence:
        if item.id == evidence_id and _is_signed_file(item):
            return
    raise InputRefused(faults=(Fault("file", "not_a_signed_file", clause="KR-2.4"),))


@clause("KR-2.9")
def require_handed_over(file: CardFile) -> Reply:
    """Return the reply that the unit has handed over for publishing. Raises RuleRefused."""
    reply = require_reply(file, clause_of_demand="KR-2.9")
    if reply.handed_over_at is None:
        raise RuleRefused(words="reply-not-handed-over", clause="KR-2.9")
    return reply


@clause("KR-2.12")
def timers_again(file: CardFile, edition: Edition, now: datetime) -> dict[str, datetime]:
    """Return the timers of a term that is unanswered again: those ahead, and an untold breach."""
    card = file.card
    told = any(_tells_breach(event, card.due_at) for event in file.events)
    timers = timers_of_term(card.received_at, card.due_at, edition)
    return {name: at for name, at in timers.items() if at > now or (name == OVERDUE and not told)}


def _on_duty(topic: Topic | None, city: City) -> list[Person]:
    signatories = [person for person in city.people.values() if person.role == Role.SIGNATORY]
    if topic is None:
        return signatories
    return [person for person in signatories if topic.group_code in person.topic_groups]


def _present(person: Person) -> str:
    return person.substitute if person.absent and person.substitute else person.id


def _acting(person_id: str, city: City) -> set[str]:
    person = city.people.get(person_id)
    return {person_id, person.substitute} if person and person.substitute else {person_id}


def _proves(item: Evidence, needed: set[EvidenceKind]) -> bool:
    accepted = item.status is EvidenceStatus.ACCEPTED
    return accepted and item.about is About.EXECUTION and item.kind in needed


def _is_signed_file(item: Evidence) -> bool:
    return (
        item.kind is EvidenceKind.DOCUMENT
        and item.about is About.REVIEW
        and item.status is EvidenceStatus.ACCEPTED
    )


def _tells_breach(event: Event, due_at: datetime) -> bool:
    told = event.facts.get("due_at") if event.name is EventName.OVERDUE else None
    return told is not None and datetime.fromisoformat(told) == due_at
