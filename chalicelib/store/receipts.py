"""The `receipt#` items of `guards`: what became of appeals that had to wait.

Keys: `key` = `receipt#<id>`, `sort` = `receipt`. No code is kept: it is computed from the root.
"""

from datetime import datetime
from typing import Final

from pynamodb.attributes import TTLAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.receipt import Receipt, ReceiptStatus
from chalicelib.store.attributes import InstantAttribute
from chalicelib.store.tables import Tables

_SORT: Final = "receipt"


class ReceiptItem(Model):
    """One receipt; attributes that are empty are left out."""

    key = UnicodeAttribute(hash_key=True)
    sort = UnicodeAttribute(range_key=True)
    status = UnicodeAttribute()
    at = InstantAttribute()
    number = UnicodeAttribute(null=True)
    root = UnicodeAttribute(null=True)
    code_key = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    expires_at = TTLAttribute()


class ReceiptStore:
    """Implements `usecases.receipts.Receipts`."""

    def __init__(self, tables: Tables) -> None:
        self._guards = tables.guards

    def read(self, receipt_id: str, now: datetime) -> Receipt | None:
        """Return a receipt, None for one of which nothing is known yet, or no more."""
        raw = self._guards.get(_key(receipt_id), _SORT)
        if raw is None:
            return None
        item = ReceiptItem.from_raw_data(raw)
        if item.expires_at <= now:
            return None
        return Receipt(
            id=receipt_id,
            status=ReceiptStatus(item.status),
            at=item.at,
            number=item.number,
            root=item.root,
            code_key=item.code_key,
            reason=item.reason or "",
        )

    def keep(self, receipt: Receipt, *, until: datetime) -> None:
        """Write a receipt over what stands, to be kept until an instant. Raises StoreAway."""
        self._guards.put(
            ReceiptItem(
                key=_key(receipt.id),
                sort=_SORT,
                status=receipt.status,
                at=receipt.at,
                number=receipt.number,
                root=receipt.root,
                code_key=receipt.code_key,
                reason=receipt.reason or None,
                expires_at=until,
            )
        )


def _key(receipt_id: str) -> str:
    return f"receipt#{receipt_id}"
