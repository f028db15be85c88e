"""The `REPLY` item: the written reply of a card, from its draft to its publication.

Keys: `number`, `part` = `REPLY`.
"""

from typing import Final

from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from chalicelib.domain.reply import Reply
from chalicelib.store.attributes import InstantAttribute, Raw

PART: Final = "REPLY"


class ReplyItem(Model):
    """The reply as it stands."""

    number = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    text = UnicodeAttribute()
    statement = UnicodeAttribute(null=True)
    without_evidence = UnicodeAttribute(null=True)
    drafted_at = InstantAttribute()
    drafted_by = UnicodeAttribute()
    signatory = UnicodeAttribute(null=True)
    submitted_at = InstantAttribute(null=True)
    submitted_by = UnicodeAttribute(null=True)
    signed_at = InstantAttribute(null=True)
    signed_by = UnicodeAttribute(null=True)
    signed_file = UnicodeAttribute(null=True)
    handed_over_at = InstantAttribute(null=True)
    published_at = InstantAttribute(null=True)


def reply_item(reply: Reply) -> ReplyItem:
    """Return the item of a reply."""
    return ReplyItem(
        number=reply.number,
        part=PART,
        text=reply.text,
        statement=reply.statement or None,
        without_evidence=reply.without_evidence or None,
        drafted_at=reply.drafted_at,
        drafted_by=reply.drafted_by,
        signatory=reply.signatory,
        submitted_at=reply.submitted_at,
        submitted_by=reply.submitted_by,
        signed_at=reply.signed_at,
        signed_by=reply.signed_by,
        signed_file=reply.signed_file,
        handed_over_at=reply.handed_over_at,
        published_at=reply.published_at,
    )


def reply_of(raw: Raw) -> Reply:
    """Return the reply of a raw item."""
    item = ReplyItem.from_raw_data(raw)
    return Reply(
        number=item.number,
        text=item.text,
        statement=item.statement or "",
        without_evidence=item.without_evidence or "",
        drafted_at=item.drafted_at,
        drafted_by=item.drafted_by,
        signatory=item.signatory,
        submitted_at=item.submitted_at,
        submitted_by=item.submitted_by,
        signed_at=item.signed_at,
        signed_by=item.signed_by,
        signed_file=item.signed_file,
        handed_over_at=item.handed_over_at,
        published_at=item.published_at,
    )
