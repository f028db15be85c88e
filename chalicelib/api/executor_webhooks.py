"""Where an executor's own system hears of its cards: entered by the admin (K-3.3)."""

from typing import Annotated

from chalice.app import Response
from pydantic import StringConstraints
from typing_extensions import TypedDict

from chalicelib import wiring
from chalicelib.api.answers import no_content, ok
from chalicelib.api.bodies import Body
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.domain.webhook import Webhook
from chalicelib.usecases import webhooks
from chalicelib.usecases.directory import Entering

routes = Routes(__name__)


class WebhookBody(Body):
    """The address of the executor's system; `new_secret` changes the secret too."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    new_secret: bool = False


class WebhookView(TypedDict):
    """A webhook; `secret` is shown once, when it is made. It signs as Standard Webhooks say."""

    executor: str
    url: str
    on: bool
    off_reason: str
    changed_at: str
    secret: str | None


@routes.route("/executors/{executor}/webhook", answers={200: WebhookView})
def get_webhook(call: Call, executor: str) -> Response:
    """Read an executor's webhook, without its secret."""
    return ok(_body(call, webhooks.read(_entering(call), executor), None))


@routes.route(
    "/executors/{executor}/webhook",
    methods=["PUT"],
    body=WebhookBody,
    answers={200: WebhookView},
)
def put_webhook(call: Call, executor: str) -> Response:
    """Enter where an executor's system hears of its cards; a new secret is shown this one time."""
    body, centre = call.read(WebhookBody), wiring.centre()
    shown = webhooks.enter(
        _entering(call),
        executor,
        body.url,
        new_secret=body.new_secret,
        secrets=centre.secrets,
        may_be_called=centre.gateways.hooks.allows,
    )
    return ok(_body(call, shown.hook, shown.secret))


@routes.route("/executors/{executor}/webhook", methods=["DELETE"])
def delete_webhook(call: Call, executor: str) -> Response:
    """Send an executor's system no more."""
    webhooks.remove(_entering(call), executor)
    return no_content()


def _entering(call: Call) -> Entering:
    centre = wiring.centre()
    return Entering(call.actor, centre.now(), centre.city, centre.appointments)


def _body(call: Call, hook: Webhook, secret: str | None) -> dict[str, object]:
    centre = wiring.centre()
    shape = Shape(centre.city, call.language, centre.now())
    return {
        "executor": hook.executor,
        "url": hook.url,
        "on": not hook.off_reason,
        "off_reason": hook.off_reason,
        "changed_at": shape.time(hook.changed_at),
        "secret": secret,
    }
