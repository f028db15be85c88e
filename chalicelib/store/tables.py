"""The tables of one stack, and the one connection of the process that reaches them.

What stands here about keys and indexes stands in infra/template.yaml too; a test compares.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import sleep
from typing import Any, Final

from botocore.config import Config
from pynamodb.connection import Connection
from pynamodb.connection.base import MetaTable
from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.domain.errors import StoreAway
from chalicelib.store.attributes import Raw
from chalicelib.store.away import reaching

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "cards": ("number", "part"),
    "guards": ("key", "sort"),
    "directory": ("kind", "id"),
    "repair_works": ("id", "part"),
    "residents": ("identity",),
    "conversations": ("identity",),
}
"""Partition key by table, and sort key where it has one."""

INDEXES: Final[Mapping[str, tuple[str, ...]]] = {
    "queue": ("queue", "due_at"),
    "open": ("open_shard", "due_at"),
    "applicant": ("phone", "received_at"),
    "place": ("street", "building_received_at"),
    "external": ("external_id",),
    "cell": ("cell", "received_at"),
    "requests": ("decider", "decide_by_at"),
    "picture": ("picture", "number"),
    "to_tell": ("to_tell", "tell_at"),
    "wake": ("wake_shard", "wake_at"),
}
"""Partition and sort key by index of `cards`; every index is sparse."""

WAKE_INDEX: Final[Mapping[str, tuple[str, ...]]] = {"wake": INDEXES["wake"]}
"""The one index of other tables whose items have timers."""

_CONDITION_FAILED: Final = "ConditionalCheckFailedException"
_CONFLICT: Final = "TransactionConflictException"
_CALLER: Final = "contact-centre"
_CONNECT_TIMEOUT_S: Final = 1
_READ_TIMEOUT_S: Final = 3
_RETRIES: Final = 2
_PARALLEL_CALLS: Final = 16
_PAUSES_S: Final = (0.05, 0.1, 0.2, 0.4, 0.8)
"""Longest pauses between tries of a write that met another one: 1.55 s in all."""


class ConditionsFailed(Exception):
    """A condition did not hold, and nothing was written.

    Attributes:
        kept: by the name of a write, the item that stands in its way where it was asked for.
    """

    def __init__(self, kept: Mapping[str, Raw | None]) -> None:
        self.kept = kept
        super().__init__(sorted(kept))


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a query: raw items, and the key after which the next page begins."""

    items: list[Raw]
    count: int
    last: Raw | None


class Table:
    """One table: the calls that stores make, with the database's absence told as StoreAway.

    Attributes:
        keys: names of the partition key, and of the sort key if there is one.
    """

    def __init__(self, name: str, keys: tuple[str, ...], stack: "Tables") -> None:
        self.name = name
        self.keys = keys
        self._stack = stack
        self._connection = stack.connection

    def key_of(self, item: Raw) -> tuple[str, str | None]:
        """Return the partition key and the sort key of a raw item, None where there is none."""
        hash_name, *range_name = self.keys
        return item[hash_name]["S"], item[range_name[0]]["S"] if range_name else None

    def get(self, hash_key: str, range_key: str | None = None) -> Raw | None:
        """Return an item, read consistently."""
        with reaching():
            answer = self._connection.get_item(
                self.name, hash_key, range_key=range_key, consistent_read=True
            )
        item: Raw | None = answer.get("Item")
        return item

    def get_many(self, keys: Sequence[tuple[str, str]], *, consistent: bool) -> list[Raw]:
        """Return the items that exist among at most 100 different keys, in any order."""
        items: list[Raw] = []
        left: list[Any] = [dict(zip(self.keys, key, strict=True)) for key in keys]
        for _ in self._stack.tries():
            if not left:
                return items
            with reaching():
                answer = self._connection.batch_get_item(
                    self.name, left, consistent_read=consistent
                )
            items += answer["Responses"].get(self.name, [])
            left = answer.get("UnprocessedKeys", {}).get(self.name, {}).get("Keys", [])
            if not left:
                return items
        raise StoreAway

    def query(self, hash_key: str, **asked: Any) -> Found:
        """Return one page of a query; `asked` as PynamoDB's Connection.query takes it."""
        with reaching():
            answer = self._connection.query(self.name, hash_key, **asked)
        items = answer.get("Items", [])
        return Found(items, answer.get("Count", len(items)), answer.get("LastEvaluatedKey"))

    def pages(self, hash_key: str, **asked: Any) -> Iterator[Found]:
        """Return all pages of a query, each read when it is needed."""
        page = self.query(hash_key, **asked)
        yield page
        while page.last:
            page = self.query(hash_key, exclusive_start_key=page.last, **asked)
            yield page

    def put(self, item: Model) -> None:
        """Write an item over whatever stands under its key."""
        raw = item.serialize()
        hash_key, range_key = self.key_of(raw)
        with reaching():
            self._connection.put_item(self.name, hash_key, range_key=range_key, attributes=raw)

    def delete(self, hash_key: str, range_key: str | None = None) -> None:
        """Delete an item, if it is there."""
        with reaching():
            self._connection.delete_item(self.name, hash_key, range_key=range_key)

    def count_one(
        self, hash_key: str, range_key: str, attribute: str, *, until: datetime | None = None
    ) -> int:
        """Add one to a number that no transaction writes, and return it.

        Sent as it is: PynamoDB would put the same words together anew for every request.

        Args:
            until: when the item may vanish, kept in `expires_at`.
        """
        values: dict[str, Any] = {":one": {"N": "1"}}
        words = "ADD #n :one"
        if until is not None:
            values[":until"] = {"N": str(int(until.timestamp()))}
            words += " SET expires_at = :until"
        hash_name, range_name = self.keys
        asked = {
            "TableName": self.name,
            "Key": {hash_name: {"S": hash_key}, range_name: {"S": range_key}},
            "UpdateExpression": words,
            "ExpressionAttributeNames": {"#n": attribute},
            "ExpressionAttributeValues": values,
            "ReturnValues": "UPDATED_NEW",
        }
        with reaching():
            answer = self._connection.dispatch("UpdateItem", asked)
        return int(answer["Attributes"][attribute]["N"])

    def update(
        self,
        hash_key: str,
        range_key: str,
        actions: Sequence[Action],
        condition: Condition | None = None,
    ) -> Raw:
        """Update one item and return it whole. Raises ConditionsFailed."""
        for _ in self._stack.tries():
            try:
                with reaching():
                    answer = self._connection.update_item(
                        self.name,
                        hash_key,
                        range_key=range_key,
                        actions=actions,
                        condition=condition,
                        return_values="ALL_NEW",
                    )
            except UpdateError as error:
                if error.cause_response_code == _CONDITION_FAILED:
                    raise ConditionsFailed({f"{hash_key} {range_key}": None}) from error
                if error.cause_response_code != _CONFLICT:
                    raise
            else:
                written: Raw = answer["Attributes"]
                return written
        raise StoreAway


