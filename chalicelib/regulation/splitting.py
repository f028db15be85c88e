"""One message, several matters: a card for each, from the same receipt (K-3.1, KR-2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.city import City
from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.regulation.clauses import clause

LEAST_PARTS, MOST_PARTS = 2, 10


@dataclass(frozen=True, slots=True)
class Part:
    """One matter of a message: its words and its topic of the classifier."""

    text: str
    topic: str


@clause("K-3.1", "KR-2.2")
def require_parts(parts: Sequence[Part], city: City) -> None:
    """Check that a message falls into two parts at least, each of a known topic.

    Raises InputRefused with every fault.
    """
    faults = [
        Fault(f"parts.{i}.topic", "unknown_topic")
        for i, part in enumerate(parts)
        if part.topic not in city.topics
    ]
    if len(parts) < LEAST_PARTS:
        faults.append(Fault("parts", "too_few", {"least": str(LEAST_PARTS)}))
    if len(parts) > MOST_PARTS:
        faults.append(Fault("parts", "too_many", {"most": str(MOST_PARTS)}))
    if faults:
        raise InputRefused(faults=tuple(faults))
