"""Receipts: a token that proves itself, so that no store is needed to give one (K-2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.errors import NotFound, StoreAway
from chalicelib.domain.numbers import access_code, link_mark, same_token
from chalicelib.domain.quarantine import BEGINS, Held, HeldState
from chalicelib.domain.receipt import Receipt, ReceiptStatus
from chalicelib.usecases.ports import Secrets
from chalicelib.usecases.quarantine_ports import Quarantine

_PURPOSE = "receipt"
_STATUSES = {
    HeldState.WAITING: ReceiptStatus.QUARANTINED,
    HeldState.REGISTERED: ReceiptStatus.REGISTERED,
    HeldState.RELEASED: ReceiptStatus.REGISTERED,
    HeldState.REFUSED: ReceiptStatus.REFUSED,
}


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


def receipt_token(receipt_id: str, *, secrets: Secrets, key_id: str | None = None) -> str:
    """Return the token of a receipt: the same whenever it is asked for under a key.

    Raises StoreAway.
    """
    by_key = key_id or secrets.current()
    return f"{by_key}.{receipt_id}.{_mark(by_key, receipt_id, secrets)}"


def show_receipt(
    token: str, *, now: datetime, receipts: Receipts, quarantine: Quarantine, secrets: Secrets
) -> Shown:
    """Return what became of the appeal that a receipt was given for.

    A token proves that the appeal was taken, so while nothing else is known it is `queued`.
    Raises NotFound for a token that was never given.
    """
    receipt_id = proved(token, secrets)
    try:
        found = receipts.read(receipt_id, now) or _kept_back(receipt_id, now, quarantine)
    except StoreAway:
        found = None
    if found is None:
        return Shown(Receipt(receipt_id, ReceiptStatus.QUEUED, now))
    if found.root is None or found.code_key is None:
        return Shown(found)
    return Shown(found, access_code(secrets.key(found.code_key), found.code_key, found.root))


def is_over(held: Held, now: datetime) -> bool:
    """Tell whether a text has outlived its keeping term, whether or not it is deleted by then."""
    return held.expires_at is not None and held.expires_at <= now


def _kept_back(receipt_id: str, now: datetime, quarantine: Quarantine) -> Receipt | None:
    """Return the receipt of a text that waits for people, or has (K-3.4)."""
    try:
        held = quarantine.read(f"{BEGINS}{receipt_id}")
    except NotFound:
        return None
    if is_over(held, now):
        raise NotFound(words="no-receipt")
    refused = held.state is HeldState.REFUSED and held.decision
    return Receipt(
        id=receipt_id,
        status=_STATUSES[held.state],
        at=held.decided_at or held.appeal.received_at,
        number=held.number,
        root=held.number,
        code_key=held.code_key,
        reason=refused.reason if refused else "",
        release_at=held.release_at if held.state is HeldState.WAITING else None,
    )


def proved(token: str, secrets: Secrets) -> str:
    """Return the id of a receipt by its token. Raises NotFound for one never given."""
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
