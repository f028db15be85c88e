"""Asking the applicant: when, for how long, and what an answer entails (K-6.2)."""

from datetime import datetime, timedelta

from chalicelib.domain.appeal import Kind
from chalicelib.domain.card import Action, Card
from chalicelib.domain.city import Edition
from chalicelib.domain.errors import Fault, InputRefused, RuleRefused
from chalicelib.domain.survey import Outcome, Survey
from chalicelib.regulation.clauses import clause

REPEAT_CLAUSE = "K-6.2"


@clause("K-6.2")
def open_survey(card: Card, edition: Edition, now: datetime) -> Survey | None:
    """Return the survey that closing opens.

    None in a city whose Regulation has no survey, and for a signal, which gets no reply.
    """
    silence = edition.get("survey_silence")
    if silence is None or card.kind is Kind.SIGNAL:
        return None
    closes_at = now + timedelta(days=silence.value)
    return Survey(no=card.surveys + 1, number=card.number, opened_at=now, closes_at=closes_at)


@clause("K-6.2")
def answer_action(outcome: Outcome, reason: str) -> Action:
    """Return the step an answer takes: confirmed, or returned with a repeat appeal.

    Raises InputRefused when `not_done` or `poor` comes without a reason.
    """
    if outcome is Outcome.CONFIRMED:
        return Action.CONFIRM
    if not reason:
        fault = Fault("reason", "reason_required", clause=REPEAT_CLAUSE)
        raise InputRefused(faults=(fault,), clause=REPEAT_CLAUSE)
    return Action.RETURN


def require_open(survey: Survey, now: datetime) -> None:
    """Check that a survey still waits for its one answer. Raises RuleRefused."""
    if survey.answered_at is not None:
        raise RuleRefused(words="survey-answered", clause=REPEAT_CLAUSE)
    if now >= survey.closes_at:
        raise RuleRefused(words="survey-closed", clause=REPEAT_CLAUSE)


@clause("K-6.2")
def repeat_text(reason: str, text: str, *, parent: str) -> str:
    """Return the text of a repeat appeal: the reason first, then what was asked before."""
    return f"{reason}\n\n({parent}) {text}"


def needs_coordinator(repeat_no: int, edition: Edition) -> bool:
    """Tell whether so many returns also bring the card to the coordinator (a city setting)."""
    limit = edition.get("returns_to_coordinator")
    return limit is not None and repeat_no >= limit.value
