"""The `QUARANTINE` items: texts that wait for people before they are registered (K-3.4).

Keys: `number` = the text's own id, `part` = `QUARANTINE`. Its indexes, each sparse:
- `wake` (`wake#<shard>`, `wake_at`): which texts has nobody decided in time?
- `requests` (`#quarantine`, `decide_by_at`): which wait, and which first? Decided ones stand
  under `#quarantined` as the journal, until they expire.

The appeal stands within one attribute, so that no search by phone or place finds what is not
registered.
"""

from collections.abc import Sequence
from typing import Any, Final

from pynamodb.attributes import Attribute, NumberAttribute, TTLAttribute, UnicodeAttribute
from pynamodb.constants import LIST, MAP
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chalicelib.domain.appeal import Appeal
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.quarantine import Held, HeldState, Verdict
from chalicelib.domain.screening import Label, Screening, Span
from chalicelib.domain.tally import Tally
from chalicelib.store import once as once_answers
from chalicelib.store import tallies
from chalicelib.store.appeals import appeal_item, appeal_of
from chalicelib.store.attributes import InstantAttribute, NamesAttribute, Raw, read_instant
from chalicelib.store.attributes import written_instant as written
from chalicelib.store.cards import wake_key
from chalicelib.store.cursors import Cursors
from chalicelib.store.shards import shard_of
from chalicelib.store.tables import ConditionsFailed, Tables
from chalicelib.store.transaction import Transaction
from chalicelib.usecases.ports import Page

PART: Final = "QUARANTINE"
WAITING: Final = "#quarantine"
DECIDED: Final = "#quarantined"
"""The partitions of the two lists; no decider of requests can be called so."""


class AppealAttribute(Attribute[Appeal]):
    """An appeal, with its attributes as they stand in an item of its own."""

    attr_type = MAP

    def serialize(self, value: Appeal) -> Raw:
        """Return the appeal as a raw map."""
        return appeal_item(value)

    def deserialize(self, value: Raw) -> Appeal:
        """Return a raw map as an appeal."""
        return appeal_of(value)


class SpansAttribute(Attribute[tuple[Span, ...]]):
    """Places in a text with their labels."""

    attr_type = LIST

    def serialize(self, value: Sequence[Span]) -> list[Raw]:
        """Return the places as a raw list."""
        return [
            {
                "M": {
                    "start": {"N": str(span.start)},
                    "end": {"N": str(span.end)},
                    "label": {"S": span.label},
                    "masked": {"BOOL": span.masked},
                }
            }
            for span in value
        ]

    def deserialize(self, value: list[Raw]) -> tuple[Span, ...]:
        """Return a raw list as places."""
        return tuple(_span(raw["M"]) for raw in value)


class VerdictAttribute(Attribute[Verdict]):
    """What a person decided."""

    attr_type = MAP

    def serialize(self, value: Verdict) -> Raw:
        """Return the verdict as a raw map."""
        texts = {"by": value.by, "name": value.name, "reason": value.reason}
        raw: Raw = {name: {"S": text} for name, text in texts.items()}
        return {**raw, "at": {"S": written(value.at)}}

    def deserialize(self, value: Raw) -> Verdict:
        """Return a raw map as a verdict."""
        by, name, reason = (value[each]["S"] for each in ("by", "name", "reason"))
        return Verdict(by, name, read_instant(value["at"]["S"]), reason)


