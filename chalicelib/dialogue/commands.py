"""What can be asked for at any time, by a word, a button of the menu, or a link."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from chalicelib.dialogue import cards, works
from chalicelib.dialogue.content import greeting
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.filing import begins
from chalicelib.dialogue.menus import COMMANDS, OTHER_LANGUAGE
from chalicelib.dialogue.moves import (
    Step,
    Turn,
    advances,
    cancels,
    comes_home,
    deletes,
    goes,
    stays,
    steps_back,
    without_draft,
)
from chalicelib.dialogue.prompts import is_filing
from chalicelib.dialogue.telling import language_of
from chalicelib.domain.conversation import Session, State
from chalicelib.domain.inbound import Press

COMMAND_OF: Final[Mapping[str, str]] = {
    "/start": "menu",
    "/menu": "menu",
    "/new": "new",
    "/my": "my",
    "/nearby": "near",
    "/lang": "lang",
    "/help": "help",
    "/cancel": "cancel",
    "/back": "back",
}
"""What a typed word stands for."""


def started(turn: Turn) -> Step:
    """Greet somebody who has opened the chat, or show the card whose link they have followed."""
    linked = cards.linked_in(turn.event.text)
    if linked is not None:
        return cards.opens(turn.session, *linked)
    lead = turn.told("bad_link") if turn.event.text.startswith("a_") else ""
    if turn.session.draft is not None:
        return goes(turn.session, State.RESUME, turn.facts, lead)
    home = replace(turn.session, survey=None, nearby=None)
    return goes(home, State.IDLE, turn.facts, lead or greeting(turn))


def commanded(turn: Turn, command: str) -> Step:
    """Do what was asked for."""
    session, facts = turn.session, turn.facts
    if command == "cancel":
        return cancels(turn)
    if command == "back":
        return steps_back(turn)
    if command == "new":
        return _files(session, facts)
    if command == "go":
        return _goes_on(session, facts)
    if command == "my":
        return cards.lists(session, facts)
    if command == "near":
        return works.asks_where(turn)
    if command == "help":
        return stays(session, facts, turn.told("help", phone=facts.city.centre_phone))
    if command == "lang":
        return _speaks(session, facts, OTHER_LANGUAGE[language_of(session)])
    return _menu(session, facts)


def pressed_command(turn: Turn, press: Press) -> Step | None:
    """Do what a button of the menu asks for; None for a button that is none of the menu's."""
    if press.act == "lang" and press.arg in OTHER_LANGUAGE:
        return _speaks(turn.session, turn.facts, press.arg)
    if press.act in COMMANDS - {"lang"}:
        return commanded(turn, press.act)
    return None


def draft_press(turn: Turn, press: Press) -> Step:
    """Go on with a draft that was left, delete it, or delete it for a new one."""
    session, facts = turn.session, turn.facts
    if press.act == "del":
        return deletes(session, facts, turn.told("f.deleted"))
    if press.act == "new":
        bare, dropped = without_draft(session)
        return stays(begins(bare, facts), facts, "", *dropped)
    return _goes_on(session, facts)


def _files(session: Session, facts: Facts) -> Step:
    if session.draft is not None:
        return goes(session, State.RESUME, facts)
    return stays(begins(session, facts), facts)


def _goes_on(session: Session, facts: Facts) -> Step:
    if session.draft is None:
        return comes_home(session, facts)
    return advances(replace(session, survey=None, nearby=None), facts)


def _menu(session: Session, facts: Facts) -> Step:
    if is_filing(session):
        return goes(session, State.RESUME, facts)
    return goes(replace(session, survey=None, nearby=None), State.IDLE, facts)


def _speaks(session: Session, facts: Facts, language: str) -> Step:
    return stays(replace(session, language=language), facts)
