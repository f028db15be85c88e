"""Leaving an appeal without consideration: a closed list, a named human (law 393/96 art. 8).

What a ground presupposes and software can know is checked: the author of an anonymous message is
not known, a repeated one was resolved before, only a complaint comes too late. The rest (is it the
same matter, has a court declared the person incapable, when was the decision learnt of) is for the
human who signs, in words.
"""

from collections.abc import Iterable
from enum import StrEnum

from chalicelib.domain.appeal import Appeal, Applicant, Kind
from chalicelib.domain.card import Card, CardFile, Status
from chalicelib.domain.city import Urgency
from chalicelib.domain.errors import RoleNotPermitted, RuleRefused
from chalicelib.domain.people import Actor
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.typed_text import folded


class Ground(StrEnum):
    """The closed list of article 8; there is no other ground."""

    ANONYMOUS = "anonymous"
    REPEATED = "repeated"
    LATE_COMPLAINT = "late_complaint"
    INCAPABLE = "incapable"


@clause("LAW-8")
def require_named_human(actor: Actor) -> None:
    """Check that a person decides under their own name, not a machine. Raises RoleNotPermitted."""
    if not actor.name or actor.token_id is None:
        raise RoleNotPermitted(clause="LAW-8", role=actor.role)


@clause("LAW-8", "LAW-17")
def require_may_leave(file: CardFile, ground: Ground) -> None:
    """Check that a ground can hold for this card.

    A missing name never leaves an emergency undone, and one that is known is not missing; only a
    complaint comes too late. Raises RuleRefused.
    """
    card = file.card
    if ground is Ground.ANONYMOUS and card.urgency is Urgency.EMERGENCY:
        raise RuleRefused(words="emergency-is-acted-on", clause="LAW-8")
    if ground is Ground.ANONYMOUS and _is_signed(file.appeal.applicant):
        raise RuleRefused(words="author-is-known", clause="LAW-8")
    if ground is Ground.REPEATED and card.repeat_of is not None:
        raise RuleRefused(words="repeat-of-survey", clause="K-6.2", number=card.repeat_of)
    if ground is Ground.LATE_COMPLAINT and card.kind is not Kind.COMPLAINT:
        raise RuleRefused(words="no-complaint", clause="LAW-17")


@clause("LAW-8")
def resolved_before(card: Card, earlier: Iterable[Card]) -> str:
    """Return the number of the latest earlier card that was resolved on its merits.

    Args:
        earlier: cards of the same person, in any state.

    Raises RuleRefused where none was: then this one is not repeated, whatever came before.
    """
    resolved = [
        other
        for other in earlier
        if other.number != card.number and other.received_at <= card.received_at
        if _is_resolved(other)
    ]
    if not resolved:
        raise RuleRefused(words="nothing-resolved-before", clause="LAW-8")
    return max(resolved, key=lambda other: other.received_at).number


@clause("LAW-8")
def require_same_person(appeal: Appeal, other: Appeal) -> None:
    """Check that two appeals are one person's: by phone, e-mail, or name and street.

    Raises RuleRefused.
    """
    if not _same(appeal.applicant, other.applicant):
        raise RuleRefused(words="another-person", clause="LAW-8", number=other.number)


def _is_signed(applicant: Applicant) -> bool:
    return bool(applicant.name) and applicant.residence is not None


def _is_resolved(card: Card) -> bool:
    """A closed card whose survey is open may still come back."""
    if card.status is Status.CLOSED:
        return not card.surveys
    return card.status in {Status.CONFIRMED, Status.UNCONFIRMED}


def _same(one: Applicant, other: Applicant) -> bool:
    if one.phone and one.phone == other.phone:
        return True
    if one.email and one.email.casefold() == (other.email or "").casefold():
        return True
    return _is_signed(one) and _is_signed(other) and _signature(one) == _signature(other)


def _signature(applicant: Applicant) -> tuple[str, str, str]:
    home = applicant.residence
    street, building = (home.street, home.building) if home else ("", "")
    return folded(applicant.name), folded(street), folded(building)
