"""What the admin has entered, in memory."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.directory import (
    Absence,
    Appointment,
    DirectoryChange,
    Entries,
    Entry,
)
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.people import Role
from chalicelib.domain.webhook import Webhook
from chalicelib.regulation.appointments import actor_of
from chalicelib.store.cursors import Cursors
from chalicelib.usecases.ports import Page
from tests.fakes.people import FakeDirectory
from tests.fakes.shelf import Shelf


class FakeAppointments:
    """Implements `usecases.ports.Appointments`; accounts follow when `directory` is given."""

    def __init__(self, shelf: Shelf | None = None, directory: FakeDirectory | None = None) -> None:
        self._shelf = shelf or Shelf()
        self._directory = directory
        self._entries = Entries()
        self._lines: list[DirectoryChange] = []
        self._cursors = Cursors(lambda: "key of the tests")

    def entries(self, now: datetime, *, fresh: bool = False) -> Entries:
        """Return everything entered."""
        return self._entries

    def known(self, now: datetime) -> bool:
        """Everything is known at once in memory."""
        return True

    def enter(
        self,
        entry: Entry,
        line: DirectoryChange,
        *,
        acts_as: Role | None = None,
        once: OnceRecord | None = None,
    ) -> None:
        """Write all or nothing. Raises ChangedMeanwhile, OnceAnswered."""
        with self._shelf.lock:
            self._shelf.require_free(once, line.at)
            kept = self._kept(entry)
            if (kept.version if kept else 0) != entry.version - 1:
                raise ChangedMeanwhile
            self._entries = self._with(entry)
            self._lines.insert(0, line)
            self._shelf.keep(once)
            if self._directory is not None and isinstance(entry, Appointment) and entry.account:
                self._directory.put_person(actor_of(entry), active=not entry.dismissed)

    def changes(self, executor: str, *, limit: int, cursor: str | None) -> Page[DirectoryChange]:
        """Return the history of an executor's people, newest first."""
        start = 0 if cursor is None else int(self._cursors.open(executor, cursor))
        lines = [line for line in self._lines if line.executor == executor]
        end = start + limit
        following = self._cursors.seal(executor, end) if end < len(lines) else None
        return Page(tuple(lines[start:end]), following)

    def _kept(self, entry: Entry) -> Entry | None:
        if isinstance(entry, Appointment):
            return self._entries.appointments.get(entry.person)
        if isinstance(entry, Absence):
            return self._entries.absences.get(entry.person)
        if isinstance(entry, Webhook):
            return self._entries.webhooks.get(entry.executor)
        return self._entries.suspensions.get(entry.executor)

    def _with(self, entry: Entry) -> Entries:
        entries = self._entries
        if isinstance(entry, Appointment):
            return replace(entries, appointments={**entries.appointments, entry.person: entry})
        if isinstance(entry, Absence):
            return replace(entries, absences={**entries.absences, entry.person: entry})
        if isinstance(entry, Webhook):
            return replace(entries, webhooks={**entries.webhooks, entry.executor: entry})
        return replace(entries, suspensions={**entries.suspensions, entry.executor: entry})
