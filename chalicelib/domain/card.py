"""The card: the state of an appeal that every step rewrites, and its whole file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.appeal import Appeal, Channel, Kind
from chalicelib.domain.city import Urgency
from chalicelib.domain.events import Event
from chalicelib.domain.evidence import Evidence
from chalicelib.domain.executor_request import ExecutorRequest, Plan
from chalicelib.domain.notice import Notice, NoticeStep
from chalicelib.domain.quarantine import Held
from chalicelib.domain.reply import Reply
from chalicelib.domain.survey import Survey


class Status(StrEnum):
    """Where a card stands. Overdue is computed, never a status."""

    QUARANTINED = "quarantined"
    REGISTERED = "registered"
    SENT = "sent"
    ACCEPTED = "accepted"
    IN_WORK = "in_work"
    REPORTED = "reported"
    REPLY_SUBMITTED = "reply_submitted"
    REPLY_SIGNED = "reply_signed"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    RETURNED = "returned"
    CLARIFICATION = "clarification"
    PLANNED = "planned"
    FORWARDED = "forwarded"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"
    NOT_CONSIDERED = "not_considered"


class Action(StrEnum):
    """What may be done to a card; the lifecycle table says where and by whom."""

    ROUTE = "route"
    ACCEPT = "accept"
    ASSIGN = "assign"
    COMMENT = "comment"
    CONTACT_ATTEMPT = "contact-attempt"
    DUTY_CALL = "duty-call"
    REPORT = "report"
    PRINT = "print"
    REPLY = "reply"
    SUBMIT = "submit"
    SIGN = "sign"
    REVOKE = "revoke"
    HAND_OVER = "hand-over"
    PUBLISH = "publish"
    CLOSE = "close"
    SEND_BACK = "send-back"
    REROUTE = "reroute"
    RECLASSIFY = "reclassify"
    PLAN = "plan"
    CLARIFY = "clarify"
    FORWARD = "forward"
    JOIN = "join"
    UNJOIN = "unjoin"
    SPLIT = "split"
    NOT_CONSIDER = "not-consider"
    WITHDRAW = "withdraw"
    CONFIRM = "confirm"
    RETURN = "return"
    FALL_SILENT = "fall-silent"
    DISPUTE = "dispute"


class Result(StrEnum):
    """What the review came to: a field of the card, never a status (R58)."""

    DONE = "done"
    PARTLY_DONE = "partly_done"
    EXPLAINED = "explained"
    NOT_CONFIRMED = "not_confirmed"
    REFUSED = "refused"
    PLANNED = "planned"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Card:
    """The state of an appeal.

    Attributes:
        root: number of the first card of a chain of repeats and parts; its code opens all.
        version: what ETag shows; raised by steps that change status, executor or `due_at`.
        seq: number of the last event; every write raises it, so two writers never both win.
        due_at: strict end of the term, exclusive for day terms.
        certain_late_at: end of the term by the reading most favourable to the executor.
        edition: name of the edition of the Regulation in force at registration.
        code_key: id of the key that makes the access code; the code itself is not stored.
        part_of: number of the card that this one was split off.
        co_executors: executors drawn in; `executor` stays the main one and answers for the term.
        extensions: how many extensions were granted.
        escalation: the highest level of heads that a broken extension has gone up to (K-5.2.2).
        call_at: from when the applicant is to be phoned for the open survey; None where not.
        calls: how many attempts to phone for the open survey count.
        signatory: id of the person who is to sign, or has signed, the reply (KR-2.4).
        answered_at: when the reply was handed over, which answers the term (KR-2.7, KR-2.12).
        repeat_no: how many times the matter has come back; 0 for a first card.
        timers: instants by name at which something must happen by itself.
        works: ids of the repair works that were known at its place when it was registered.
        flags: short marks shown in the queue (`place_unknown`, `repeat`, `attention` …).
    """

    number: str
    root: str
    status: Status
    topic: str
    urgency: Urgency
    executor: str | None
    kind: Kind
    channel: Channel
    received_at: datetime
    registered_at: datetime
    due_at: datetime
    certain_late_at: datetime
    edition: str
    code_key: str
    street: str
    building: str
    excerpt: str
    version: int = 1
    seq: int = 0
    performer: str | None = None
    result: Result | None = None
    repeat_of: str | None = None
    repeats: tuple[str, ...] = ()
    repeat_no: int = 0
    joined_to: str | None = None
    part_of: str | None = None
    parts: tuple[str, ...] = ()
    co_executors: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    extensions: int = 0
    escalation: int = 0
    executor_changes: int = 0
    requests: int = 0
    surveys: int = 0
    call_at: datetime | None = None
    calls: int = 0
    signatory: str | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    timers: Mapping[str, datetime] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()

    def overdue(self, now: datetime) -> bool:
        """Tell whether the strict term has run out before the answer, or before now."""
        return (self.answered_at or self.closed_at or now) >= self.due_at


@dataclass(frozen=True, slots=True)
class CardFile:
    """Everything kept under one number.

    Attributes:
        untold: events of each write of which somebody must still be told.
    """

    card: Card
    appeal: Appeal
    events: tuple[Event, ...] = ()
    requests: tuple[ExecutorRequest, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    surveys: tuple[Survey, ...] = ()
    reply: Reply | None = None
    notices: tuple[Notice, ...] = ()
    untold: tuple[tuple[Event, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One card's part of one transaction: the new state, its events and what came with them.

    Attributes:
        before: the card as read; None registers a new card.
        appeal: written once, with a new card.
        events: at least one; their `seq` follow `before.seq`.
        held: the text in quarantine that a new card was made of, as it stands then.
    """

    before: Card | None
    card: Card
    events: tuple[Event, ...]
    appeal: Appeal | None = None
    requests: tuple[ExecutorRequest, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    surveys: tuple[Survey, ...] = ()
    reply: Reply | None = None
    notices: tuple[NoticeStep, ...] = ()
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A card as the queue shows it: what the index projects, no more."""

    number: str
    status: Status
    topic: str
    executor: str | None
    received_at: datetime
    due_at: datetime
    version: int
    street: str
    building: str
    excerpt: str
    flags: frozenset[str] = frozenset()

    def overdue(self, now: datetime) -> bool:
        """Tell whether the strict term has run out; a reply handed over has answered it."""
        return self.status is not Status.HANDED_OVER and self.due_at <= now


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A card of the public list of planned works, with the plan that it stands in."""

    row: QueueRow
    plan: Plan | None
