"""The `ARRIVAL` item: which card a message of the official address became, so that it is one.

Keys: `number` = `arrival#<foreign id>`, `part` = `ARRIVAL`. The index by foreign ids is late by
design; this item is written in the card's own transaction, so the second of two is refused.
"""

from typing import Final

from pynamodb.attributes import UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.appeal import Channel
from chalicelib.domain.card import Change

PART: Final = "ARRIVAL"


class ArrivalItem(Model):
    """A foreign id that has its card."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    card = UnicodeAttribute()


def arrival_item(change: Change) -> ArrivalItem | None:
    """Return what a new card's arrival is kept as; None for other doors, repeats and parts."""
    foreign_id = arrived_under(change)
    if foreign_id is None:
        return None
    return ArrivalItem(number=f"arrival#{foreign_id}", part=PART, card=change.card.number)


def arrived_under(change: Change) -> str | None:
    """Return the foreign id under which a new card arrived at the official address."""
    appeal, card = change.appeal, change.card
    first = appeal is not None and card.root == card.number
    if appeal is None or not first or appeal.channel is not Channel.OFFICIAL_MAIL:
        return None
    return appeal.external_id


def not_arrived() -> Condition:
    """Return the condition that a message has no card yet."""
    return ArrivalItem.number.does_not_exist()
