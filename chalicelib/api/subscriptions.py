"""Subscribe to the works of a street: asked, confirmed by a link, ended by one click (RFC 8058)."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from chalice.app import Response
from pydantic import AfterValidator, StringConstraints, ValidationInfo
from pydantic_core import PydanticCustomError

from chalicelib import wiring
from chalicelib.api import identity
from chalicelib.api.answers import NO_STORE, answer, text_response
from chalicelib.api.bodies import Body
from chalicelib.api.contacts import email_of, phone_of
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.work_views import SubscriptionView
from chalicelib.domain.notice import Medium
from chalicelib.usecases import subscriptions
from chalicelib.usecases.subscriptions import Asked, Subscribing

routes = Routes(__name__)

_CHAT = "#"


def _address(text: str, info: ValidationInfo) -> str:
    """Return an address as it is kept; what it may be depends on the channel."""
    channel = info.data.get("channel")
    if channel == Medium.SMS:
        phone = phone_of(text)
        if phone is None:
            raise PydanticCustomError("not_a_phone", "not a phone")
        return phone
    if channel == Medium.EMAIL:
        return email_of(text)
    return text if text.startswith(f"{channel}{_CHAT}") else f"{channel}{_CHAT}{text}"


class SubscriptionBody(Body):
    """Who wants to be told of the works of which street, and by which way.

    `address` is an e-mail, a phone as people write it, or the identity in the messenger.
    """

    street: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    channel: Literal["email", "sms", "telegram", "viber"]
    address: Annotated[
        str, StringConstraints(min_length=1, max_length=254), AfterValidator(_address)
    ]
    language: Literal["uk", "en"] | None = None


class ConfirmationBody(Body):
    """The token of the link that the owner of the address was sent."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=200)]


@routes.route(
    "/subscriptions",
    methods=["POST"],
    body=SubscriptionBody,
    answers={202: SubscriptionView},
    headers=["Idempotency-Key"],
    public=True,
)
def post_subscription(call: Call) -> Response:
    """Ask to be told of the works of a street; it counts once the link that is sent is used."""
    body, centre = call.read(SubscriptionBody), wiring.centre()
    now = centre.now()
    address = identity.client_address(call.request, proxies=centre.settings.proxies)
    asked = Asked(body.street, Medium(body.channel), body.address, body.language or call.language)
    subscribing = Subscribing(
        now,
        centre.city,
        centre.subscriptions,
        centre.guards,
        centre.secrets,
        centre.queues,
    )
    return carry_out(
        call.request,
        lambda once: subscriptions.subscribe(
            asked, subscribing, once=once, limits=centre.limits(address)
        ),
        lambda made: answer(
            _body(call, made.street, made.medium, "unconfirmed"), status=HTTPStatus.ACCEPTED
        ),
        guards=centre.guards,
        now=now,
    )


@routes.route(
    "/subscriptions/confirmation",
    methods=["POST"],
    body=ConfirmationBody,
    answers={200: SubscriptionView},
    headers=["Idempotency-Key"],
    public=True,
)
def post_subscription_confirmation(call: Call) -> Response:
    """Confirm a subscription by its link; confirming again is the same."""
    body, centre = call.read(ConfirmationBody), wiring.centre()
    now = centre.now()
    _check_address(call)
    return carry_out(
        call.request,
        lambda once: subscriptions.confirm(
            body.token,
            once=once,
            now=now,
            city=centre.city,
            subscriptions=centre.subscriptions,
            secrets=centre.secrets,
        ),
        lambda kept: answer(_body(call, kept.street, kept.medium, "confirmed")),
        guards=centre.guards,
        now=now,
    )


@routes.route(
    "/subscriptions/off/{token}",
    methods=["POST"],
    answers={200: SubscriptionView},
    headers=["Idempotency-Key"],
    public=True,
)
def post_subscription_off(call: Call, token: str) -> Response:
    """End a subscription by one click, as mail programs send it too: a form, no sign-in."""
    centre = wiring.centre()
    _check_address(call)
    now = centre.now()
    return carry_out(
        call.request,
        lambda once: subscriptions.end(
            token,
            once=once,
            now=now,
            city=centre.city,
            subscriptions=centre.subscriptions,
            secrets=centre.secrets,
        ),
        lambda proved: answer(_body(call, proved.street, "", "off")),
        guards=centre.guards,
        now=now,
    )


@routes.route("/subscriptions/off/{token}", public=True)
def get_subscription_off(call: Call, token: str) -> Response:
    """Go to the page that ends a subscription; opening it changes nothing."""
    site = wiring.centre().settings.site_url
    page = f"{site}/{call.language}/subscription/#off/{token}"
    headers = {"Location": page, "Cache-Control": NO_STORE}
    return text_response("", headers, HTTPStatus.FOUND)


def _check_address(call: Call) -> None:
    centre = wiring.centre()
    address = identity.client_address(call.request, proxies=centre.settings.proxies)
    centre.limits(address).check_address(centre.now())


def _body(call: Call, street: str, channel: str, status: str) -> dict[str, Any]:
    found = wiring.centre().city.streets.get(street)
    name = found.full_name.in_language(call.language) if found else street
    return {"street": name, "channel": channel, "status": status}
