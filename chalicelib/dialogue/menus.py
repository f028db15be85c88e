"""Buttons that several questions share, and what the menu offers."""

from typing import Final

from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.telling import button, language_of
from chalicelib.domain.conversation import Session
from chalicelib.domain.outbound import Button, OutboundMessage, Rows
from chalicelib.regulation.repair_works import FEATURE as WORKS

NO_CONTEXT: Final = "-"
"""The context of buttons that mean the same at any time."""

COMMANDS: Final = frozenset({"new", "go", "my", "near", "lang", "help", "menu"})
"""What the menu's buttons do, from whatever message they are pressed."""

OTHER_LANGUAGE: Final = {"uk": "en", "en": "uk"}


def context_of(session: Session) -> str:
    """Return what the buttons of the present question are about."""
    if session.state.startswith("f.") and session.draft is not None:
        return session.draft.context
    if session.state.startswith("q.") and session.survey is not None:
        return session.survey.number
    if session.state.startswith(("s.", "f.")) and session.viewing:
        return session.viewing
    return NO_CONTEXT


def way_out(session: Session, *, back: bool = True) -> tuple[Button, ...]:
    """Return the last row of a question: back, and cancel."""
    context = context_of(session)
    cancel = button(session, "cancel", context, "x")
    return (button(session, "back", context, "b"), cancel) if back else (cancel,)


def menu_rows(session: Session, facts: Facts) -> Rows:
    """Return the menu's buttons: one's draft first, if there is one."""
    rows: list[tuple[Button, ...]] = [
        (button(session, "new", NO_CONTEXT, "new"),),
        (button(session, "my", NO_CONTEXT, "my"),),
    ]
    if session.draft is not None:
        rows.insert(0, (button(session, "go_on", NO_CONTEXT, "go"),))
    if WORKS in facts.city.features:
        rows.append((button(session, "near", NO_CONTEXT, "near"),))
    other = OTHER_LANGUAGE[language_of(session)]
    rows.append(
        (
            button(session, "help", NO_CONTEXT, "help"),
            button(session, "other_language", NO_CONTEXT, "lang", other),
        )
    )
    return tuple(rows)


def menu_button(session: Session) -> Button:
    """Return the button that leads to the menu."""
    return button(session, "menu", NO_CONTEXT, "menu")


def message(text: str, *rows: tuple[Button, ...]) -> OutboundMessage:
    """Return a message with rows of buttons."""
    return OutboundMessage(text, tuple(row for row in rows if row))
