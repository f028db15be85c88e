"""What the mail service tells of a letter afterwards: it came back, or its reader complained."""

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

NOTICE_TAG: Final = "notice"
"""The tag by which an event about a letter names its notice."""

_PERMANENT: Final = "Permanent"


class MailFate(StrEnum):
    """What became of a letter, as far as it changes anything; the values are reasons of notices."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class MailEvent:
    """One event.

    Attributes:
        addresses: whom it is about; a letter of ours has one reader.
        notice: id of the notice that the letter told; None for a letter of somebody else.
    """

    fate: MailFate
    addresses: tuple[str, ...]
    at: datetime
    notice: str | None = None

    @property
    def address_dead(self) -> bool:
        """Whether nothing more is to be sent there: a virus in one letter says nothing of that."""
        return self.fate is not MailFate.REJECTED


def tag_of(notice_id: str) -> str:
    """Return a notice's id in the letters that a tag may have."""
    return urlsafe_b64encode(notice_id.encode()).decode().rstrip("=")


def notice_of(tag: str) -> str | None:
    """Return the notice's id that a tag names; None for a tag that is not ours."""
    try:
        return b64decode(tag + "=" * (-len(tag) % 4), altchars=b"-_", validate=True).decode()
    except ValueError:
        return None


def mail_event_of(envelope: Any) -> MailEvent | None:
    """Return the event of an EventBridge envelope of SES, None for one that changes nothing.

    A bounce that may pass and a delivery that is late change nothing: SES goes on trying.
    """
    detail = _table(_table(envelope).get("detail"))
    mail, told = _table(detail.get("mail")), _told(detail)
    if told is None:
        return None
    fate, addresses = told
    at = _instant(_table(envelope).get("time")) or _instant(mail.get("timestamp"))
    if at is None:
        return None
    tags = _list(_table(mail.get("tags")).get(NOTICE_TAG))
    notice = notice_of(tags[0]) if tags and isinstance(tags[0], str) else None
    return MailEvent(fate, addresses, at, notice)


def _told(detail: Mapping[str, Any]) -> tuple[MailFate, tuple[str, ...]] | None:
    kind = detail.get("eventType")
    bounce, complaint = _table(detail.get("bounce")), _table(detail.get("complaint"))
    if kind == "Bounce" and bounce.get("bounceType") == _PERMANENT:
        return MailFate.BOUNCED, _addresses(bounce.get("bouncedRecipients"))
    if kind == "Complaint":
        return MailFate.COMPLAINED, _addresses(complaint.get("complainedRecipients"))
    if kind == "Reject":
        return MailFate.REJECTED, ()
    return None


def _addresses(recipients: Any) -> tuple[str, ...]:
    named = (_table(each).get("emailAddress") for each in _list(recipients))
    return tuple(each.rpartition("<")[2].rstrip("> ") for each in named if isinstance(each, str))


def _instant(text: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return at if at.tzinfo else None


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
