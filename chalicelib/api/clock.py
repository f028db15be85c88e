"""What the schedule sets off every minute, at the time that its event names (K-6.1)."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from chalice.app import CloudWatchEvent

from chalicelib import wiring
from chalicelib.api import call_log
from chalicelib.api.outbox import outbox_of
from chalicelib.api.registering import registry_of
from chalicelib.regulation.repair_works import FEATURE
from chalicelib.usecases import digests, quarantine, redrive, sweeps
from chalicelib.usecases.conversations import wake_due
from chalicelib.usecases.digests import Morning
from chalicelib.usecases.ports import Waking
from chalicelib.usecases.redrive import Redriven
from chalicelib.usecases.sweeps import CardsBroken, Sweeping, Swept
from chalicelib.usecases.work_sweeps import Clockwork, SweptWorks, sweep_works
from chalicelib.usecases.work_telling import Mailbag

QUARANTINE: Final = "QUARANTINE"
"""The part under which texts that wait for people stand among the cards."""

_SPARE_MS: Final = 10_000
"""How much of the function's time is kept to end in; what is left then waits a minute."""


def sweep(event: CloudWatchEvent) -> dict[str, int]:
    """Wake all that is due by the event's time; what broke is logged and alarmed at the end."""
    centre = wiring.centre()
    at = datetime.fromisoformat(event.time)
    sweeps.require_not_ahead(at, centre.now(), time_travel=centre.settings.allow_time_travel)
    swept = sweeps.sweep(
        Sweeping(
            at,
            city=centre.city,
            cards=centre.cards,
            start=centre.start,
            parking=centre.parking,
            others={"NOTICE": _wake_notice, QUARANTINE: _wake_text},
            in_time=_in_time(event),
        )
    )
    works = _sweep_works(at, _in_time(event))
    late = redrive.tell_late(at, outbox_of(centre), start=centre.start)
    _wake_conversations(at)
    _log(event, swept, works, late, _tell_morning(at))
    if broken := len(swept.defects) + len(works.defects) + len(late.defects):
        raise CardsBroken(broken)
    return {"cards": swept.cards, "left": swept.left, "works": works.works, "told": late.told}


def _tell_morning(at: datetime) -> int:
    """Tell those who answer for an executor's work what waits, once a working morning (K-5.1.6)."""
    centre = wiring.centre()
    return digests.tell_morning(
        Morning(
            at,
            city=centre.city,
            city_now=centre.city_now,
            cards=centre.cards,
            notices=centre.notices,
            queues=centre.queues,
            mornings=centre.mornings,
        )
    )


def _wake_conversations(at: datetime) -> None:
    """Put residents whose draft, survey or unsent answer is due on the queue of conversations."""
    talks = wiring.centre().talks
    woken = wake_due(
        at,
        conversations=talks.conversations,
        put=talks.queue.put,
        limit=sweeps.AT_ONCE,
    )
    if woken:
        call_log.write(function="sweep", conversations=woken)


def _wake_notice(waking: Waking, at: datetime) -> None:
    """Put a notice that nobody has sent in time on its queue again."""
    centre = wiring.centre()
    redrive.wake_notice(waking, at, notices=centre.notices, queues=centre.queues)


def _wake_text(waking: Waking, at: datetime) -> None:
    """Register a text that nobody has refused in time (K-3.4)."""
    quarantine.wake(waking, at, registry_of(wiring.centre()))


def _sweep_works(at: datetime, in_time: Callable[[], bool]) -> SweptWorks:
    """Wake the works that are due, where the city keeps any (K-5.1.10)."""
    centre = wiring.centre()
    if FEATURE not in centre.city.features:
        return SweptWorks()
    return sweep_works(
        Clockwork(
            at,
            centre.city_now,
            centre.works,
            centre.subscriptions,
            centre.cards,
            Mailbag(centre.notices, centre.queues),
            in_time,
        )
    )


def _log(
    event: CloudWatchEvent, swept: Swept, works: SweptWorks, late: Redriven, told: int
) -> None:
    call_log.write(
        function="sweep",
        at=event.time,
        cards=swept.cards,
        left=swept.left,
        parked=swept.parked,
        unfinished=swept.unfinished,
        works=works.works,
        told=late.told,
        digests=told,
    )
    for name, defect in (*swept.defects, *works.defects, *late.defects):
        call_log.write_defect(defect, instance=name)


def _in_time(event: CloudWatchEvent) -> Callable[[], bool]:
    left_ms = getattr(event.context, "get_remaining_time_in_millis", None)
    return lambda: left_ms is None or left_ms() > _SPARE_MS
