"""Turn what happened into notices: once for every write, however often this is called (K-3.3).

The stream of cards calls it for speed, the minute's sweep for what the stream has missed: the
index `to_tell` is the truth.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import NotFound, StoreAway
from chalicelib.domain.events import Event
from chalicelib.domain.notice import Notice
from chalicelib.regulation.notices_plan import notices_of
from chalicelib.usecases.live import announce
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.sending_ports import Notices, Queues

MOST_DELAYED: Final = timedelta(seconds=900)
"""The longest that a queue holds a message back; what goes later, the sweep puts there."""


@dataclass(frozen=True, slots=True)
class Outbox:
    """What telling works with.

    Attributes:
        hooked: executors whose own systems are connected.
    """

    city: City
    cards: Cards
    notices: Notices
    queues: Queues
    hooked: Collection[str] = ()


def tell(number: str, now: datetime, outbox: Outbox) -> int:
    """Write the notices of all that is still to be told of a card; return how many there were.

    Raises StoreAway; what was written by then is not written again.
    """
    try:
        file = outbox.cards.read_file(number)
    except NotFound:
        return 0
    count = 0
    for write in file.untold:
        notices = _told(write, file, now, outbox)
        file = replace(file, notices=(*file.notices, *notices))
        count += len(notices)
    return count


def put_on_queues(notices: Iterable[Notice], now: datetime, queues: Queues) -> None:
    """Put notices that go soon on the queues of their media. Raises StoreAway."""

    def way(notice: Notice) -> tuple[str, datetime]:
        return notice.medium, notice.send_after

    soon = [each for each in notices if each.wake_at and each.send_after <= now + MOST_DELAYED]
    for (_, at), group in groupby(sorted(soon, key=way), key=way):
        same = list(group)
        delay = max(0, int((at - now).total_seconds()))
        ids = [notice.id for notice in same]
        queues.put(same[0].medium, ids, at=at, delay_seconds=delay)


def _told(
    write: tuple[Event, ...], file: CardFile, now: datetime, outbox: Outbox
) -> tuple[Notice, ...]:
    """Write one write's notices; nothing where another run has done so before."""
    notices = notices_of(write, file, city=outbox.city, now=now, hooked=outbox.hooked)
    if not outbox.notices.tell(file.card.number, write[0].seq, notices):
        return ()
    with suppress(StoreAway):  # consoles that heard nothing ask by themselves
        announce(file.card, write[0].name, queues=outbox.queues)
    put_on_queues(notices, now, outbox.queues)
    return notices
