"""What DynamoDB refuses and moto lets through: batch sizes, 4 MB, repeated request tokens."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tests.aws.plans import refusal
from tests.aws.sizes import item_bytes
from tests.aws.wire import Answer, Sent

MAX_BATCH_WRITES: Final = 25
MAX_BATCH_READS: Final = 100
MAX_TRANSACTION_ITEMS: Final = 100
MAX_TRANSACTION_BYTES: Final = 4 * 1024 * 1024
MAX_BATCH_BYTES: Final = 16 * 1024 * 1024
MAX_ITEM_BYTES: Final = 400 * 1024
TOKEN_LIFE_S: Final = 600
"""Seconds for which DynamoDB remembers the ClientRequestToken of a transaction."""


def over_limit(sent: Sent) -> Answer | None:
    """Return the answer by which AWS refuses an oversized call; None if nothing is too big."""
    if sent.service != "dynamodb":
        return None
    fault = _too_many(sent) or _too_large(sent)
    return refusal(sent, "ValidationException", fault) if fault else None


def _too_many(sent: Sent) -> str | None:
    most = _MOST_ITEMS.get(sent.operation)
    if most is None:
        return None
    count = _count(sent)
    return f"{count} items in one {sent.operation}; {most} is the most" if count > most else None


_MOST_ITEMS: Final[Mapping[str, int]] = {
    "BatchWriteItem": MAX_BATCH_WRITES,
    "BatchGetItem": MAX_BATCH_READS,
    "TransactWriteItems": MAX_TRANSACTION_ITEMS,
    "TransactGetItems": MAX_TRANSACTION_ITEMS,
}


def _count(sent: Sent) -> int:
    if "TransactItems" in sent.params:
        return len(sent.params["TransactItems"])
    requests = sent.params["RequestItems"].values()
    return sum(len(each["Keys"] if isinstance(each, dict) else each) for each in requests)


def _too_large(sent: Sent) -> str | None:
    items = [item_bytes(image) for image in _written(sent)]
    if any(size > MAX_ITEM_BYTES for size in items):
        return "Item size has exceeded the maximum allowed size"
    most = MAX_BATCH_BYTES if sent.operation == "BatchWriteItem" else MAX_TRANSACTION_BYTES
    return f"the request carries more than {most} bytes" if sum(items) > most else None


def _written(sent: Sent) -> list[Mapping[str, Any]]:
    params = sent.params
    if sent.operation == "PutItem":
        return [params["Item"]]
    if sent.operation == "BatchWriteItem":
        puts = [r.get("PutRequest") for each in params["RequestItems"].values() for r in each]
        return [put["Item"] for put in puts if put]
    if sent.operation == "TransactWriteItems":
        return [_image_of(step) for step in params["TransactItems"]]
    return []


def _image_of(step: Mapping[str, Any]) -> Mapping[str, Any]:
    body = next(iter(step.values()))
    named = body["Item"] if "Item" in body else body["Key"]
    return {**named, **body.get("ExpressionAttributeValues", {})}


@dataclass(frozen=True)
class _Kept:
    fingerprint: str
    until_s: float
    answer: Answer


class Tokens:
    """The transactions that DynamoDB remembers by their ClientRequestToken.

    A repeated call is answered as the first was, and applied once; with other parameters it
    is refused. moto knows nothing of either.
    """

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def recall(self, sent: Sent, *, now_s: float) -> Answer | None:
        """Return the answer to a repeated transaction, or None if it is a new one."""
        kept = self._kept.get(sent.params.get("ClientRequestToken", ""))
        if sent.operation != "TransactWriteItems" or kept is None or kept.until_s <= now_s:
            return None
        if kept.fingerprint == _fingerprint(sent):
            return kept.answer
        return refusal(sent, "IdempotentParameterMismatchException", "token used otherwise")

    def keep(self, sent: Sent, answer: Answer, *, now_s: float) -> None:
        """Remember a transaction that succeeded."""
        token = sent.params.get("ClientRequestToken")
        if sent.operation == "TransactWriteItems" and token and answer.status < 300:
            self._kept[token] = _Kept(_fingerprint(sent), now_s + TOKEN_LIFE_S, answer)


def _fingerprint(sent: Sent) -> str:
    rest = {name: value for name, value in sent.params.items() if name != "ClientRequestToken"}
    return json.dumps(rest, sort_keys=True)
