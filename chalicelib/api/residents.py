"""What applicants do with their own card, by its access code (art. 18, K-6.2)."""

from collections.abc import Callable, Sequence
from typing import Annotated, NamedTuple

from chalice.app import Response
from pydantic import BaseModel, Field, StringConstraints

from chalicelib import wiring
from chalicelib.api import identity
from chalicelib.api.answers import answer
from chalicelib.api.bodies import Body
from chalicelib.api.once import carry_out
from chalicelib.api.public_views import ResidentDoneView
from chalicelib.api.routes import AnyView, Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.domain.once import Answer, Once
from chalicelib.usecases import residents
from chalicelib.usecases.residents import Done, Told

routes = Routes(__name__)

Said = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
UploadId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Uploads = Annotated[list[UploadId], Field(max_length=3)]


class MessageBody(Body):
    """What the applicant adds, or answers to a question."""

    text: Said
    uploads: Uploads = Field(default_factory=list)


class WithdrawalBody(Body):
    """Why the applicant withdraws."""

    reason: Said


class DisputeBody(Body):
    """What is wrong with work that nobody confirmed."""

    reason: Said
    uploads: Uploads = Field(default_factory=list)


class Words(NamedTuple):
    """What a body says, whatever its fields are called."""

    text: str
    uploads: Sequence[str] = ()


def _deed(name: str, body: type[BaseModel]) -> Callable[[AnyView], AnyView]:
    return routes.route(
        f"/appeals/{{number}}/{name}",
        methods=["POST"],
        body=body,
        answers={200: ResidentDoneView},
        headers=["X-Access-Code", "Idempotency-Key"],
        public=True,
    )


@_deed("messages", MessageBody)
def post_message(call: Call, number: str) -> Response:
    """Add words and photos to one's own appeal, or answer what was asked (LAW-18)."""
    body, centre = call.read(MessageBody), wiring.centre()

    def act(told: Told) -> Done:
        return residents.message(
            told, cards=centre.cards, tickets=centre.tickets, secrets=centre.secrets
        )

    return _do(call, number, Words(body.text, body.uploads), act)


@_deed("withdrawal", WithdrawalBody)
def post_withdrawal(call: Call, number: str) -> Response:
    """Withdraw one's own appeal before its result is reported (LAW-18)."""
    body, centre = call.read(WithdrawalBody), wiring.centre()

    def act(told: Told) -> Done:
        return residents.withdraw(
            told,
            city=centre.city,
            cards=centre.cards,
            tickets=centre.tickets,
            secrets=centre.secrets,
        )

    return _do(call, number, Words(body.reason), act)


@_deed("dispute", DisputeBody)
def post_dispute(call: Call, number: str) -> Response:
    """Dispute work that nobody confirmed: a repeat appeal is registered (K-6.2)."""
    body, centre = call.read(DisputeBody), wiring.centre()

    def act(told: Told) -> Done:
        return residents.dispute(
            told,
            city=centre.city_now(),
            cards=centre.cards,
            numbers=centre.numbers,
            tickets=centre.tickets,
            secrets=centre.secrets,
        )

    return _do(call, number, Words(body.reason, body.uploads), act)


def _do(call: Call, number: str, words: Words, act: Callable[[Told], Done]) -> Response:
    centre = wiring.centre()
    now = centre.now()
    shape = Shape(centre.city, call.language, now)
    code = call.request.headers.get("x-access-code", "")
    address = identity.client_address(call.request, proxies=centre.settings.proxies)
    centre.limits(address).check_address(now)

    def told(once: Once[Done]) -> Told:
        uploads = tuple(dict.fromkeys(words.uploads))
        return Told(number, code, words.text, uploads, once, now)

    return carry_out(
        call.request,
        lambda once: act(told(once)),
        lambda done: _answer(done, shape),
        guards=centre.guards,
        now=now,
    )


def _answer(done: Done, shape: Shape) -> Answer:
    body = {
        "number": done.card.number,
        "status": done.card.status,
        "status_text": shape.status(done.card.status),
        "repeat_number": done.repeat_number,
    }
    return answer(body)
