"""What the admin has entered about executors and their people, with its history.

Keys in `directory`:
- `kind` = `executor`, `id` = `person#<person>`, `absence#<person>`, `suspension#<executor>` or
  `webhook#<executor>`: all of it in one query, for there is little;
- the lines of its history (directory_changes.py).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.directory import (
    Absence,
    Appointment,
    DirectoryChange,
    Entries,
    Entry,
    Post,
    Suspension,
)
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.people import Role
from chalicelib.domain.webhook import Webhook
from chalicelib.regulation.appointments import account_role
from chalicelib.store import once as once_answers
from chalicelib.store.attributes import InstantAttribute, Raw
from chalicelib.store.cursors import Cursors
from chalicelib.store.directory import PERSON, ActorItem
from chalicelib.store.directory_changes import change_item, change_key, change_of
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction
from chalicelib.usecases.ports import Page

_KIND: Final = "executor"
_CACHED_FOR: Final = timedelta(seconds=60)


class EntryItem(Model):
    """One entry; which attributes it has follows from how its id begins."""

    kind = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)
    version = NumberAttribute()
    executor = UnicodeAttribute(null=True)
    post = UnicodeAttribute(null=True)
    name = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    email = UnicodeAttribute(null=True)
    account = UnicodeAttribute(null=True)
    from_at = InstantAttribute(null=True)
    until_at = InstantAttribute(null=True)
    substitute = UnicodeAttribute(null=True)
    by = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    off = BooleanAttribute(null=True)
    url = UnicodeAttribute(null=True)
    key = UnicodeAttribute(null=True)
    serial = NumberAttribute(null=True)


class AppointmentStore:
    """Implements `usecases.ports.Appointments`. What was read is believed for 60 s."""

    def __init__(self, tables: Tables, cursors: Cursors) -> None:
        self._tables = tables
        self._directory = tables.directory
        self._cursors = cursors
        self._seen: tuple[datetime, Entries] | None = None

    def entries(self, now: datetime, *, fresh: bool = False) -> Entries:
        """Return everything entered; at most 60 s old unless `fresh`."""
        if self._seen and not fresh and self.known(now):
            return self._seen[1]
        pages = self._directory.pages(_KIND, consistent_read=True)
        entries = _entries(raw for page in pages for raw in page.items)
        self._seen = (now, entries)
        return entries

    def known(self, now: datetime) -> bool:
        """Tell whether `entries` answers without asking the database."""
        return self._seen is not None and timedelta(0) <= now - self._seen[0] < _CACHED_FOR

    def enter(
        self,
        entry: Entry,
        line: DirectoryChange,
        *,
        acts_as: Role | None = None,
        once: OnceRecord | None = None,
    ) -> None:
        """Write an entry, what it means for accounts, and a line of history in one transaction.

        Args:
            acts_as: by which role a substitute acts while the absent person is away.

        Raises:
            ChangedMeanwhile: somebody else wrote the entry since it was read.
            OnceAnswered: the idempotency key was answered before.
        """
        transaction = Transaction(self._tables)
        if once is not None:
            once_answers.put_once(transaction, self._tables, once, line.at)
        transaction.put(self._directory, _item(entry), _unchanged(entry.version))
        transaction.put(self._directory, change_item(line, entry.version))
        for account in self._accounts(entry, acts_as):
            transaction.put(self._directory, account)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            if once is not None and once_answers.WRITE in failed.kept:
                kept = failed.kept[once_answers.WRITE]
                raise once_answers.answered(self._tables, once, kept) from failed
            raise ChangedMeanwhile from failed
        finally:
            self._seen = None

    def changes(self, executor: str, *, limit: int, cursor: str | None) -> Page[DirectoryChange]:
        """Return the history of an executor's people, newest first."""
        key = change_key(executor)
        start = None if cursor is None else self._cursors.open(key, cursor)
        found = self._directory.query(
            key, limit=limit, exclusive_start_key=start, scan_index_forward=False
        )
        following = self._cursors.seal(key, found.last) if found.last else None
        return Page(tuple(map(change_of, found.items)), following)

    def _accounts(self, entry: Entry, acts_as: Role | None) -> Iterator[ActorItem]:
        if isinstance(entry, Appointment):
            known = {item.id: item for item in self._accounts_of(entry.person)}
            if entry.account and entry.account not in known:
                known[entry.account] = ActorItem(kind=PERSON, id=entry.account)
            yield from (_account(item, entry) for item in known.values())
        elif isinstance(entry, Absence):
            for item in self._people():
                if entry.substitute is not None and entry.substitute in (item.person, item.id):
                    yield _acting(item, entry, acts_as)
                elif item.acts_for == entry.person:
                    yield _acting(item, None, None)

    def _accounts_of(self, person: str) -> list[ActorItem]:
        return [item for item in self._people() if person in (item.person, item.id)]

    def _people(self) -> Iterator[ActorItem]:
        pages = self._directory.pages(PERSON, consistent_read=True)
        return (ActorItem.from_raw_data(raw) for page in pages for raw in page.items)


