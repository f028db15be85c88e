"""Appeals as residents and operators file and follow them."""

from collections.abc import Callable

from chalice.app import Response

from chalicelib import wiring
from chalicelib.api import identity
from chalicelib.api.answers import answer, ok
from chalicelib.api.appeal_bodies import (
    AppealBody,
    OperatorAppealBody,
    missing_of_appeal,
    missing_of_arrival,
    new_appeal,
)
from chalicelib.api.once import SEALED, carry_out
from chalicelib.api.public_views import RegisteredView, ResidentView
from chalicelib.api.quarantine_shapes import waiting_body
from chalicelib.api.receipts import WaitingView
from chalicelib.api.registering import registry_of
from chalicelib.api.resident_shapes import registered_body, resident_body
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.waiting import let_wait
from chalicelib.domain import appeal as nouns
from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.numbers import access_code
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import APPLICANT, Actor
from chalicelib.domain.quarantine import Held
from chalicelib.regulation.deadlines import Reason, deadline
from chalicelib.regulation.joining import as_others_read
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases.arrivals import admit
from chalicelib.usecases.blocks import require_caller_taken
from chalicelib.usecases.entrance import take_in
from chalicelib.usecases.intake import Registered
from chalicelib.usecases.new_appeals import NewAppeal
from chalicelib.usecases.ports import Numbers
from chalicelib.usecases.receipts import receipt_token
from chalicelib.usecases.surveys import token_of
from chalicelib.usecases.tracking import is_own, track
from chalicelib.usecases.waiting import Drawn

routes = Routes(__name__)

_RECEIPT = "receipt"
"""What an answer is sealed for besides a card's code."""


@routes.route(
    "/appeals",
    methods=["POST"],
    body=AppealBody,
    answers={201: RegisteredView, 202: WaitingView},
    headers=["Idempotency-Key"],
    public=True,
)
def post_appeal(call: Call) -> Response:
    """File an appeal: a card with its number, code, executor and due date (K-3.1, K-3.2)."""
    body = call.read(AppealBody, missing_of_appeal)
    centre = wiring.centre()
    address = identity.client_address(call.request, proxies=centre.settings.proxies)
    drawn = Drawn(centre.numbers)
    try:
        return _register(call, new_appeal(body, call.language), APPLICANT, address, numbers=drawn)
    except StoreAway:
        return let_wait(call, body, drawn=drawn.last, network=address)


@routes.route(
    "/operator/appeals",
    methods=["POST"],
    body=OperatorAppealBody,
    answers={201: RegisteredView, 202: WaitingView},
    headers=["Idempotency-Key"],
)
def post_operator_appeal(call: Call) -> Response:
    """Register what came by phone, mail, post or in person (K-2, KR-2.1)."""
    require(call.actor, Deed.REGISTER)
    body, centre = call.read(OperatorAppealBody, missing_of_arrival), wiring.centre()
    channel = nouns.Channel(body.channel)

    def admitted() -> None:
        admit(call.actor, channel, body.external_id, city=centre.city, cards=centre.cards)
        require_caller_taken(
            new.applicant,
            channel,
            centre.city.topics.get(body.topic or ""),
            now=centre.now(),
            city=centre.city,
            blocks=centre.doors.blocks,
        )

    new = new_appeal(
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
    numbers: Numbers | None = None,
) -> Response:
    centre = wiring.centre()
    now = centre.now()
    shape = Shape(centre.city, call.language, now)

    def act(once: Once[Registered | Held]) -> Registered | Held:
        admitted()
        return take_in(
            new,
            actor=actor,
            new_id=centre.new_id,
            once=once,
            now=now,
            registry=registry_of(centre, centre.limits(address), numbers),
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
    secrets = wiring.centre().secrets
    key_id, about, *purpose = sealed_for
    if purpose == [_RECEIPT]:
        return receipt_token(about, secrets=secrets, key_id=key_id)
    return access_code(secrets.key(key_id), key_id, about)


def _answer(done: Registered | Held, shape: Shape) -> Answer:
    if isinstance(done, Held):
        waits = waiting_body(shape, done, receipt=SEALED)
        return answer(waits, status=202, sealed_for=(done.key_id, done.receipt_id, _RECEIPT))
    card, reason = done.card, done.deadline.reason
    body = registered_body(
        shape, card, done.appeal, reason=reason, access_code=SEALED, works=done.works
    )
    place = f"/api/appeals/{card.number}"
    return answer(body, status=201, location=place, sealed_for=(card.code_key, card.root))
