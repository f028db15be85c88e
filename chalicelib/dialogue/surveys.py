"""The survey: was the work done, and how well (K-6.2). One answer, and silence is none."""

from dataclasses import replace

from chalicelib.dialogue.effects import AnswerSurvey, PhotosFetched, Refused, SurveyAnswered
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.filing_end import refusal_words, with_number
from chalicelib.dialogue.moves import Step, Turn, comes_home, goes, quietly, stays
from chalicelib.dialogue.telling import told
from chalicelib.domain.conversation import Session, State, Surveyed
from chalicelib.domain.inbound import Press
from chalicelib.domain.survey import Outcome

_LONGEST_REASON = 2000
_POOR = frozenset({"partly", "poor"})
_MOST_SHOWN = 3


def asks(session: Session, facts: Facts, number: str, no: int) -> Step:
    """Ask whether the work was done."""
    return goes(replace(session, survey=Surveyed(number, no)), State.ASK, facts)


def ask_press(turn: Turn, press: Press) -> Step:
    """Take a yes, a no, or a later."""
    if press.act == "later":
        return comes_home(turn.session, turn.facts, turn.told("q.later"))
    return takes(turn, confirmed=press.act == "y")


def takes(turn: Turn, *, confirmed: bool) -> Step:
    """Ask for a mark after a yes, for the reason after a no."""
    survey = turn.session.survey
    if survey is None:
        return comes_home(turn.session, turn.facts)
    outcome = Outcome.CONFIRMED if confirmed else Outcome.NOT_DONE
    answering = replace(turn.session, survey=replace(survey, outcome=outcome))
    return goes(answering, State.SCORE if confirmed else State.REASON, turn.facts)


def told_by_notice(turn: Turn, number: str, no: int, *, confirmed: bool) -> Step:
    """Take the answer of a button under a notice, wherever the conversation stands."""
    surveyed = replace(turn.session, survey=Surveyed(number, no))
    return takes(replace(turn, session=surveyed), confirmed=confirmed)


def score_press(turn: Turn, press: Press) -> Step:
    """Take the mark, or none."""
    return commits(turn.session, int(press.arg) if press.act == "s" else None)


def score_text(turn: Turn) -> Step:
    """Take a mark that was typed."""
    if turn.event.text in {"1", "2", "3", "4", "5"}:
        return commits(turn.session, int(turn.event.text))
    return stays(turn.session, turn.facts)


def reason_press(turn: Turn, press: Press) -> Step:
    """Take one of the usual reasons."""
    outcome = Outcome.POOR if press.arg in _POOR else Outcome.NOT_DONE
    return _because(turn, outcome, turn.told(f"q.because.{press.arg}"))


def reason_text(turn: Turn) -> Step:
    """Take the reason in the resident's own words."""
    return _because(turn, Outcome.NOT_DONE, turn.event.text[:_LONGEST_REASON])


def _because(turn: Turn, outcome: Outcome, reason: str) -> Step:
    survey = turn.session.survey
    if survey is None:
        return comes_home(turn.session, turn.facts)
    answering = replace(survey, outcome=outcome, reason=reason)
    return goes(replace(turn.session, survey=answering), State.SHOW, turn.facts)


def show_press(turn: Turn, _press: Press) -> Step:
    """Have no more pictures: the answer is complete."""
    return commits(turn.session, None)


def photos_shown(turn: Turn, came: PhotosFetched) -> Step:
    """Keep pictures of what is wrong, as many as an answer takes."""
    session, album = turn.session, turn.event.album
    survey = session.survey
    if survey is None:
        return comes_home(session, turn.facts)
    photos = (*survey.photos, *came.kept)[:_MOST_SHOWN]
    kept = replace(session, survey=replace(survey, photos=photos), album=album)
    if album and album == session.album and not came.refused:
        return quietly(kept)
    return stays(kept, turn.facts, refusal_words(turn, came) or turn.told("f.photo_kept"))


def commits(session: Session, score: int | None) -> Step:
    """Give the answer for good."""
    survey = session.survey
    if survey is None:
        return quietly(session)
    answering = AnswerSurvey(
        survey.number,
        survey.no,
        survey.outcome or Outcome.NOT_DONE,
        survey.reason,
        score,
        tuple(photo.upload_id for photo in survey.photos),
    )
    confirmed = survey.outcome == Outcome.CONFIRMED
    return quietly(replace(session, state=State.THANKS if confirmed else State.COMMIT), answering)


def commits_without_words(session: Session) -> Step:
    """Give an answer that was left unfinished: who said no and left has still said no."""
    survey = session.survey
    if survey is None:
        return quietly(session)
    if survey.outcome != Outcome.CONFIRMED and not survey.reason:
        survey = replace(survey, reason=told(session, "q.because.silent"))
    return commits(replace(session, survey=survey), None)


def answered(turn: Turn, done: SurveyAnswered) -> Step:
    """Say that the answer counts, and what follows from it; the draft that waited goes on."""
    session = turn.session
    known = session.known
    lead = turn.told("q.confirmed", number=done.number)
    if done.repeat_number:
        known = replace(known, numbers=with_number(known.numbers, done.repeat_number))
        lead = turn.told("q.returned", number=done.number, repeat=done.repeat_number)
    return _ends(replace(session, known=known), turn.facts, lead)


def not_answered(turn: Turn, refusal: Refused) -> Step:
    """Say that it was answered before, or that its time is over."""
    return _ends(turn.session, turn.facts, refusal.words or turn.told("q.over"))


def _ends(session: Session, facts: Facts, lead: str) -> Step:
    if session.draft is not None:
        return comes_home(session, facts, lead)
    return stays(replace(session, survey=None), facts, lead)
