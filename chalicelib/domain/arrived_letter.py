"""A letter that arrived at the official address, and one that nobody has read yet (KR-2.1)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.appeal import Applicant, Place


class Unreadable(StrEnum):
    """Why a letter did not become a card by itself; clients match on the names."""

    NOT_MAIL = "not_mail"
    TOO_LARGE = "too_large"
    NO_TEXT = "no_text"
    NO_ID = "no_id"
    SUSPECTED = "suspected"
    OTHER_SENDER = "other_sender"
    ARRIVED_ALREADY = "arrived_already"
    FILES_LEFT = "files_left"
    NOT_REGISTERED = "not_registered"


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file that came with a letter."""

    name: str
    content_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ArrivedLetter:
    """What could be read of a letter.

    Attributes:
        message_id: as the sender's server named it; the mark of its bytes where it named none.
        sender: the address in `From`, in small letters.
        trusted: whether neither our mail server suspects it, nor the sender's domain disowns it.
        external_id: the sender's own number of the matter; None where none was found.
        text: the matter itself, or the whole letter where it has no part so called.
    """

    message_id: str
    sender: str
    subject: str
    text: str
    trusted: bool = True
    external_id: str | None = None
    applicant: Applicant = field(default_factory=Applicant)
    place: Place = field(default_factory=lambda: Place(""))
    topic: str = ""
    files: tuple[LetterFile, ...] = ()


@dataclass(frozen=True, slots=True)
class UnreadLetter:
    """A letter that waits for a person.

    Attributes:
        key: where the whole letter is kept.
        number: of the card that it became, or that has its number already; None for none.
        settled_at, settled_by, outcome: when, by whom and how it was settled.
    """

    id: str
    key: str
    arrived_at: datetime
    reason: Unreadable
    sender: str = ""
    subject: str = ""
    number: str | None = None
    settled_at: datetime | None = None
    settled_by: str = ""
    outcome: str = ""
