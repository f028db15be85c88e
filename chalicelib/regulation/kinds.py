"""What a message is by law, and what follows from it (law 393/96 art. 3, 8, 10, 18)."""

from collections.abc import Iterator
from enum import StrEnum

from chalicelib.domain.appeal import Appeal, Applicant, Kind, ReplyChannel
from chalicelib.domain.card import Card
from chalicelib.domain.city import City, Topic, Urgency
from chalicelib.domain.errors import Fault, InputRefused, RoleNotPermitted
from chalicelib.domain.people import EXECUTOR_ROLES, Actor
from chalicelib.regulation.clauses import clause

BENEFIT = "benefit"
"""The flag of an appeal that is served before its equals."""
HIDDEN = "hidden"
"""The flag of an appeal whose applicant asked not to be named."""


class Benefit(StrEnum):
    """Categories of applicants whose appeals are served first."""

    WAR_VETERAN = "war_veteran"
    WAR_DISABILITY = "war_disability"
    DISABILITY = "disability"
    FAMILY_OF_FALLEN = "family_of_fallen"
    DISPLACED = "displaced"
    CHORNOBYL = "chornobyl"
    LARGE_FAMILY = "large_family"
    HERO_MOTHER = "hero_mother"
    HERO = "hero"


@clause("LAW-8")
def require_signal_taken(kind: Kind, topic: Topic | None, city: City) -> None:
    """Check that the city takes signals on this topic; on an emergency it always does.

    Raises InputRefused.
    """
    if kind is not Kind.SIGNAL or not city.signal_groups:
        return
    if topic is not None and (
        topic.urgency is Urgency.EMERGENCY or topic.group_code in city.signal_groups
    ):
        return
    raise InputRefused(faults=(Fault("applicant.name", "signal_not_taken", clause="LAW-8"),))


@clause("LAW-8", "K-6.2")
def reply_channel_of(kind: Kind, asked: ReplyChannel | None, applicant: Applicant) -> ReplyChannel:
    """Return where the answer goes: a signal has nobody to answer in person.

    Who did not say where is answered by the mailbox they left, else by the phone.
    """
    if kind is Kind.SIGNAL:
        return ReplyChannel.NONE
    if asked is not None:
        return asked
    if applicant.email:
        return ReplyChannel.EMAIL
    return ReplyChannel.PHONE if applicant.phone else ReplyChannel.NONE


@clause("LAW-3", "LAW-18")
def flags_of(appeal: Appeal) -> Iterator[str]:
    """Yield what the queue says about a message: what it is, and what its applicant asks for."""
    if appeal.kind is not Kind.APPEAL:
        yield str(appeal.kind)
    if appeal.benefit:
        yield BENEFIT
    if appeal.take_part:
        yield "take_part"
    if appeal.hide_identity:
        yield HIDDEN


def is_hidden_from(actor: Actor, appeal: Appeal) -> bool:
    """Tell whether the applicant asked that this reader should not know who asks."""
    return appeal.hide_identity and actor.role in EXECUTOR_ROLES


@clause("LAW-10")
def may_be_found_by_phone(actor: Actor, card: Card) -> bool:
    """Tell whether a search by phone may show a card: it would tell whose number it is."""
    return HIDDEN not in card.flags or actor.role not in EXECUTOR_ROLES


@clause("LAW-10")
def require_may_know(actor: Actor, appeal: Appeal) -> None:
    """Check that a reader may know who asks. Raises RoleNotPermitted."""
    if is_hidden_from(actor, appeal):
        raise RoleNotPermitted(clause="LAW-10", words="identity-hidden", role=actor.role)
