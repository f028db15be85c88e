"""Tell the subscribers of a work's streets of a change, page by page, each of them once."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.city import City
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.notice import Notice
from chalicelib.domain.repair_work import RepairWork, ToTell, WorkChange, WorkFile
from chalicelib.regulation.repair_works import TELL, TOLD_TO_STAFF, is_still_told
from chalicelib.regulation.work_notices import notice_to_subscriber, notices_to_staff
from chalicelib.usecases.outbox import put_on_queues
from chalicelib.usecases.sending_ports import Notices, Queues
from chalicelib.usecases.work_ports import Subscriptions

AT_ONCE: Final = 25
"""How many subscribers a page has: their notices fit into one transaction."""


@dataclass(frozen=True, slots=True)
class Mailbag:
    """What messages about works are kept in, and the queues that bring them to their senders."""

    notices: Notices
    queues: Queues

    def put(self, notices: tuple[Notice, ...], now: datetime) -> None:
        """Write notices that are not there yet, and put those that go soon on their queues.

        A page that another run has written in part is written one by one. A queue that is away
        is no loss: the sweep looks after every notice. Raises StoreAway.
        """
        if not notices or self.notices.add(*notices):
            fresh = notices
        else:
            fresh = tuple(notice for notice in notices if self.notices.add(notice))
        with suppress(StoreAway):
            put_on_queues(fresh, now, self.queues)


def told_page(
    file: WorkFile, at: datetime, *, city: City, subscriptions: Subscriptions, mailbag: Mailbag
) -> RepairWork:
    """Write the notices of the next page of subscribers; return the work with how far it got.

    A notice's id follows from the change and the address, so a page that is written again, or
    by two runs at once, tells nobody twice; one address in two streets is told once.
    """
    work, head = file.work, file.work.telling[0]
    change = next((each for each in file.changes if each.seq == head.seq), None)
    if change is None or not is_still_told(work, change):
        return _told(work)
    if change.event in TOLD_TO_STAFF:
        mailbag.put(notices_to_staff(work, change, city, at), at)
        return _told(work)
    return _told_in_street(work, change, at, city, subscriptions, mailbag)


def _told_in_street(
    work: RepairWork,
    change: WorkChange,
    at: datetime,
    city: City,
    subscriptions: Subscriptions,
    mailbag: Mailbag,
) -> RepairWork:
    head, streets = work.telling[0], work.streets
    begun = head.street in streets
    street, after = (head.street, head.after) if begun else (streets[0], "")
    page = subscriptions.confirmed(street, after=after, limit=AT_ONCE)
    mailbag.put(tuple(notice_to_subscriber(work.id, change, to, city, at) for to in page), at)
    if len(page) == AT_ONCE:
        return _further(work, ToTell(head.seq, street, page[-1].id))
    following = streets[streets.index(street) + 1 :]
    return _further(work, ToTell(head.seq, following[0])) if following else _told(work)


def _further(work: RepairWork, head: ToTell) -> RepairWork:
    return replace(work, telling=(head, *work.telling[1:]))


def _told(work: RepairWork) -> RepairWork:
    left = work.telling[1:]
    timers = {name: at for name, at in work.timers.items() if left or name != TELL}
    return replace(work, telling=left, timers=timers)