def _acting(item: ActorItem, absence: Absence | None, acts_as: Role | None) -> ActorItem:
    item.acts_for = absence.person if absence else None
    item.acts_as = acts_as
    item.acts_from_at = absence.from_at if absence else None
    item.acts_until_at = absence.until_at if absence else None
    return item


def _account(item: ActorItem, appointment: Appointment) -> ActorItem:
    item.role = account_role(appointment.post)
    item.name, item.executor = appointment.name, appointment.executor
    item.person = appointment.person
    item.from_at, item.until_at = appointment.from_at, appointment.until_at
    item.off = True if appointment.dismissed else None
    return item


def _unchanged(version: int) -> Condition:
    if version == 1:
        return EntryItem.id.does_not_exist()
    return EntryItem.version == version - 1


def _item(entry: Entry) -> EntryItem:
    return EntryItem(kind=_KIND, version=entry.version, **_values(entry))


def _values(entry: Entry) -> dict[str, Any]:
    if isinstance(entry, Suspension):
        return {
            "id": f"suspension#{entry.executor}",
            "executor": entry.executor,
            "from_at": entry.since_at,
            "by": entry.by,
            "reason": entry.reason,
            "off": entry.lifted or None,
        }
    if isinstance(entry, Webhook):
        return {
            "id": f"webhook#{entry.executor}",
            "url": entry.url,
            "key": entry.key,
            "serial": entry.serial,
            "from_at": entry.changed_at,
            "reason": entry.off_reason or None,
        }
    dates = {"from_at": entry.from_at, "until_at": entry.until_at}
    if isinstance(entry, Absence):
        return {"id": f"absence#{entry.person}", "substitute": entry.substitute, **dates}
    return {
        "id": f"person#{entry.person}",
        "executor": entry.executor,
        "post": entry.post,
        "name": entry.name,
        "phone": entry.phone,
        "email": entry.email,
        "account": entry.account,
        "off": entry.dismissed or None,
        **dates,
    }


def _entries(raws: Iterable[Raw]) -> Entries:
    appointments: dict[str, Appointment] = {}
    absences: dict[str, Absence] = {}
    suspensions: dict[str, Suspension] = {}
    webhooks: dict[str, Webhook] = {}
    for raw in raws:
        item = EntryItem.from_raw_data(raw)
        noun, _, key = item.id.partition("#")
        if noun == "person":
            appointments[key] = _appointment(item, key)
        elif noun == "absence":
            absences[key] = Absence(
                key, item.from_at, item.until_at, item.substitute, int(item.version)
            )
        elif noun == "webhook":
            webhooks[key] = _webhook(item, key)
        else:
            suspensions[key] = _suspension(item, key)
    return Entries(appointments, absences, suspensions, webhooks)


def _appointment(item: EntryItem, person: str) -> Appointment:
    return Appointment(
        person=person,
        executor=item.executor,
        post=Post(item.post),
        name=item.name,
        phone=item.phone,
        email=item.email,
        from_at=item.from_at,
        until_at=item.until_at,
        account=item.account,
        dismissed=bool(item.off),
        version=int(item.version),
    )


def _suspension(item: EntryItem, executor: str) -> Suspension:
    return Suspension(
        executor=executor,
        since_at=item.from_at,
        by=item.by or "",
        reason=item.reason or "",
        lifted=bool(item.off),
        version=int(item.version),
    )


def _webhook(item: EntryItem, executor: str) -> Webhook:
    return Webhook(
        executor=executor,
        url=item.url,
        key=item.key,
        serial=int(item.serial),
        changed_at=item.from_at,
        off_reason=item.reason or "",
        version=int(item.version),
    )
