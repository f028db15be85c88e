"""The dialogue: from a conversation and an event to the conversation after it, and what is done.

What holds at any time (commands, stale buttons, edits, groups) is looked at first; the rest is the
matter of the state. Whatever comes in whatever state, somebody is answered and nothing is raised.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from chalicelib.dialogue import cards, filing, filing_end, filing_person, surveys, works
from chalicelib.dialogue.commands import (
    COMMAND_OF,
    commanded,
    draft_press,
    pressed_command,
    started,
)
from chalicelib.dialogue.content import (
    OF_A_CARD,
    OF_A_SURVEY,
    came_contact,
    came_photos,
    came_point,
    came_text,
    edited,
)
from chalicelib.dialogue.effects import LayOffButtons, LeaveChat, MarkAlive
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.menus import NO_CONTEXT
from chalicelib.dialogue.moves import Step, Turn, cancels, goes, quietly, stays, steps_back
from chalicelib.dialogue.order import FILING
from chalicelib.dialogue.pace import counted, is_too_fast, warned
from chalicelib.dialogue.prompts import offered, pressed_in_words
from chalicelib.dialogue.telling import told
from chalicelib.dialogue.timers import passes, wakes
from chalicelib.domain.conversation import Session, State
from chalicelib.domain.inbound import EventKind, InboundEvent, Press
from chalicelib.domain.outbound import OutboundMessage

Pressing = Callable[[Turn, Press], Step]

PRESSES: Final[Mapping[State, Pressing]] = {
    State.RESUME: draft_press,
    State.CATEGORY: filing.category_press,
    State.EMERGENCY: filing.emergency_press,
    State.PLACE: filing.place_press,
    State.PLACE_PICK: filing.place_pick_press,
    State.PLACE_CONFIRM: filing.place_confirm_press,
    State.DUPLICATES: filing.duplicates_press,
    State.JOINED: filing.joined_press,
    State.PHOTOS: filing_end.photos_press,
    State.CONTACT: filing_person.contact_press,
    State.NAME: filing_person.name_press,
    State.HOME: filing_person.home_press,
    State.CONSENT: filing_person.consent_press,
    State.REFUSED: filing_person.refused_press,
    State.REVIEW: filing_end.review_press,
    State.SENDING: filing_end.review_press,
    State.ADD_PHOTO: filing_end.add_photo_press,
    State.LIST: cards.list_press,
    State.CARD: cards.card_press,
    State.ASK: surveys.ask_press,
    State.REASON: surveys.reason_press,
    State.SHOW: surveys.show_press,
    State.SCORE: surveys.score_press,
    State.NEAR: works.near_press,
    State.WORKS: works.works_press,
}
"""What a state does with the buttons that only it offers."""


def step(session: Session, event: InboundEvent, facts: Facts) -> Step:
    """Return what comes of an event. Raises nothing, whatever the state and the event."""
    session = sound(session)
    if event.kind is EventKind.WAKE:
        return wakes(session, facts)
    if event.kind is EventKind.GROUP:
        speaking = _in_their_language(session, event)
        return Step(speaking, (OutboundMessage(told(speaking, "group")),), (LeaveChat(),))
    if event.kind is EventKind.BLOCKED:
        return quietly(replace(session, alive=False), MarkAlive(alive=False))
    if event.kind is EventKind.UNBLOCKED:
        return quietly(replace(session, alive=True), MarkAlive(alive=True))
    pacing = counted(session, event, facts)
    if pacing is not session and is_too_fast(pacing, facts):
        after, warning = warned(session, facts)
        return Step(after, warning, silent=not warning)
    return _heard(_in_their_language(pacing, event), event, facts)


def sound(session: Session) -> Session:
    """Return a conversation whose state has what it speaks of; an older one may lack it."""
    state = session.state
    of_draft = state in FILING or state in {State.RESUME, State.SAVED}
    lacks = (of_draft and session.draft is None) or (state in OF_A_CARD and not session.viewing)
    lacks = lacks or (state in OF_A_SURVEY and session.survey is None)
    return replace(session, state=State.IDLE) if lacks else session


def _in_their_language(session: Session, event: InboundEvent) -> Session:
    """Return a conversation with a language: the device's, where it is one of ours, else `uk`."""
    if session.language:
        return session
    return replace(session, language="en" if event.language.lower().startswith("en") else "uk")


def _heard(session: Session, event: InboundEvent, facts: Facts) -> Step:
    passed = passes(session, facts)
    back = () if session.alive else (MarkAlive(alive=True),)
    here = replace(passed.session, heard_at=facts.now, reminded=False, alive=True)
    done = _answered(Turn(here, event, facts))
    return replace(done, effects=(*back, *passed.effects, *done.effects))


def _answered(turn: Turn) -> Step:
    session, event, facts = turn.session, turn.event, turn.facts
    if event.kind is EventKind.START:
        return started(turn)
    if event.kind is EventKind.EDITED:
        return edited(turn)
    if event.kind is EventKind.BUTTON:
        press = event.press or Press(NO_CONTEXT, "unknown")
        answer = _pressed(turn, press) or _stale(turn)
        return replace(answer, acknowledge=answer.acknowledge or "")
    if event.kind is EventKind.TEXT:
        command = COMMAND_OF.get(event.text.partition(" ")[0].partition("@")[0].lower())
        if command is not None:
            return commanded(turn, command)
        press_in_words = pressed_in_words(session, event.text, facts)
        done = _pressed(turn, press_in_words) if press_in_words else None
        return done or came_text(turn)
    if event.kind is EventKind.PHOTO and event.files:
        return came_photos(turn)
    if event.kind is EventKind.LOCATION and event.point:
        return came_point(turn, event.point)
    if event.kind is EventKind.CONTACT and event.contact:
        return came_contact(turn, event.contact)
    return _unsupported(turn)


def _pressed(turn: Turn, press: Press) -> Step | None:
    """Do what a button does; None for one that is not offered any more."""
    command = pressed_command(turn, press) if press.context == NO_CONTEXT else None
    if command is not None:
        return command
    under_notice = _pressed_under_notice(turn, press)
    if under_notice is not None:
        return under_notice
    if press not in offered(turn.session, turn.facts):
        return None
    if press.act == "x":
        return cancels(turn)
    if press.act == "b":
        return steps_back(turn)
    if turn.session.state is State.DONE:
        return _after_filing(turn, press)
    return PRESSES[turn.session.state](turn, press)


def _after_filing(turn: Turn, press: Press) -> Step:
    if press.act == "add":
        return goes(turn.session, State.ADD_PHOTO, turn.facts)
    return cards.opens(turn.session, turn.session.viewing)


def _pressed_under_notice(turn: Turn, press: Press) -> Step | None:
    """Do what a notice's button does, at any time: show its card, or take its survey's answer."""
    if press.act == "v":
        return cards.opens(turn.session, press.context)
    if press.act in {"qy", "qn"} and press.arg.isdecimal():
        confirmed = press.act == "qy"
        return surveys.told_by_notice(turn, press.context, int(press.arg), confirmed=confirmed)
    return None


def _stale(turn: Turn) -> Step:
    """Say that a button is past, take it away, and ask the present question again."""
    words = turn.told("stale")
    past = (LayOffButtons(turn.event.message),) if turn.event.message else ()
    asked = stays(turn.session, turn.facts, "", *past)
    return replace(asked, acknowledge=words)


def _unsupported(turn: Turn) -> Step:
    return stays(turn.session, turn.facts, turn.told("unsupported"))
