"""What the minute's sweep does for notices: the stream and the queues may lose, the index not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from chalicelib.domain.errors import StoreAway
from chalicelib.domain.notice import medium_of
from chalicelib.usecases.outbox import Outbox, tell
from chalicelib.usecases.ports import Start, Waking
from chalicelib.usecases.sending_ports import Notices, Queues

SHARDS: Final = 4
AT_ONCE: Final = 100
"""How many writes of a shard one run tells; the next minute goes on with the rest."""
LATE: Final = timedelta(minutes=2)
"""How long the stream may take before the sweep tells in its place."""
LOOKED_AFTER_AGAIN: Final = timedelta(minutes=15)
"""How long after a notice was put on its queue again it is looked after once more."""


@dataclass(frozen=True, slots=True)
class Redriven:
    """What one run came to: cards told of, and what broke on which card; the others went on."""

    told: int
    defects: tuple[tuple[str, Exception], ...] = ()


def tell_late(at: datetime, outbox: Outbox, *, start: Start) -> Redriven:
    """Tell what has waited for two minutes or longer. Raises StoreAway."""
    told = 0
    defects: list[tuple[str, Exception]] = []
    for number in dict.fromkeys(_late(at, outbox.notices, start)):
        try:
            tell(number, at, outbox)
            told += 1
        except StoreAway:
            raise
        except Exception as defect:  # noqa: BLE001 - one card holds no other up
            defects.append((number, defect))
    return Redriven(told, tuple(defects))


def wake_notice(waking: Waking, at: datetime, *, notices: Notices, queues: Queues) -> None:
    """Put a notice that waits on the queue of its medium again, and look after it later.

    Of two runs one does so; a run that dies between the two leaves it for the next look.
    """
    notice_id = f"{waking.number}.{waking.part.partition('#')[2]}"
    if notices.look_after(waking, at + LOOKED_AFTER_AGAIN):
        queues.put(medium_of(notice_id), [notice_id], at=at)


def _late(at: datetime, notices: Notices, start: Start) -> Iterator[str]:
    """Yield numbers of cards with something to tell; all shards are asked in one wave."""
    find = partial(notices.untold, until=at - LATE, limit=AT_ONCE)
    for waiting in [start(partial(find, shard)) for shard in range(SHARDS)]:
        yield from (each.number for each in waiting())
