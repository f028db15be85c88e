"""Facts of executive discipline: what was broken, when, by how much; never who is guilty (KR-3.1).

A fact belongs to the instant at which it came about, so no two periods count it twice. A late
card is `disputable` while its term had not ended by every reading, and `certain` after that.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from chalicelib.domain.card import Card, CardFile, Result
from chalicelib.domain.city import City, Law, Urgency
from chalicelib.domain.errors import RuleRefused
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.executor_request import ExecutorRequest, RequestKind, RequestStatus
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.deadlines import decide_extension_by, extension_max
from chalicelib.regulation.evidence import require_proof
from chalicelib.regulation.replies import contact_demanded, require_evidence


class Fact(StrEnum):
    """What was broken; clients match on the names."""

    LATE = "late"
    EXTENSION_AFTER_TERM = "extension_after_term"
    EXTENSION_DECIDED_LATE = "extension_decided_late"
    EXTENSION_TOO_LONG = "extension_too_long"
    EXTENSION_WITHOUT_REASON = "extension_without_reason"
    EXTENSION_WITHOUT_DATE = "extension_without_date"
    EXTRA_CONTROL_BROKEN = "extra_control_broken"
    WITHOUT_ACKNOWLEDGEMENT = "without_acknowledgement"
    WITHOUT_EVIDENCE = "without_evidence"
    WITHOUT_CONTACT = "without_contact"
    PING_PONG = "ping_pong"
    RETURNED = "returned"


class Band(StrEnum):
    """How sure a delay is: within the band between the two readings of a term, or past both."""

    DISPUTABLE = "disputable"
    CERTAIN = "certain"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fact about a card.

    Attributes:
        at: the instant at which it came about.
        over_minutes: by how much a bound was passed; None where nothing is measured.
        times: how many times, where times are counted.
    """

    fact: Fact
    clause: str
    at: datetime
    band: Band | None = None
    over_minutes: int | None = None
    times: int | None = None

    @property
    def over_days(self) -> int | None:
        """By how many days, a day that has begun counted as one."""
        if self.over_minutes is None:
            return None
        return -(-self.over_minutes // _DAY_MINUTES)


_DAY_MINUTES: Final = 24 * 60
_TERM_CLAUSE: Final = {
    Urgency.NORMAL: "KR-2.12.1",
    Urgency.MEDIUM: "KR-2.12.2",
    Urgency.EMERGENCY: "KR-2.12.3",
}
_SENT: Final = frozenset({EventName.SENT, EventName.REROUTED})


def needs_file(card: Card, law: Law) -> bool:
    """Tell by the card alone whether its file may hold facts that the card does not."""
    if card.requests or card.executor_changes:
        return True
    return card.result is not None if law is Law.KR else card.result is Result.DONE


def of_card(card: Card, city: City, now: datetime) -> tuple[Finding, ...]:
    """Return the facts that a card tells by itself as it stands at `now`."""
    return (*lateness(card, city, now), *returns(card))


def of_file(file: CardFile, city: City) -> tuple[Finding, ...]:
    """Return the facts that only a card's whole file tells."""
    return tuple(each for look in _LOOKS for each in look(file, city))


@clause("KR-3.1", "KR-1.2", "KR-2.12", "K-6.1")
def lateness(card: Card, city: City, now: datetime) -> Iterator[Finding]:
    """Yield a finding for a term that ran out before the answer (KR) or the closing (K)."""
    ended_at = card.answered_at or card.closed_at or now
    if ended_at < card.due_at:
        return
    band = Band.DISPUTABLE if ended_at < card.certain_late_at else Band.CERTAIN
    number = "K-6.1" if city.law is Law.K else _TERM_CLAUSE[card.urgency]
    over = _minutes(ended_at - card.due_at)
    yield Finding(Fact.LATE, number, card.due_at, band, over)
    if card.extensions:
        number = "K-5.2.2" if city.law is Law.K else "KR-2.13"
        yield Finding(Fact.EXTRA_CONTROL_BROKEN, number, card.due_at, band, over)


@clause("K-5.2.2", "KR-2.13")
def extensions(file: CardFile, city: City) -> Iterator[Finding]:
    """Yield what is wrong with granted extensions: late, long, without reason, date, knowledge."""
    number = "K-5.2.2" if city.law is Law.K else "KR-2.13"
    for request in file.requests:
        granted = request.status is RequestStatus.APPROVED
        if request.kind is RequestKind.EXTENSION and granted:
            at = request.decided_at or request.asked_at
            yield from _of_form(request, number, at)
            yield from _of_knowledge(request, number, at)
            if city.law is Law.KR:
                yield from _of_emergency(file.card, request, city, at)


@clause("K-5.1.9", "KR-2.5")
def evidence(file: CardFile, city: City) -> Iterator[Finding]:
    """Yield a finding for work reported done, or a reply signed, without the proof it needs."""
    result, topic = file.card.result, city.topics.get(file.card.topic)
    reply = file.reply
    try:
        if city.law is Law.K and result is not None:
            require_proof(file, result, law=city.law, topic=topic)
        if city.law is Law.KR and reply is not None and reply.signed_at is not None:
            require_evidence(file, reply, topic)
    except RuleRefused as refused:
        at = _last(file, EventName.REPORTED)
        yield Finding(Fact.WITHOUT_EVIDENCE, refused.clause or "", at)


@clause("KR-2.11")
def contact(file: CardFile, city: City) -> Iterator[Finding]:
    """Yield a finding for a signed reply with neither the talk demanded nor a note of attempts."""
    reply = file.reply
    if city.law is Law.K or reply is None or reply.signed_at is None:
        return
    tried = any(event.name is EventName.CONTACT_ATTEMPTED for event in file.events)
    if contact_demanded(file) and not tried and not reply.statement:
        yield Finding(Fact.WITHOUT_CONTACT, "KR-2.11", reply.signed_at)


@clause("LAW-19")
def ping_pong(file: CardFile, city: City) -> Iterator[Finding]:
    """Yield a finding for a card passed from one executor to another as often as the city notes."""
    limit = city.edition(file.card.edition).get("changes_of_executor_max")
    sent = [event for event in file.events if event.name in _SENT]
    passed = [event for before, event in pairwise(sent) if _to(before) != _to(event)]
    if limit is not None and passed and len(passed) >= limit.value:
        yield Finding(Fact.PING_PONG, "LAW-19", passed[-1].at, times=len(passed))


@clause("K-6.2")
def returns(card: Card) -> Iterator[Finding]:
    """Yield a finding for a repeat appeal: the applicant did not confirm the work before it."""
    if card.repeat_no:
        yield Finding(Fact.RETURNED, "K-6.2", card.registered_at, times=card.repeat_no)


_LOOKS: Final[tuple[Callable[[CardFile, City], Iterator[Finding]], ...]] = (
    extensions,
    evidence,
    contact,
    ping_pong,
)


def _of_form(request: ExecutorRequest, number: str, at: datetime) -> Iterator[Finding]:
    if not request.reason.strip():
        yield Finding(Fact.EXTENSION_WITHOUT_REASON, number, at)
    if request.new_due_at is None:
        yield Finding(Fact.EXTENSION_WITHOUT_DATE, number, at)


def _of_knowledge(request: ExecutorRequest, number: str, at: datetime) -> Iterator[Finding]:
    was_due_at = request.was_due_at
    if was_due_at is not None and request.asked_at >= was_due_at:
        over = _minutes(request.asked_at - was_due_at)
        fact = Fact.EXTRA_CONTROL_BROKEN if request.level else Fact.EXTENSION_AFTER_TERM
        yield Finding(fact, number, was_due_at, over_minutes=over)
    if request.level and request.acknowledged_at is None:
        yield Finding(Fact.WITHOUT_ACKNOWLEDGEMENT, number, at)


def _of_emergency(
    card: Card, request: ExecutorRequest, city: City, at: datetime
) -> Iterator[Finding]:
    edition = city.edition(card.edition)
    decide_by_at = decide_extension_by(card.received_at, edition)
    if decide_by_at is not None and at > decide_by_at:
        over = _minutes(at - decide_by_at)
        yield Finding(Fact.EXTENSION_DECIDED_LATE, "KR-2.13", at, over_minutes=over)
    longest = extension_max(card.received_at, edition, city.calendar)
    if longest is not None and request.new_due_at is not None and request.new_due_at > longest:
        over = _minutes(request.new_due_at - longest)
        yield Finding(Fact.EXTENSION_TOO_LONG, "KR-2.13", at, over_minutes=over)


def _last(file: CardFile, name: EventName) -> datetime:
    found = [event.at for event in file.events if event.name is name]
    return found[-1] if found else file.card.registered_at


def _to(event: Event) -> str:
    return event.facts.get("executor", "")


def _minutes(span: timedelta) -> int:
    return int(span / timedelta(minutes=1))
