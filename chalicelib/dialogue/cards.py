"""One's own appeals: the list, a card, adding to it (K-5.1.4, law 393/96 art. 18)."""

import re
from dataclasses import replace

from chalicelib.dialogue.effects import (
    AddedToCard,
    AddToCard,
    CardSeen,
    CardsListed,
    ListCards,
    PhotosFetched,
    ReadCard,
    Refused,
)
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.filing_end import refusal_words, with_number
from chalicelib.dialogue.moves import Step, Turn, goes, quietly, stays
from chalicelib.dialogue.other_prompts import CARDS_A_PAGE, card_rows
from chalicelib.dialogue.surveys import asks
from chalicelib.dialogue.telling import told
from chalicelib.domain.conversation import Session, State, Surveyed
from chalicelib.domain.inbound import Press
from chalicelib.domain.numbers import is_registration_number
from chalicelib.domain.outbound import OutboundMessage

_TYPED = re.compile(r"\s*№?\s*(\d{4}-\d{6,9}-\d)(?:[\s,;:/]+([0-9A-Za-z-]{16,24}))?\s*")
_LINKED = re.compile(r"a_(\d{4}-\d{6,9}-\d)_([0-9A-Za-z]{16})")


def lists(session: Session, facts: Facts, page: int = 0) -> Step:
    """Show one's cards, a page at a time."""
    listing = replace(session, state=State.LIST, page=page, viewing="")
    begin = page * CARDS_A_PAGE
    numbers = session.known.numbers[begin : begin + CARDS_A_PAGE]
    if not numbers:
        return stays(replace(listing, listed=()), facts)
    return quietly(listing, ListCards(numbers))


def listed(turn: Turn, found: CardsListed) -> Step:
    """Show the page that was read."""
    return stays(replace(turn.session, listed=found.rows), turn.facts)


def list_press(turn: Turn, press: Press) -> Step:
    """Show a card, or another page."""
    if press.act == "p":
        return lists(turn.session, turn.facts, int(press.arg))
    return opens(turn.session, press.arg)


def opens(session: Session, number: str, code: str = "") -> Step:
    """Show a card: one's own, or one whose code is given."""
    return quietly(session, ReadCard(number, code))


def named_in(text: str) -> tuple[str, str] | None:
    """Return the card that typed words name, with its code if that is there too."""
    found = _TYPED.fullmatch(text)
    if found is None or not is_registration_number(found[1]):
        return None
    return found[1], found[2] or ""


def linked_in(payload: str) -> tuple[str, str] | None:
    """Return the card and the code that a link carried."""
    found = _LINKED.fullmatch(payload)
    return (found[1], found[2]) if found and is_registration_number(found[1]) else None


def seen(turn: Turn, card: CardSeen) -> Step:
    """Show a card in public words, with what may be done with it."""
    session = turn.session
    known = replace(session.known, numbers=with_number(session.known.numbers, card.number))
    survey = Surveyed(card.number, card.survey) if card.survey else None
    after = replace(session, state=State.CARD, viewing=card.number, known=known, survey=survey)
    shown = OutboundMessage(card_words(after, card), card_rows(after, card.survey))
    return Step(after, (shown,))


def card_words(session: Session, card: CardSeen) -> str:
    """Return what a card says of itself."""
    lines = [
        told(session, "s.card", number=card.number, status=card.status),
        told(session, "s.topic", topic=card.topic, place=card.place),
        told(session, "s.overdue" if card.overdue else "s.due", due_at=card.due_at),
    ]
    if card.executor:
        lines.append(told(session, "s.executor", executor=card.executor))
    if card.said:
        lines.append(told(session, "s.said", text=card.said))
    return "\n".join(lines)


def not_seen(turn: Turn, refusal: Refused) -> Step:
    """Say that a card is not theirs to see, or that there is none."""
    return stays(turn.session, turn.facts, refusal.words or turn.told("s.not_yours"))


def card_press(turn: Turn, press: Press) -> Step:
    """Add to the card, read it again, or answer its survey."""
    session = turn.session
    if press.act == "msg":
        return goes(session, State.COMMENT, turn.facts)
    if press.act == "ref":
        return opens(session, session.viewing)
    return asks(session, turn.facts, session.viewing, int(press.arg))


def comment_text(turn: Turn) -> Step:
    """Add words to the card."""
    return quietly(turn.session, AddToCard(turn.session.viewing, turn.event.text))


def photos_for_card(turn: Turn, came: PhotosFetched) -> Step:
    """Add pictures that were fetched to the card that is shown or was just filed."""
    album = turn.event.album
    again = bool(album) and album == turn.session.album
    session = replace(turn.session, album=album)
    if not came.kept:
        return stays(session, turn.facts, refusal_words(turn, came))
    text = turn.event.text or turn.told("s.photo_text")
    uploads = tuple(photo.upload_id for photo in came.kept)
    return quietly(session, AddToCard(session.viewing, text, uploads, quiet=again))


def added(turn: Turn, done: AddedToCard, *, again: bool) -> Step:
    """Say that it was added; of an album once."""
    session = turn.session
    if again:
        return quietly(session)
    lead = turn.told("s.added", number=done.number)
    if session.state is State.COMMENT:
        return goes(session, State.CARD, turn.facts, lead)
    return stays(session, turn.facts, lead)


def not_added(turn: Turn, refusal: Refused) -> Step:
    """Say why nothing was added."""
    lead = refusal.words or turn.told("s.not_added")
    state = State.CARD if turn.session.state is State.COMMENT else turn.session.state
    return goes(turn.session, state, turn.facts, lead)
