"""Uploads and evidence: where to post a file, and what inspecting it came to (K-5.1.7, 5.1.9)."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import unquote_plus

from chalicelib.domain.card import CardFile
from chalicelib.domain.city import Law
from chalicelib.domain.errors import Fault, InputRefused, RuleRefused
from chalicelib.domain.events import EventName
from chalicelib.domain.evidence import (
    About,
    Evidence,
    EvidenceKind,
    EvidenceStatus,
    Inspection,
    UploadTicket,
)
from chalicelib.domain.once import Once
from chalicelib.domain.people import SYSTEM, Actor
from chalicelib.regulation.evidence import warnings
from chalicelib.regulation.lifecycle import OPEN
from chalicelib.regulation.permissions import Deed, require_on, require_sees
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.ports import Cards, EvidenceFiles, Pictures, PresignedPost, Tickets
from chalicelib.usecases.uploads import evidence_of
from chalicelib.usecases.writing import Note, change, on_fresh_file

INCOMING = "incoming/"
_EVIDENCE_CLAUSES = {Law.K: "K-5.1.9", Law.KR: "KR-2.5"}
FORM_SECONDS = 300
TICKET_LIFE = timedelta(hours=24)
PHOTO_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
FILE_TYPES = PHOTO_TYPES | {"application/pdf"}
DOCUMENT_TYPES = FILE_TYPES | {"application/pkcs7-signature"}
TYPES_OF_KIND = {
    EvidenceKind.PHOTO: PHOTO_TYPES,
    EvidenceKind.ACT: FILE_TYPES,
    EvidenceKind.DOCUMENT: DOCUMENT_TYPES,
}
"""A document may be an e-signature file: that of a signed reply (KR-2.4)."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A ticket, and the form that a browser posts the file with."""

    id: str
    form: PresignedPost
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Added:
    """Evidence that waits for its file, and the form to post it with."""

    evidence: Evidence
    form: PresignedPost
    expires_at: datetime


