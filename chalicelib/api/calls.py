"""Calls by phone: who is calling, what happened in the talk, whose calls are not taken (K-3.4)."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Final, Literal

from chalice.app import Response
from pydantic import Field, StringConstraints

from chalicelib import wiring
from chalicelib.api.answers import answer, ok
from chalicelib.api.bodies import Body
from chalicelib.api.call_shapes import block_body, caller_body, noted_body
from chalicelib.api.call_views import BlocksView, BlockView, CallerView, NotedView
from chalicelib.api.contacts import Phone, phone_of
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.domain.call import Block, CallEventName, EndReason
from chalicelib.domain.errors import Fault, InputRefused, NotFound
from chalicelib.domain.once import Once
from chalicelib.usecases import blocks, calls
from chalicelib.usecases.blocks import Blocking
from chalicelib.usecases.callers import caller
from chalicelib.usecases.calls import Happened, Noted

routes = Routes(__name__)

CallId = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Words = Annotated[str, StringConstraints(max_length=1000)]
Short = Annotated[str, StringConstraints(max_length=200)]

_NAMES: Final = {
    "warning": CallEventName.WARNED,
    "ended": CallEventName.ENDED,
    "consultation": CallEventName.CONSULTED,
}
_LONGEST_CALL: Final = timedelta(hours=12)


class CallBody(Body):
    """What happened in a call; a warning and an end name the phone or the call.

    `reason` says why a talk was ended; only abuse takes warnings before it.
    """

    event: Literal["warning", "ended", "consultation"]
    call_id: CallId | None = None
    phone: Phone | None = None
    reason: EndReason | None = None
    text: Words = ""
    topic: Annotated[str, StringConstraints(max_length=20)] | None = None
    street: Short = ""
    seconds: int | None = Field(default=None, ge=0, le=int(_LONGEST_CALL.total_seconds()))


class BlockBody(Body):
    """Whose calls are not taken: which abuse it was, and what proves it."""

    phone: Phone
    reason: Said
    evidence: Said


class ConfirmationBody(Body):
    """For how many hours from now a block stands; the city's usual term if not said."""

    hours: int | None = Field(default=None, ge=1, le=100_000)


@routes.route("/callers/{phone}", answers={200: CallerView})
def get_caller(call: Call, phone: str) -> Response:
    """Read who is calling: block, warnings, last cards, what is known at home (K-3.4)."""
    centre = wiring.centre()
    shape = _shape(call)
    found = caller(
        _phone(phone),
        actor=call.actor,
        now=shape.now,
        city=centre.city,
        blocks=centre.doors.blocks,
        calls=centre.doors.calls,
        of=centre.surroundings,
    )
    return ok(caller_body(shape, found))


@routes.route(
    "/calls",
    methods=["POST"],
    body=CallBody,
    answers={201: NotedView},
    headers=["Idempotency-Key"],
)
def post_call(call: Call) -> Response:
    """Keep a warning, the end of a talk or a consultation: a record, never a card (K-3.4)."""
    centre, body, shape = wiring.centre(), call.read(CallBody), _shape(call)
    if body.topic is not None and body.topic not in centre.city.topics:
        raise InputRefused(faults=(Fault("topic", "unknown_topic"),))
    if body.event == "ended" and body.reason is None:
        raise InputRefused(faults=(Fault("reason", "reason_required"),))
    happened = Happened(
        id=centre.new_id()[-12:],
        name=_NAMES[body.event],
        phone=body.phone,
        call_id=body.call_id,
        reason=body.reason,
        text=body.text,
        topic=body.topic,
        street=body.street,
        seconds=body.seconds,
    )

    def act(once: Once[Noted]) -> Noted:
        return calls.note(
            happened,
            actor=call.actor,
            once=once,
            now=shape.now,
            city=centre.city,
            calls=centre.doors.calls,
        )

    return carry_out(
        call.request,
        act,
        lambda noted: answer(noted_body(shape, noted), status=HTTPStatus.CREATED),
        guards=centre.guards,
        now=shape.now,
    )


@routes.route("/blocks", answers={200: BlocksView})
def get_blocks(call: Call) -> Response:
    """List the blocks that stand, the soonest to end first (K-3.4)."""
    centre, shape = wiring.centre(), _shape(call)
    found = blocks.standing(actor=call.actor, now=shape.now, blocks=centre.doors.blocks)
    return ok({"items": [block_body(shape, block) for block in found], "next_cursor": None})


@routes.route(
    "/blocks",
    methods=["POST"],
    body=BlockBody,
    answers={201: BlockView},
    headers=["Idempotency-Key"],
)
def post_block(call: Call) -> Response:
    """Take no calls of a phone for the city's short term; then it ends by itself (K-3.4)."""
    body, centre = call.read(BlockBody), wiring.centre()

    def act(blocking: Blocking) -> Block:
        return blocks.place(
            blocking, reason=body.reason, evidence=body.evidence, blocks=centre.doors.blocks
        )

    return _blocked(call, body.phone, act, status=HTTPStatus.CREATED)


@routes.route(
    "/blocks/{phone}/confirmation",
    methods=["POST"],
    body=ConfirmationBody,
    answers={200: BlockView},
    headers=["Idempotency-Key"],
)
def post_block_confirmation(call: Call, phone: str) -> Response:
    """Let a block stand for some hours from now; it takes a second person (K-3.4)."""
    body, centre = call.read(ConfirmationBody), wiring.centre()
    usual = centre.city.edition_at(centre.now())["block_confirmed"].value

    def act(blocking: Blocking) -> Block:
        return blocks.confirm(blocking, hours=body.hours or usual, blocks=centre.doors.blocks)

    return _blocked(call, _phone(phone), act)


@routes.route("/blocks/{phone}", methods=["DELETE"], answers={200: BlockView})
def delete_block(call: Call, phone: str) -> Response:
    """End a block now (K-3.4)."""
    centre = wiring.centre()
    return _blocked(
        call, _phone(phone), lambda blocking: blocks.lift(blocking, blocks=centre.doors.blocks)
    )


def _blocked(
    call: Call,
    phone: str,
    act: Callable[[Blocking], Block],
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> Response:
    centre, shape, event_id = wiring.centre(), _shape(call), wiring.centre().new_id()[-12:]

    def acting(once: Once[Block]) -> Block:
        return act(Blocking(phone, call.actor, once, shape.now, centre.city, event_id))

    return carry_out(
        call.request,
        acting,
        lambda block: answer(block_body(shape, block), status=status),
        guards=centre.guards,
        now=shape.now,
    )


def _phone(text: str) -> str:
    """Return a phone of a path in E.164. Raises NotFound for what cannot be one."""
    phone = phone_of(text)
    if phone is None:
        raise NotFound(words="no-phone")
    return phone


def _shape(call: Call) -> Shape:
    centre = wiring.centre()
    return Shape(centre.city, call.language, centre.now())
