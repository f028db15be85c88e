"""The `tally#` items of `guards`: counts that belong to a transaction.

Keys: `key` = `tally#<bucket>`, `sort` = `tally`. What is counted and what it counts are
written together, so that a crash counts nothing and two writers never pass the limit.
"""

from typing import Final

from pynamodb.attributes import NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.tally import Tally
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction

_SORT: Final = "tally"


class TallyItem(Model):
    """How often something happened in its window; the window is part of the key."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    hits = NumberAttribute()
    expires_at = TTLAttribute()


def count_in(transaction: Transaction, tables: Tables, tally: Tally) -> None:
    """Count one more together with the transaction, or let it fail when the tally is full."""
    transaction.update(
        tables.guards,
        _key(tally),
        _SORT,
        [TallyItem.hits.add(1), TallyItem.expires_at.set(tally.ends_at)],
        TallyItem.hits.does_not_exist() | (TallyItem.hits < tally.most),
    )


def is_full(tally: Tally, failed: ConditionsFailed) -> bool:
    """Tell whether this tally was what a transaction failed on."""
    return f"{_key(tally)} {_SORT}" in failed.kept


def _key(tally: Tally) -> str:
    return f"tally#{tally.bucket}"
