"""Several writes, all or none, in one call.

botocore gives every call its own ClientRequestToken and keeps it when it repeats the call
after a lost answer, so that a write of ours never looks like a conflict to us.
"""

from collections.abc import Sequence
from typing import Any, Final

from pynamodb.exceptions import CancellationReason, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chalicelib.domain.errors import StoreAway
from chalicelib.store.attributes import Raw
from chalicelib.store.away import reaching
from chalicelib.store.tables import ConditionsFailed, Table, Tables

_CONDITION_FAILED: Final = "ConditionalCheckFailed"
_PASSING: Final = frozenset(
    {
        "TransactionConflict",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
        "RequestLimitExceeded",
    }
)
"""Reasons that say nothing about the data: the same transaction may succeed a little later."""


class Transaction:
    """Collects writes, then commits them together; every write has a name of its own."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._deletes: list[dict[str, Any]] = []
        self._puts: list[dict[str, Any]] = []
        self._updates: list[dict[str, Any]] = []
        self._delete_names: list[str] = []
        self._put_names: list[str] = []
        self._update_names: list[str] = []

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self._deletes or self._puts or self._updates)

    def put(
        self,
        table: Table,
        item: Model | Raw,
        condition: Condition | None = None,
        *,
        name: str | None = None,
        show_kept: bool = False,
    ) -> None:
        """Put an item if `condition` holds; `show_kept` asks for the item in its way."""
        raw: Raw = item.serialize() if isinstance(item, Model) else item
        hash_key, range_key = table.key_of(raw)
        self._put_names.append(name or f"{hash_key} {range_key}")
        self._puts.append(
            self._tables.connection.get_operation_kwargs(
                table.name,
                hash_key,
                range_key=range_key,
                key="Item",
                attributes=raw,
                condition=condition,
                return_values_on_condition_failure="ALL_OLD" if show_kept else None,
            )
        )

    def update(
        self,
        table: Table,
        hash_key: str,
        range_key: str,
        actions: Sequence[Action],
        condition: Condition,
    ) -> None:
        """Update an item if `condition` holds."""
        self._update_names.append(f"{hash_key} {range_key}")
        self._updates.append(
            self._tables.connection.get_operation_kwargs(
                table.name, hash_key, range_key=range_key, actions=actions, condition=condition
            )
        )

    def delete(self, table: Table, hash_key: str, range_key: str) -> None:
        """Delete an item, if it is there."""
        self._delete_names.append(f"{hash_key} {range_key}")
        self._deletes.append(
            self._tables.connection.get_operation_kwargs(table.name, hash_key, range_key=range_key)
        )

    def commit(self) -> None:
        """Write everything. Raises ConditionsFailed, or StoreAway after tries of 2 s at most."""
        for _ in self._tables.tries():
            try:
                self._write()
            except TransactWriteError as error:
                if not any(reason.code in _PASSING for reason in _reasons(error)):
                    raise self._refusal(error) from error
            else:
                return
        raise StoreAway

    def _write(self) -> None:
        with reaching():
            self._tables.connection.transact_write_items(
                condition_check_items=(),
                delete_items=self._deletes,
                put_items=self._puts,
                update_items=self._updates,
            )

    def _refusal(self, error: TransactWriteError) -> Exception:
        names = (*self._delete_names, *self._put_names, *self._update_names)
        kept = {
            name: reason.raw_item
            for name, reason in zip(names, error.cancellation_reasons, strict=False)
            if reason is not None and reason.code == _CONDITION_FAILED
        }
        return ConditionsFailed(kept) if kept else error


def _reasons(error: TransactWriteError) -> list[CancellationReason]:
    return [reason for reason in error.cancellation_reasons if reason is not None]
