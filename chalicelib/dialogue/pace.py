"""How fast somebody may write: one warning, then silence."""

from dataclasses import replace
from typing import Final

from chalicelib.dialogue.facts import WARNED_EVERY, Facts
from chalicelib.dialogue.telling import told
from chalicelib.domain.conversation import Session
from chalicelib.domain.inbound import InboundEvent
from chalicelib.domain.outbound import OutboundMessage

_MINUTE_SECONDS: Final = 60


def counted(session: Session, event: InboundEvent, facts: Facts) -> Session:
    """Return a conversation with one more event counted in this minute; an album is one."""
    if event.album and event.album == session.album:
        return session
    minute = int(facts.now.timestamp()) // _MINUTE_SECONDS
    pace = session.pace
    fresh = pace if pace.minute == minute else replace(pace, minute=minute, events=0)
    return replace(session, pace=replace(fresh, events=fresh.events + 1))


def is_too_fast(session: Session, facts: Facts) -> bool:
    """Tell whether more was written in this minute than one person needs."""
    return session.pace.events > facts.events_a_minute


def warned(session: Session, facts: Facts) -> tuple[Session, tuple[OutboundMessage, ...]]:
    """Return the conversation and the warning; nothing to say where one was given lately."""
    at = session.pace.warned_at
    if at is not None and facts.now < at + WARNED_EVERY:
        return session, ()
    pace = replace(session.pace, warned_at=facts.now)
    return replace(session, pace=pace), (OutboundMessage(told(session, "too_fast")),)
