"""What comes without being a button: words, pictures, points, phones, corrections.

Whatever is told is kept in the draft, whenever it is told, and the present question is repeated.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from chalicelib.dialogue import cards, filing, filing_end, filing_person, surveys, works
from chalicelib.dialogue.facts import LONGEST_TEXT, SHORTEST_TEXT, TELLING_TEXT
from chalicelib.dialogue.moves import Step, Turn, goes, quietly, stays
from chalicelib.dialogue.prompts import is_filing
from chalicelib.dialogue.telling import language_of
from chalicelib.domain.conversation import Draft, State
from chalicelib.domain.inbound import Point, StatedContact

TEXTS: Final[Mapping[State, Callable[[Turn], Step]]] = {
    State.CATEGORY: filing.category_text,
    State.DESCRIPTION: filing.description_text,
    State.PLACE: filing.place_text,
    State.PLACE_PICK: filing.place_text,
    State.PLACE_CONFIRM: filing.place_confirm_text,
    State.PHOTOS: filing_end.extra_text,
    State.CONTACT: filing_person.contact_text,
    State.NAME: filing_person.name_text,
    State.HOME: filing_person.home_text,
    State.REVIEW: filing_end.extra_text,
    State.COMMENT: cards.comment_text,
    State.REASON: surveys.reason_text,
    State.SCORE: surveys.score_text,
    State.NEAR: works.near_text,
    State.WORKS: works.near_text,
}
"""What a state does with words."""

AT_REST: Final = frozenset(
    {State.IDLE, State.DONE, State.THANKS, State.COMMIT, State.LIST, State.SAVED}
)
"""States that wait for nothing: what is told there begins something new."""

OF_A_CARD: Final = frozenset({State.COMMENT, State.ADD_PHOTO, State.DONE, State.CARD})
"""States in which a picture is meant for the card that is shown."""


OF_A_SURVEY: Final = frozenset({State.ASK, State.REASON, State.SHOW, State.SCORE})
"""States in which a picture is meant for the answer to a survey."""


_ASKING_PLACE: Final = frozenset({State.PLACE, State.PLACE_PICK, State.PLACE_CONFIRM})


def came_text(turn: Turn) -> Step:
    """Take words as what the state expects of them."""
    session, state = turn.session, turn.session.state
    taking = TEXTS.get(state)
    if taking is not None:
        return taking(turn)
    named = cards.named_in(turn.event.text)
    if named is not None and not is_filing(session):
        return cards.opens(session, *named)
    if state in AT_REST:
        return _told_at_rest(turn)
    if is_filing(session) and len(turn.event.text) >= TELLING_TEXT:
        return _told_too_early(turn)
    return stays(session, turn.facts, turn.told("unsupported"))


def _told_at_rest(turn: Turn) -> Step:
    session, facts = turn.session, turn.facts
    if session.draft is not None:
        kept = replace(session.draft, extra=session.draft.extra or turn.event.text[:LONGEST_TEXT])
        telling = len(turn.event.text) >= TELLING_TEXT
        draft = kept if telling else session.draft
        return goes(replace(session, draft=draft), State.RESUME, facts)
    if len(turn.event.text) >= TELLING_TEXT:
        return filing.begins_with_text(turn)
    return goes(session, State.IDLE, facts, greeting(turn) if not session.rev else "")


def _told_too_early(turn: Turn) -> Step:
    draft = turn.draft
    if not draft.text:
        kept = filing.described(draft, turn)
    else:
        kept = replace(draft, extra=turn.event.text[:LONGEST_TEXT])
    return stays(turn.with_draft(kept).session, turn.facts, turn.told("f.text_kept"))


def greeting(turn: Turn) -> str:
    """Return how somebody is greeted who has never written before, or has opened the chat."""
    city = turn.facts.city
    name = city.centre.name if city.centre else city.name
    return turn.told("greeting", centre=name.in_language(language_of(turn.session)))


def came_photos(turn: Turn) -> Step:
    """Take pictures for the survey, the card or the draft that is being told, or begin one."""
    session, facts = turn.session, turn.facts
    state = session.state
    if state in OF_A_SURVEY:
        return filing_end.fetches(turn, turn.event.files)
    late = bool(turn.event.album) and turn.event.album == session.album
    if state in {State.COMMENT, State.ADD_PHOTO} or (state in OF_A_CARD and late):
        return filing_end.fetches(turn, turn.event.files)
    if session.draft is None:
        return filing_end.photos_came(replace(turn, session=filing.begins(session, facts)))
    if not is_filing(session):
        resumed = replace(session, state=State.RESUME)
        return filing_end.photos_came(replace(turn, session=resumed))
    return filing_end.photos_came(turn)


def came_point(turn: Turn, shared: Point) -> Step:
    """Take a point for the works that are looked for or the draft, or begin one with it."""
    session = turn.session
    if session.state in {State.NEAR, State.WORKS}:
        return works.point(turn, shared)
    if session.draft is not None:
        return filing.point(turn, shared)
    if session.state in AT_REST:
        return filing.point(replace(turn, session=filing.begins(session, turn.facts)), shared)
    return stays(session, turn.facts, turn.told("unsupported"))


def came_contact(turn: Turn, shared: StatedContact) -> Step:
    """Take a phone for the draft."""
    if turn.session.draft is None:
        return stays(turn.session, turn.facts, turn.told("unsupported"))
    return filing_person.contact_shared(turn, shared)


def edited(turn: Turn) -> Step:
    """Take a correction of words that the draft was told; any other edit changes nothing."""
    draft = turn.session.draft
    fields = dict(draft.fed) if draft else {}
    field = fields.get(turn.event.message)
    text = turn.event.text
    if draft is None or field is None or not text:
        return quietly(turn.session)
    if field == "place" and turn.session.state in _ASKING_PLACE:
        return filing.place_text(turn)
    corrected = _corrected(turn, draft, field, text)
    if corrected is None:
        return stays(turn.session, turn.facts, turn.told("f.edit_refused"))
    return stays(turn.with_draft(corrected).session, turn.facts, turn.told(f"f.edited.{field}"))


def _corrected(turn: Turn, draft: Draft, field: str, text: str) -> Draft | None:
    if field == "text":
        fits = SHORTEST_TEXT <= len(text) <= LONGEST_TEXT
        return replace(draft, text=text) if fits else None
    if field == "name":
        return replace(draft, name=" ".join(text.split())[:200])
    if field == "home":
        return replace(draft, home=filing_person.home_of(turn, text[:200]))
    if field == "note" and draft.place is not None:
        return replace(draft, place=replace(draft.place, note=text[:500]))
    return None
