"""What staff do with a card: each action of the contract is one route (K-4, K-5, KR-2)."""

from collections.abc import Callable
from typing import Annotated, Literal

from chalice.app import Response
from pydantic import BaseModel, Field, StringConstraints

from chalicelib import wiring
from chalicelib.api.answers import expected_version
from chalicelib.api.bodies import Body
from chalicelib.api.cards import card_answer
from chalicelib.api.once import carry_out
from chalicelib.api.routes import AnyView, Call, Routes
from chalicelib.api.staff_views import CardView
from chalicelib.domain.card import CardFile, Result
from chalicelib.usecases import steps
from chalicelib.usecases.steps import Doing, Reported

routes = Routes(__name__)

Words = Annotated[str, StringConstraints(max_length=4000)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class AcceptBody(Body):
    """Taking into work; words are welcome."""

    text: Words = ""


class AssignBody(Body):
    """The performer: a person's id, or a name."""

    performer: Name
    text: Words = ""


class CommentBody(Body):
    """A comment; the applicant reads a public one."""

    text: Said
    public: bool = True


class ContactAttemptBody(Body):
    """An attempt to reach the applicant (KR-2.11)."""

    outcome: Literal["reached", "no_answer", "off", "wrong_number", "refused"]
    note: Words = ""


class ReportBody(Body):
    """The result of the review; a refusal names its ground and where to complain (LAW-15)."""

    result: Result
    text: Said
    ground: Words = ""
    complain_to: Words = ""
    evidence: list[str] = Field(default_factory=list, max_length=50)


class RouteBody(Body):
    """Whom a card is sent to, and why."""

    executor: Name
    reason: Said


def action(
    name: str, body: type[BaseModel], *, of: Routes = routes
) -> Callable[[AnyView], AnyView]:
    """Declare the route of one action on a card."""
    return of.route(
        f"/cards/{{number}}/{name}",
        methods=["POST"],
        body=body,
        answers={200: CardView},
        headers=["If-Match", "Idempotency-Key"],
    )


@action("accept", AcceptBody)
def post_accept(call: Call, number: str) -> Response:
    """Take a card into work and confirm competence (K-4.1, KR-2.3)."""
    body, centre = call.read(AcceptBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return steps.accept(doing, text=body.text, city=centre.city, cards=centre.cards)

    return do(call, number, act)


@action("assign", AssignBody)
def post_assign(call: Call, number: str) -> Response:
    """Name the performer (K-5.1.5, KR-2.3)."""
    body, centre = call.read(AssignBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return steps.assign(
            doing,
            performer=body.performer,
            text=body.text,
            city=centre.city_now(),
            cards=centre.cards,
        )

    return do(call, number, act)


@action("comment", CommentBody)
def post_comment(call: Call, number: str) -> Response:
    """Comment on the present state (K-5.1.4)."""
    body, centre = call.read(CommentBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return steps.comment(doing, text=body.text, public=body.public, cards=centre.cards)

    return do(call, number, act)


@action("contact-attempt", ContactAttemptBody)
def post_contact_attempt(call: Call, number: str) -> Response:
    """Record an attempt to reach the applicant (K-4.1, KR-2.11)."""
    body, centre = call.read(ContactAttemptBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return steps.contact_attempt(
            doing, outcome=body.outcome, text=body.note, cards=centre.cards
        )

    return do(call, number, act)


@action("report", ReportBody)
def post_report(call: Call, number: str) -> Response:
    """Enter the result of the review (K-4.4, KR-2.5); `done` needs its proof (K-5.1.9)."""
    body, centre = call.read(ReportBody), wiring.centre()
    named = tuple(dict.fromkeys(body.evidence))
    reported = Reported(body.result, body.text, body.ground, body.complain_to, named)

    def act(doing: Doing) -> CardFile:
        return steps.report(doing, reported, city=centre.city, cards=centre.cards)

    return do(call, number, act)


@action("route", RouteBody)
def post_route(call: Call, number: str) -> Response:
    """Send a registered card to an executor (K-3.3, KR-2.2)."""
    body, centre = call.read(RouteBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return steps.route(
            doing,
            executor=body.executor,
            reason=body.reason,
            city=centre.city_now(),
            cards=centre.cards,
        )

    return do(call, number, act)


def do(call: Call, number: str, act: Callable[[Doing], CardFile]) -> Response:
    """Carry out an action on the version that the caller names, and answer with the card."""
    centre = wiring.centre()
    now, expected = centre.now(), expected_version(call.request)
    return carry_out(
        call.request,
        lambda once: act(Doing(number, call.actor, expected, once, now)),
        lambda file: card_answer(call, file),
        guards=centre.guards,
        now=now,
    )
