"""Photos that a resident has uploaded and a card takes (K-5.1.7)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.card import Change
from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.domain.evidence import (
    About,
    Evidence,
    EvidenceKind,
    EvidenceStatus,
    UploadTicket,
)
from chalicelib.domain.people import Role
from chalicelib.usecases.ports import Tickets


def claimed(uploads: Sequence[str], tickets: Tickets, now: datetime) -> tuple[UploadTicket, ...]:
    """Return the tickets of uploads that no card has yet. Raises InputRefused for any other."""
    if not uploads:
        return ()
    found = tickets.read(uploads, now)
    free = {ticket.id for ticket in found if ticket.number is None}
    faults = [
        Fault(f"uploads.{i}", "unknown_upload")
        for i, upload in enumerate(uploads)
        if upload not in free
    ]
    if faults:
        raise InputRefused(faults=tuple(faults))
    return tuple(found)


def with_uploads(made: Change, found: Sequence[UploadTicket], now: datetime) -> Change:
    """Return a change that also takes uploads as evidence of its card."""
    evidence = tuple(evidence_of(ticket, made.card.number, now) for ticket in found)
    return replace(made, evidence=(*made.evidence, *evidence))


def evidence_of(ticket: UploadTicket, number: str, now: datetime) -> Evidence:
    """Return an applicant's upload as evidence of a card, inspected already or still pending."""
    found = ticket.inspection
    status = EvidenceStatus.PENDING
    if found is not None:
        status = EvidenceStatus.ACCEPTED if found.accepted else EvidenceStatus.REJECTED
    return Evidence(
        id=ticket.id,
        number=number,
        kind=EvidenceKind.PHOTO,
        about=About.APPEAL,
        status=status,
        uploaded_at=now,
        by=Role.APPLICANT,
        content_type=ticket.content_type,
        size_bytes=ticket.size_bytes,
        reason=found.reason if found else None,
        picture=found.picture if found else None,
        taken_at=found.taken_at if found else None,
        original_key=found.original_key if found else None,
        public_key=found.public_key if found else None,
    )
