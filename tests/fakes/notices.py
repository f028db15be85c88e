"""The outbox, dead addresses and the senders' queues in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.errors import StoreAway
from chalicelib.domain.notice import Medium, Notice, NoticeState, NoticeStep
from chalicelib.store import events
from chalicelib.store.cursors import Cursors
from chalicelib.store.notices import part_of
from chalicelib.store.shards import tell_shard_of
from chalicelib.usecases.ports import Page, Waking
from tests.fakes.shelf import Shelf


class FakeNotices:
    """Implements `usecases.sending_ports.Notices`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()
        self._cursors = Cursors(lambda: "key of the tests")

    def untold(self, shard: int, until: datetime, *, limit: int) -> list[Waking]:
        """Return events of a shard that wait to be told since `until` or longer, oldest first."""
        waiting = [
            Waking(number, events.part_of(write[0].seq), write[0].at)
            for number, file in list(self._shelf.files.items())
            for write in file.untold
            if tell_shard_of(number) == shard and write[0].at <= until
        ]
        return sorted(waiting, key=lambda each: (each.at, each.id))[:limit]

    def tell(self, number: str, seq: int, notices: Sequence[Notice]) -> bool:
        """Write the notices of an event's write and take it off the outbox."""
        with self._shelf.lock:
            file = self._shelf.files.get(number)
            left = [write for write in file.untold if write[0].seq != seq] if file else []
            if file is None or len(left) == len(file.untold):
                return False
            if not self._shelf.stand(NoticeStep(None, notice) for notice in notices):
                return False
            self._shelf.files[number] = replace(file, untold=tuple(left))
            self._shelf.put_notices(notices)
            return True

    def of(self, number: str) -> tuple[Notice, ...]:
        """Return the notices of a number."""
        return self._shelf.notices_of(number)

    def add(self, *notices: Notice) -> bool:
        """Write new notices, all or none; False when one of them is there already."""
        return self.write(*(NoticeStep(None, notice) for notice in notices))

    def write(self, *steps: NoticeStep) -> bool:
        """Write notices if each still stands as it was, all or none."""
        with self._shelf.lock:
            if not self._shelf.stand(steps):
                return False
            self._shelf.put_notices(step.after for step in steps)
            return True

    def look_after(self, waking: Waking, at: datetime) -> bool:
        """Let a notice wake at another instant; False when it was sent or moved meanwhile."""
        with self._shelf.lock:
            for notice in self._shelf.notices_of(waking.number):
                if part_of(notice.id) == waking.part and notice.wake_at == waking.at:
                    self._shelf.put_notices([replace(notice, wake_at=at)])
                    return True
            return False

    def to_post(self, *, limit: int, cursor: str | None) -> Page[Notice]:
        """Return the notices that wait for the post, the oldest first."""
        found = sorted(
            (n for n in self._shelf.every_notice() if n.state is NoticeState.TO_POST),
            key=lambda notice: (notice.at, notice.id),
        )
        begin = 0 if cursor is None else int(self._cursors.open("post", cursor)["begin"])
        following = begin + limit
        more = self._cursors.seal("post", {"begin": following}) if found[following:] else None
        return Page(tuple(found[begin:following]), more)


class FakeResidents:
    """Implements `usecases.sending_ports.Residents`."""

    def __init__(self) -> None:
        self.off: dict[tuple[Medium, str], str] = {}

    def is_off(self, medium: Medium, address: str) -> bool:
        """Tell whether nothing is delivered to an address any more."""
        return (medium, address.strip().casefold()) in self.off

    def switch_off(self, medium: Medium, address: str, *, reason: str, at: datetime) -> None:
        """Remember that nothing is delivered to an address."""
        self.off[medium, address.strip().casefold()] = reason

    def switch_on(self, medium: Medium, address: str) -> None:
        """Forget that nothing was delivered."""
        self.off.pop((medium, address.strip().casefold()), None)


@dataclass(frozen=True)
class Queued:
    """A message on a queue."""

    medium: Medium
    notice_id: str
    at: datetime | None
    delay_seconds: int


@dataclass
class FakeQueues:
    """Implements `usecases.sending_ports.Queues`; while `away` is set, nothing can be put."""

    queued: list[Queued] = field(default_factory=list)
    news: list[Mapping[str, str]] = field(default_factory=list)
    away: bool = False

    def put(
        self,
        medium: Medium,
        ids: Sequence[str],
        *,
        at: datetime | None = None,
        delay_seconds: int = 0,
    ) -> None:
        """Put ids of notices on the queue of their medium. Raises StoreAway."""
        if self.away:
            raise StoreAway
        self.queued += [Queued(medium, notice_id, at, delay_seconds) for notice_id in ids]

    def tell_consoles(self, news: Mapping[str, str]) -> None:
        """Put one small message on the queue `live`. Raises StoreAway."""
        if self.away:
            raise StoreAway
        self.news.append(news)
