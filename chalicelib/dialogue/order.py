"""In which order an appeal's questions are asked, and which of them need not be."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from chalicelib.dialogue.facts import CONSENT_VERSION
from chalicelib.dialogue.places import streets_meant
from chalicelib.domain.city import City, Topic, Urgency
from chalicelib.domain.conversation import Draft, Known, Session, State

QUESTIONS: Final = (
    State.CATEGORY,
    State.EMERGENCY,
    State.DESCRIPTION,
    State.PLACE,
    State.DUPLICATES,
    State.PHOTOS,
    State.CONTACT,
    State.NAME,
    State.HOME,
    State.CONSENT,
)
"""The questions, in their order; after the last one the appeal is reviewed."""

FILING: Final = frozenset(
    {
        *QUESTIONS,
        State.PLACE_PICK,
        State.PLACE_CONFIRM,
        State.JOINED,
        State.REFUSED,
        State.REVIEW,
        State.SENDING,
    }
)
"""The states in which a draft is being told."""

BACK: Final[Mapping[State, State]] = {
    State.EMERGENCY: State.CATEGORY,
    State.DESCRIPTION: State.CATEGORY,
    State.PLACE: State.DESCRIPTION,
    State.PLACE_PICK: State.PLACE,
    State.PLACE_CONFIRM: State.PLACE,
    State.DUPLICATES: State.PLACE,
    State.JOINED: State.DUPLICATES,
    State.PHOTOS: State.PLACE,
    State.CONTACT: State.PHOTOS,
    State.NAME: State.CONTACT,
    State.HOME: State.NAME,
    State.CONSENT: State.NAME,
    State.REFUSED: State.CONSENT,
    State.REVIEW: State.PHOTOS,
    State.ADD_PHOTO: State.IDLE,
    State.CARD: State.LIST,
    State.COMMENT: State.CARD,
    State.REASON: State.ASK,
    State.SHOW: State.REASON,
    State.SCORE: State.ASK,
    State.WORKS: State.NEAR,
}
"""Where "back" leads from a state; from every other one it leads out."""


def new_draft(draft_id: str, known: Known, now: datetime) -> Draft:
    """Return an empty draft that asks nothing of what is known already."""
    settled = {
        State.CONTACT: bool(known.phone),
        State.NAME: bool(known.name),
        State.HOME: known.home is not None,
        State.CONSENT: known.consent == CONSENT_VERSION,
    }
    return Draft(
        id=draft_id,
        started_at=now,
        settled=frozenset(state for state, is_known in settled.items() if is_known),
        phone=known.phone,
        phone_own=known.phone_own,
        name=known.name,
        home=known.home,
        consent=known.consent if settled[State.CONSENT] else "",
    )


def position(session: Session, city: City) -> State:
    """Return where a draft stands: the first question that is still open."""
    draft = session.draft
    if draft is None:
        return State.IDLE
    for question in QUESTIONS:
        if question not in draft.settled and _is_asked(question, draft, city):
            return _within(question, draft, city)
    return State.REVIEW


def topic_of(draft: Draft, city: City) -> Topic | None:
    """Return a draft's topic, None for none yet or for one that the operator will find."""
    return city.topics.get(draft.topic or "")


def is_emergency(draft: Draft, city: City) -> bool:
    """Tell whether a draft is about an emergency."""
    topic = topic_of(draft, city)
    return topic is not None and topic.urgency is Urgency.EMERGENCY


def settle(draft: Draft, *questions: State) -> Draft:
    """Return a draft in which some questions are answered."""
    return replace(draft, settled=draft.settled | set(questions))


def unsettle(draft: Draft, question: State) -> Draft:
    """Return a draft in which a question is asked again; what hangs on it is forgotten."""
    if question is State.JOINED or question is State.DUPLICATES:
        return _unsettled(replace(draft, join=""), State.DUPLICATES)
    if question is State.PLACE:
        bare = replace(draft, place=None, typed_place="", neighbours=None, join="")
        return _unsettled(bare, State.PLACE, State.DUPLICATES)
    if question is State.CATEGORY:
        bare = replace(draft, neighbours=None, join="", group="", page=0)
        return _unsettled(bare, State.CATEGORY, State.EMERGENCY, State.DUPLICATES)
    if question is State.NAME:
        return _unsettled(draft, State.NAME, State.HOME)
    return _unsettled(draft, question)


def _unsettled(draft: Draft, *questions: State) -> Draft:
    return replace(draft, settled=draft.settled - set(questions))


def _is_asked(question: State, draft: Draft, city: City) -> bool:
    """Tell whether an open question is one for this draft at all."""
    if question is State.EMERGENCY:
        return is_emergency(draft, city)
    if question is State.HOME:
        return bool(draft.name)
    return True


def _within(question: State, draft: Draft, city: City) -> State:
    """Return the part of a question that is open."""
    if question is State.PLACE:
        if draft.place is not None:
            return State.PLACE_CONFIRM
        if len(streets_meant(city, draft.typed_place)) > 1:
            return State.PLACE_PICK
    if question is State.DUPLICATES and draft.join:
        return State.JOINED
    if question is State.CONSENT and draft.consent:
        return State.REFUSED
    return question
