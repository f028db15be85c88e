"""Appeals that wait, and their receipts, in memory."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain.errors import StoreAway
from chalicelib.domain.receipt import Receipt


class FakeReceipts:
    """Implements `usecases.receipts.Receipts`."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Receipt, datetime]] = {}

    def read(self, receipt_id: str, now: datetime) -> Receipt | None:
        """Return a receipt, None for one of which nothing is known yet, or no more."""
        receipt, until = self.kept.get(receipt_id, (None, now))
        return receipt if until > now else None

    def keep(self, receipt: Receipt, *, until: datetime) -> None:
        """Write a receipt over what stands."""
        self.kept[receipt.id] = receipt, until


@dataclass
class FakeWaitingQueue:
    """Implements `usecases.waiting.WaitingQueue`; `brought()` gives what waits as SQS would."""

    messages: list[str] = field(default_factory=list)
    asked_later: list[int] = field(default_factory=list)
    away: bool = False

    def put(self, message: Mapping[str, Any]) -> None:
        """Put an appeal there. Raises StoreAway."""
        if self.away:
            raise StoreAway
        self.messages.append(json.dumps(message, ensure_ascii=False))

    def later(self, handle: str, *, seconds: int) -> None:
        """Let a message that was brought come again after some seconds."""
        assert handle
        self.asked_later.append(seconds)

    def brought(self, tries: int = 1) -> dict[str, Any]:
        """Return the event that brings everything that waits."""
        return {
            "Records": [
                {
                    "messageId": f"m{at}",
                    "receiptHandle": f"r{at}",
                    "body": body,
                    "attributes": {"ApproximateReceiveCount": str(tries)},
                }
                for at, body in enumerate(self.messages)
            ]
        }
