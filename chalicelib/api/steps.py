"""What staff do with a card: each action of the contract is one route (K-4, K-5, KR-2)."""

from typing import Literal

from pydantic import Field

from chalicelib.api.action_routes import Name, Said, TextBody, Words, action
from chalicelib.api.bodies import Body
from chalicelib.api.routes import Routes
from chalicelib.domain.card import CardFile, Result
from chalicelib.usecases import steps
from chalicelib.usecases.steps import Doing, Reported
from chalicelib.wiring import Centre

routes = Routes(__name__)


class AssignBody(TextBody):
    """The performer: a person's id, or a name."""

    performer: Name


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


@action(routes, "accept", TextBody)
def post_accept(body: TextBody, doing: Doing, centre: Centre) -> CardFile:
    """Take a card into work and confirm competence (K-4.1, KR-2.3)."""
    return steps.accept(doing, text=body.text, city=centre.city, cards=centre.cards)


@action(routes, "assign", AssignBody)
def post_assign(body: AssignBody, doing: Doing, centre: Centre) -> CardFile:
    """Name the performer (K-5.1.5, KR-2.3)."""
    return steps.assign(
        doing,
        performer=body.performer,
        text=body.text,
        city=centre.city_now(),
        cards=centre.cards,
    )


@action(routes, "comment", CommentBody)
def post_comment(body: CommentBody, doing: Doing, centre: Centre) -> CardFile:
    """Comment on the present state (K-5.1.4)."""
    return steps.comment(doing, text=body.text, public=body.public, cards=centre.cards)


@action(routes, "contact-attempt", ContactAttemptBody)
def post_contact_attempt(body: ContactAttemptBody, doing: Doing, centre: Centre) -> CardFile:
    """Record an attempt to reach the applicant (K-4.1, KR-2.11)."""
    return steps.contact_attempt(doing, outcome=body.outcome, text=body.note, cards=centre.cards)


@action(routes, "report", ReportBody)
def post_report(body: ReportBody, doing: Doing, centre: Centre) -> CardFile:
    """Enter the result of the review (K-4.4, KR-2.5); `done` needs its proof (K-5.1.9)."""
    named = tuple(dict.fromkeys(body.evidence))
    reported = Reported(body.result, body.text, body.ground, body.complain_to, named)
    return steps.report(doing, reported, city=centre.city, cards=centre.cards)


@action(routes, "route", RouteBody)
def post_route(body: RouteBody, doing: Doing, centre: Centre) -> CardFile:
    """Send a registered card to an executor (K-3.3, KR-2.2)."""
    return steps.route(
        doing,
        executor=body.executor,
        reason=body.reason,
        city=centre.city_now(),
        cards=centre.cards,
    )
