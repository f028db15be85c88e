"""What a text in quarantine looks like to those who judge it, and to its author at first."""

from collections.abc import Iterator

from typing_extensions import TypedDict

from chalicelib.api.shapes import Body, Shape
from chalicelib.api.views import TopicRef
from chalicelib.domain.people import Actor
from chalicelib.domain.quarantine import Held, HeldState, Verdict
from chalicelib.domain.receipt import ReceiptStatus
from chalicelib.domain.screening import Span
from chalicelib.usecases.ports import Secrets
from chalicelib.usecases.quarantine import CLAUSE
from chalicelib.usecases.receipts import receipt_token
from chalicelib.words.say import say


class SpanView(TypedDict):
    """A marked place; letters are counted from 0 in Unicode code points, `end` is exclusive."""

    start: int
    end: int
    label: str


class PieceView(TypedDict):
    """A piece of the text; `label` of the mark that it lies in, null for none."""

    text: str
    label: str | None


class VerdictView(TypedDict):
    """What a person decided, and why."""

    by: str
    at: str
    reason: str


class HeldView(TypedDict):
    """A text in quarantine; `pieces` are the text in order, for showing its marks."""

    receipt: str
    state: str
    topic: TopicRef | None
    street: str
    building: str
    channel: str
    kind: str
    text: str
    pieces: list[PieceView]
    spans: list[SpanView]
    labels: list[str]
    lexicon: str
    received_at: str
    review_by_at: str
    release_at: str
    overdue: bool
    refusal: VerdictView | None
    decision: VerdictView | None
    decided_at: str | None
    needs_another_person: bool
    number: str | None


class HeldListView(TypedDict):
    """A page of the quarantine."""

    items: list[HeldView]
    next_cursor: str | None


def held_body(shape: Shape, held: Held, *, actor: Actor, secrets: Secrets) -> Body:
    """Return a text as those who judge it read it: without who wrote it."""
    appeal, waits = held.appeal, held.state is HeldState.WAITING
    return {
        "receipt": receipt_token(held.receipt_id, secrets=secrets, key_id=held.key_id),
        "state": held.state,
        "topic": shape.topic(held.topic or ""),
        "street": appeal.place.street,
        "building": appeal.place.building,
        "channel": appeal.channel,
        "kind": appeal.kind,
        "text": appeal.text,
        "pieces": list(_pieces(appeal.text, held.found.spans)) if waits else [],
        "spans": [
            {"start": span.start, "end": span.end, "label": span.label} for span in held.found.spans
        ],
        "labels": sorted(held.found.labels),
        "lexicon": held.found.edition,
        "received_at": shape.time(appeal.received_at),
        "review_by_at": shape.time(held.review_by_at),
        "release_at": shape.time(held.release_at),
        "overdue": waits and shape.now > held.review_by_at,
        "refusal": _verdict(shape, held.refusal),
        "decision": _verdict(shape, held.decision),
        "decided_at": shape.maybe(held.decided_at),
        "needs_another_person": held.refusal is not None and held.refusal.by == actor.person_id,
        "number": held.number,
    }


def waiting_body(shape: Shape, held: Held, *, receipt: str) -> Body:
    """Return what the author of a text that waits is told at once."""
    release_at = shape.time(held.release_at)
    words = say(shape.language, "explain.quarantined", release_at=held.release_at)
    return {
        "receipt": receipt,
        "status": ReceiptStatus.QUARANTINED,
        "release_at": release_at,
        "explanation": [{"clause": CLAUSE, "text": words}],
    }


def _verdict(shape: Shape, verdict: Verdict | None) -> Body | None:
    if verdict is None:
        return None
    return {"by": verdict.name, "at": shape.time(verdict.at), "reason": verdict.reason}


def _pieces(text: str, spans: tuple[Span, ...]) -> Iterator[Body]:
    upto = 0
    for span in sorted(spans):
        if span.end <= upto:
            continue
        start = max(span.start, upto)
        if start > upto:
            yield {"text": text[upto:start], "label": None}
        yield {"text": text[start : span.end], "label": span.label}
        upto = span.end
    if upto < len(text):
        yield {"text": text[upto:], "label": None}
