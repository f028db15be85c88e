"""Read and write units of every DynamoDB call, as AWS would bill them.

moto's ConsumedCapacity is a stub. The meter computes the units from the items before and
after each call: 1 KB a write unit, 4 KB a read unit, half of it if eventually consistent;
transactions double on the table and not on its indexes (Developer Guide, "Capacity
consumption for read and write operations", "Provisioned throughput considerations for
global secondary indexes").
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Final

from botocore.awsrequest import AWSPreparedRequest

from tests.aws.gate import Call, Gate
from tests.aws.images import Image, Target, targets
from tests.aws.schema import Index, TableSchema
from tests.aws.sizes import item_bytes
from tests.aws.wire import Answer, Sent, moto

WRITE_UNIT_BYTES: Final = 1024
READ_UNIT_BYTES: Final = 4096


@dataclass
class Units:
    """What one call consumed.

    Attributes:
        writes, reads: units of the table and its indexes together.
        by_index: write units of each index that was touched.
    """

    call: Call
    writes: float = 0.0
    reads: float = 0.0
    by_index: Counter[str] = field(default_factory=Counter)


def write_units(size_bytes: int) -> int:
    """Return the units of writing so many bytes; even nothing costs one."""
    return max(1, ceil(size_bytes / WRITE_UNIT_BYTES))


def read_units(size_bytes: int, *, consistent: bool) -> float:
    """Return the units of reading so many bytes; even nothing costs one, or a half."""
    return max(1, ceil(size_bytes / READ_UNIT_BYTES)) * (1.0 if consistent else 0.5)


def index_units(index: Index, old: Image | None, new: Image | None) -> int:
    """Return the units one index consumes when an item changes from `old` to `new`.

    Nothing if its entry stays as it is; one write for an entry that comes, goes or changes;
    two for an entry whose key changes: the old is deleted and a new one put.
    """
    was, becomes = index.entry(old), index.entry(new)
    if was == becomes:
        return 0
    if was is None or becomes is None:
        return write_units(_size(was or becomes))
    if index.key_of(was) != index.key_of(becomes):
        return write_units(_size(was)) + write_units(_size(becomes))
    return write_units(max(_size(was), _size(becomes)))


class Meter:
    """Watches a gate and prices its calls.

    Attributes:
        units: one entry for each call that reached the cloud, in order.
        partitions: write units by (table or `table.index`, partition key): what runs hot.
    """

    def __init__(self) -> None:
        """Begin with nothing consumed."""
        self.units: list[Units] = []
        self.partitions: Counter[tuple[str, str]] = Counter()
        self._schemas: dict[str, TableSchema] = {}
        self._old: list[tuple[Target, Image | None]] = []

    @property
    def writes(self) -> float:
        """Write units of all calls so far."""
        return sum(units.writes for units in self.units)

    @property
    def reads(self) -> float:
        """Read units of all calls so far."""
        return sum(units.reads for units in self.units)

    def before(self, call: Call) -> None:
        """Keep the items which the call names."""
        self._old = [(target, target.place.image()) for target in targets(call.sent)]

    def after(self, call: Call, answer: Answer) -> None:
        """Price the call by what it left behind."""
        units = Units(call)
        self.units.append(units)
        if call.sent.service != "dynamodb":
            return
        if call.sent.operation in ("Query", "Scan"):
            units.reads = _evaluated_units(call.sent, answer)
        elif answer.status < 300 or _condition_failed(answer):
            self._price_items(units, call)

    def _price_items(self, units: Units, call: Call) -> None:
        transaction = call.sent.operation.startswith("Transact")
        writing = "Write" in call.sent.operation or any(t.writes for t, _ in self._old)
        for target, old in self._old:
            if call.repeated:
                units.reads += 2 * read_units(_size(target.place.image()), consistent=True)
            elif writing:
                self._price_write(units, target, old, factor=2 if transaction else 1)
            else:
                units.reads += _get_units(call.sent, target, _size(old), transaction=transaction)

    def _price_write(self, units: Units, target: Target, old: Image | None, *, factor: int) -> None:
        new = target.place.image()
        table = factor * write_units(max(_size(old), _size(new)))
        units.writes += table
        self.partitions[target.place.table, target.place.key[0][2]] += table
        for index in self._schema(target).indexes:
            self._price_index(units, target, index, (old, new))

    def _price_index(
        self,
        units: Units,
        target: Target,
        index: Index,
        change: tuple[Image | None, Image | None],
    ) -> None:
        spent = index_units(index, *change)
        if not spent:
            return
        units.writes += spent
        units.by_index[index.name] += spent
        entries = [entry for entry in map(index.entry, change) if entry is not None]
        key = next(iter(entries[-1][index.keys[0]].values()))
        self.partitions[f"{target.place.table}.{index.name}", key] += spent

    def _schema(self, target: Target) -> TableSchema:
        place = target.place
        if place.table not in self._schemas:
            self._schemas[place.table] = TableSchema.described(place.region, place.table)
        return self._schemas[place.table]


def _size(image: Image | None) -> int:
    return 0 if image is None else item_bytes(image)


def _condition_failed(answer: Answer) -> bool:
    """A write refused by its condition is billed by the item that stands there."""
    body = answer.decoded()
    kind = str(body.get("__type", ""))
    if kind.endswith("TransactionCanceledException"):
        return any(r.get("Code") == "ConditionalCheckFailed" for r in body["CancellationReasons"])
    return kind.endswith("ConditionalCheckFailedException")


def _get_units(sent: Sent, target: Target, size_bytes: int, *, transaction: bool) -> float:
    if transaction:
        return 2 * read_units(size_bytes, consistent=True)
    asked: Mapping[str, Any] = sent.params
    if "RequestItems" in asked:
        asked = asked["RequestItems"][target.place.table]
    return read_units(size_bytes, consistent=asked.get("ConsistentRead", False))


_SHAPES_ANSWER: Final = (
    "FilterExpression",
    "ProjectionExpression",
    "Select",
    "ConditionalOperator",
)


def _evaluated_units(sent: Sent, answer: Answer) -> float:
    """Price a Query or Scan by what it evaluated, not by what the filter let through."""
    if answer.status >= 300:
        return 0.0
    shaped = any(name in sent.params for name in _SHAPES_ANSWER)
    items: Sequence[Image] = (_unshaped(sent) if shaped else answer).decoded().get("Items", ())
    size_bytes = sum(item_bytes(image) for image in items)
    return read_units(size_bytes, consistent=sent.params.get("ConsistentRead", False))


def _unshaped(sent: Sent) -> Answer:
    params = {n: v for n, v in sent.params.items() if n not in _SHAPES_ANSWER}
    wanted = str(params.get("KeyConditionExpression", ""))
    for name in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
        params[name] = {k: v for k, v in params.get(name, {}).items() if _names(wanted, k)}
        if not params[name]:
            del params[name]
    original = sent.request
    request = AWSPreparedRequest(
        original.method, original.url, original.headers, json.dumps(params).encode(), False
    )
    answer = moto(Sent(sent.service, sent.operation, request))
    if answer is None or answer.status >= 300:
        raise AssertionError(f"cannot price {sent.operation}: {answer}")
    return answer


def _names(expression: str, placeholder: str) -> bool:
    following = expression.partition(placeholder)[2][:1]
    return placeholder in expression and not (following.isalnum() or following == "_")


@contextmanager
def metered() -> Iterator[tuple[Gate, Meter]]:
    """Count and price the calls of a block."""
    meter = Meter()
    with Gate(watchers=(meter,)) as gate:
        yield gate, meter
