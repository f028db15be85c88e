"""What the clock does with repair works: begin, run out of term, tell, answer (K-5.1.10, K-6.1)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.city import City
from chalicelib.domain.errors import ChangedMeanwhile, StoreAway
from chalicelib.domain.people import SYSTEM
from chalicelib.domain.repair_work import RepairWork, WorkEvent, WorkFile, WorkWriting
from chalicelib.regulation.repair_works import ANSWER, BEGINS, OVERDUE, TELL, due_steps
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.work_answers import carry_out_answers
from chalicelib.usecases.work_ports import RepairWorks, Subscriptions
from chalicelib.usecases.work_telling import Mailbag, told_page
from chalicelib.usecases.work_writing import WorkNote, changed
from chalicelib.usecases.writing import while_beaten

WORKS_AT_ONCE: Final = 100
STEPS_AT_ONCE: Final = 40
"""How many steps of one work a run takes: pages of subscribers; the rest waits a minute."""

ANSWERS_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class SweptWorks:
    """What one run came to: works taken in hand, and those another writer took first.

    Attributes:
        defects: what one work's step broke on, by id; the other works went on.
    """

    works: int = 0
    left: int = 0
    defects: tuple[tuple[str, Exception], ...] = ()


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What a sweep of works needs, and its instant.

    Attributes:
        city_now: returns the city with the people who stand now.
        in_time: whether there is time for one more.
    """

    at: datetime
    city_now: Callable[[], City]
    works: RepairWorks
    subscriptions: Subscriptions
    cards: Cards
    mailbag: Mailbag
    in_time: Callable[[], bool] = lambda: True


def sweep_works(clockwork: Clockwork) -> SweptWorks:
    """Take every step of works that is due, each once however often or late this runs.

    A work that breaks its step holds no other up. Raises StoreAway.
    """
    done = left = 0
    defects: list[tuple[str, Exception]] = []
    for work_id in clockwork.works.to_wake(clockwork.at, limit=WORKS_AT_ONCE):
        if not clockwork.in_time():
            break
        try:
            _take_steps(work_id, clockwork)
            done += 1
        except ChangedMeanwhile:
            left += 1
        except StoreAway:
            raise
        except Exception as defect:  # noqa: BLE001 - told by the caller when the others are done
            defects.append((work_id, defect))
    return SweptWorks(done, left, tuple(defects))


def _take_steps(work_id: str, clockwork: Clockwork) -> None:
    for _ in range(STEPS_AT_ONCE):
        if not clockwork.in_time() or not while_beaten(
            lambda _again: _take_step(work_id, clockwork)
        ):
            return


def _take_step(work_id: str, clockwork: Clockwork) -> bool:
    """Take the first step that is due; tell whether another may be due after it."""
    file = clockwork.works.read(work_id)
    names = due_steps(file.work, clockwork.at)
    if not names:
        return False
    # An answer to many cards holds up neither the term nor what subscribers are told.
    name = next((name for name in names if name != ANSWER), ANSWER)
    writing = _STEPS[name](file, clockwork)
    if writing is None:
        return False
    clockwork.works.save(writing)
    return True


def _begin(file: WorkFile, clockwork: Clockwork) -> WorkWriting:
    return _clocked(file.work, BEGINS, WorkEvent.BEGAN, clockwork.at)


def _run_out(file: WorkFile, clockwork: Clockwork) -> WorkWriting:
    return _clocked(file.work, OVERDUE, WorkEvent.OVERDUE, clockwork.at)


def _tell(file: WorkFile, clockwork: Clockwork) -> WorkWriting:
    after = told_page(
        file,
        clockwork.at,
        city=clockwork.city_now(),
        subscriptions=clockwork.subscriptions,
        mailbag=clockwork.mailbag,
    )
    return _noted(file.work, after)


def _answer(file: WorkFile, clockwork: Clockwork) -> WorkWriting | None:
    if not carry_out_answers(file, clockwork.at, most=ANSWERS_AT_ONCE, cards=clockwork.cards):
        return None
    return _noted(file.work, _without(replace(file.work, answering=()), ANSWER))


def _clocked(work: RepairWork, name: str, event: WorkEvent, at: datetime) -> WorkWriting:
    note = WorkNote(event, facts={"eta_at": work.eta_at.isoformat()})
    return changed(work, _without(work, name), at, SYSTEM, note)


def _noted(before: RepairWork, after: RepairWork) -> WorkWriting:
    """Return the writing of how far something got, which is no part of the history."""
    return WorkWriting(before, replace(after, seq=before.seq + 1))


def _without(work: RepairWork, name: str) -> RepairWork:
    timers = {other: at for other, at in work.timers.items() if other != name}
    return replace(work, timers=timers)


_STEPS: Final[dict[str, Callable[[WorkFile, Clockwork], WorkWriting | None]]] = {
    BEGINS: _begin,
    OVERDUE: _run_out,
    TELL: _tell,
    ANSWER: _answer,
}
