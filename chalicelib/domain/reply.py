"""The written reply of the committee (KR-2.4 to KR-2.9)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to the applicant, from the performer's draft to its publication.

    Attributes:
        text: the performer's words.
        statement: what the unit states by itself about its attempts to reach the applicant
            (KR-2.11); empty where none is demanded.
        signatory: id of the person who signs by distribution of duties (KR-2.4).
        without_evidence: the head's reason why no evidence is needed for closing (KR-2.5).
        signed_file: id of the evidence that holds the scan or the e-signature file.
    """

    number: str
    text: str
    drafted_at: datetime
    drafted_by: str
    statement: str = ""
    without_evidence: str = ""
    signatory: str | None = None
    submitted_at: datetime | None = None
    submitted_by: str | None = None
    signed_at: datetime | None = None
    signed_by: str | None = None
    signed_file: str | None = None
    handed_over_at: datetime | None = None
    published_at: datetime | None = None
