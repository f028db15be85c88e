"""Tell responsible persons and heads every working morning what waits for them (K-5.1.6)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.city import City
from chalicelib.domain.notice import Medium, Notice
from chalicelib.regulation.digests import digest_day
from chalicelib.regulation.notices_digest import digests
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.sending_ports import Notices, Queues
from chalicelib.usecases.sweep_ports import Mornings

LOOKED_AFTER: Final = timedelta(minutes=15)
"""How long a digest's message may be on its way before the sweep looks after it."""


@dataclass(frozen=True, slots=True)
class Morning:
    """One run of the schedule, and what its digests are made with.

    Attributes:
        city_now: the city as it stands now; asked only when a digest is due.
    """

    at: datetime
    city: City
    city_now: Callable[[], City]
    cards: Cards
    notices: Notices
    queues: Queues
    mornings: Mornings


def tell_morning(run: Morning) -> int:
    """Write the digests of the day if they are due; return how many were written.

    Each reader gets one a day, however often this runs or wherever it breaks off; who has nothing
    open gets none. Raises StoreAway.
    """
    day = digest_day(run.at, run.city)
    if day is None or run.mornings.is_told(day, run.at):
        return 0
    written = [notice.id for notice in _wanted(run) if run.notices.add(notice)]
    run.mornings.tell(day, run.at)
    if written:
        run.queues.put(Medium.EMAIL, written, at=run.at)
    return len(written)


def _wanted(run: Morning) -> list[Notice]:
    city = run.city_now()
    busy = {name for name in city.executors if run.cards.has_open(name)}
    return [
        replace(notice, wake_at=run.at + LOOKED_AFTER)
        for notice in digests(city, run.at)
        if (reader := city.people.get(notice.to)) and reader.executor in busy
    ]
