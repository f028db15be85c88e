"""Repair works, their places and subscribers, for tests: plausible unless a test says otherwise."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from chalicelib.domain.appeal import Place
from chalicelib.domain.notice import Medium
from chalicelib.domain.people import Actor, Role
from chalicelib.domain.repair_work import (
    RepairWork,
    WorkChange,
    WorkEvent,
    WorkKind,
    WorkWriting,
)
from chalicelib.domain.subscription import Subscription
from tests.builders import RECEIVED_AT

WORK: Final = "rw-0123456789ab"
STREET: Final = "vul-proskurivska"
KEEPER: Final = Actor(
    "vodokanal-responsible", Role.RESPONSIBLE, "Соломія Лісовик", executor="vodokanal"
)
HOUR: Final = timedelta(hours=1)


def work_id_of(no: int) -> str:
    """Return the id of a work by a small number."""
    return f"rw-{no:012x}"


def a_work(**changes: Any) -> RepairWork:
    """Return a work under way, with an hour to its term, that nobody is yet to be told of."""
    work = RepairWork(
        id=WORK,
        executor="vodokanal",
        kind=WorkKind.EMERGENCY,
        summary="Прорив водогону",
        cause="з'ясовується",
        consequences="Немає холодної води",
        starts_at=RECEIVED_AT,
        eta_at=RECEIVED_AT + HOUR,
        places=(Place("вулиця Проскурівська", "2-40 even", street_id=STREET),),
        services=("WA",),
        registered_at=RECEIVED_AT,
        seq=1,
        timers={"overdue": RECEIVED_AT + HOUR},
    )
    return replace(work, **changes)


def a_change(**changes: Any) -> WorkChange:
    """Return the change that registers a work."""
    facts = {"eta_at": (RECEIVED_AT + HOUR).isoformat()}
    change = WorkChange(1, RECEIVED_AT, WorkEvent.REGISTERED, KEEPER, facts=facts)
    return replace(change, **changes)


def registering_work(**changes: Any) -> WorkWriting:
    """Return the writing that registers a work."""
    return WorkWriting(None, a_work(**changes), (a_change(),))


def a_subscription(no: int = 0, **changes: Any) -> Subscription:
    """Return a confirmed subscription of a street by mail; `no` makes the address another."""
    subscription = Subscription(
        street=STREET,
        medium=Medium.EMAIL,
        address=f"resident-{no}@example.org",
        language="uk",
        asked_at=RECEIVED_AT,
        key="k1",
        confirmed_at=RECEIVED_AT,
    )
    return replace(subscription, **changes)