def issue_upload(
    *,
    upload_id: str,
    content_type: str,
    size_bytes: int,
    once: Once[Upload],
    limits: Limits,
    now: datetime,
    tickets: Tickets,
    files: EvidenceFiles,
) -> Upload:
    """Give a resident a place for one photo, before there is a card.

    Raises InputRefused for a type that is no photo, TooManyRequests, OnceAnswered.
    """
    _require_type(content_type, PHOTO_TYPES)
    limits.check_address(now)
    ticket = UploadTicket(upload_id, content_type, size_bytes, expires_at=now + TICKET_LIFE)
    upload = Upload(
        upload_id, _form(files, f"{INCOMING}{upload_id}", content_type, size_bytes), _form_end(now)
    )
    tickets.issue(ticket, once.record(upload), now=now)
    return upload


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What an executor is about to upload."""

    id: str
    kind: EvidenceKind
    about: About
    content_type: str
    size_bytes: int
    caption: str


def add(
    number: str,
    new: NewEvidence,
    *,
    actor: Actor,
    once: Once[Added],
    now: datetime,
    law: Law,
    cards: Cards,
    files: EvidenceFiles,
) -> Added:
    """Announce evidence of a card; it counts once inspected (K-5.1.7, K-5.1.9).

    Raises NotFound, RoleNotPermitted, InputRefused, ChangedMeanwhile.
    """
    _require_type(new.content_type, TYPES_OF_KIND[new.kind])
    form = _form(files, f"{INCOMING}{number}/{new.id}", new.content_type, new.size_bytes)

    def attempt(file: CardFile) -> Added:
        require_sees(actor, file.card)
        require_on(actor, Deed.ADD_EVIDENCE, file.card)
        _require_open(file, law)
        evidence = _pending(number, new, actor, now)
        note = Note(
            EventName.EVIDENCE_ADDED, new.caption, public=False, facts=_facts(evidence), tell=False
        )
        written = change(file.card, file.card, now, actor, note)
        added = Added(evidence, form, _form_end(now))
        cards.save(replace(written, evidence=(evidence,)), once=once.record(added))
        return added

    return on_fresh_file(cards, number, attempt)


def inspect(
    key: str,
    *,
    now: datetime,
    cards: Cards,
    tickets: Tickets,
    files: EvidenceFiles,
    pictures: Pictures,
) -> None:
    """Inspect a file that has arrived and tell its card or ticket; repeating it changes nothing.

    Raises StoreAway and ChangedMeanwhile, for the queue to bring it again.
    """
    owner, _, name = key.removeprefix(INCOMING).rpartition("/")
    if owner:
        _inspect_for_card(owner, name, key, now=now, cards=cards, files=files, pictures=pictures)
        return
    found = tickets.read([name], now)
    if not found:
        return
    folder = f"uploads/{name}"
    verdict = _look(key, folder, found[0].content_type, files, pictures)
    ticket = tickets.inspected(name, verdict, now)
    if ticket.number is not None:
        _tell_card(ticket.number, evidence_of(ticket, ticket.number, now), now, cards)


def _inspect_for_card(
    number: str,
    evidence_id: str,
    key: str,
    *,
    now: datetime,
    cards: Cards,
    files: EvidenceFiles,
    pictures: Pictures,
) -> None:
    evidence = _evidence(cards.read_file(number), evidence_id)
    if evidence is None or evidence.status is not EvidenceStatus.PENDING:
        return
    verdict = _look(key, f"{number}/{evidence_id}", evidence.content_type, files, pictures)
    _tell_card(number, _judged(evidence, verdict), now, cards)


def _look(
    key: str, folder: str, content_type: str, files: EvidenceFiles, pictures: Pictures
) -> Inspection:
    verdict, public = pictures.inspect(files.read(key), content_type)
    if not verdict.accepted:
        return verdict
    original_key = f"originals/{folder}"
    files.keep(key, original_key)
    if public is None:
        return replace(verdict, original_key=original_key)
    public_key = f"evidence/{folder}.jpg"
    files.publish(public_key, public, content_type="image/jpeg")
    return replace(verdict, original_key=original_key, public_key=public_key)


def _tell_card(number: str, judged: Evidence, now: datetime, cards: Cards) -> None:
    others = cards.with_picture(judged.picture) if judged.picture else []

    def attempt(file: CardFile) -> None:
        kept = _evidence(file, judged.id)
        if kept is None or kept.status is not EvidenceStatus.PENDING:
            return
        found = _as_inspection(judged)
        doubts = warnings(found, file=file, other_numbers=others) if found.accepted else ()
        evidence = replace(judged, uploaded_at=kept.uploaded_at, warnings=doubts)
        notes = [_verdict_note(evidence)]
        card = file.card
        if doubts:
            facts = {"cause": " ".join(doubts), "evidence": evidence.id}
            notes.append(Note(EventName.ATTENTION, public=False, facts=facts))
            card = replace(card, flags=card.flags | {"attention"})
        written = change(file.card, card, now, SYSTEM, *notes)
        cards.save(replace(written, evidence=(evidence,)))

    on_fresh_file(cards, number, attempt)


def _verdict_note(evidence: Evidence) -> Note:
    if evidence.status is EvidenceStatus.ACCEPTED:
        name, facts = EventName.EVIDENCE_ACCEPTED, _facts(evidence)
        return Note(name, evidence.caption, facts=facts, tell=False)
    facts = {**_facts(evidence), "reason": evidence.reason or ""}
    return Note(EventName.EVIDENCE_REJECTED, public=False, facts=facts)


def _judged(evidence: Evidence, verdict: Inspection) -> Evidence:
    return replace(
        evidence,
        status=EvidenceStatus.ACCEPTED if verdict.accepted else EvidenceStatus.REJECTED,
        reason=verdict.reason,
        picture=verdict.picture,
        taken_at=verdict.taken_at,
        original_key=verdict.original_key,
        public_key=verdict.public_key,
    )


def _as_inspection(evidence: Evidence) -> Inspection:
    accepted = evidence.status is EvidenceStatus.ACCEPTED
    return Inspection(accepted, picture=evidence.picture, taken_at=evidence.taken_at)


def _evidence(file: CardFile, evidence_id: str) -> Evidence | None:
    return next((item for item in file.evidence if item.id == evidence_id), None)


def _pending(number: str, new: NewEvidence, actor: Actor, now: datetime) -> Evidence:
    return Evidence(
        id=new.id,
        number=number,
        kind=new.kind,
        about=new.about,
        status=EvidenceStatus.PENDING,
        uploaded_at=now,
        by=actor.name,
        content_type=new.content_type,
        size_bytes=new.size_bytes,
        caption=new.caption,
    )


def _facts(evidence: Evidence) -> dict[str, str]:
    return {"evidence": evidence.id, "kind": evidence.kind, "about": evidence.about}


def _require_type(content_type: str, allowed: frozenset[str]) -> None:
    if content_type not in allowed:
        raise InputRefused(faults=(Fault("content_type", "type_not_allowed"),))


def _require_open(file: CardFile, law: Law) -> None:
    if file.card.status not in OPEN:
        raise RuleRefused(words="card-not-open", clause=_EVIDENCE_CLAUSES[law])


def _form(files: EvidenceFiles, key: str, content_type: str, size_bytes: int) -> PresignedPost:
    return files.presigned_post(
        key, content_type=content_type, size_bytes=size_bytes, seconds=FORM_SECONDS
    )


def _form_end(now: datetime) -> datetime:
    return now + timedelta(seconds=FORM_SECONDS)


def uploaded_keys(message: str) -> list[str]:
    """Return the keys of the objects that an S3 notice speaks of; none for S3's test notice."""
    records = json.loads(message).get("Records", [])
    return [unquote_plus(record["s3"]["object"]["key"]) for record in records]
