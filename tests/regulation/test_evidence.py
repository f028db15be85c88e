"""When the work has to be proved, and what makes a proof doubtful."""

from datetime import timedelta
from typing import Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.card import CardFile, Result
from chalicelib.domain.city import EvidenceRule, Law, Topic
from chalicelib.domain.errors import RuleRefused
from chalicelib.domain.evidence import About, Evidence, EvidenceStatus, Inspection
from chalicelib.regulation.evidence import require_proof, warnings
from tests.builders import NUMBER, a_card, an_appeal, an_evidence, number_of

KR: Final = load_city("kryvyi-rih")
NOT_ENOUGH: Final = (
    (),
    (an_evidence(about=About.REVIEW),),
    (an_evidence(about=About.APPEAL),),
    (an_evidence(status=EvidenceStatus.PENDING),),
    (an_evidence(status=EvidenceStatus.REJECTED),),
)


def a_file(*evidence: Evidence) -> CardFile:
    """Return a card's file with some evidence."""
    return CardFile(a_card(), an_appeal(), evidence=evidence)


def topic_with(rule: EvidenceRule) -> Topic:
    """Return a topic of KR with this rule of evidence."""
    return next(topic for topic in KR.topics.values() if topic.evidence is rule)


@pytest.mark.clause("K-5.1.9")
class TestProofInK:
    """5.1.9 Documents (photos) that prove the execution are uploaded: always."""

    def test_accepted_evidence_of_execution_proves_it(self) -> None:
        require_proof(a_file(an_evidence()), Result.DONE, law=Law.K, topic=None)

    @pytest.mark.parametrize("evidence", NOT_ENOUGH)
    def test_nothing_less_does(self, evidence: tuple[Evidence, ...]) -> None:
        with pytest.raises(RuleRefused) as refused:
            require_proof(a_file(*evidence), Result.DONE, law=Law.K, topic=None)
        assert refused.value.clause == "K-5.1.9"

    @pytest.mark.parametrize("result", sorted(set(Result) - {Result.DONE}))
    def test_another_result_needs_no_proof(self, result: Result) -> None:
        require_proof(a_file(), result, law=Law.K, topic=None)


@pytest.mark.clause("KR-2.5")
class TestProofInKR:
    """2.5 Photos or acts of execution, if they are needed to close: the topic decides."""

    def test_a_topic_that_needs_none_is_closed_without(self) -> None:
        topic = topic_with(EvidenceRule.NONE)
        require_proof(a_file(), Result.DONE, law=Law.KR, topic=topic)

    @pytest.mark.parametrize("rule", [EvidenceRule.PHOTO, EvidenceRule.ACT])
    def test_a_topic_that_needs_some_is_not(self, rule: EvidenceRule) -> None:
        with pytest.raises(RuleRefused) as refused:
            require_proof(a_file(), Result.DONE, law=Law.KR, topic=topic_with(rule))
        assert refused.value.clause == "KR-2.5"


@pytest.mark.clause("K-5.1.9")
class TestDoubt:
    """A picture used on another card, or older than the appeal, is for a human to look at."""

    def test_a_picture_of_this_card_alone_raises_no_doubt(self) -> None:
        seen = Inspection(accepted=True, picture="p1")
        assert warnings(seen, file=a_file(), other_numbers=[NUMBER]) == ()

    def test_the_same_picture_elsewhere_does(self) -> None:
        seen = Inspection(accepted=True, picture="p1")
        others = [NUMBER, number_of(7)]
        assert warnings(seen, file=a_file(), other_numbers=others) == ("same_picture",)

    def test_a_picture_taken_before_the_appeal_does(self) -> None:
        taken_at = a_card().received_at - timedelta(seconds=1)
        seen = Inspection(accepted=True, picture="p1", taken_at=taken_at)
        assert warnings(seen, file=a_file(), other_numbers=[]) == ("taken_before",)

    def test_one_taken_at_that_very_instant_does_not(self) -> None:
        seen = Inspection(accepted=True, picture="p1", taken_at=a_card().received_at)
        assert warnings(seen, file=a_file(), other_numbers=[]) == ()
