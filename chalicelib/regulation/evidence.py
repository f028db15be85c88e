"""When evidence is required, and what makes it doubtful (K-5.1.7, K-5.1.9, KR-2.5)."""

from collections.abc import Iterable, Sequence

from chalicelib.domain.card import CardFile, Result
from chalicelib.domain.city import EvidenceRule, Law, Topic
from chalicelib.domain.errors import Fault, InputRefused, RuleRefused
from chalicelib.domain.evidence import About, Evidence, EvidenceStatus, Inspection
from chalicelib.regulation.clauses import clause


@clause("K-5.1.9", "KR-2.5")
def require_proof(file: CardFile, result: Result, *, law: Law, topic: Topic | None) -> None:
    """Check that a result `done` is proved by accepted evidence of execution.

    K demands it always (K-5.1.9), KR where the topic needs it for closing (KR-2.5).
    Raises RuleRefused.
    """
    if result is not Result.DONE or _proved(file.evidence):
        return
    if law is Law.K:
        raise RuleRefused(words="evidence-of-execution-needed", clause="K-5.1.9")
    if topic is not None and topic.evidence is not EvidenceRule.NONE:
        raise RuleRefused(words="evidence-of-execution-needed", clause="KR-2.5")


@clause("K-5.1.9", "KR-2.5")
def proof_comes_with_report(law: Law) -> bool:
    """Tell when the proof is demanded: K at the report, KR at the signing.

    In KR the head may say at the submission why the evidence is not needed for closing.
    """
    return law is Law.K


def require_own(ids: Sequence[str], file: CardFile) -> None:
    """Check that every evidence named is the card's own and accepted. Raises InputRefused."""
    accepted = {item.id for item in file.evidence if item.status is EvidenceStatus.ACCEPTED}
    faults = [
        Fault(f"evidence.{i}", "unknown_evidence")
        for i, name in enumerate(ids)
        if name not in accepted
    ]
    if faults:
        raise InputRefused(faults=tuple(faults))


def warnings(
    inspection: Inspection, *, file: CardFile, other_numbers: Iterable[str]
) -> tuple[str, ...]:
    """Return what a coordinator should look at: a picture used elsewhere, or older than the appeal.

    Args:
        other_numbers: cards that hold a picture with the same hash, this card among them or not.
    """
    found = []
    if set(other_numbers) - {file.card.number}:
        found.append("same_picture")
    if inspection.taken_at and inspection.taken_at < file.card.received_at:
        found.append("taken_before")
    return tuple(found)


def _proved(evidence: Iterable[Evidence]) -> bool:
    return any(
        item.about is About.EXECUTION and item.status is EvidenceStatus.ACCEPTED
        for item in evidence
    )
