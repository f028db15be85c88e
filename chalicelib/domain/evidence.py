"""Evidence: photos and documents that prove the review or the execution."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What the file is."""

    PHOTO = "photo"
    ACT = "act"
    DOCUMENT = "document"


class About(StrEnum):
    """What the file proves: the matter (applicant), the review (K-5.1.7), the work (K-5.1.9)."""

    APPEAL = "appeal"
    REVIEW = "review"
    EXECUTION = "execution"


class EvidenceStatus(StrEnum):
    """Nothing counts before it was inspected."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What inspecting the bytes of an upload came to.

    Attributes:
        reason: stable code of a rejection (`type_mismatch`, `too_many_pixels`, …), else None.
        picture: hash of the decoded picture, equal for the same picture in two files.
        taken_at: when the camera says the picture was taken.
        public_key: key of the public copy in the evidence bucket, for pictures.
    """

    accepted: bool
    reason: str | None = None
    picture: str | None = None
    taken_at: datetime | None = None
    original_key: str | None = None
    public_key: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file of a card; `warnings` (`same_picture`, `taken_before`) are for the coordinator."""

    id: str
    number: str
    kind: EvidenceKind
    about: About
    status: EvidenceStatus
    uploaded_at: datetime
    by: str
    content_type: str
    size_bytes: int
    caption: str = ""
    reason: str | None = None
    picture: str | None = None
    taken_at: datetime | None = None
    original_key: str | None = None
    public_key: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UploadTicket:
    """A place where one file may be uploaded before it belongs to a card.

    Attributes:
        number: the card that has claimed the upload; None until one has.
        inspection: what inspecting came to; None until the file has arrived.
    """

    id: str
    content_type: str
    size_bytes: int
    expires_at: datetime
    number: str | None = None
    inspection: Inspection | None = None
