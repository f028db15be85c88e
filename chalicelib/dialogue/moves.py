"""The moves that every part of the dialogue makes: stay, go, advance, leave."""

from dataclasses import dataclass, replace
from typing import Final

from chalicelib.dialogue.effects import DropPhotos, Effect, FindNeighbours
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.order import BACK, FILING, position, settle, unsettle
from chalicelib.dialogue.prompts import prompt
from chalicelib.dialogue.telling import told
from chalicelib.domain.conversation import Draft, Session, State
from chalicelib.domain.inbound import InboundEvent
from chalicelib.domain.outbound import OutboundMessage

_MENUS: Final = frozenset({State.IDLE, State.SAVED})
"""Where nothing is asked; a draft that was put by stays so."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One event in a conversation."""

    session: Session
    event: InboundEvent
    facts: Facts

    @property
    def draft(self) -> Draft:
        """The draft. Raises LookupError where there is none: a defect."""
        if self.session.draft is None:
            raise LookupError(self.session.state)
        return self.session.draft

    def with_draft(self, draft: Draft) -> "Turn":
        """Return the turn with another draft."""
        return replace(self, session=replace(self.session, draft=draft))

    def told(self, key: str, **facts: object) -> str:
        """Return words in the conversation's language."""
        return told(self.session, key, **facts)


@dataclass(frozen=True, slots=True)
class Step:
    """What comes of an event: the conversation after it, what is said, what is to be done.

    Attributes:
        acknowledge: words for a press of a button, shown for a moment; None for no press.
        silent: whether the event counts for nothing and nothing is to be written.
    """

    session: Session
    messages: tuple[OutboundMessage, ...] = ()
    effects: tuple[Effect, ...] = ()
    acknowledge: str | None = None
    silent: bool = False


def stays(session: Session, facts: Facts, lead: str = "", *effects: Effect) -> Step:
    """Repeat the question of the state, with words before it."""
    said = (OutboundMessage(lead),) if lead else ()
    return Step(session, (*said, prompt(session, facts)), effects)


def goes(session: Session, state: State, facts: Facts, lead: str = "", *effects: Effect) -> Step:
    """Go to a state and ask its question."""
    return stays(replace(session, state=state), facts, lead, *effects)


def quietly(session: Session, *effects: Effect) -> Step:
    """Say nothing."""
    return Step(session, (), effects)


def advances(session: Session, facts: Facts, lead: str = "") -> Step:
    """Go on with the draft: to its first open question, or to the review."""
    state = position(session, facts.city)
    draft = session.draft
    if state is State.DUPLICATES and draft is not None and draft.neighbours is None:
        if draft.place is None or draft.place.street_id is None or draft.topic is None:
            return advances(replace(session, draft=settle(draft, state)), facts, lead)
        said = (OutboundMessage(lead),) if lead else ()
        looking = FindNeighbours(draft.place, draft.topic)
        return Step(replace(session, state=state), said, (looking,))
    return goes(session, state, facts, lead)


def settled(turn: Turn, draft: Draft, *questions: State, lead: str = "") -> Step:
    """Take questions as answered and go on."""
    session = replace(turn.session, draft=settle(draft, *questions))
    return advances(session, turn.facts, lead)


def comes_home(session: Session, facts: Facts, lead: str = "", *effects: Effect) -> Step:
    """Leave what was shown or asked: back to the draft that waits, or to the menu."""
    bare = replace(session, survey=None, nearby=None, listed=(), page=0)
    if bare.draft is None:
        return goes(bare, State.IDLE, facts, lead, *effects)
    step = advances(bare, facts, "\n\n".join(filter(None, (lead, told(bare, "f.go_on")))))
    return replace(step, effects=(*effects, *step.effects))


def steps_back(turn: Turn) -> Step:
    """Go to the question before, or out where there is none."""
    session, facts = turn.session, turn.facts
    if session.state in _MENUS:
        return goes(session, State.IDLE, facts)
    target = BACK.get(session.state)
    if session.state in FILING and session.draft is not None:
        if target is None:
            return leaves_aside(turn)
        again = replace(session, draft=unsettle(session.draft, target))
        return goes(again, target, facts)
    if session.state is State.RESUME:
        return goes(session, State.IDLE, facts)
    if target is None or target is State.IDLE:
        return comes_home(session, facts)
    return goes(session, target, facts)


def leaves_aside(turn: Turn) -> Step:
    """Put the draft aside for the menu, which offers to go on with it."""
    return goes(turn.session, State.IDLE, turn.facts, turn.told("f.put_aside"))


def cancels(turn: Turn) -> Step:
    """Give up what is being asked; a draft is deleted with its pictures."""
    session, facts = turn.session, turn.facts
    if session.state is State.SENDING:
        return stays(session, facts)
    if session.state in _MENUS:
        return goes(session, State.IDLE, facts)
    if session.draft is not None and (session.state in FILING or session.state is State.RESUME):
        return deletes(session, facts, turn.told("f.cancelled"))
    return comes_home(session, facts, turn.told("cancelled"))


def deletes(session: Session, facts: Facts, lead: str) -> Step:
    """Delete the draft with its pictures and offer the menu."""
    bare, dropped = without_draft(session)
    return goes(bare, State.IDLE, facts, lead, *dropped)


def without_draft(session: Session) -> tuple[Session, tuple[Effect, ...]]:
    """Return a conversation without its draft, and what deletes the draft's pictures."""
    draft = session.draft
    uploads = tuple(photo.upload_id for photo in draft.photos) if draft else ()
    return replace(session, draft=None), (DropPhotos(uploads),) if uploads else ()
