"""Conversations with residents: hear an event once, do what it asks for, say what follows (K-2).

What is said is written down together with the state, and sent after. So an event that is brought
again, after whatever went wrong, neither files twice nor leaves anybody without an answer.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.dialogue.conversing import finished
from chalicelib.dialogue.dialogue import step
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.moves import Step
from chalicelib.dialogue.timers import wake_at
from chalicelib.domain.conversation import Outgoing, Session
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.inbound import EventKind, InboundEvent
from chalicelib.domain.notice import Medium
from chalicelib.domain.outbound import OutboundMessage
from chalicelib.usecases.conversation_effects import Doer, Means
from chalicelib.usecases.conversation_ports import Conversations, HeardBefore
from chalicelib.usecases.sending_ports import SendingLater, SendingRefused

MOST_WAITING: Final = 12
"""How many messages wait for a messenger that is away; the oldest are given up first."""

MOST_TRIES: Final = 12
_FIRST_WAIT: Final = timedelta(seconds=30)
_MOST_WAIT: Final = timedelta(hours=1)
_TRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """What hearing an event came to, for the log.

    Attributes:
        state: where the conversation stands.
        sent: how many messages were sent.
        left: how many wait for the messenger.
        again: whether it was heard before.
    """

    state: str = ""
    sent: int = 0
    left: int = 0
    again: bool = False


def hear(event: InboundEvent, facts: Facts, means: Means, conversations: Conversations) -> Heard:
    """Hear an event, once however often it is brought, and answer it.

    Raises StoreAway, SendingLater (a picture cannot be fetched now), MessengerMisused,
    ChangedMeanwhile after several lost races.
    """
    if event.kind is EventKind.GROUP:
        return _answered_in_group(event, facts, means)
    for left in reversed(range(_TRIES)):
        try:
            return _heard(event, facts, means, conversations)
        except ChangedMeanwhile:
            if not left:
                raise
    raise AssertionError(event.identity)


def _heard(event: InboundEvent, facts: Facts, means: Means, conversations: Conversations) -> Heard:
    session, again = conversations.read(event.identity, event.id, facts.now)
    if again:
        return _delivered(session, facts, means, conversations, again=True)
    done = _stepped(session, event, facts, means)
    if done.silent:
        return Heard(session.state)
    if event.kind is EventKind.WAKE and done.session == session and not done.messages:
        return _delivered(session, facts, means, conversations)
    after = replace(done.session, outgoing=_with(session.outgoing, done, event))
    event_id = "" if event.kind is EventKind.WAKE else event.id
    try:
        saved = _saved(after, facts, conversations, event_id)
    except HeardBefore:
        current = conversations.current(event.identity)
        return _delivered(current, facts, means, conversations, again=True)
    return _delivered(saved, facts, means, conversations)


def _stepped(session: Session, event: InboundEvent, facts: Facts, means: Means) -> Step:
    """Let the dialogue answer; a pressed button stops waiting before anything takes long."""
    begun = step(session, event, facts)
    if event.reply_token and begun.acknowledge is not None:
        means.messenger.acknowledge(event.reply_token, begun.acknowledge)
    keyboards = means.messenger.lasting_keyboards
    return finished(session, begun, event, facts, Doer(event, facts, means), keyboards)


def _with(waiting: Outgoing, done: Step, event: InboundEvent) -> Outgoing:
    """Return what is to be sent; a messenger that has brought an event is not away any more."""
    messages = (*waiting.messages, *done.messages)[-MOST_WAITING:]
    if not messages:
        return Outgoing()
    is_here = event.kind is not EventKind.WAKE and not waiting.asked
    send_after = None if is_here else waiting.send_after
    return replace(waiting, answer_to=event.id, messages=messages, send_after=send_after)


def _saved(
    session: Session, facts: Facts, conversations: Conversations, event_id: str = ""
) -> Session:
    """Write a conversation with its timers; what waits to be sent is looked after by the sweep."""
    wakes_at = wake_at(session, facts.city)
    if session.outgoing.messages:
        looked_after_at = session.outgoing.send_after or facts.now + _FIRST_WAIT * 4
        wakes_at = min(filter(None, (wakes_at, looked_after_at)))
    return conversations.save(session, now=facts.now, wake_at=wakes_at, event_id=event_id)


def _delivered(
    session: Session,
    facts: Facts,
    means: Means,
    conversations: Conversations,
    *,
    again: bool = False,
) -> Heard:
    """Send what waits to be sent, and write down that it was."""
    outgoing = session.outgoing
    after = outgoing.send_after
    if not outgoing.messages or (after is not None and facts.now < after):
        return Heard(session.state, 0, len(outgoing.messages), again)
    told = _sent(session, facts, means)
    try:
        _saved(told, facts, conversations)
    except ChangedMeanwhile:
        # Somebody has heard the next event meanwhile, and sends what he has found waiting.
        return Heard(session.state, again=again)
    left = len(told.outgoing.messages)
    return Heard(session.state, len(outgoing.messages) - left, left, again)


def _sent(session: Session, facts: Facts, means: Means) -> Session:
    messages = list(session.outgoing.messages)
    prompt = session.prompt
    try:
        while messages:
            prompt = means.messenger.write(session.identity, messages[0]) or prompt
            messages.pop(0)
    except SendingLater as later:
        return replace(session, prompt=prompt, outgoing=_postponed(session, messages, later, facts))
    except SendingRefused as refusal:
        if refusal.address_dead:
            medium = Medium(session.channel)
            means.residents.switch_off(
                medium, session.identity, reason=refusal.reason, at=facts.now
            )
        return replace(session, alive=not refusal.address_dead, outgoing=Outgoing())
    return replace(session, prompt=prompt, outgoing=Outgoing())


def _postponed(
    session: Session, left: list[OutboundMessage], later: SendingLater, facts: Facts
) -> Outgoing:
    """Return what is still to be sent and when; after many tries it is given up."""
    tries = session.outgoing.tries + 1
    if tries > MOST_TRIES:
        return Outgoing()
    wait = min(_FIRST_WAIT * 2 ** (tries - 1), _MOST_WAIT)
    asked = later.after_seconds is not None
    if later.after_seconds is not None:
        wait = timedelta(seconds=later.after_seconds)
    return replace(
        session.outgoing,
        messages=tuple(left),
        send_after=facts.now + wait,
        asked=asked,
        tries=tries,
    )


def _answered_in_group(event: InboundEvent, facts: Facts, means: Means) -> Heard:
    """Say one line and leave; nothing of a chat of many is kept."""
    begun = step(Session(event.identity), event, facts)
    try:
        for message in begun.messages:
            means.messenger.write(event.identity, message)
    except (SendingLater, SendingRefused):
        pass
    means.messenger.leave(event.identity)
    return Heard("group", len(begun.messages))


def wake_due(
    at: datetime,
    *,
    conversations: Conversations,
    put: Callable[[InboundEvent], None],
    limit: int,
) -> int:
    """Put those with whom something is due on the queue, where they wait their turn."""
    due = conversations.to_wake(at, limit=limit)
    for identity, since in due:
        put(InboundEvent(identity, f"wake-{since.isoformat()}", EventKind.WAKE, at))
    return len(due)
