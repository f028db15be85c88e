"""What happens when nobody writes: a reminder, then the draft is put by, then deleted."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.dialogue.facts import (
    DELETED_AFTER,
    LEFT_AFTER,
    REMINDED_AFTER,
    SAVED_AFTER,
    SCORED_WITHIN,
    Facts,
)
from chalicelib.dialogue.menus import menu_button, message
from chalicelib.dialogue.moves import Step, quietly, without_draft
from chalicelib.dialogue.prompts import is_filing
from chalicelib.dialogue.surveys import commits_without_words
from chalicelib.dialogue.telling import button, told
from chalicelib.domain.city import City
from chalicelib.domain.conversation import Session, State
from chalicelib.regulation.notices_media import out_of_quiet_hours

PAID_AFTER: Final = timedelta(hours=24)
"""From when on Viber charges for a message: nobody is reminded then."""

_UNFINISHED: Final = {
    State.SCORE: SCORED_WITHIN,
    State.REASON: LEFT_AFTER,
    State.SHOW: LEFT_AFTER,
}
"""Answers to a survey that count, though the last question is left open, and after how long."""


def wake_at(session: Session, city: City) -> datetime | None:
    """Return when something must happen by itself, None for never."""
    due = [at for at in (_reminder_at(session, city), *_ends_at(session)) if at is not None]
    if session.outgoing.messages and session.outgoing.send_after is not None:
        due.append(session.outgoing.send_after)
    return min(due, default=None)


def wakes(session: Session, facts: Facts) -> Step:
    """Do what is due, the last of it first: nobody is reminded of what is deleted."""
    step = passes(session, facts)
    session = step.session
    if _is_due(_survey_ends_at(session), facts.now):
        return commits_without_words(session)
    if _is_due(_reminder_at(session, facts.city), facts.now):
        return _reminds(step)
    return step


def passes(session: Session, facts: Facts) -> Step:
    """Let time pass over a conversation: what was left long ago is not resumed in the middle."""
    heard_at = session.heard_at
    if heard_at is None:
        return quietly(session)
    if session.draft is not None and heard_at + DELETED_AFTER <= facts.now:
        bare, dropped = without_draft(session)
        return quietly(replace(bare, state=State.IDLE, survey=None, nearby=None), *dropped)
    if session.draft is not None and heard_at + SAVED_AFTER <= facts.now:
        return quietly(replace(session, state=_put_by(session), nearby=None))
    if session.state not in _UNFINISHED and heard_at + LEFT_AFTER <= facts.now:
        return quietly(replace(session, state=State.IDLE, survey=None, nearby=None, listed=()))
    return quietly(session)


def _put_by(session: Session) -> State:
    """Return the state of a draft that is put by; a survey is ended by its own timer."""
    return session.state if session.state in _UNFINISHED else State.SAVED


def _reminder_at(session: Session, city: City) -> datetime | None:
    if not is_filing(session) or session.reminded or not session.alive or session.heard_at is None:
        return None
    at = out_of_quiet_hours(session.heard_at + REMINDED_AFTER, city)
    return at if at < session.heard_at + PAID_AFTER else None


def _ends_at(session: Session) -> tuple[datetime | None, ...]:
    if session.heard_at is None:
        return ()
    ends = [_survey_ends_at(session)]
    if session.draft is not None:
        is_put_by = _put_by(session) is session.state
        after = DELETED_AFTER if is_put_by else SAVED_AFTER
        ends.append(session.heard_at + after)
    return tuple(ends)


def _survey_ends_at(session: Session) -> datetime | None:
    after = _UNFINISHED.get(session.state)
    if after is None or session.heard_at is None or session.survey is None:
        return None
    return session.heard_at + after


def _is_due(at: datetime | None, now: datetime) -> bool:
    return at is not None and at <= now


def _reminds(step: Step) -> Step:
    session = replace(step.session, reminded=True)
    draft = session.draft
    if draft is None:
        return step
    asked = message(
        told(session, "f.reminder", started_at=draft.started_at),
        (button(session, "go_on", "-", "go"),),
        (menu_button(session),),
    )
    return Step(session, (replace(asked, silent=True),), step.effects)
