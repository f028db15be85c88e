"""What residents and operators send as an appeal, and what K-3.2 misses in it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib import wiring
from chalicelib.api.bodies import Body
from chalicelib.api.contacts import Email, Phone
from chalicelib.api.instants import Instant
from chalicelib.domain import appeal as nouns
from chalicelib.domain.errors import Fault
from chalicelib.regulation.arrivals import missing_id
from chalicelib.regulation.intake import missing
from chalicelib.regulation.kinds import Benefit
from chalicelib.regulation.machines import marks_of
from chalicelib.usecases.new_appeals import NewAppeal

Short = Annotated[str, StringConstraints(max_length=200)]
Named = Annotated[str, StringConstraints(min_length=1, max_length=200)]
House = Annotated[str, StringConstraints(max_length=20)]
Essence = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
UploadId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class PlaceBody(Body):
    """Where the trouble is; a street outside the registry is taken as typed."""

    street: Named
    building: House = ""
    flat: House = ""
    note: Annotated[str, StringConstraints(max_length=500)] = ""
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)


class ResidenceBody(Body):
    """Where the applicant lives (K-3.2)."""

    settlement: Short = ""
    street: Named
    building: House = ""
    flat: House = ""


class ApplicantBody(Body):
    """Who asks; a phone is taken as people write it."""

    name: Short = ""
    phone: Phone | None = None
    email: Email | None = None
    residence: ResidenceBody | None = None


class AppealBody(Body):
    """What a resident sends."""

    text: Essence
    topic: Annotated[str, StringConstraints(max_length=20)] | None = None
    place: PlaceBody
    applicant: ApplicantBody = Field(default_factory=ApplicantBody)
    reply_channel: nouns.ReplyChannel | None = None
    language: Literal["uk", "en"] | None = None
    uploads: Annotated[list[UploadId], Field(max_length=3)] = Field(default_factory=list)
    kind: nouns.Kind | None = None
    complaint_about: Short | None = None
    join: Annotated[str, StringConstraints(max_length=20)] | None = None
    hide_identity: bool = False
    co_applicants: Annotated[list[Named], Field(max_length=100)] = Field(default_factory=list)
    benefit: Benefit | None = None
    take_part: bool = False
    consent_version: Annotated[str, StringConstraints(max_length=40)] | None = None
    website: Any = Field(default=None, description="Left empty: people do not see this field")
    filled_ms: Any = Field(default=None, description="Milliseconds from the first letter on")


class OperatorAppealBody(AppealBody):
    """What an operator enters, with the channel it came through."""

    channel: Literal["phone", "email", "post", "in_person", "official_mail"]
    received_at: Instant | None = None
    external_id: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    call_id: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None


def new_appeal(
    body: AppealBody,
    language: str,
    *,
    channel: nouns.Channel = nouns.Channel.WEB,
    received_at: datetime | None = None,
    external_id: str | None = None,
    call_id: str | None = None,
) -> NewAppeal:
    """Return what came in as intake takes it; what an operator knows besides is named."""
    return NewAppeal(
        text=body.text,
        place=nouns.Place(**body.place.model_dump()),
        applicant=_applicant(body.applicant),
        reply_channel=body.reply_channel,
        topic=body.topic,
        kind=body.kind,
        channel=channel,
        language=body.language or language,
        uploads=tuple(dict.fromkeys(body.uploads)),
        join=body.join,
        complaint_about=body.complaint_about,
        hide_identity=body.hide_identity,
        co_applicants=tuple(body.co_applicants),
        benefit=body.benefit,
        take_part=body.take_part,
        consent_version=body.consent_version,
        marks=marks_of(body.website, body.filled_ms),
        received_at=received_at,
        external_id=external_id,
        call_id=call_id,
    )


def _applicant(body: ApplicantBody) -> nouns.Applicant:
    home = body.residence
    residence = nouns.Residence(**home.model_dump()) if home else None
    return nouns.Applicant(body.name, body.phone, body.email, residence)


def missing_of_appeal(raw: dict[str, Any]) -> Iterable[Fault]:
    """Yield what K-3.2 misses in a raw body, and words no city has, whatever else is wrong."""
    city = wiring.centre().city
    applicant = _table(raw.get("applicant"))
    residence = _table(applicant.get("residence"))
    topic, about = raw.get("topic"), raw.get("complaint_about")
    if isinstance(topic, str) and topic not in city.topics:
        yield Fault("topic", "unknown_topic")
    if isinstance(about, str) and about not in city.executors:
        yield Fault("complaint_about", "unknown_executor")
    yield from missing(
        nouns.Kind.SIGNAL if raw.get("kind") == nouns.Kind.SIGNAL else None,
        has_residence=bool(residence.get("street")),
        has_contact=bool(applicant.get("phone") or applicant.get("email")),
        has_essence=bool(str(raw.get("text") or "").strip()),
        law=city.law,
    )


def missing_of_arrival(raw: dict[str, Any]) -> Iterable[Fault]:
    """Yield what `missing_of_appeal` does, and the id that tells an arrival from another."""
    yield from missing_of_appeal(raw)
    yield from missing_id(raw.get("channel"), raw.get("external_id"), wiring.centre().city.law)


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
