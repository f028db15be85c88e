"""What must be in an appeal, and what it is when something is missing (K-3.2, law 393/96)."""

from typing import Final

from chalicelib.domain.appeal import Kind
from chalicelib.domain.city import Law
from chalicelib.domain.errors import Fault
from chalicelib.regulation.clauses import clause

EXCERPT_BYTES = 112
"""How much of a text the queue shows: what keeps a page of 50 within 2 read units."""


_DEMANDED_BY: Final = {Law.K: "K-3.2", Law.KR: "LAW-5"}
"""Where each city's law says what a card must hold: KR's procedure leaves it to article 5."""


@clause("K-3.2", "LAW-5")
def missing(
    kind: Kind | None, *, has_residence: bool, has_contact: bool, has_essence: bool, law: Law
) -> list[Fault]:
    """Return a fault for each thing the card cannot be made without: residence, contact, essence.

    A signal needs the essence only.
    """
    demanded_by = _DEMANDED_BY[law]
    faults = []
    if not has_essence:
        faults.append(Fault("text", "missing_essence", clause=demanded_by))
    if kind is not Kind.SIGNAL and not has_residence:
        faults.append(Fault("applicant.residence", "missing_residence", clause=demanded_by))
    if kind is not Kind.SIGNAL and not has_contact:
        faults.append(Fault("applicant.phone", "missing_contact", clause=demanded_by))
    return faults


@clause("LAW-5")
def kind_of(asked: Kind | None, *, has_name: bool) -> Kind:
    """Return what the message is: without a name it cannot be an appeal, so it is a signal."""
    return (asked or Kind.APPEAL) if has_name else Kind.SIGNAL


def excerpt(text: str) -> str:
    """Return the beginning of a text by whole words, within EXCERPT_BYTES of UTF-8."""
    line = " ".join(text.split())
    if len(line.encode()) <= EXCERPT_BYTES:
        return line
    kept = line.encode()[: EXCERPT_BYTES - len("…".encode())].decode(errors="ignore")
    return (kept.rpartition(" ")[0] or kept) + "…"
