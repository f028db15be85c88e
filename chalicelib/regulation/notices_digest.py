"""The morning digest: what waits for those who answer for an executor's work (K-5.1.1)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from chalicelib.domain.card import QueueRow, Status
from chalicelib.domain.city import Calendar, City
from chalicelib.domain.notice import Audience, Medium, Notice
from chalicelib.domain.people import Role
from chalicelib.regulation.calendar import local_date, midnight_after
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.notices import DIGEST
from chalicelib.regulation.notices_people import acting, answering_for

DIGESTS = "digest-"
"""How the number begins under which a day's digests stand."""


class Group(NamedTuple):
    """Cards of one kind in a digest; `name` finds the words."""

    name: str
    rows: tuple[QueueRow, ...]


@clause("K-5.1.1", "K-6.1", "KR-2.3")
def digests(city: City, now: datetime) -> tuple[Notice, ...]:
    """Return the digests of this morning: one to each responsible person and head."""
    day = local_date(now, city.calendar)
    return tuple(
        Notice(
            number=number_of_day(day),
            seq=0,
            event=DIGEST,
            audience=audience,
            medium=Medium.EMAIL,
            template=DIGEST,
            at=now,
            send_after=now,
            to=person,
            wake_at=now,
        )
        for audience, person in _readers(city)
    )


def number_of_day(day: date) -> str:
    """Return the number under which the digests of a day stand."""
    return f"{DIGESTS}{day.isoformat()}"


def day_of(number: str) -> date:
    """Return the day of the digests of a number."""
    return date.fromisoformat(number.removeprefix(DIGESTS))


def grouped(rows: Sequence[QueueRow], now: datetime, calendar: Calendar) -> tuple[Group, ...]:
    """Return open cards by what presses most; each card stands in one group."""
    tomorrow = local_date(now, calendar) + timedelta(days=1)
    ends = midnight_after(tomorrow, calendar)
    found: dict[str, list[QueueRow]] = {
        "overdue": [],
        "today": [],
        "to_accept": [],
        "others": [],
    }
    for row in rows:
        found[_name(row, now, ends)].append(row)
    return tuple(Group(name, tuple(members)) for name, members in found.items() if members)


def _name(row: QueueRow, now: datetime, ends: datetime) -> str:
    if row.overdue(now):
        return "overdue"
    if row.due_at <= ends:
        return "today"
    return "to_accept" if row.status is Status.SENT else "others"


def _readers(city: City) -> Iterator[tuple[Audience, str]]:
    for executor in city.executors.values():
        for person in answering_for(city, executor):
            yield Audience.RESPONSIBLE, person.id
        heads = (person for person in executor.people if person.role == Role.HEAD)
        for person in acting(heads, city):
            yield Audience.HEAD, person.id
