"""Receipts: a token that proves itself, so that no store is needed to give one (K-2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.errors import NotFound, StoreAway
from chalicelib.domain.numbers import access_code, link_mark, same_token
from chalicelib.domain.receipt import Receipt, ReceiptStatus
from chalicelib.usecases.ports import Secrets

_PURPOSE = "receipt"


class Receipts(Protocol):
    """What became of appeals that had to wait."""

    def read(self, receipt_id: str, now: datetime) -> Receipt | None:
        """Return a receipt, None for one of which nothing is known yet, or no more."""

    def keep(self, receipt: Receipt, *, until: datetime) -> None:
        """Write a receipt over what stands, to be kept until an instant. Raises StoreAway."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A receipt as its holder is told of it."""

    receipt: Receipt
    access_code: str | None = None


def receipt_token(receipt_id: str, *, secrets: Secrets) -> str:
    """Return the token of a receipt: the same whenever it is asked for. Raises StoreAway."""
    key_id = secrets.current()
    return f"{key_id}.{receipt_id}.{_mark(key_id, receipt_id, secrets)}"


def show_receipt(token: str, *, now: datetime, receipts: Receipts, secrets: Secrets) -> Shown:
    """Return what became of the appeal that a receipt was given for.

    A token proves that the appeal was taken, so while nothing else is known it is `queued`.
    Raises NotFound for a token that was never given.
    """
    receipt_id = _proved(token, secrets)
    try:
        found = receipts.read(receipt_id, now)
    except StoreAway:
        found = None
    if found is None:
        return Shown(Receipt(receipt_id, ReceiptStatus.QUEUED, now))
    if found.root is None or found.code_key is None:
        return Shown(found)
    return Shown(found, access_code(secrets.key(found.code_key), found.code_key, found.root))


def _proved(token: str, secrets: Secrets) -> str:
    key_id, _, rest = token.partition(".")
    receipt_id, _, mark = rest.partition(".")
    try:
        right = same_token(mark, _mark(key_id, receipt_id, secrets))
    except LookupError:
        right = False
    if not right:
        raise NotFound(words="no-receipt")
    return receipt_id


def _mark(key_id: str, receipt_id: str, secrets: Secrets) -> str:
    return link_mark(secrets.key(key_id), key_id, _PURPOSE, receipt_id)
