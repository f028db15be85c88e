"""How a use case says what it changed of a work: changes numbered, and what is to be told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.city import City
from chalicelib.domain.errors import VersionStale
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.domain.repair_work import (
    RepairWork,
    WorkChange,
    WorkEvent,
    WorkFile,
    WorkWriting,
)
from chalicelib.regulation.permissions import Deed, require
from chalicelib.regulation.repair_works import (
    TELL,
    require_own_work,
    to_be_told,
)
from chalicelib.usecases.work_ports import RepairWorks
from chalicelib.usecases.writing import while_beaten


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who acts on which work, seen in which version, and how the answer is kept."""

    work_id: str
    actor: Actor
    expected_version: int | None
    once: Once[WorkFile]
    now: datetime
    city: City


@dataclass(frozen=True, slots=True)
class WorkNote:
    """A change of a work before it has its number."""

    event: WorkEvent
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


Write = Callable[[RepairWork], tuple[RepairWork, tuple[WorkNote, ...]]]


def keep(
    keeping: Keeping,
    write: Write,
    works: RepairWorks,
    *,
    deed: Deed = Deed.KEEP_WORKS,
) -> WorkFile:
    """Save what `write` makes of a work as it stands, and return the file after it."""
    require(keeping.actor, deed, clause="K-5.1.10")

    def attempt(_again: bool) -> WorkFile:
        file = works.read(keeping.work_id)
        require_own_work(keeping.actor, deed, file.work.executor)
        _require_version(file.work, keeping.expected_version)
        after, notes = write(file.work)
        if not notes:
            return file
        version = file.work.version + 1
        after = replace(after, version=version)
        writing = changed(file.work, after, keeping.now, keeping.actor, *notes)
        return saved(writing, file.changes, keeping, works)

    return while_beaten(attempt)


def changed(
    before: RepairWork | None, after: RepairWork, at: datetime, by: Actor, *notes: WorkNote
) -> WorkWriting:
    """Return the writing of a work with its changes numbered, and what is to be told of them."""
    seq = before.seq if before else 0
    changes = tuple(
        WorkChange(seq + i, at, note.event, by, note.text, note.facts)
        for i, note in enumerate(notes, start=1)
    )
    telling = to_be_told(after.telling, changes)
    timers = {**after.timers, TELL: at} if telling != after.telling else after.timers
    work = replace(after, seq=seq + len(changes), telling=telling, timers=timers)
    return WorkWriting(before, work, changes)


def saved(
    writing: WorkWriting, kept: tuple[WorkChange, ...], keeping: Keeping, works: RepairWorks
) -> WorkFile:
    """Save a writing, and return the file after it. Raises ChangedMeanwhile, OnceAnswered."""
    file = WorkFile(writing.work, (*kept, *writing.changes))
    works.save(writing, keeping.once.record(file))
    return file


def _require_version(work: RepairWork, expected_version: int | None) -> None:
    if expected_version is not None and work.version != expected_version:
        raise VersionStale(version=work.version)
