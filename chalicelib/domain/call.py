"""A phone call as the centre keeps it: what happened in it, and what blocks its caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.people import Actor


class CallEventName(StrEnum):
    """What happened in a call or to its caller, in the past tense; clients match on the names."""

    WARNED = "warned"
    ENDED = "ended"
    CONSULTED = "consulted"
    COMPLETED = "completed"
    TURNED_AWAY = "turned_away"
    BLOCK_PLACED = "block_placed"
    BLOCK_CONFIRMED = "block_confirmed"
    BLOCK_LIFTED = "block_lifted"


class EndReason(StrEnum):
    """Why an operator ended a talk."""

    ABUSE = "abuse"
    SILENT_LINE = "silent_line"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True, slots=True)
class CallEvent:
    """One thing that happened in a call: a counted record, never a card.

    Attributes:
        phone: of the caller in E.164; None for a withheld one.
        call_id: the telephony's name of the call; None where an operator gave none.
        text: words that the operator added.
        facts: short values: the reason, the topic, the street, which warning it was.
    """

    id: str
    at: datetime
    name: CallEventName
    by: Actor
    phone: str | None = None
    call_id: str | None = None
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A phone from which no calls are taken for a time (K-3.4).

    Attributes:
        reason: which abuse it was.
        evidence: what proves it: a call's id, a recording, the operator's note.
        until: when it ends; from then on it blocks nothing, whether or not it is deleted.
        confirmed_by: name of the coordinator without whom it ends after the city's short term.
        version: how many times it was written, this time counted.
    """

    phone: str
    reason: str
    evidence: str
    placed_at: datetime
    placed_by: Actor
    until: datetime
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    lifted_at: datetime | None = None
    version: int = 1

    def stands(self, now: datetime) -> bool:
        """Tell whether it blocks at an instant."""
        return self.lifted_at is None and now < self.until


@dataclass(frozen=True, slots=True)
class Recording:
    """A recorded call, known by the telephony's id of the call.

    Attributes:
        key: where the sound is kept.
        expires_at: from when it may not be heard any more, and is deleted.
    """

    call_id: str
    key: str
    recorded_at: datetime
    expires_at: datetime
