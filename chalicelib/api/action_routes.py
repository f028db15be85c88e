"""Actions on a card as routes: what staff do by version, what applicants do by access code.

    @action(routes, "comment", CommentBody)
    def post_comment(body: CommentBody, doing: Doing, centre: Centre) -> CardFile:
        '''Comment on the present state (K-5.1.4).'''
        return steps.comment(doing, text=body.text, public=body.public, cards=centre.cards)

The builder reads the body, names who acts and on which version, keeps the answer under the
Idempotency-Key and shapes it; the function only says which use case it is.
"""

import functools
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from chalice.app import Response
from pydantic import BaseModel, Field, StringConstraints

from chalicelib import wiring
from chalicelib.api import identity
from chalicelib.api.answers import answer, expected_version
from chalicelib.api.bodies import Body
from chalicelib.api.cards import card_answer
from chalicelib.api.once import carry_out
from chalicelib.api.public_views import ResidentDoneView
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.staff_views import CardView
from chalicelib.domain.card import CardFile
from chalicelib.domain.once import Answer
from chalicelib.usecases.residents import Done, Told
from chalicelib.usecases.steps import Doing
from chalicelib.wiring import Centre

Words = Annotated[str, StringConstraints(max_length=4000)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
UploadId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Uploads = Annotated[list[UploadId], Field(max_length=3)]

Given = TypeVar("Given", bound=BaseModel)
Acting = Callable[[Given, Doing, Centre], CardFile]
Telling = Callable[[Given, Told, Centre], Done]
_Act = TypeVar("_Act", bound=Callable[..., Any])


class TextBody(Body):
    """Words are welcome; without them the history says how the card stands (K-5.1.4)."""

    text: Words = ""


class ReasonBody(Body):
    """Why."""

    reason: Said


def action(of: Routes, name: str, body: type[Given]) -> Callable[[Acting[Given]], Acting[Given]]:
    """Declare an action of staff on the version of a card that If-Match names."""

    def view(act: Acting[Given], call: Call, number: str) -> Response:
        given, centre = call.read(body), wiring.centre()
        now, expected = centre.now(), expected_version(call.request)
        return carry_out(
            call.request,
            lambda once: act(given, Doing(number, call.actor, expected, once, now), centre),
            lambda file: card_answer(call, file),
            guards=centre.guards,
            now=now,
        )

    declare = of.route(
        f"/cards/{{number}}/{name}",
        methods=["POST"],
        body=body,
        answers={200: CardView},
        headers=["If-Match", "Idempotency-Key"],
    )
    return lambda act: _declared(declare, view, act)


def deed(of: Routes, name: str, body: type[Given]) -> Callable[[Telling[Given]], Telling[Given]]:
    """Declare what applicants do with their own card, by its access code."""

    def view(act: Telling[Given], call: Call, number: str) -> Response:
        given, centre = call.read(body), wiring.centre()
        now, code = centre.now(), call.request.headers.get("x-access-code", "")
        address = identity.client_address(call.request, proxies=centre.settings.proxies)
        centre.limits(address).check_address(now)
        shape = Shape(centre.city, call.language, now)
        return carry_out(
            call.request,
            lambda once: act(given, Told(number, code, once, now), centre),
            lambda done: _done(done, shape),
            guards=centre.guards,
            now=now,
        )

    declare = of.route(
        f"/appeals/{{number}}/{name}",
        methods=["POST"],
        body=body,
        answers={200: ResidentDoneView},
        headers=["X-Access-Code", "Idempotency-Key"],
        public=True,
    )
    return lambda act: _declared(declare, view, act)


def _declared(
    declare: Callable[[Callable[..., Response]], object],
    view: Callable[[_Act, Call, str], Response],
    act: _Act,
) -> _Act:
    """Declare a view under the name and the docstring of the function that acts."""

    @functools.wraps(act)
    def named(call: Call, number: str) -> Response:
        return view(act, call, number)

    declare(named)
    return act


def _done(done: Done, shape: Shape) -> Answer:
    body = {
        "number": done.card.number,
        "status": done.card.status,
        "status_text": shape.status(done.card.status),
        "repeat_number": done.repeat_number,
    }
    return answer(body)
