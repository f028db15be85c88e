"""Who hears at once of what happens to a card (K-3.3)."""

from typing import Final

from chalicelib.domain.card import Card
from chalicelib.domain.people import Actor
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.permissions import Deed, Scope, may, require

CENTRE: Final = "#centre"
"""The audience of those who see every card; no executor's id begins so."""


@clause("K-3.3")
def audiences_of(card: Card) -> tuple[str, ...]:
    """Return whose consoles hear of a card: the centre's, and those of its executors."""
    executors = (card.executor, *card.co_executors)
    return (CENTRE, *dict.fromkeys(executor for executor in executors if executor))


def audience_of(actor: Actor) -> str:
    """Return whose news a person hears: of exactly the cards in sight.

    Raises RoleNotPermitted for whoever sees no cards at all.
    """
    scope = require(actor, Deed.READ_CARDS)
    return CENTRE if scope is Scope.ALL else actor.executor or ""


def hears(actor: Actor, audience: str) -> bool:
    """Tell whether a person hears the news of an audience."""
    return may(actor, Deed.READ_CARDS) and audience_of(actor) == audience
