"""The question of every state: what is asked, and which buttons answer it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from chalicelib.dialogue import filing_prompts as f
from chalicelib.dialogue import other_prompts as o
from chalicelib.dialogue import person_prompts as p
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.order import FILING
from chalicelib.domain.conversation import Session, State
from chalicelib.domain.inbound import Press
from chalicelib.domain.outbound import OutboundMessage
from chalicelib.regulation.typed_text import folded

Prompt = Callable[[Session, Facts], OutboundMessage]

PROMPTS: Final[Mapping[State, Prompt]] = {
    State.IDLE: o.idle,
    State.RESUME: f.resume,
    State.CATEGORY: f.category,
    State.EMERGENCY: f.emergency,
    State.DESCRIPTION: f.description,
    State.PLACE: f.place,
    State.PLACE_PICK: f.place_pick,
    State.PLACE_CONFIRM: f.place_confirm,
    State.DUPLICATES: f.duplicates,
    State.JOINED: f.joined,
    State.PHOTOS: f.photos,
    State.CONTACT: p.contact,
    State.NAME: p.name,
    State.HOME: p.home,
    State.CONSENT: p.consent,
    State.REFUSED: p.refused,
    State.REVIEW: f.review,
    State.SENDING: f.review,
    State.DONE: o.done,
    State.ADD_PHOTO: o.add_photo,
    State.LIST: o.cards,
    State.CARD: o.card,
    State.COMMENT: o.comment,
    State.ASK: o.ask,
    State.REASON: o.reason,
    State.SHOW: o.show,
    State.COMMIT: o.answered,
    State.SCORE: o.score,
    State.THANKS: o.answered,
    State.NEAR: o.near,
    State.WORKS: o.works,
    State.SAVED: o.saved,
}


def prompt(session: Session, facts: Facts) -> OutboundMessage:
    """Return the question of the state that a conversation stands in."""
    return PROMPTS[session.state](session, facts)


def offered(session: Session, facts: Facts) -> tuple[Press, ...]:
    """Return the presses that the present question offers."""
    rows = prompt(session, facts).rows
    return tuple(each.press for row in rows for each in row if each.press)


def pressed_in_words(session: Session, text: str, facts: Facts) -> Press | None:
    """Return the button whose words were typed, or sent by a keyboard that sends words."""
    asked = folded(text)
    if not asked:
        return None
    for row in prompt(session, facts).rows:
        for each in row:
            if each.press and folded(each.text) == asked:
                return each.press
    return None


def led_by(lead: str, asked: OutboundMessage) -> OutboundMessage:
    """Return a question with words before it."""
    return replace(asked, text=f"{lead}\n\n{asked.text}") if lead else asked


def is_filing(session: Session) -> bool:
    """Tell whether a draft is being told, rather than put aside."""
    return session.draft is not None and session.state in FILING
