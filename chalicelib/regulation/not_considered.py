"""Leaving an appeal without consideration: a closed list, a named human (law 393/96 art. 8)."""

from enum import StrEnum

from chalicelib.domain.appeal import Kind
from chalicelib.domain.card import Card
from chalicelib.domain.city import Urgency
from chalicelib.domain.errors import RoleNotPermitted, RuleRefused
from chalicelib.domain.people import Actor
from chalicelib.regulation.clauses import clause


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
def require_may_leave(card: Card, ground: Ground) -> None:
    """Check that a ground can hold for this card.

    A missing name never leaves an emergency undone, and only a complaint comes too late.
    Raises RuleRefused.
    """
    if ground is Ground.ANONYMOUS and card.urgency is Urgency.EMERGENCY:
        raise RuleRefused(words="emergency-is-acted-on", clause="LAW-8")
    if ground is Ground.LATE_COMPLAINT and card.kind is not Kind.COMPLAINT:
        raise RuleRefused(words="no-complaint", clause="LAW-17")
