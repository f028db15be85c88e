"""A receipt: what an applicant holds until the appeal has its number."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReceiptStatus(StrEnum):
    """Where an appeal stands that had to wait; clients match on the names."""

    QUEUED = "queued"
    QUARANTINED = "quarantined"
    REGISTERED = "registered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an appeal that had to wait.

    Attributes:
        id: what the token of the receipt proves; unguessable only with its mark.
        number: of the card that it became, None before.
        root, code_key: by which the card's access code is computed; it is never stored.
        reason: why it was refused, in a person's words; empty otherwise.
        release_at: when it is registered if people have not decided; None otherwise.
    """

    id: str
    status: ReceiptStatus
    at: datetime
    number: str | None = None
    root: str | None = None
    code_key: str | None = None
    reason: str = ""
    release_at: datetime | None = None
