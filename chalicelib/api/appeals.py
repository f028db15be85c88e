"""Appeals as residents and operators file and follow them."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Annotated, Any, Literal

from chalice.app import Response
from pydantic import Field, StringConstraints

from chalicelib import wiring
from chalicelib.api import identity
from chalicelib.api.answers import answer, ok
from chalicelib.api.bodies import Body
from chalicelib.api.contacts import Email, Phone
from chalicelib.api.instants import Instant
from chalicelib.api.once import SEALED, carry_out
from chalicelib.api.public_views import RegisteredView, ResidentView
from chalicelib.api.resident_shapes import registered_body, resident_body
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.domain import appeal as nouns
from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import Fault
from chalicelib.domain.numbers import access_code
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import APPLICANT, Actor
from chalicelib.regulation.arrivals import missing_id
from chalicelib.regulation.deadlines import Reason, deadline
from chalicelib.regulation.intake import missing
from chalicelib.regulation.joining import as_others_read
from chalicelib.regulation.kinds import Benefit
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases.arrivals import admit
from chalicelib.usecases.intake import NewAppeal, Registered, register
from chalicelib.usecases.surveys import token_of
from chalicelib.usecases.tracking import is_own, track

routes = Routes(__name__)

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
    reply_channel: nouns.ReplyChannel = nouns.ReplyChannel.NONE
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


class OperatorAppealBody(AppealBody):
    """What an operator enters, with the channel it came through."""

    channel: Literal["phone", "email", "post", "in_person", "official_mail"]
    received_at: Instant | None = None
    external_id: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None
    call_id: Annotated[str, StringConstraints(min_length=1, max_length=80)] | None = None


@routes.route(
    "/appeals",
    methods=["POST"],
    body=AppealBody,
    answers={201: RegisteredView},
    headers=["Idempotency-Key"],
    public=True,
)
def post_appeal(call: Call) -> Response:
    """File an appeal: a card with its number, code, executor and due date (K-3.1, K-3.2)."""
    body = call.read(AppealBody, _missing)
    address = identity.client_address(call.request, proxies=wiring.centre().settings.proxies)
    return _register(call, _new(body, call.language), APPLICANT, address)


@routes.route(
    "/operator/appeals",
    methods=["POST"],
    body=OperatorAppealBody,
    answers={201: RegisteredView},
    headers=["Idempotency-Key"],
)
def post_operator_appeal(call: Call) -> Response:
    """Register what came by phone, mail, post or in person (K-2, KR-2.1)."""
    require(call.actor, Deed.REGISTER)
    body, centre = call.read(OperatorAppealBody, _missing_of_arrival), wiring.centre()
    channel = nouns.Channel(body.channel)

    def admitted() -> None:
        admit(call.actor, channel, body.external_id, city=centre.city, cards=centre.cards)

    new = _new(
        body,
        call.language,
        channel=channel,
        received_at=body.received_at,
        external_id=body.external_id,
        call_id=body.call_id,
    )
    return _register(call, new, call.actor, "", admitted)


@routes.route(
    "/appeals/{number}", answers={200: ResidentView}, headers=["X-Access-Code"], public=True
)
def get_appeal(call: Call, number: str) -> Response:
    """Follow an appeal with its code, in public words; a wrong one looks like no card (K-5.1.4)."""
    centre = wiring.centre()
    code = call.request.headers.get("x-access-code", "")
    file = track(number, code, cards=centre.cards, secrets=centre.secrets)
    shape = Shape(centre.city, call.language, centre.now())
    own = is_own(file, code, centre.secrets)
    file = file if own else as_others_read(file)
    token = token_of(file.card, file.surveys[-1], centre.secrets) if own and file.surveys else None
    site_url = centre.settings.site_url
    reason = reason_of(file, centre.city)
    return ok(resident_body(shape, file, survey_token=token, site_url=site_url, reason=reason))


def reason_of(file: CardFile, city: City) -> Reason:
    """Return why a card was due when it was first due, by the edition it keeps."""
    card = file.card
    edition = city.edition(card.edition)
    return deadline(
        card.received_at, card.urgency, edition=edition, calendar=city.calendar, law=city.law
    ).reason


def _register(
    call: Call,
    new: NewAppeal,
    actor: Actor,
    address: str,
    admitted: Callable[[], None] = lambda: None,
) -> Response:
    centre = wiring.centre()
    now = centre.now()
    shape = Shape(centre.city, call.language, now)

    def act(once: Once[Registered]) -> Registered:
        admitted()
        return register(
            new,
            actor=actor,
            once=once,
            limits=centre.limits(address),
            now=now,
            city=centre.city,
            city_soon=centre.city_soon(),
            cards=centre.cards,
            numbers=centre.numbers,
            tickets=centre.tickets,
            secrets=centre.secrets,
            works=centre.works,
            start=centre.start,
        )

    return carry_out(
        call.request,
        act,
        lambda done: _answer(done, shape),
        guards=centre.guards,
        now=now,
        unseal=_unseal,
        network=address,
    )


def _unseal(sealed_for: tuple[str, ...]) -> str:
    key_id, root = sealed_for
    return access_code(wiring.centre().secrets.key(key_id), key_id, root)


def _answer(done: Registered, shape: Shape) -> Answer:
    card = done.card
    reason = done.deadline.reason
    body = registered_body(
        shape, card, done.appeal, reason=reason, access_code=SEALED, works=done.works
    )
    given = answer(body, status=201, location=f"/api/appeals/{card.number}")
    return Answer(given.status, given.body, given.headers, (card.code_key, card.root))


def _new(
    body: AppealBody,
    language: str,
    *,
    channel: nouns.Channel = nouns.Channel.WEB,
    received_at: datetime | None = None,
    external_id: str | None = None,
    call_id: str | None = None,
) -> NewAppeal:
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
        received_at=received_at,
        external_id=external_id,
        call_id=call_id,
    )


def _applicant(body: ApplicantBody) -> nouns.Applicant:
    home = body.residence
    residence = nouns.Residence(**home.model_dump()) if home else None
    return nouns.Applicant(body.name, body.phone, body.email, residence)


def _missing(raw: dict[str, Any]) -> Iterable[Fault]:
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


def _missing_of_arrival(raw: dict[str, Any]) -> Iterable[Fault]:
    """Yield what `_missing` does, and the id without which an arrival is not told from another."""
    yield from _missing(raw)
    yield from missing_id(raw.get("channel"), raw.get("external_id"), wiring.centre().city.law)


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
