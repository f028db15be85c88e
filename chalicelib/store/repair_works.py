"""The `repair_works` table: works with their history, and where lists find them.

Keys: `id`, `part`. One work is
- `<work>` / `WORK`, and `<work>` / `CHANGE#0001`: its state and history (work_items.py);
- `city` and `street#<key>` / `CURRENT#<eta_at>#<work>` while it is not closed, and
  `PAST#<how long before the year 2286 it was closed>#<work>` after: its rows in the lists, whole,
  so that a list, and the works of an appeal's street, are one query and no scan.

Subscriptions (subscriptions.py) and the city's message (city_message.py) stand here too.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from pynamodb.expressions.condition import Condition

from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.repair_work import (
    RepairWork,
    WorkFile,
    WorkStatus,
    WorkWriting,
    is_work_id,
)
from chalicelib.store import once as once_answers
from chalicelib.store.attributes import Raw, raw_of, written_instant
from chalicelib.store.cursors import Cursors
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction
from chalicelib.store.work_items import (
    CHANGE,
    PART,
    WAKE,
    WorkChangeItem,
    WorkItem,
    change_item,
    change_of,
    shown,
    state_item,
    work_of,
)
from chalicelib.usecases.ports import Page
from chalicelib.usecases.work_ports import WantedWorks

_CURRENT: Final = "CURRENT#"
_PAST: Final = "PAST#"
_CITY: Final = "city"
_ENDS_S: Final = 10**10
_AFTER_ROWS: Final = "PAST$"
"""What sorts after every row of a list, and before subscriptions."""


class RepairWorkStore:
    """Implements `usecases.work_ports.RepairWorks`."""

    def __init__(self, tables: Tables, cursors: Cursors) -> None:
        self._tables = tables
        self._works = tables.repair_works
        self._cursors = cursors

    def read(self, work_id: str) -> WorkFile:
        """Return a work with its history, read consistently. Raises NotFound."""
        if not is_work_id(work_id):
            raise NotFound(words="no-repair-work")
        pages = self._works.pages(work_id, consistent_read=True)
        parts = {raw["part"]["S"]: raw for page in pages for raw in page.items}
        if PART not in parts:
            raise NotFound(words="no-repair-work")
        changes = (raw for part, raw in sorted(parts.items()) if part.startswith(CHANGE))
        return WorkFile(work_of(parts[PART]), tuple(map(change_of, changes)))

    def save(self, writing: WorkWriting, once: OnceRecord | None = None) -> None:
        """Write a work, its history and its places in the lists, in one transaction.

        Raises:
            ChangedMeanwhile: somebody else wrote the work since it was read.
            OnceAnswered: the idempotency key was answered before; nothing is written.
        """
        work = writing.work
        transaction = Transaction(self._tables)
        if once is not None and writing.changes:
            once_answers.put_once(transaction, self._tables, once, writing.changes[0].at)
        transaction.put(self._works, state_item(work), _unchanged(writing.before))
        for change in writing.changes:
            transaction.put(self._works, change_item(work.id, change), _new())
        self._put_rows(transaction, writing)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            if once is not None and once_answers.WRITE in failed.kept:
                kept = failed.kept[once_answers.WRITE]
                raise once_answers.answered(self._tables, once, kept) from failed
            raise ChangedMeanwhile(work=work.id) from failed

    def listed(
        self, wanted: WantedWorks, *, now: datetime, limit: int, cursor: str | None
    ) -> Page[RepairWork]:
        """Return works: those not closed first, earliest `eta_at` first, then the last closed."""
        key = _list_key(wanted.street)
        question = f"works|{key}|{sorted(wanted.statuses)}|{wanted.executor}"
        after = None if cursor is None else self._cursors.open(question, cursor)
        found: list[tuple[Raw, RepairWork]] = []
        for raw in self._rows(key, _span(wanted.statuses), limit + 1, after):
            work = work_of(raw)
            if _fits(work, wanted, now):
                found.append((raw, work))
            if len(found) > limit:
                break
        following = None
        if len(found) > limit:
            last = found[limit - 1][0]
            following = self._cursors.seal(question, {"id": last["id"], "part": last["part"]})
        return Page(tuple(work for _, work in found[:limit]), following)

    def in_street(self, street_key: str) -> list[RepairWork]:
        """Return the works of a street that are not closed, earliest `eta_at` first."""
        current = WorkItem.part.startswith(_CURRENT)
        pages = self._works.pages(_list_key(street_key), range_key_condition=current)
        return [work_of(raw) for page in pages for raw in page.items]

    def to_wake(self, until: datetime, *, limit: int) -> list[str]:
        """Return ids of works whose next timer is not after `until`, the earliest first."""
        due = WorkItem.wake_at <= until
        found = self._works.query(WAKE, index_name="wake", range_key_condition=due, limit=limit)
        return [raw["id"]["S"] for raw in found.items]

    def _rows(
        self, key: str, span: tuple[str, str], at_once: int, after: Raw | None
    ) -> Iterator[Raw]:
        pages = self._works.pages(
            key,
            range_key_condition=WorkItem.part.between(*span),
            limit=at_once,
            **({"exclusive_start_key": after} if after else {}),
        )
        for page in pages:
            yield from page.items

    def _put_rows(self, transaction: Transaction, writing: WorkWriting) -> None:
        """Write the rows that differ from those that stand, and delete those that moved."""
        before = _rows_of(writing.before) if writing.before else {}
        after = _rows_of(writing.work)
        for key, part in before.keys() - after.keys():
            transaction.delete(self._works, key, part)
        for place, row in after.items():
            if before.get(place) != row:
                transaction.put(self._works, row)


def _list_key(street_key: str | None) -> str:
    return _CITY if street_key is None else f"street#{street_key}"


def _row_part(work: RepairWork) -> str:
    if work.closed_at is None:
        return f"{_CURRENT}{written_instant(work.eta_at)}#{work.id}"
    return f"{_PAST}{_ENDS_S - int(work.closed_at.timestamp())}#{work.id}"


def _rows_of(work: RepairWork) -> dict[tuple[str, str], Raw]:
    part = _row_part(work)
    keys = (_CITY, *map(_list_key, work.streets))
    return {
        (key, part): raw_of(WorkItem, id=key, part=part, work=work.id, **shown(work))
        for key in keys
    }


def _span(statuses: frozenset[WorkStatus]) -> tuple[str, str]:
    """Return between which parts of a list works of these statuses stand."""
    if statuses and WorkStatus.CLOSED not in statuses:
        return _CURRENT, _PAST
    first = _PAST if statuses == {WorkStatus.CLOSED} else _CURRENT
    return first, _AFTER_ROWS


def _fits(work: RepairWork, wanted: WantedWorks, now: datetime) -> bool:
    of_executor = wanted.executor is None or work.executor == wanted.executor
    return of_executor and (not wanted.statuses or work.status(now) in wanted.statuses)


def _unchanged(before: RepairWork | None) -> Condition:
    if before is None:
        return WorkItem.id.does_not_exist()
    return WorkItem.seq == before.seq


def _new() -> Condition:
    return WorkChangeItem.id.does_not_exist()
