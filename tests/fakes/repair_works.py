"""Repair works, subscriptions and the city's message in memory."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.city_message import CityMessage
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.notice import NoticeStep
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.repair_work import RepairWork, WorkFile, WorkWriting
from chalicelib.domain.subscription import Subscription, SubscriptionWriting
from chalicelib.store.cursors import Cursors
from chalicelib.usecases.ports import Page
from chalicelib.usecases.work_ports import WantedWorks
from tests.fakes.shelf import Shelf


class FakeRepairWorks:
    """Implements `usecases.work_ports.RepairWorks`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()
        self._cursors = Cursors(lambda: "key of the tests")
        self.files: dict[str, WorkFile] = {}

    def read(self, work_id: str) -> WorkFile:
        """Return a work with its history. Raises NotFound."""
        if work_id not in self.files:
            raise NotFound(words="no-repair-work")
        return self.files[work_id]

    def save(self, writing: WorkWriting, once: OnceRecord | None = None) -> None:
        """Write all or nothing. Raises ChangedMeanwhile, OnceAnswered."""
        work = writing.work
        with self._shelf.lock:
            if once is not None and writing.changes:
                self._shelf.require_free(once, writing.changes[0].at)
            kept = self.files.get(work.id)
            if (kept.work.seq if kept else None) != (
                writing.before.seq if writing.before else None
            ):
                raise ChangedMeanwhile(work=work.id)
            changes = (*(kept.changes if kept else ()), *writing.changes)
            self.files[work.id] = WorkFile(work, changes)
            self._shelf.keep(once)

    def listed(
        self, wanted: WantedWorks, *, now: datetime, limit: int, cursor: str | None
    ) -> Page[RepairWork]:
        """Return works: those not closed first, earliest `eta_at` first, then the last closed."""
        question = f"works|{wanted.street}|{sorted(wanted.statuses)}|{wanted.executor}"
        start = 0 if cursor is None else int(self._cursors.open(question, cursor))
        found = [work for work in self._in_order(wanted.street) if _fits(work, wanted, now)]
        end = start + limit
        following = self._cursors.seal(question, end) if len(found) > end else None
        return Page(tuple(found[start:end]), following)

    def in_street(self, street_key: str) -> list[RepairWork]:
        """Return the works of a street that are not closed, earliest `eta_at` first."""
        return [work for work in self._in_order(street_key) if work.closed_at is None]

    def to_wake(self, until: datetime, *, limit: int) -> list[str]:
        """Return ids of works whose next timer is not after `until`, the earliest first."""
        works = [file.work for file in self.files.values() if file.work.timers]
        waking = sorted((min(work.timers.values()), work.id) for work in works)
        return [work_id for wake_at, work_id in waking if wake_at <= until][:limit]

    def _in_order(self, street: str | None) -> list[RepairWork]:
        works = [file.work for file in list(self.files.values())]
        chosen = [work for work in works if street is None or street in work.streets]
        return sorted(chosen, key=_turn)


class FakeSubscriptions:
    """Implements `usecases.work_ports.Subscriptions`."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self._shelf = shelf or Shelf()
        self.kept: dict[tuple[str, str], Subscription] = {}

    def read(self, street: str, subscription_id: str, now: datetime) -> Subscription | None:
        """Return a subscription; None for none or a lapsed one."""
        found = self.kept.get((street, subscription_id))
        if found is not None and found.expires_at is not None and found.expires_at <= now:
            return None
        return found

    def keep(self, subscription: Subscription) -> None:
        """Write a subscription over what stands there."""
        with self._shelf.lock:
            self.kept[subscription.street, subscription.id] = subscription

    def write(
        self, writing: SubscriptionWriting, once: OnceRecord | None = None, *, now: datetime
    ) -> None:
        """Write a subscription and its notice. Raises ChangedMeanwhile, OnceAnswered."""
        after, notices = writing.after, [writing.notice] if writing.notice else []
        with self._shelf.lock:
            self._shelf.require_free(once, now)
            stands = self.read(after.street, after.id, now)
            if writing.before not in (after, stands):
                raise ChangedMeanwhile
            if not self._shelf.stand(NoticeStep(None, notice) for notice in notices):
                return
            if after != writing.before:
                self.kept[after.street, after.id] = after
            self._shelf.put_notices(notices)
            self._shelf.keep(once)

    def remove(
        self, street: str, subscription_id: str, once: OnceRecord | None = None, *, now: datetime
    ) -> None:
        """Forget a subscription. Raises OnceAnswered."""
        with self._shelf.lock:
            self._shelf.require_free(once, now)
            self.kept.pop((street, subscription_id), None)
            self._shelf.keep(once)

    def confirmed(self, street: str, *, after: str, limit: int) -> Sequence[Subscription]:
        """Return confirmed subscriptions of a street by their ids, from the one after `after`."""
        found = sorted(
            (each for key, each in list(self.kept.items()) if key[0] == street and key[1] > after),
            key=lambda each: each.id,
        )
        return [each for each in found if each.confirmed_at is not None][:limit]


class FakeCityMessages:
    """Implements `usecases.work_ports.CityMessages`."""

    def __init__(self) -> None:
        self._message: CityMessage | None = None

    def read(self, now: datetime) -> CityMessage | None:
        """Return the message that stands now."""
        message = self._message
        return message if message is not None and message.until_at > now else None

    def put(self, message: CityMessage) -> None:
        """Put a message in the place of whatever stands."""
        self._message = message

    def take_down(self) -> None:
        """Take the message down."""
        self._message = None


def _turn(work: RepairWork) -> tuple[bool, float, str]:
    if work.closed_at is None:
        return False, work.eta_at.timestamp(), work.id
    return True, -int(work.closed_at.timestamp()), work.id


def _fits(work: RepairWork, wanted: WantedWorks, now: datetime) -> bool:
    of_executor = wanted.executor is None or work.executor == wanted.executor
    return of_executor and (not wanted.statuses or work.status(now) in wanted.statuses)