class Tables:
    """The tables of one stack."""

    def __init__(
        self,
        prefix: str,
        region: str | None = None,
        *,
        chance: Callable[[], float],
        wait: Callable[[float], None] = sleep,
    ) -> None:
        """Make the process's one client; its address comes from botocore's own settings.

        Args:
            prefix: what table names begin with, such as `contact-centre-<city>-`.
            region: AWS region; None leaves it to botocore's own settings.
            chance: draws from [0, 1), so that writers that met do not meet again.
            wait: sleeps some seconds between two tries.
        """
        self._chance = chance
        self._wait = wait
        self.connection = Connection(
            region=region,
            connect_timeout_seconds=_CONNECT_TIMEOUT_S,
            read_timeout_seconds=_READ_TIMEOUT_S,
            max_retry_attempts=_RETRIES,
            max_pool_connections=_PARALLEL_CALLS,
        )
        # A name of our own is sent as it is; botocore's is put together anew for every call.
        self.connection.session.set_default_client_config(Config(user_agent=_CALLER))
        self.cards = self._table(prefix, "cards", INDEXES)
        self.guards = self._table(prefix, "guards")
        self.directory = self._table(prefix, "directory")
        self.repair_works = self._table(prefix, "repair_works", WAKE_INDEX)
        self.residents = self._table(prefix, "residents")
        self.conversations = self._table(prefix, "conversations", WAKE_INDEX)
        # Built here, because threads of the first request would each build one of their own.
        self.endpoint: str = self.connection.client.meta.endpoint_url

    def tries(self) -> Iterator[None]:
        """Yield before each try of a call that may meet another one, after pauses of < 2 s."""
        yield
        for longest_s in _PAUSES_S:
            self._wait(longest_s * (0.5 + self._chance() / 2))
            yield

    def _table(
        self, prefix: str, noun: str, indexes: Mapping[str, tuple[str, ...]] | None = None
    ) -> Table:
        self.connection.add_meta_table(_meta_table(prefix + noun, KEYS[noun], indexes or {}))
        return Table(prefix + noun, KEYS[noun], self)


def _meta_table(
    name: str, keys: tuple[str, ...], indexes: Mapping[str, tuple[str, ...]]
) -> MetaTable:
    names = dict.fromkeys((*keys, *(key for index in indexes.values() for key in index)))
    return MetaTable(
        {
            "TableName": name,
            "KeySchema": _key_schema(keys),
            "AttributeDefinitions": [{"AttributeName": key, "AttributeType": "S"} for key in names],
            "GlobalSecondaryIndexes": [
                {"IndexName": index, "KeySchema": _key_schema(of)} for index, of in indexes.items()
            ],
        }
    )


def _key_schema(keys: tuple[str, ...]) -> list[dict[str, str]]:
    kinds = ("HASH", "RANGE")
    return [{"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, kinds, strict=False)]
