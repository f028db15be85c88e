"""What the fakes of one test share: everything stored, behind one lock."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import RLock

from chalicelib.domain.card import CardFile
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.evidence import UploadTicket
from chalicelib.domain.notice import Notice, NoticeState, NoticeStep
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.quarantine import Held
from chalicelib.domain.tally import Tally
from chalicelib.usecases.ports import OnceAnswered

_KEPT_AFTER_CLAIM = timedelta(days=14)


@dataclass
class Shelf:
    """Everything stored. Hold `lock` from checking to writing: that is a transaction."""

    files: dict[str, CardFile] = field(default_factory=dict)
    records: dict[str, OnceRecord] = field(default_factory=dict)
    tickets: dict[str, UploadTicket] = field(default_factory=dict)
    sequences: Counter[int] = field(default_factory=Counter)
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    tallies: Counter[str] = field(default_factory=Counter)
    revoked: dict[str, datetime] = field(default_factory=dict)
    notices: dict[str, dict[str, Notice]] = field(default_factory=dict)
    held: dict[str, Held] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def stand(self, steps: Iterable[NoticeStep]) -> bool:
        """Tell whether notices are as they were read."""
        return all(
            _hold(step.before) == _hold(self.notices.get(step.after.number, {}).get(step.after.id))
            for step in steps
        )

    def put_notices(self, notices: Iterable[Notice]) -> None:
        """Write notices over what stands."""
        for notice in notices:
            self.notices.setdefault(notice.number, {})[notice.id] = notice

    def notices_of(self, number: str) -> tuple[Notice, ...]:
        """Return the notices of a number, in the order of their parts."""
        kept = self.notices.get(number, {})
        return tuple(kept[notice_id] for notice_id in sorted(kept))

    def every_notice(self) -> list[Notice]:
        """Return every notice."""
        return [notice for kept in list(self.notices.values()) for notice in kept.values()]

    def require_held_unchanged(self, held: Held) -> None:
        """Check that a text is in the version before this one. Raises ChangedMeanwhile."""
        kept = self.held.get(held.id)
        if (kept.version if kept else 0) != held.version - 1:
            raise ChangedMeanwhile(held=held.id)

    def require_free(self, once: OnceRecord | None, now: datetime) -> None:
        """Check that nothing was answered under a key. Raises OnceAnswered."""
        kept = self.records.get(once.key) if once else None
        if kept is not None and kept.expires_at > now:
            raise OnceAnswered(kept)

    def keep(self, once: OnceRecord | None) -> None:
        """Keep an answer."""
        if once is not None:
            self.records[once.key] = once

    def require_room(self, tally: Tally | None) -> None:
        """Check that a tally is not full. Raises TooManyRequests."""
        if tally is not None and self.tallies[tally.bucket] >= tally.most:
            raise tally.refusal()

    def count(self, tally: Tally | None) -> None:
        """Count one more."""
        if tally is not None:
            self.tallies[tally.bucket] += 1

    def require_unclaimed(self, tickets: Sequence[UploadTicket]) -> None:
        """Check that tickets are as they were read. Raises ChangedMeanwhile."""
        for ticket in tickets:
            kept = self.tickets.get(ticket.id)
            if kept is None or kept.number or _verdict(kept) != _verdict(ticket):
                raise ChangedMeanwhile(ticket=ticket.id)

    def claim(self, tickets: Sequence[UploadTicket], number: str) -> None:
        """Give tickets to the card they name, or to `number`."""
        for ticket in tickets:
            kept = self.tickets[ticket.id]
            self.tickets[ticket.id] = replace(
                kept,
                number=ticket.number or number,
                expires_at=ticket.expires_at + _KEPT_AFTER_CLAIM,
            )


def _hold(notice: Notice | None) -> tuple[NoticeState, int] | None:
    return (notice.state, notice.tries) if notice else None


def _verdict(ticket: UploadTicket) -> bool | None:
    return ticket.inspection.accepted if ticket.inspection else None
