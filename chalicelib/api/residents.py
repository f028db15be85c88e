"""What applicants do with their own card, by its access code (art. 18, K-6.2)."""

from pydantic import Field

from chalicelib.api.action_routes import ReasonBody, Uploads, deed
from chalicelib.api.action_routes import Said as Text
from chalicelib.api.bodies import Body
from chalicelib.api.routes import Routes
from chalicelib.usecases import residents
from chalicelib.usecases.residents import Done, Said, Told
from chalicelib.wiring import Centre

routes = Routes(__name__)


class MessageBody(Body):
    """What the applicant adds, or answers to a question."""

    text: Text
    uploads: Uploads = Field(default_factory=list)


class DisputeBody(ReasonBody):
    """What is wrong with work that nobody confirmed."""

    uploads: Uploads = Field(default_factory=list)


@deed(routes, "messages", MessageBody)
def post_message(body: MessageBody, told: Told, centre: Centre) -> Done:
    """Add words and photos to one's own appeal, or answer what was asked (LAW-18)."""
    said = Said(body.text, body.uploads)
    return residents.message(
        told,
        said,
        city=centre.city,
        cards=centre.cards,
        tickets=centre.tickets,
        secrets=centre.secrets,
    )


@deed(routes, "withdrawal", ReasonBody)
def post_withdrawal(body: ReasonBody, told: Told, centre: Centre) -> Done:
    """Withdraw one's own appeal before its result is reported (LAW-18)."""
    return residents.withdraw(
        told,
        Said(body.reason),
        city=centre.city,
        cards=centre.cards,
        tickets=centre.tickets,
        secrets=centre.secrets,
    )


@deed(routes, "dispute", DisputeBody)
def post_dispute(body: DisputeBody, told: Told, centre: Centre) -> Done:
    """Dispute work that nobody confirmed: a repeat appeal is registered (K-6.2)."""
    return residents.dispute(
        told,
        Said(body.reason, body.uploads),
        city=centre.city_now(),
        cards=centre.cards,
        numbers=centre.numbers,
        tickets=centre.tickets,
        secrets=centre.secrets,
    )
