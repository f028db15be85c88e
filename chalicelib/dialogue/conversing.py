"""One event of a conversation to its end: steps, effects and what came of them, messages."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from chalicelib.dialogue.dialogue import step
from chalicelib.dialogue.effects import Effect, Outcome
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.moves import Step, Turn
from chalicelib.dialogue.outcomes import came_of
from chalicelib.dialogue.telling import cut, told
from chalicelib.domain.conversation import Session
from chalicelib.domain.inbound import EventKind, InboundEvent
from chalicelib.domain.outbound import Ask, OutboundMessage

LONGEST_MESSAGE: Final = 4096
"""The most 16-bit letters of a message, in the messenger that takes the fewest."""

Perform = Callable[[Effect, Session], Outcome | None]
"""Does what an effect asks for; None where nothing comes of it."""


def converse(
    session: Session,
    event: InboundEvent,
    facts: Facts,
    perform: Perform,
    *,
    lasting_keyboards: bool = True,
) -> Step:
    """Return what comes of an event when all its effects are done."""
    return finished(session, step(session, event, facts), event, facts, perform, lasting_keyboards)


def finished(
    before: Session,
    begun: Step,
    event: InboundEvent,
    facts: Facts,
    perform: Perform,
    lasting_keyboards: bool,
) -> Step:
    """Carry a step to its end.

    Args:
        lasting_keyboards: whether the messenger keeps a keyboard until it is told otherwise.
    """
    session, messages, waiting = begun.session, list(begun.messages), list(begun.effects)
    while waiting:
        effect = waiting.pop(0)
        outcome = perform(effect, session)
        if outcome is not None:
            following = came_of(Turn(session, event, facts), effect, outcome)
            session = following.session
            messages += following.messages
            waiting += following.effects
    whole = tuple(_whole(session, messages, lasting_keyboards))
    after = _with_keyboard(session, whole)
    return replace(begun, session=after, messages=_edited(before, after, whole, event), effects=())


def _whole(
    session: Session, messages: list[OutboundMessage], lasting_keyboards: bool
) -> Iterator[OutboundMessage]:
    """Yield messages as they are sent: words before a question and the question are one."""
    laying_off = lasting_keyboards and session.keyboard and bool(messages)
    laying_off = laying_off and messages[-1].ask is Ask.NOTHING
    lead = ""
    for message in messages:
        text = f"{lead}\n\n{message.text}" if lead else message.text
        if laying_off and (message.rows or message is messages[-1]):
            # A message has room for one keyboard: the old one goes with words of their own.
            yield OutboundMessage(lead or told(session, "noted"), lay_off=True)
            text, laying_off = message.text, False
        if message.rows or message.ask is not Ask.NOTHING or message is messages[-1]:
            yield replace(message, text=_bounded(text))
            text = ""
        lead = text


def _bounded(text: str) -> str:
    """Return a text that every messenger takes, without a tag or an entity cut in two."""
    if len(text) <= LONGEST_MESSAGE // 2:
        return text
    kept = cut(text, LONGEST_MESSAGE)
    for opening, closing in (("<", ">"), ("&", ";")):
        if kept.rfind(opening) > kept.rfind(closing):
            kept = kept[: kept.rfind(opening)]
    missing = kept.count("<b>") - kept.count("</b>")
    return kept + "</b>" * missing


def _with_keyboard(session: Session, messages: tuple[OutboundMessage, ...]) -> Session:
    if not messages:
        return session
    return replace(session, keyboard=messages[-1].ask is not Ask.NOTHING)


def _edited(
    before: Session, after: Session, messages: tuple[OutboundMessage, ...], event: InboundEvent
) -> tuple[OutboundMessage, ...]:
    """Let a question that is only turned over take the place of itself."""
    same = event.kind is EventKind.BUTTON and before.state is after.state
    if len(messages) != 1 or not same or not before.prompt or before.prompt != event.message:
        return messages
    if messages[0].ask is not Ask.NOTHING or messages[0].lay_off:
        return messages
    return (replace(messages[0], edit_of=event.message),)
