"""The survey, by its link and by phone (K-6.2)."""

from collections.abc import Iterable
from typing import Annotated, Any

from chalice.app import Response
from pydantic import Field, StringConstraints

from chalicelib import wiring
from chalicelib.api import identity
from chalicelib.api.action_routes import Uploads
from chalicelib.api.answers import answer, ok
from chalicelib.api.bodies import Body, PageQuery
from chalicelib.api.once import carry_out
from chalicelib.api.public_views import SurveyAnsweredView, SurveyView
from chalicelib.api.resident_shapes import survey_page_body
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.survey_views import HeardView, SurveyCallsView, call_body, heard_body
from chalicelib.domain.errors import Fault
from chalicelib.domain.once import Answer
from chalicelib.domain.people import APPLICANT, Actor
from chalicelib.domain.survey import Outcome
from chalicelib.usecases import surveys
from chalicelib.usecases.surveys import Answered, Reply

routes = Routes(__name__)

Reason = Annotated[str, StringConstraints(max_length=4000)]


class SurveyBody(Body):
    """The applicant's answer; `not_done` and `poor` need a reason."""

    outcome: Outcome
    score: int | None = Field(default=None, ge=1, le=5)
    reason: Reason = ""
    uploads: Uploads = Field(default_factory=list)


@routes.route("/surveys/{token}", answers={200: SurveyView}, public=True)
def get_survey(call: Call, token: str) -> Response:
    """Read what the survey asks about; reading does not use the link up."""
    centre = wiring.centre()
    file, survey = surveys.view(token, cards=centre.cards, secrets=centre.secrets)
    shape = Shape(centre.city, call.language, centre.now())
    return ok(survey_page_body(shape, file, survey))


@routes.route(
    "/surveys/{token}",
    methods=["POST"],
    body=SurveyBody,
    answers={200: SurveyAnsweredView},
    headers=["Idempotency-Key"],
    public=True,
)
def post_survey(call: Call, token: str) -> Response:
    """Answer once: confirmed, or not done or poor with a reason, which makes a repeat appeal."""
    body, centre = call.read(SurveyBody, _unreachable), wiring.centre()
    reply = _reply(body, APPLICANT)
    address = identity.client_address(call.request, proxies=centre.settings.proxies)
    return carry_out(
        call.request,
        lambda once: surveys.answer(
            token,
            reply,
            once=once,
            uploads=body.uploads,
            limits=centre.limits(address),
            city=centre.city_now(),
            cards=centre.cards,
            numbers=centre.numbers,
            tickets=centre.tickets,
            secrets=centre.secrets,
        ),
        _answer,
        guards=centre.guards,
        now=reply.now,
    )


@routes.route("/survey-calls", query=PageQuery, answers={200: SurveyCallsView})
def get_survey_calls(call: Call) -> Response:
    """List the applicants to be phoned for a survey, whoever is due first (K-6.2)."""
    centre, asked = wiring.centre(), call.asked(PageQuery)
    page = surveys.to_call(call.actor, limit=asked.limit, cursor=asked.cursor, cards=centre.cards)
    shape = Shape(centre.city, call.language, centre.now())
    items = [call_body(shape, card) for card in page.items]
    return ok({"items": items, "next_cursor": page.cursor})


@routes.route(
    "/cards/{number}/survey",
    methods=["POST"],
    body=SurveyBody,
    answers={200: HeardView},
    headers=["Idempotency-Key"],
)
def post_phone_survey(call: Call, number: str) -> Response:
    """Take the answer that an operator heard by phone, or that nobody answered (K-6.2).

    `not_done` and `poor` on a card that ended unconfirmed dispute it, within its thirty days.
    """
    body, centre = call.read(SurveyBody), wiring.centre()
    reply = _reply(body, call.actor)
    shape = Shape(centre.city, call.language, reply.now)
    return carry_out(
        call.request,
        lambda once: surveys.answer_by_phone(
            number,
            reply,
            once=once,
            city=centre.city_now(),
            cards=centre.cards,
            numbers=centre.numbers,
        ),
        lambda done: answer(heard_body(shape, done)),
        guards=centre.guards,
        now=reply.now,
    )


def _reply(body: SurveyBody, actor: Actor) -> Reply:
    now = wiring.centre().now()
    return Reply(body.outcome, body.score, body.reason, actor, now)


def _answer(done: Answered) -> Answer:
    return answer({"status": done.card.status, "repeat_number": done.repeat_number})


def _unreachable(raw: dict[str, Any]) -> Iterable[Fault]:
    """Refuse `unreachable` from an applicant: only an operator's call can meet nobody."""
    if raw.get("outcome") == Outcome.UNREACHABLE:
        choices = ", ".join(each for each in Outcome if each is not Outcome.UNREACHABLE)
        yield Fault("outcome", "bad_choice", {"choices": choices})
