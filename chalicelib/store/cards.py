"""The `CARD` item: the state of an appeal, at most 1 KB, rewritten whole by every step.

Keys: `number`, `part` = `CARD`. Its indexes, each sparse:
- `queue` (`<executor>#open`, `due_at`): what does an executor have open, what is due first?
- `open` (`open#<shard>`, `due_at`): what is open in the whole city?
- `wake` (`wake#<shard>`, `wake_at`): at which cards must something happen by itself now?
- `requests` (`#survey-calls`, `decide_by_at`): whom do operators phone for a survey, and when?
"""

from datetime import datetime
from typing import Any, Final

from pynamodb.attributes import (
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.appeal import Channel, Kind
from chalicelib.domain.card import Card, QueueRow, Result, Status
from chalicelib.domain.city import Urgency
from chalicelib.regulation.lifecycle import OPEN
from chalicelib.store.attributes import (
    InstantAttribute,
    NamesAttribute,
    Raw,
    TimersAttribute,
    raw_of,
    read_instant,
)
from chalicelib.store.shards import shard_of

PART: Final = "CARD"
PLANNED_KEY: Final = "#planned"
"""The partition of the public list of planned works; no executor can be called so."""
CALLS_KEY: Final = "#survey-calls"
"""The partition of the applicants to be phoned for a survey; no decider can be called so."""
_OWN_KEYS: Final = (
    "queue",
    "open_shard",
    "timers",
    "wake_shard",
    "wake_at",
    "decider",
    "decide_by_at",
)
"""What a card alone has; the rows of its co-executors are found by their queues only."""
_COUNTS: Final = (
    "executor_changes",
    "extensions",
    "escalation",
    "requests",
    "surveys",
    "calls",
)
_IN_QUEUE: Final = OPEN | {Status.QUARANTINED}


class CardItem(Model):
    """The state of one card; attributes that are empty, zero or as usual are left out."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    root = UnicodeAttribute(null=True)
    status = UnicodeAttribute()
    topic = UnicodeAttribute(null=True)
    urgency = UnicodeAttribute()
    executor = UnicodeAttribute(null=True)
    kind = UnicodeAttribute()
    channel = UnicodeAttribute()
    received_at = InstantAttribute()
    registered_at = InstantAttribute(null=True)
    due_at = InstantAttribute()
    certain_late_at = InstantAttribute(null=True)
    edition = UnicodeAttribute()
    code_key = UnicodeAttribute()
    street = UnicodeAttribute(null=True)
    building = UnicodeAttribute(null=True)
    excerpt = UnicodeAttribute(null=True)
    version = NumberAttribute()
    seq = NumberAttribute()
    performer = UnicodeAttribute(null=True)
    result = UnicodeAttribute(null=True)
    repeat_of = UnicodeAttribute(null=True)
    repeats = NamesAttribute(null=True)
    repeat_no = NumberAttribute(null=True)
    joined_to = UnicodeAttribute(null=True)
    part_of = UnicodeAttribute(null=True)
    parts = NamesAttribute(null=True)
    co_executors = NamesAttribute(null=True)
    works = NamesAttribute(null=True)
    executor_changes = NumberAttribute(null=True)
    signatory = UnicodeAttribute(null=True)
    answered_at = InstantAttribute(null=True)
    extensions = NumberAttribute(null=True)
    escalation = NumberAttribute(null=True)
    requests = NumberAttribute(null=True)
    surveys = NumberAttribute(null=True)
    calls = NumberAttribute(null=True)
    closed_at = InstantAttribute(null=True)
    timers = TimersAttribute(null=True)
    flags = UnicodeSetAttribute(null=True)
    queue = UnicodeAttribute(null=True)
    open_shard = UnicodeAttribute(null=True)
    wake_shard = UnicodeAttribute(null=True)
    wake_at = InstantAttribute(null=True)
    decider = UnicodeAttribute(null=True)
    decide_by_at = InstantAttribute(null=True)


def card_item(card: Card) -> Raw:
    """Return the raw item of a card."""
    return raw_of(
        CardItem,
        number=card.number,
        part=PART,
        root=card.root if card.root != card.number else None,
        status=card.status,
        topic=card.topic or None,
        urgency=card.urgency,
        executor=card.executor,
        kind=card.kind,
        channel=card.channel,
        received_at=card.received_at,
        registered_at=_unless(card.registered_at, card.received_at),
        due_at=card.due_at,
        certain_late_at=_unless(card.certain_late_at, card.due_at),
        edition=card.edition,
        code_key=card.code_key,
        street=card.street or None,
        building=card.building or None,
        excerpt=card.excerpt or None,
        version=card.version,
        seq=card.seq,
        performer=card.performer,
        result=card.result,
        co_executors=card.co_executors,
        works=card.works,
        signatory=card.signatory,
        answered_at=card.answered_at,
        closed_at=card.closed_at,
        timers=card.timers,
        flags=card.flags,
        **{name: getattr(card, name) or None for name in _COUNTS},
        **_links(card),
        **_index_keys(card),
    )


def _links(card: Card) -> dict[str, Any]:
    """Return the cards that a card came from or became, as attributes."""
    return {
        "repeat_of": card.repeat_of,
        "repeats": card.repeats,
        "repeat_no": card.repeat_no or None,
        "joined_to": card.joined_to,
        "part_of": card.part_of,
        "parts": card.parts,
    }


def card_of(raw: Raw) -> Card:
    """Return the card of a raw item."""
    item = CardItem.from_raw_data(raw)
    return Card(
        number=item.number,
        root=item.root or item.number,
        status=Status(item.status),
        topic=item.topic or "",
        urgency=Urgency(item.urgency),
        executor=item.executor,
        kind=Kind(item.kind),
        channel=Channel(item.channel),
        received_at=item.received_at,
        registered_at=item.registered_at or item.received_at,
        due_at=item.due_at,
        certain_late_at=item.certain_late_at or item.due_at,
        edition=item.edition,
        code_key=item.code_key,
        street=item.street or "",
        building=item.building or "",
        excerpt=item.excerpt or "",
        version=int(item.version),
        seq=int(item.seq),
        performer=item.performer,
        result=Result(item.result) if item.result else None,
        co_executors=item.co_executors or (),
        works=item.works or (),
        signatory=item.signatory,
        answered_at=item.answered_at,
        call_at=item.decide_by_at,
        closed_at=item.closed_at,
        timers=item.timers or {},
        flags=frozenset(item.flags or ()),
        **_counts_of(item),
        **_links_of(item),
    )


def _counts_of(item: CardItem) -> dict[str, Any]:
    return {name: int(getattr(item, name) or 0) for name in _COUNTS}


def _links_of(item: CardItem) -> dict[str, Any]:
    return {
        "repeat_of": item.repeat_of,
        "repeats": item.repeats or (),
        "repeat_no": int(item.repeat_no or 0),
        "joined_to": item.joined_to,
        "part_of": item.part_of,
        "parts": item.parts or (),
    }


def unchanged_since(before: Card | None) -> Condition:
    """Return the condition that nobody wrote the card since `before`, or registered it."""
    if before is None:
        return CardItem.number.does_not_exist()
    return CardItem.seq == before.seq


def queue_row(raw: Raw) -> QueueRow:
    """Return the queue's row of a raw projected item, without a model: a page has many."""
    executor, flags = raw.get("executor"), raw.get("flags")
    return QueueRow(
        number=raw["number"]["S"],
        status=Status(raw["status"]["S"]),
        topic=_text(raw, "topic"),
        executor=executor["S"] if executor else None,
        received_at=read_instant(raw["received_at"]["S"]),
        due_at=read_instant(raw["due_at"]["S"]),
        version=int(raw["version"]["N"]),
        street=_text(raw, "street"),
        building=_text(raw, "building"),
        excerpt=_text(raw, "excerpt"),
        flags=frozenset(flags["SS"]) if flags else frozenset(),
    )


def co_executor_items(before: Card | None, card: Card) -> list[Raw]:
    """Return the rows by which co-executors see a card in their queues, as it now stands.

    Keys: `number`, `part` = `CO#<executor>`. Only a card that has co-executors pays for them.
    """
    names = dict.fromkeys((*(before.co_executors if before else ()), *card.co_executors))
    return [_co_executor_item(card, name) for name in names]


def _co_executor_item(card: Card, executor: str) -> Raw:
    item = card_item(card)
    shown = "queue" in item and executor in card.co_executors
    for name in _OWN_KEYS:
        item.pop(name, None)
    queue = queue_key(executor) if shown else None
    return item | raw_of(CardItem, part=f"CO#{executor}", queue=queue)


def queue_key(executor: str) -> str:
    """Return the partition of an executor's queue; `none` where nobody is named yet."""
    return f"{executor}#open"


def open_key(shard: int) -> str:
    """Return a partition of the city's open cards."""
    return f"open#{shard}"


def wake_key(shard: int) -> str:
    """Return a partition of the cards that have timers."""
    return f"wake#{shard}"


def _index_keys(card: Card) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    shard = shard_of(card.number)
    if card.status in _IN_QUEUE:
        keys |= {"queue": queue_key(card.executor or "none"), "open_shard": open_key(shard)}
    if card.status is Status.PLANNED:
        keys |= {"queue": PLANNED_KEY}
    if card.timers:
        keys |= {"wake_shard": wake_key(shard), "wake_at": min(card.timers.values())}
    if card.call_at is not None:
        keys |= {"decider": CALLS_KEY, "decide_by_at": card.call_at}
    return keys


def _unless(instant: datetime, usual: datetime) -> datetime | None:
    return instant if instant != usual else None


def _text(raw: Raw, name: str) -> str:
    value = raw.get(name)
    return value["S"] if value else ""
