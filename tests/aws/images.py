"""What moto's tables hold, read and put back beneath the API.

An image is an item as the wire shows it: attribute name to `{"S": "…"}` and so on. Reading
by the API would itself be a call; this is not.
"""

import copy
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from tests.aws.wire import Sent

Image = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Place:
    """Where one item stands or may stand: its table and its primary key."""

    region: str
    table: str
    key: tuple[tuple[str, str, str], ...]

    def image(self) -> Image | None:
        """Return the item that stands there now, or None."""
        item = self._item()
        return None if item is None else {n: _shown(v) for n, v in item.attrs.items()}

    def copy(self) -> Item | None:
        """Return a copy of moto's own item, to be put back later; None if there is none."""
        return copy.deepcopy(self._item())

    def put_back(self, item: Item | None) -> None:
        """Make this item stand there, past the API and its streams; None removes."""
        table = table_of(self.region, self.table)
        hash_key, range_key = self._keys()
        if item is not None and range_key is not None:
            table.items[hash_key][range_key] = item
        elif item is not None:
            table.items[hash_key] = item  # type: ignore[assignment]
        elif range_key is not None:
            table.items[hash_key].pop(range_key, None)
        else:
            table.items.pop(hash_key, None)

    def _item(self) -> Item | None:
        return table_of(self.region, self.table).get_item(*self._keys())

    def _keys(self) -> tuple[DynamoType, DynamoType | None]:
        values = [DynamoType({kind: value}) for _, kind, value in self.key]
        return values[0], values[1] if len(values) > 1 else None


@dataclass(frozen=True)
class Target:
    """One item that a call names.

    Attributes:
        writes: False if the call only reads the item or checks a condition on it.
    """

    place: Place
    writes: bool


def table_of(region: str, name: str) -> Table:
    """Return moto's table. Raises moto's ResourceNotFoundException."""
    return backend(region).get_table(name)


def backend(region: str) -> DynamoDBBackend:
    """Return moto's DynamoDB of that region, for the account of the tests."""
    return dynamodb_backends[DEFAULT_ACCOUNT_ID][region]


def targets(sent: Sent) -> list[Target]:
    """Return the items that a DynamoDB call names, in its order; none for Query and Scan."""
    read = _TARGETS.get(sent.operation) if sent.service == "dynamodb" else None
    known = backend(sent.region).tables if read else {}
    return [
        Target(_place(sent.region, table, attributes), writes)
        for table, attributes, writes in (read(sent.params) if read else ())
        if table in known
    ]


def _place(region: str, table: str, attributes: Image) -> Place:
    held = table_of(region, table)
    names = [held.hash_key_attr, held.range_key_attr]
    key = [(n, *next(iter(attributes[n].items()))) for n in names if n and n in attributes]
    return Place(region, table, tuple(key))


_Named = Iterator[tuple[str, Image, bool]]


def _of_put(params: Mapping[str, Any]) -> _Named:
    yield params["TableName"], params["Item"], True


def _of_write(params: Mapping[str, Any]) -> _Named:
    yield params["TableName"], params["Key"], True


def _of_get(params: Mapping[str, Any]) -> _Named:
    yield params["TableName"], params["Key"], False


def _of_batch_write(params: Mapping[str, Any]) -> _Named:
    for table, requests in params["RequestItems"].items():
        for request in requests:
            put = request.get("PutRequest")
            yield table, put["Item"] if put else request["DeleteRequest"]["Key"], True


def _of_batch_get(params: Mapping[str, Any]) -> _Named:
    for table, request in params["RequestItems"].items():
        for key in request["Keys"]:
            yield table, key, False


def _of_transaction(params: Mapping[str, Any]) -> _Named:
    for step in params["TransactItems"]:
        kind, body = next(iter(step.items()))
        named = body["Item"] if kind == "Put" else body["Key"]
        yield body["TableName"], named, kind not in ("Get", "ConditionCheck")


_TARGETS: Final[Mapping[str, Callable[[Mapping[str, Any]], _Named]]] = {
    "PutItem": _of_put,
    "UpdateItem": _of_write,
    "DeleteItem": _of_write,
    "GetItem": _of_get,
    "BatchWriteItem": _of_batch_write,
    "BatchGetItem": _of_batch_get,
    "TransactWriteItems": _of_transaction,
    "TransactGetItems": _of_transaction,
}


Replaced = list[tuple[Place, Item | None]]


class History:
    """What every write replaced, so that an index may answer from a while ago."""

    def __init__(self) -> None:
        self._replaced: list[Replaced] = []

    @staticmethod
    def about_to_replace(sent: Sent) -> Replaced:
        """Return copies of what this call may replace; empty if it writes nothing."""
        written = [target.place for target in targets(sent) if target.writes]
        return [(place, place.copy()) for place in written]

    def add(self, replaced: Replaced) -> None:
        """Remember a write that was applied."""
        if replaced:
            self._replaced.append(replaced)

    @contextmanager
    def as_of(self, writes_ago: int) -> Iterator[None]:
        """Show all tables as they were before the last `writes_ago` writing calls."""
        undone: Replaced = []
        for write in reversed(self._replaced[-writes_ago:] if writes_ago else []):
            for place, item in write:
                undone.append((place, place.copy()))
                place.put_back(item)
        try:
            yield
        finally:
            for place, item in reversed(undone):
                place.put_back(item)


def _shown(value: DynamoType) -> dict[str, Any]:
    """Return a value as the wire shows it, lists and maps to their depth."""
    content = value.value
    if isinstance(content, dict):
        return {value.type: {name: _shown(inner) for name, inner in content.items()}}
    if isinstance(content, list) and value.is_list():
        return {value.type: [_shown(inner) for inner in content]}
    return dict(value.to_json())
