"""Comments on every action of the review (K-5.1.4)."""

from collections.abc import Mapping

from chalicelib.domain.card import Card
from chalicelib.regulation.clauses import clause

STANDING = "due_at"
"""The fact by which the history says how a card stands, where the author of a step did not."""


@clause("K-5.1.4")
def standing(card: Card, text: str) -> Mapping[str, str]:
    """Return what a step says of the present state by itself, when its author adds no words.

    Words of the author are the comment; without them the step still is not left uncommented.
    """
    return {} if text else {STANDING: card.due_at.isoformat()}
