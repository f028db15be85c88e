"""Repair works of the demonstration: one under way, one to come, one late, one finished."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from chalicelib.domain.appeal import Place
from chalicelib.domain.city import City
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import Actor, Role
from chalicelib.domain.repair_work import CAUSE_UNKNOWN, WorkFile, work_id
from chalicelib.regulation.repair_works import FEATURE
from chalicelib.usecases import repair_works
from chalicelib.usecases.repair_works import Told
from chalicelib.usecases.work_writing import Keeping
from chalicelib.wiring import Centre

HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A work as it is shown: told so long ago, beginning and to end so many hours from now.

    Attributes:
        executor: id of the executor; a city that has none such shows no such work.
        result: what was done; a work that has it is closed.
    """

    executor: str
    summary: str
    cause: str
    consequences: str
    houses: str
    told_hours: int
    starts_hours: int
    ends_hours: int
    result: str = ""


WORKS: Final = (
    Shown(
        "vodokanal",
        "Прорив водогону",
        CAUSE_UNKNOWN,
        "Немає холодної води. Підвіз води: біля школи, щогодини.",
        "1-40",
        told_hours=-2,
        starts_hours=-2,
        ends_hours=6,
    ),
    Shown(
        "elektromerezhi",
        "Заміна трансформатора",
        "Планова заміна обладнання, що відпрацювало строк",
        "Не буде світла, ліфти не працюватимуть.",
        "",
        told_hours=-1,
        starts_hours=34,
        ends_hours=42,
    ),
    Shown(
        "teplo",
        "Ремонт тепломережі",
        "Свищ на трубі",
        "Немає опалення й гарячої води.",
        "2-60 парні",
        told_hours=-30,
        starts_hours=-30,
        ends_hours=-3,
    ),
    Shown(
        "shliakhy",
        "Латання ям",
        "Зношене покриття",
        "Рух однією смугою, можливі затори.",
        "",
        told_hours=-50,
        starts_hours=-48,
        ends_hours=-20,
        result="Покладено 400 м² асфальту, рух відновлено.",
    ),
)


def publish_works(centre: Centre, now: datetime) -> int:
    """Publish the works that the city's executors can have; return how many."""
    city = centre.city
    if FEATURE not in city.features:
        return 0
    shown = [work for work in WORKS if work.executor in city.executors]
    on_the_hour = now.replace(minute=0, second=0, microsecond=0)
    for work, street in zip(shown, _streets(city), strict=False):
        _publish(work, street, centre, on_the_hour)
    return len(shown)


def _streets(city: City) -> Iterator[str]:
    return islice(city.streets, 0, None, 7)


def _publish(work: Shown, street: str, centre: Centre, now: datetime) -> None:
    new = work_id(centre.new_id())
    told = Told(
        summary=work.summary,
        cause=work.cause,
        consequences=work.consequences,
        starts_at=now + work.starts_hours * HOUR,
        eta_at=now + work.ends_hours * HOUR,
        places=(Place(street, work.houses),),
    )
    keeping = _keeping(new, work, centre, now + work.told_hours * HOUR)
    repair_works.register(told, keeping, works=centre.works)
    if work.result:
        closing = _keeping(new, work, centre, now + (work.ends_hours - 1) * HOUR)
        repair_works.close(work.result, closing, works=centre.works)


def _keeping(new: str, work: Shown, centre: Centre, at: datetime) -> Keeping:
    names: Mapping[str, str] = {
        person.id: person.name for person in centre.city.people.values() if person.role == "head"
    }
    head = f"{work.executor}-head"
    actor = Actor(head, Role.HEAD, names.get(head, ""), work.executor, person=head)
    once: Once[WorkFile] = Once(None, "", at, lambda _: Answer(200, "{}"))
    return Keeping(new, actor, None, once, at, centre.city)
