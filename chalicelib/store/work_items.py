"""The items of a repair work in the `repair_works` table, and what they are written from.

Keys: `id` / `part`: `<work>` / `WORK` is its state, with the index `wake` (`wake#works`,
`wake_at`); `<work>` / `CHANGE#0001` its history, written once; rows of lists are in
repair_works.py.
"""

from typing import Any, Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.people import Actor, Role
from chalicelib.domain.repair_work import RepairWork, ToTell, WorkChange, WorkEvent, WorkKind
from chalicelib.store.attributes import (
    InstantAttribute,
    NamesAttribute,
    Raw,
    TimersAttribute,
    WordsAttribute,
    raw_of,
)
from chalicelib.store.work_places import PlacesAttribute

PART: Final = "WORK"
CHANGE: Final = "CHANGE#"
WAKE: Final = "wake#works"


class WorkItem(Model):
    """The state of a work, or its row in a list: then `work` is its id."""

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    work = UnicodeAttribute(null=True)
    executor = UnicodeAttribute()
    kind = UnicodeAttribute()
    summary = UnicodeAttribute()
    cause = UnicodeAttribute()
    consequences = UnicodeAttribute()
    starts_at = InstantAttribute()
    eta_at = InstantAttribute()
    places = PlacesAttribute(null=True)
    services = NamesAttribute(null=True)
    registered_at = InstantAttribute()
    closed_at = InstantAttribute(null=True)
    result = UnicodeAttribute(null=True)
    version = NumberAttribute()
    seq = NumberAttribute(null=True)
    timers = TimersAttribute(null=True)
    telling = NamesAttribute(null=True)
    answering = NamesAttribute(null=True)
    wake_shard = UnicodeAttribute(null=True)
    wake_at = InstantAttribute(null=True)


class WorkChangeItem(Model):
    """One change of a work, written once."""

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    at = InstantAttribute()
    event = UnicodeAttribute()
    by = UnicodeAttribute()
    by_role = UnicodeAttribute()
    by_name = UnicodeAttribute(null=True)
    by_executor = UnicodeAttribute(null=True)
    text = UnicodeAttribute(null=True)
    facts = WordsAttribute(null=True)


def shown(work: RepairWork) -> dict[str, Any]:
    """Return what lists show of a work, by attribute."""
    return {
        "executor": work.executor,
        "kind": work.kind,
        "summary": work.summary,
        "cause": work.cause,
        "consequences": work.consequences,
        "starts_at": work.starts_at,
        "eta_at": work.eta_at,
        "places": work.places,
        "services": work.services,
        "registered_at": work.registered_at,
        "closed_at": work.closed_at,
        "result": work.result or None,
        "version": work.version,
    }


def state_item(work: RepairWork) -> Raw:
    """Return the raw item of a work's state."""
    waking = {"wake_shard": WAKE, "wake_at": min(work.timers.values())} if work.timers else {}
    telling = [f"{one.seq}|{one.street}|{one.after}" for one in work.telling]
    return raw_of(
        WorkItem,
        id=work.id,
        part=PART,
        seq=work.seq,
        timers=work.timers,
        telling=telling,
        answering=map(str, work.answering),
        **shown(work),
        **waking,
    )


def work_of(raw: Raw) -> RepairWork:
    """Return the work of a raw item: of its state, or of its row in a list."""
    item = WorkItem.from_raw_data(raw)
    return RepairWork(
        id=item.work or item.id,
        executor=item.executor,
        kind=WorkKind(item.kind),
        summary=item.summary,
        cause=item.cause,
        consequences=item.consequences,
        starts_at=item.starts_at,
        eta_at=item.eta_at,
        places=item.places or (),
        services=item.services or (),
        registered_at=item.registered_at,
        closed_at=item.closed_at,
        result=item.result or "",
        version=int(item.version),
        seq=int(item.seq or 0),
        timers=item.timers or {},
        telling=tuple(map(_telling_of, item.telling or ())),
        answering=tuple(map(int, item.answering or ())),
    )


def _telling_of(text: str) -> ToTell:
    seq, rest = text.split("|", 1)
    street, _, after = rest.rpartition("|")
    return ToTell(int(seq), street, after)


def change_item(work_id: str, change: WorkChange) -> Raw:
    """Return the raw item of a change."""
    return raw_of(
        WorkChangeItem,
        id=work_id,
        part=f"{CHANGE}{change.seq:04d}",
        at=change.at,
        event=change.event,
        by=change.by.subject,
        by_role=change.by.role,
        by_name=change.by.name or None,
        by_executor=change.by.executor,
        text=change.text or None,
        facts=change.facts,
    )


def change_of(raw: Raw) -> WorkChange:
    """Return the change of a raw item."""
    item = WorkChangeItem.from_raw_data(raw)
    return WorkChange(
        seq=int(item.part.removeprefix(CHANGE)),
        at=item.at,
        event=WorkEvent(item.event),
        by=Actor(item.by, Role(item.by_role), item.by_name or "", item.by_executor),
        text=item.text or "",
        facts=item.facts or {},
    )
