"""Who is told what of a repair work: subscribers of its streets, and staff past its term."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.city import City, Person
from chalicelib.domain.notice import Audience, Medium, Notice
from chalicelib.domain.people import Role
from chalicelib.domain.repair_work import RepairWork, WorkChange, WorkEvent
from chalicelib.domain.subscription import Subscription
from chalicelib.regulation.appointments import responsible_people
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.notices import Haste
from chalicelib.regulation.notices_media import is_quiet, send_after
from chalicelib.regulation.notices_people import acting

CONFIRMATION: Final = "subscription_confirmation"
"""The template, and the event, of the message by which the owner of an address confirms it."""

OVERDUE_TO_STAFF: Final = "staff_work_overdue"

WORK_TEMPLATES: Final = frozenset(
    {
        *(event.value for event in WorkEvent if event is not WorkEvent.ANSWERED),
        CONFIRMATION,
        OVERDUE_TO_STAFF,
    }
) - {WorkEvent.OVERDUE.value}
"""Every template of messages about repair works and subscriptions."""

_LOOKED_AFTER_IN: Final = timedelta(minutes=2)
"""How long after its time a message may wait in a queue before the sweep puts it there again."""


@clause("K-7")
def notice_to_subscriber(
    work_id: str, change: WorkChange, to: Subscription, city: City, now: datetime
) -> Notice:
    """Return what tells one subscriber of a change of a work; nobody is woken at night."""
    return _notice(work_id, change.seq, change.event, to, change.event, city, now)


def notice_to_confirm(to: Subscription, city: City, now: datetime) -> Notice:
    """Return what asks the owner of an address whether they want to be told; it goes at once."""
    seq = int(to.asked_at.timestamp())
    return _notice(f"street#{to.street}", seq, CONFIRMATION, to, CONFIRMATION, city, now)


@clause("K-5.1.10", "K-6.1")
def notices_to_staff(
    work: RepairWork, change: WorkChange, city: City, now: datetime
) -> tuple[Notice, ...]:
    """Return what tells the executor and the coordinators that a work is past its term (R51)."""
    return tuple(
        Notice(
            number=work.id,
            seq=change.seq,
            event=change.event,
            audience=audience,
            medium=Medium.EMAIL,
            template=OVERDUE_TO_STAFF,
            at=change.at,
            send_after=now,
            to=person.id,
            wake_at=now + _LOOKED_AFTER_IN,
        )
        for audience, person in _staff(work, city)
    )


def _staff(work: RepairWork, city: City) -> Iterator[tuple[Audience, Person]]:
    executor = city.executors.get(work.executor)
    for person in responsible_people(city, executor) if executor else ():
        yield Audience.RESPONSIBLE, person
    coordinators = [p for p in city.people.values() if p.role == Role.COORDINATOR]
    for person in acting(coordinators, city):
        yield Audience.COORDINATOR, person


def _notice(
    number: str,
    seq: int,
    event: str,
    to: Subscription,
    template: str,
    city: City,
    now: datetime,
) -> Notice:
    quiet = is_quiet(Audience.SUBSCRIBER, to.medium, emergency=event == CONFIRMATION)
    after = send_after(Haste.NOW, now, quiet=quiet, city=city)
    return Notice(
        number=number,
        seq=seq,
        event=event,
        audience=Audience.SUBSCRIBER,
        medium=to.medium,
        template=template,
        at=now,
        send_after=after,
        to=to.id,
        wake_at=after + _LOOKED_AFTER_IN,
    )
