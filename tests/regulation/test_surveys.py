"""Asking the applicant, and what the answer entails."""

from datetime import timedelta
from typing import Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Kind
from chalicelib.domain.card import Action
from chalicelib.domain.errors import InputRefused, RuleRefused
from chalicelib.domain.survey import Outcome
from chalicelib.regulation.surveys import (
    answer_action,
    needs_coordinator,
    open_survey,
    repeat_text,
    require_open,
)
from tests.builders import a_card, a_survey, local

NOW: Final = local("Wed 2026-03-04 09:00")
K: Final = load_city("khmelnytskyi").edition_at(NOW)
KR: Final = load_city("kryvyi-rih").edition_at(NOW)
BAD: Final = (Outcome.NOT_DONE, Outcome.POOR)


@pytest.mark.clause("K-6.2")
class TestOpening:
    """6.2 The fact and the quality of the work are verified by asking the applicant."""

    def test_closing_opens_the_next_survey_of_the_card(self) -> None:
        survey = open_survey(a_card(surveys=1), K, NOW)
        assert survey is not None
        assert (survey.no, survey.opened_at) == (2, NOW)
        assert survey.closes_at - NOW == timedelta(days=7)

    def test_a_signal_gets_no_reply_and_no_survey(self) -> None:
        assert open_survey(a_card(kind=Kind.SIGNAL), K, NOW) is None

    def test_a_regulation_without_a_survey_has_none(self) -> None:
        assert open_survey(a_card(), KR, NOW) is None


@pytest.mark.clause("K-6.2")
class TestAnswer:
    """6.2 Not done or poor: a repeat appeal with the reason is formed and sent for rework."""

    def test_confirmed_is_confirmed(self) -> None:
        assert answer_action(Outcome.CONFIRMED, "") is Action.CONFIRM

    @pytest.mark.parametrize("outcome", BAD)
    def test_not_done_or_poor_returns_the_card(self, outcome: Outcome) -> None:
        assert answer_action(outcome, "Темно") is Action.RETURN

    @pytest.mark.parametrize("outcome", BAD)
    def test_it_needs_its_reason(self, outcome: Outcome) -> None:
        with pytest.raises(InputRefused) as refused:
            answer_action(outcome, "")
        assert refused.value.clause == "K-6.2"
        assert [fault.field for fault in refused.value.faults] == ["reason"]

    def test_a_survey_is_answered_once(self) -> None:
        with pytest.raises(RuleRefused) as refused:
            require_open(a_survey(answered_at=NOW), NOW)
        assert refused.value.words == "survey-answered"

    def test_and_before_it_closes(self) -> None:
        survey = a_survey()
        require_open(survey, survey.closes_at - timedelta(microseconds=1))
        with pytest.raises(RuleRefused) as refused:
            require_open(survey, survey.closes_at)
        assert refused.value.words == "survey-closed"


class TestRepeat:
    """A repeat begins with the reason; the second return also goes to the coordinator."""

    def test_the_reason_comes_first(self) -> None:
        text = repeat_text("Темно", "Не горить ліхтар", parent="2026-000001-7")
        assert text.startswith("Темно\n")
        assert text.endswith("(2026-000001-7) Не горить ліхтар")

    @pytest.mark.parametrize(("returns", "needed"), [(1, False), (2, True), (3, True)])
    def test_the_second_return_needs_a_coordinator(self, returns: int, needed: bool) -> None:
        assert needs_coordinator(returns, K) is needed
