"""The written reply over HTTP: each action of the contract is one route (KR-2.3 to KR-2.9)."""

from typing import Annotated

from pydantic import StringConstraints

from chalicelib.api.action_routes import Name, ReasonBody, TextBody, UploadId, Words, action
from chalicelib.api.bodies import Body
from chalicelib.api.routes import Routes
from chalicelib.domain.card import CardFile
from chalicelib.usecases import replies
from chalicelib.usecases.steps import Doing
from chalicelib.wiring import Centre

routes = Routes(__name__)

Letter = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]


class ReplyBody(Body):
    """The reply to the applicant, without its heading and signature."""

    text: Letter


class SubmitBody(Body):
    """Who is to sign, if not by duty; why the evidence is not needed (KR-2.5)."""

    signatory: Name | None = None
    without_evidence_reason: Words = ""


class SignBody(TextBody):
    """The scan of the signed paper, or the e-signature file: a document of the review."""

    file: UploadId | None = None


@action(routes, "print", TextBody)
def post_print(body: TextBody, doing: Doing, centre: Centre) -> CardFile:
    """Keep that the unit has printed the card for its head (KR-2.3)."""
    return replies.print_card(doing, text=body.text, city=centre.city_now(), cards=centre.cards)


@action(routes, "reply", ReplyBody)
def post_reply(body: ReplyBody, doing: Doing, centre: Centre) -> CardFile:
    """Draft the reply to the applicant (KR-2.5); failed attempts are stated by themselves."""
    return replies.draft(doing, text=body.text, city=centre.city_now(), cards=centre.cards)


@action(routes, "submit", SubmitBody)
def post_submit(body: SubmitBody, doing: Doing, centre: Centre) -> CardFile:
    """Give the reply for signature, which the head does alone (KR-2.6)."""
    return replies.submit(
        doing,
        signatory=body.signatory,
        without_evidence=body.without_evidence_reason,
        city=centre.city_now(),
        cards=centre.cards,
    )


@action(routes, "sign", SignBody)
def post_sign(body: SignBody, doing: Doing, centre: Centre) -> CardFile:
    """Sign the reply: the card may go off control (KR-2.4, KR-2.8)."""
    return replies.sign(
        doing,
        text=body.text,
        signed_file=body.file,
        city=centre.city_now(),
        cards=centre.cards,
    )


@action(routes, "revoke", ReasonBody)
def post_revoke(body: ReasonBody, doing: Doing, centre: Centre) -> CardFile:
    """Take a signature back, with a reason (KR-2.8)."""
    return replies.revoke(doing, reason=body.reason, city=centre.city_now(), cards=centre.cards)


@action(routes, "send-back", ReasonBody)
def post_send_back(body: ReasonBody, doing: Doing, centre: Centre) -> CardFile:
    """Send a reply or an incomplete package back to the unit (KR-2.4, KR-2.9)."""
    return replies.send_back(doing, reason=body.reason, city=centre.city_now(), cards=centre.cards)


@action(routes, "hand-over", TextBody)
def post_hand_over(body: TextBody, doing: Doing, centre: Centre) -> CardFile:
    """Hand reply, evidence and card over to the general office (KR-2.7)."""
    return replies.hand_over(doing, text=body.text, city=centre.city_now(), cards=centre.cards)


@action(routes, "publish", TextBody)
def post_publish(body: TextBody, doing: Doing, centre: Centre) -> CardFile:
    """Publish the reply and take the card off control (KR-2.9)."""
    return replies.publish(doing, text=body.text, city=centre.city_now(), cards=centre.cards)
