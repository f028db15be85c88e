"""The sequence, the tickets and the guards in memory."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.evidence import Inspection, UploadTicket
from chalicelib.domain.once import OnceRecord
from tests.fakes.shelf import Shelf


class FakeNumbers:
    """Implements `usecases.ports.Numbers`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()

    def next_sequence(self, year: int) -> int:
        """Return the next number of a year."""
        with self._shelf.lock:
            self._shelf.sequences[year] += 1
            return self._shelf.sequences[year]

    def last_sequence(self, year: int) -> int:
        """Return the last number drawn in a year."""
        return self._shelf.sequences[year]


class FakeTickets:
    """Implements `usecases.ports.Tickets`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()

    def issue(self, ticket: UploadTicket, once: OnceRecord | None = None, *, now: datetime) -> None:
        """Keep a new ticket. Raises OnceAnswered."""
        with self._shelf.lock:
            self._shelf.require_free(once, now)
            self._shelf.tickets[ticket.id] = ticket
            self._shelf.keep(once)

    def read(self, ids: Sequence[str], now: datetime) -> list[UploadTicket]:
        """Return the unexpired tickets among `ids`, in the order asked."""
        found = (self._shelf.tickets.get(ticket_id) for ticket_id in dict.fromkeys(ids))
        return [ticket for ticket in found if ticket and ticket.expires_at > now]

    def keep(self, ids: Sequence[str], until: datetime) -> None:
        """Let tickets that are there live on until an instant."""
        with self._shelf.lock:
            for ticket_id in ids:
                kept = self._shelf.tickets.get(ticket_id)
                if kept is not None:
                    self._shelf.tickets[ticket_id] = replace(kept, expires_at=until)

    def inspected(self, ticket_id: str, inspection: Inspection, now: datetime) -> UploadTicket:
        """Keep what inspecting came to. Raises NotFound."""
        with self._shelf.lock:
            found = self.read([ticket_id], now)
            if not found:
                raise NotFound(ticket=ticket_id)
            self._shelf.tickets[ticket_id] = replace(found[0], inspection=inspection)
            return self._shelf.tickets[ticket_id]


class FakeGuards:
    """Implements `usecases.ports.Guards`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()

    def answered(self, key: str, now: datetime) -> OnceRecord | None:
        """Return what was answered under a key, None if nothing or expired."""
        record = self._shelf.records.get(key)
        return record if record and record.expires_at > now else None

    def count(self, bucket: str, *, window_seconds: int, now: datetime) -> int:
        """Count one more in a bucket and return the count of the current window."""
        with self._shelf.lock:
            self._shelf.counts[_window(bucket, window_seconds, now)] += 1
            return self.counted(bucket, window_seconds=window_seconds, now=now)

    def counted(self, bucket: str, *, window_seconds: int, now: datetime) -> int:
        """Return the count of the current window without counting."""
        return self._shelf.counts[_window(bucket, window_seconds, now)]

    def revoke(self, token_id: str, until: datetime) -> None:
        """Deny a sign-in until its token expires."""
        self._shelf.revoked[token_id] = until

    def is_revoked(self, token_id: str, now: datetime) -> bool:
        """Tell whether a sign-in was denied."""
        until = self._shelf.revoked.get(token_id)
        return until is not None and until > now


def _window(bucket: str, window_seconds: int, now: datetime) -> tuple[str, int]:
    return bucket, int(now.timestamp()) // window_seconds * window_seconds
