"""Who is told what of a repair work: subscribers of its streets, and staff past its term."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.domain.city import City, Person
from chalicelib.domain.notice import Audience, Medium, Notice
from chalicelib.domain.people import Role
from chalicelib.domain.repair_work import RepairWork, WorkChange, WorkEvent, is_work_id
from chalicelib.domain.subscription import Subscription
from chalicelib.regulation.appointments import responsible_people
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.notices import Haste
from chalicelib.regulation.notices_people import acting
from chalicelib.regulation.notices_plan import timed

_STREET: Final = "street"

CONFIRMATION: Final = "subscription_confirmation"
"""The template, and the event, of the message by which the owner of an address confirms it."""

STANDING: Final = "subscription_standing"
"""The same for one who has confirmed it before and asks again: the link that ends it."""

OF_SUBSCRIPTIONS: Final = frozenset({CONFIRMATION, STANDING})

OVERDUE_TO_STAFF: Final = "staff_work_overdue"

WORK_TEMPLATES: Final = frozenset(
    {
        *(event.value for event in WorkEvent if event is not WorkEvent.ANSWERED),
        *OF_SUBSCRIPTIONS,
        OVERDUE_TO_STAFF,
    }
) - {WorkEvent.OVERDUE.value}
"""Every template of messages about repair works and subscriptions."""


class AboutWork(NamedTuple):
    """What the number of a notice about works names.

    A subscriber's notices have a number of their own, so that sending one reads no other's.

    Attributes:
        work: id of the work; empty where a message is about the subscription itself.
        street: the street, where a message is about the subscription itself.
        subscription: id of the subscription; empty for staff.
    """

    work: str = ""
    street: str = ""
    subscription: str = ""

    @property
    def number(self) -> str:
        """The number."""
        if self.street:
            return f"{_STREET}#{self.street}#{self.subscription}"
        return f"{self.work}#{self.subscription}" if self.subscription else self.work


def about_of(number: str) -> AboutWork | None:
    """Return what a number names; None for one that is not about works."""
    first, *rest = number.split("#")
    if first == _STREET and len(rest) == 2:
        return AboutWork(street=rest[0], subscription=rest[1])
    if is_work_id(first) and len(rest) < 2:
        return AboutWork(first, subscription="".join(rest))
    return None


@clause("K-7")
def notice_to_subscriber(
    work_id: str, change: WorkChange, to: Subscription, city: City, now: datetime
) -> Notice:
    """Return what tells one subscriber of a change of a work; nobody is woken at night."""
    notice = Notice(
        number=AboutWork(work_id, subscription=to.id).number,
        seq=change.seq,
        event=change.event,
        audience=Audience.SUBSCRIBER,
        medium=to.medium,
        template=change.event,
        at=change.at,
        send_after=now,
        to=to.id,
    )
    return timed(notice, Haste.NOW, now, city=city, emergency=False)


def notice_to_owner(to: Subscription, city: City, now: datetime) -> Notice:
    """Return what asks the owner of an address whether they want to be told; it goes at once."""
    template = STANDING if to.confirmed_at else CONFIRMATION
    notice = Notice(
        number=AboutWork(street=to.street, subscription=to.id).number,
        seq=int(now.timestamp()),
        event=template,
        audience=Audience.SUBSCRIBER,
        medium=to.medium,
        template=template,
        at=now,
        send_after=now,
        to=to.id,
    )
    return timed(notice, Haste.NOW, now, city=city, emergency=True)


@clause("K-5.1.10", "K-6.1")
def notices_to_staff(
    work: RepairWork, change: WorkChange, city: City, now: datetime
) -> tuple[Notice, ...]:
    """Return what tells the executor and the coordinators that a work is past its term (R51)."""
    notices = (
        Notice(
            number=AboutWork(work.id).number,
            seq=change.seq,
            event=change.event,
            audience=audience,
            medium=Medium.EMAIL,
            template=OVERDUE_TO_STAFF,
            at=change.at,
            send_after=now,
            to=person.id,
        )
        for audience, person in _staff(work, city)
    )
    return tuple(timed(one, Haste.NOW, now, city=city, emergency=False) for one in notices)


def _staff(work: RepairWork, city: City) -> Iterator[tuple[Audience, Person]]:
    executor = city.executors.get(work.executor)
    for person in responsible_people(city, executor) if executor else ():
        yield Audience.RESPONSIBLE, person
    coordinators = [p for p in city.people.values() if p.role == Role.COORDINATOR]
    for person in acting(coordinators, city):
        yield Audience.COORDINATOR, person
