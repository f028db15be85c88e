"""An appeal: what a resident asks, written once at intake."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.screening import Extent, masked


class Kind(StrEnum):
    """What the message is by law 393/96 art. 3; a signal has no name or residence."""

    APPEAL = "appeal"
    COMPLAINT = "complaint"
    PROPOSAL = "proposal"
    SIGNAL = "signal"


class Channel(StrEnum):
    """The door the appeal came through (K-2, KR-2.1)."""

    WEB = "web"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    IN_PERSON = "in_person"
    OFFICIAL_MAIL = "official_mail"
    TELEGRAM = "telegram"
    VIBER = "viber"


class ReplyChannel(StrEnum):
    """Where the applicant wants the answer."""

    PHONE = "phone"
    EMAIL = "email"
    SMS = "sms"
    TELEGRAM = "telegram"
    VIBER = "viber"
    POST = "post"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the trouble is.

    Attributes:
        street: the registry's name of the street, or the words as typed.
        street_id: id in the registry; None for a place outside it, which is accepted and flagged.
    """

    street: str
    building: str = ""
    flat: str = ""
    note: str = ""
    lat: float | None = None
    lon: float | None = None
    street_id: str | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """Where the applicant lives (K-3.2)."""

    street: str
    building: str = ""
    flat: str = ""
    settlement: str = ""


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who asks, and how to reach them; `phone` is E.164, `chat` an identity (`telegram#…`)."""

    name: str = ""
    phone: str | None = None
    email: str | None = None
    residence: Residence | None = None
    chat: str | None = None


@dataclass(frozen=True, slots=True)
class Appeal:
    """What was asked, by whom, about which place. Never rewritten by later steps.

    Attributes:
        co_applicants: names of those who signed a collective appeal (law 393/96 art. 5).
        benefit: the privileged category that is served first (art. 20), None for none.
        take_part: whether the applicant wants to be present at the check (art. 18).
        masks: the places of `text` that shared views hide (K-3.4).
    """

    number: str
    text: str
    place: Place
    applicant: Applicant
    kind: Kind
    channel: Channel
    reply_channel: ReplyChannel
    language: str
    received_at: datetime
    complaint_about: str | None = None
    hide_identity: bool = False
    consent_version: str | None = None
    external_id: str | None = None
    call_id: str | None = None
    co_applicants: tuple[str, ...] = ()
    benefit: str | None = None
    take_part: bool = False
    masks: tuple[Extent, ...] = ()

    @property
    def shared_text(self) -> str:
        """The text as whoever need not read it whole reads it."""
        return masked(self.text, self.masks) if self.masks else self.text