class HeldItem(Model):
    """One text; `expires_at` stands in it once it is decided."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    key_id = UnicodeAttribute()
    state = UnicodeAttribute()
    appeal = AppealAttribute()
    spans = SpansAttribute()
    lexicon = UnicodeAttribute(null=True)
    topic = UnicodeAttribute(null=True)
    uploads = NamesAttribute(null=True)
    join_to = UnicodeAttribute(null=True)
    review_by_at = InstantAttribute()
    release_at = InstantAttribute()
    refusal = VerdictAttribute(null=True)
    decision = VerdictAttribute(null=True)
    decided_at = InstantAttribute(null=True)
    card = UnicodeAttribute(null=True)
    code_key = UnicodeAttribute(null=True)
    version = NumberAttribute()
    decider = UnicodeAttribute()
    decide_by_at = InstantAttribute()
    wake_shard = UnicodeAttribute(null=True)
    wake_at = InstantAttribute(null=True)
    expires_at = TTLAttribute(null=True)


class QuarantineStore:
    """Implements `usecases.quarantine_ports.Quarantine`."""

    def __init__(self, tables: Tables, cursors: Cursors) -> None:
        self._tables = tables
        self._cursors = cursors

    def hold(self, held: Held, *, once: OnceRecord | None, tally: Tally | None) -> None:
        """Keep a text back.

        Raises OnceAnswered, TooManyRequests, ChangedMeanwhile, StoreAway.
        """
        transaction = Transaction(self._tables)
        self._keep(transaction, held, once)
        if tally is not None:
            tallies.count_in(transaction, self._tables, tally)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            if tally is not None and tallies.is_full(tally, failed):
                raise tally.refusal() from failed
            raise self._refused(failed, held, once) from failed

    def read(self, held_id: str) -> Held:
        """Return a text, read consistently. Raises NotFound."""
        raw = self._tables.cards.get(held_id, PART)
        if raw is None:
            raise NotFound(words="no-receipt")
        return held_of(raw)

    def decide(self, held: Held, *, once: OnceRecord | None) -> None:
        """Write what was decided. Raises OnceAnswered, ChangedMeanwhile, StoreAway."""
        transaction = Transaction(self._tables)
        self._keep(transaction, held, once)
        try:
            transaction.commit()
        except ConditionsFailed as failed:
            raise self._refused(failed, held, once) from failed

    def waiting(self, *, limit: int, cursor: str | None) -> Page[Held]:
        """Return texts that nobody has decided, those to be looked at first first."""
        return self._page(WAITING, limit=limit, cursor=cursor)

    def decided(self, *, limit: int, cursor: str | None) -> Page[Held]:
        """Return decided texts, the latest first."""
        return self._page(DECIDED, limit=limit, cursor=cursor, scan_index_forward=False)

    def _keep(self, transaction: Transaction, held: Held, once: OnceRecord | None) -> None:
        if once is not None:
            at = held.decided_at or held.appeal.received_at
            once_answers.put_once(transaction, self._tables, once, at)
        put_held(transaction, self._tables, held)

    def _refused(self, failed: ConditionsFailed, held: Held, once: OnceRecord | None) -> Exception:
        if once is not None and once_answers.WRITE in failed.kept:
            kept = failed.kept[once_answers.WRITE]
            return once_answers.answered(self._tables, once, kept)
        return ChangedMeanwhile(held=held.id)

    def _page(self, key: str, *, limit: int, cursor: str | None, **asked: Any) -> Page[Held]:
        start = None if cursor is None else self._cursors.open(key, cursor)
        found = self._tables.cards.query(
            key, index_name="requests", limit=limit, exclusive_start_key=start, **asked
        )
        following = self._cursors.seal(key, found.last) if found.last else None
        return Page(tuple(map(held_of, found.items)), following)


def put_held(transaction: Transaction, tables: Tables, held: Held) -> None:
    """Let the transaction write a text, if nobody wrote it since the version before this one."""
    transaction.put(tables.cards, held_item(held), _unchanged_before(held))


def held_item(held: Held) -> HeldItem:
    """Return the item of a text."""
    return HeldItem(
        number=held.id,
        part=PART,
        key_id=held.key_id,
        state=held.state,
        appeal=held.appeal,
        spans=held.found.spans,
        lexicon=held.found.edition or None,
        topic=held.topic,
        uploads=held.uploads,
        join_to=held.join,
        review_by_at=held.review_by_at,
        release_at=held.release_at,
        refusal=held.refusal,
        decision=held.decision,
        decided_at=held.decided_at,
        card=held.number,
        code_key=held.code_key,
        version=held.version,
        expires_at=held.expires_at,
        **_index_keys(held),
    )


def held_of(raw: Raw) -> Held:
    """Return the text of a raw item."""
    item = HeldItem.from_raw_data(raw)
    return Held(
        id=item.number,
        key_id=item.key_id,
        state=HeldState(item.state),
        appeal=item.appeal,
        found=Screening(item.spans, item.lexicon or ""),
        review_by_at=item.review_by_at,
        release_at=item.release_at,
        topic=item.topic,
        uploads=item.uploads or (),
        join=item.join_to,
        refusal=item.refusal,
        decision=item.decision,
        decided_at=item.decided_at,
        number=item.card,
        code_key=item.code_key,
        expires_at=item.expires_at,
        version=int(item.version),
    )


def _unchanged_before(held: Held) -> Condition:
    if held.version == 1:
        return HeldItem.number.does_not_exist()
    return HeldItem.version == held.version - 1


def _index_keys(held: Held) -> dict[str, Any]:
    if held.state is HeldState.WAITING:
        wake = {"wake_shard": wake_key(shard_of(held.id)), "wake_at": held.release_at}
        return {"decider": WAITING, "decide_by_at": held.review_by_at, **wake}
    return {"decider": DECIDED, "decide_by_at": held.decided_at or held.release_at}


def _span(raw: Raw) -> Span:
    start, end = int(raw["start"]["N"]), int(raw["end"]["N"])
    return Span(start, end, Label(raw["label"]["S"]), bool(raw["masked"]["BOOL"]))
