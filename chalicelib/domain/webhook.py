"""A webhook: where an executor's own system hears of its cards (Standard Webhooks)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

OVERLAP: Final = timedelta(hours=24)
"""How long a changed secret still signs beside the new one."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """One executor's webhook. Its secret is computed of `key` and `serial`, never kept.

    Attributes:
        serial: how many secrets it has had, this one counted.
        changed_at: when the secret was made; the one before it signs too for a while.
        off_reason: why nothing is sent there any more; empty while it is on.
        version: how many times it was written, this time counted.
    """

    executor: str
    url: str
    key: str
    serial: int
    changed_at: datetime
    off_reason: str = ""
    version: int = 1

    def serials(self, now: datetime) -> tuple[int, ...]:
        """Return the secrets that sign now, the newest first."""
        earlier = self.serial > 1 and now < self.changed_at + OVERLAP
        return (self.serial, self.serial - 1) if earlier else (self.serial,)
