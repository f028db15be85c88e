"""What must be in an appeal, what it is when something is missing, and where it begins (K-3.2)."""

from typing import Final

from chalicelib.domain.appeal import Appeal, Kind
from chalicelib.domain.card import Card, Status
from chalicelib.domain.city import City, Law, Topic
from chalicelib.domain.errors import Fault
from chalicelib.regulation.appointments import receives
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.complaints import may_go_to

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


def first_step(
    appeal: Appeal, topic: Topic | None, joined: Card | None, city: City
) -> tuple[Status, str | None]:
    """Return where a new card stands: K sends it at once (K-3.3), KR distributes it (KR-2.2).

    A complaint about the executor of its topic waits for a person to choose another (LAW-7);
    so does what an executor that receives nothing would get (K-1.4, K-5.1.1).
    """
    if joined is not None:
        return Status.JOINED, joined.executor
    if topic is None or city.law is Law.KR or not may_go_to(topic.executor, appeal):
        return Status.REGISTERED, None
    if not receives(city, topic.executor):
        return Status.REGISTERED, None
    return Status.SENT, topic.executor
