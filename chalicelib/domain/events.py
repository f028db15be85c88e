"""What happened to a card, in the past tense: its history, audit trail and outbox."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.people import Actor


class EventName(StrEnum):
    """Stable names of events; clients match on them."""

    REGISTERED = "registered"
    SENT = "sent"
    ACCEPTED = "accepted"
    PERFORMER_ASSIGNED = "performer_assigned"
    COMMENTED = "commented"
    CONTACT_ATTEMPTED = "contact_attempted"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_ACCEPTED = "evidence_accepted"
    EVIDENCE_REJECTED = "evidence_rejected"
    REPORTED = "reported"
    PRINTED = "printed"
    REPLY_DRAFTED = "reply_drafted"
    REPLY_SUBMITTED = "reply_submitted"
    REPLY_SIGNED = "reply_signed"
    SIGNATURE_REVOKED = "signature_revoked"
    HANDED_OVER = "handed_over"
    REPLY_PUBLISHED = "reply_published"
    REQUEST_MADE = "request_made"
    REQUEST_DECIDED = "request_decided"
    ACKNOWLEDGED = "acknowledged"
    EXTENDED = "extended"
    PLANNED = "planned"
    CO_EXECUTOR_ADDED = "co_executor_added"
    CLOSED = "closed"
    SENT_BACK = "sent_back"
    SURVEY_OPENED = "survey_opened"
    SURVEY_ANSWERED = "survey_answered"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    RETURNED = "returned"
    REPEAT_REGISTERED = "repeat_registered"
    DISPUTED = "disputed"
    JOINED = "joined"
    UNJOINED = "unjoined"
    JOINED_SETTLED = "joined_settled"
    SPLIT = "split"
    CLARIFICATION_ASKED = "clarification_asked"
    MESSAGE_RECEIVED = "message_received"
    WITHDRAWN = "withdrawn"
    FORWARDED = "forwarded"
    OUTSIDE_ANSWERED = "outside_answered"
    NOT_CONSIDERED = "not_considered"
    RECLASSIFIED = "reclassified"
    DEADLINE_WARNING = "deadline_warning"
    OVERDUE = "overdue"
    ATTENTION = "attention"
    ESCALATED = "escalated"
    CONTACTS_OPENED = "contacts_opened"
    REROUTED = "rerouted"
    HELD = "held"
    HOLD_LIFTED = "hold_lifted"
    QUARANTINED = "quarantined"
    RELEASED = "released"
    TEXT_OPENED = "text_opened"
    NOTICE_SENT = "notice_sent"
    NOTICE_FAILED = "notice_failed"
    NOTICE_REPEATED = "notice_repeated"
    DUTY_PHONED = "duty_phoned"
    RECORDING_HEARD = "recording_heard"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        seq: place in the card's history, from 1.
        text: words a person gave with it; empty when the name says all.
        public: whether the applicant reads `text`.
        facts: short values that the event's words mention (numbers, ids, instants in ISO 8601).
        tell: whether somebody must be told, which puts it into the outbox.
    """

    seq: int
    at: datetime
    name: EventName
    by: Actor
    text: str = ""
    public: bool = True
    facts: Mapping[str, str] = field(default_factory=dict)
    tell: bool = True
