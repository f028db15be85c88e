"""What must be in an appeal, and what it is when something is missing (K-3.2, law 393/96)."""

from chalicelib.domain.appeal import Kind
from chalicelib.domain.errors import Fault
from chalicelib.regulation.clauses import clause

EXCERPT_BYTES = 112
"""How much of a text the queue shows: what keeps a page of 50 within 2 read units."""


@clause("K-3.2")
def missing(
    kind: Kind | None, *, has_residence: bool, has_contact: bool, has_essence: bool
) -> list[Fault]:
    """Return a fault for each thing the card cannot be made without: residence, contact, essence.

    A signal needs the essence only.
    """
    faults = []
    if not has_essence:
        faults.append(Fault("text", "missing_essence", clause="K-3.2"))
    if kind is not Kind.SIGNAL and not has_residence:
        faults.append(Fault("applicant.residence", "missing_residence", clause="K-3.2"))
    if kind is not Kind.SIGNAL and not has_contact:
        faults.append(Fault("applicant.phone", "missing_contact", clause="K-3.2"))
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
