"""Which notices follow from one write: the table, the people and the ways, put together."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City, Urgency
from chalicelib.domain.events import Event
from chalicelib.domain.notice import Audience, Medium, Notice, NoticeState
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.notices import ROWS, Haste, Row, Telling, rows_of, weight_of
from chalicelib.regulation.notices_media import is_quiet, media_of, next_medium, send_after
from chalicelib.regulation.notices_people import Addressee, addressees

GRACE: Final = timedelta(minutes=2)
"""How long a notice may be late before the sweep looks after it."""


@clause("K-3.3", "K-6.2", "KR-2.7", "KR-2.13")
def notices_of(
    together: tuple[Event, ...],
    file: CardFile,
    *,
    city: City,
    now: datetime,
    hooked: Collection[str] = (),
) -> tuple[Notice, ...]:
    """Return the notices of the events of one write.

    Everybody is told once, by the row that stands first in the table; an executor's system hears
    of every event.

    Args:
        file: the card with the write in it.
        hooked: executors whose own systems are connected.
    """
    chosen: dict[object, Notice] = {}
    for row, telling in _in_order(together, file, city):
        for one in addressees(row.whom, telling):
            notice = _notice(row, telling, one, now)
            if notice is None or (_is_system(one) and one.to not in hooked):
                continue
            chosen.setdefault((one, notice.seq) if _is_system(one) else one, notice)
    return tuple(chosen.values())


def fallback_of(notice: Notice, file: CardFile, *, city: City, now: datetime) -> Notice | None:
    """Return the notice by the next way that reaches the same person; None if none is left."""
    tried = {other.medium for other in same_telling(notice, file.notices)} | {notice.medium}
    weight = weight_of(notice.event, notice.template)
    medium = next_medium(notice.audience, file.appeal, weight, tried)
    if medium is None:
        return None
    fresh = _unsent(notice, medium, again=notice.again)
    return timed(fresh, Haste.NOW, now, city=city, emergency=is_emergency(file))


def sent_again(notice: Notice, file: CardFile, *, city: City, now: datetime) -> Notice:
    """Return a new notice that tells the same once more, by the first way that has not failed."""
    same = same_telling(notice, file.notices)
    failed = {other.medium for other in same if other.state is NoticeState.FAILED}
    weight = weight_of(notice.event, notice.template)
    medium = next_medium(notice.audience, file.appeal, weight, failed) or notice.medium
    fresh = _unsent(notice, medium, again=1 + max(other.again for other in same))
    return timed(fresh, Haste.NOW, now, city=city, emergency=is_emergency(file))


def same_telling(notice: Notice, notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """Return the notices that tell the same person of the same event."""
    told = (notice.seq, notice.audience, notice.to)
    return tuple(one for one in notices if (one.seq, one.audience, one.to) == told)


def timed(notice: Notice, haste: Haste, now: datetime, *, city: City, emergency: bool) -> Notice:
    """Return a new notice with the instants at which it goes and is looked after."""
    if notice.medium is Medium.POST:
        return replace(notice, state=NoticeState.TO_POST, send_after=now, wake_at=None)
    quiet = is_quiet(notice.audience, notice.medium, emergency=emergency)
    at = send_after(haste, now, quiet=quiet, city=city)
    return replace(notice, send_after=at, wake_at=at + GRACE)


def is_emergency(file: CardFile) -> bool:
    """Tell whether a card is an emergency, for which nobody's night is spared."""
    return file.card.urgency is Urgency.EMERGENCY


def _is_system(one: Addressee) -> bool:
    return one.audience is Audience.SYSTEM


def _in_order(
    together: tuple[Event, ...], file: CardFile, city: City
) -> Iterator[tuple[Row, Telling]]:
    tellings = [Telling(event, together, file, city) for event in together if event.tell]
    found = [(row, telling) for telling in tellings for row in rows_of(telling)]
    return iter(sorted(found, key=lambda pair: ROWS.index(pair[0])))


def _notice(row: Row, telling: Telling, one: Addressee, now: datetime) -> Notice | None:
    media = media_of(one.audience, telling.file.appeal, row.weight)
    if not media:
        return None
    event = telling.event
    notice = Notice(
        number=telling.file.card.number,
        seq=event.seq,
        event=event.name,
        audience=one.audience,
        medium=media[0],
        template=row.template,
        at=event.at,
        send_after=now,
        to=one.to,
    )
    emergency = is_emergency(telling.file)
    return timed(notice, row.haste, now, city=telling.city, emergency=emergency)


def _unsent(notice: Notice, medium: Medium, *, again: int) -> Notice:
    """Return a notice as it is before anybody had it in hand."""
    return Notice(
        number=notice.number,
        seq=notice.seq,
        event=notice.event,
        audience=notice.audience,
        medium=medium,
        template=notice.template,
        at=notice.at,
        send_after=notice.send_after,
        to=notice.to,
        again=again,
    )
