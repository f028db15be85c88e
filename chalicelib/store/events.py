"""The `EVENT#` items: the history of a card, its audit trail and its outbox.

All events of one write stand in one item, named by the first one's `seq`: one write is one
unit cheaper for it, and a reader never sees half of it.
Keys: `number`, `part` = `EVENT#000001`. Index `to_tell` (`tell#<shard>`, `tell_at`), sparse:
of which events has somebody still to be told?
"""

from collections.abc import Sequence
from typing import Any, Final

from pynamodb.attributes import Attribute, UnicodeAttribute
from pynamodb.constants import LIST
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.events import Event, EventName
from chalicelib.domain.people import Actor, Role
from chalicelib.store.attributes import (
    InstantAttribute,
    Raw,
    raw_of,
    read_instant,
    written_instant,
)
from chalicelib.store.shards import tell_shard_of

PART: Final = "EVENT#"


class EventsAttribute(Attribute[tuple[Event, ...]]):
    """Events in order; values that are empty or as usual are left out."""

    attr_type = LIST

    def serialize(self, value: Sequence[Event]) -> list[Raw]:
        """Return the events as a raw list."""
        return [{"M": _written(event)} for event in value]

    def deserialize(self, value: list[Raw]) -> tuple[Event, ...]:
        """Return a raw list as events."""
        return tuple(_read(raw["M"]) for raw in value)


class EventItem(Model):
    """The events of one write."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    events = EventsAttribute()
    to_tell = UnicodeAttribute(null=True)
    tell_at = InstantAttribute(null=True)


def event_item(number: str, events: Sequence[Event]) -> Raw:
    """Return the raw item of the events that one write has written."""
    keys: dict[str, Any] = {}
    if any(event.tell for event in events):
        keys = {"to_tell": tell_key(tell_shard_of(number)), "tell_at": events[0].at}
    part = part_of(events[0].seq)
    return raw_of(EventItem, number=number, part=part, events=events, **keys)


def part_of(seq: int) -> str:
    """Return under which part the events of a write stand, by the first one's `seq`."""
    return f"{PART}{seq:06d}"


def is_untold(raw: Raw) -> bool:
    """Tell whether somebody must still be told of the events of a raw item."""
    return "to_tell" in raw


def events_of(raw: Raw) -> tuple[Event, ...]:
    """Return the events of a raw item."""
    return EventItem.from_raw_data(raw).events


def not_written() -> Condition:
    """Return the condition that these events are new."""
    return EventItem.part.does_not_exist()


def tell_key(shard: int) -> str:
    """Return a partition of the events that somebody must be told of."""
    return f"tell#{shard}"


def _written(event: Event) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "seq": {"N": str(event.seq)},
        "at": {"S": written_instant(event.at)},
        "name": {"S": event.name},
        "by": {"S": event.by.subject},
        "role": {"S": event.by.role},
    }
    texts = {"by_name": event.by.name, "executor": event.by.executor, "text": event.text}
    raw |= {name: {"S": text} for name, text in texts.items() if text}
    if event.facts:
        raw["facts"] = {"M": {name: {"S": fact} for name, fact in event.facts.items()}}
    if not event.public:
        raw["public"] = {"BOOL": False}
    if not event.tell:
        raw["tell"] = {"BOOL": False}
    return raw


def _read(raw: dict[str, Any]) -> Event:
    return Event(
        seq=int(raw["seq"]["N"]),
        at=read_instant(raw["at"]["S"]),
        name=EventName(raw["name"]["S"]),
        by=_actor(raw),
        text=_text(raw, "text") or "",
        public="public" not in raw,
        facts={name: fact["S"] for name, fact in raw["facts"]["M"].items()}
        if "facts" in raw
        else {},
        tell="tell" not in raw,
    )


def _actor(raw: dict[str, Any]) -> Actor:
    """Return who acted; by which sign-in is not kept."""
    return Actor(
        subject=raw["by"]["S"],
        role=Role(raw["role"]["S"]),
        name=_text(raw, "by_name") or "",
        executor=_text(raw, "executor"),
    )


def _text(raw: dict[str, Any], name: str) -> str | None:
    return raw[name]["S"] if name in raw else None
