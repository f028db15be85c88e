"""The `EVIDENCE#` items: files that prove the matter, the review or the work.

Keys: `number`, `part` = `EVIDENCE#<id>`. Index `picture` (hash of the picture, `number`),
sparse: on which cards does this picture prove something?
"""

from typing import Final

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.evidence import About, Evidence, EvidenceKind, EvidenceStatus
from chalicelib.store.attributes import InstantAttribute, NamesAttribute, Raw

PART: Final = "EVIDENCE#"


class EvidenceItem(Model):
    """One file; `picture` stands in it when the file was accepted."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute()
    about = UnicodeAttribute()
    status = UnicodeAttribute()
    uploaded_at = InstantAttribute()
    by = UnicodeAttribute()
    content_type = UnicodeAttribute()
    size_bytes = NumberAttribute()
    caption = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    picture = UnicodeAttribute(null=True)
    taken_at = InstantAttribute(null=True)
    original_key = UnicodeAttribute(null=True)
    public_key = UnicodeAttribute(null=True)
    warnings = NamesAttribute(null=True)


def evidence_item(evidence: Evidence) -> EvidenceItem:
    """Return the item of a file; the hash of a picture that is not accepted is not kept."""
    accepted = evidence.status is EvidenceStatus.ACCEPTED
    return EvidenceItem(
        number=evidence.number,
        part=PART + evidence.id,
        kind=evidence.kind,
        about=evidence.about,
        status=evidence.status,
        uploaded_at=evidence.uploaded_at,
        by=evidence.by,
        content_type=evidence.content_type,
        size_bytes=evidence.size_bytes,
        caption=evidence.caption or None,
        reason=evidence.reason,
        picture=(evidence.picture or None) if accepted else None,
        taken_at=evidence.taken_at,
        original_key=evidence.original_key,
        public_key=evidence.public_key,
        warnings=evidence.warnings,
    )


def evidence_of(raw: Raw) -> Evidence:
    """Return the file of a raw item."""
    item = EvidenceItem.from_raw_data(raw)
    return Evidence(
        id=item.part.removeprefix(PART),
        number=item.number,
        kind=EvidenceKind(item.kind),
        about=About(item.about),
        status=EvidenceStatus(item.status),
        uploaded_at=item.uploaded_at,
        by=item.by,
        content_type=item.content_type,
        size_bytes=int(item.size_bytes),
        caption=item.caption or "",
        reason=item.reason,
        picture=item.picture,
        taken_at=item.taken_at,
        original_key=item.original_key,
        public_key=item.public_key,
        warnings=item.warnings or (),
    )
