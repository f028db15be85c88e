"""The written reply over HTTP: each action of the contract is one route (KR-2.3 to KR-2.9)."""

from typing import Annotated

from chalice.app import Response
from pydantic import StringConstraints

from chalicelib import wiring
from chalicelib.api.bodies import Body
from chalicelib.api.routes import Call, Routes
from chalicelib.api.steps import Name, Said, Words, action, do
from chalicelib.domain.card import CardFile
from chalicelib.usecases import replies
from chalicelib.usecases.steps import Doing

routes = Routes(__name__)

Letter = Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
EvidenceId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class NoWordsBody(Body):
    """Nothing has to be said with this action."""


class ReplyBody(Body):
    """The reply to the applicant, without its heading and signature."""

    text: Letter


class SubmitBody(Body):
    """Who is to sign, if not by duty; why the evidence is not needed (KR-2.5)."""

    signatory: Name | None = None
    without_evidence_reason: Words = ""


class SignBody(Body):
    """The scan of the signed paper, or the e-signature file: a document of the review."""

    file: EvidenceId | None = None


class ReasonBody(Body):
    """Why."""

    reason: Said


@action("print", NoWordsBody, of=routes)
def post_print(call: Call, number: str) -> Response:
    """Keep that the unit has printed the card for its head (KR-2.3)."""
    centre = wiring.centre()
    call.read(NoWordsBody)

    def act(doing: Doing) -> CardFile:
        return replies.print_card(doing, city=centre.city_now(), cards=centre.cards)

    return do(call, number, act)


@action("reply", ReplyBody, of=routes)
def post_reply(call: Call, number: str) -> Response:
    """Draft the reply to the applicant (KR-2.5); failed attempts are stated by themselves."""
    body, centre = call.read(ReplyBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return replies.draft(doing, text=body.text, city=centre.city_now(), cards=centre.cards)

    return do(call, number, act)


@action("submit", SubmitBody, of=routes)
def post_submit(call: Call, number: str) -> Response:
    """Give the reply for signature, which the head does alone (KR-2.6)."""
    body, centre = call.read(SubmitBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return replies.submit(
            doing,
            signatory=body.signatory,
            without_evidence=body.without_evidence_reason,
            city=centre.city_now(),
            cards=centre.cards,
        )

    return do(call, number, act)


@action("sign", SignBody, of=routes)
def post_sign(call: Call, number: str) -> Response:
    """Sign the reply: the card may go off control (KR-2.4, KR-2.8)."""
    body, centre = call.read(SignBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return replies.sign(
            doing, signed_file=body.file, city=centre.city_now(), cards=centre.cards
        )

    return do(call, number, act)


@action("revoke", ReasonBody, of=routes)
def post_revoke(call: Call, number: str) -> Response:
    """Take a signature back, with a reason (KR-2.8)."""
    body, centre = call.read(ReasonBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return replies.revoke(doing, reason=body.reason, city=centre.city_now(), cards=centre.cards)

    return do(call, number, act)


@action("send-back", ReasonBody, of=routes)
def post_send_back(call: Call, number: str) -> Response:
    """Send a reply or an incomplete package back to the unit (KR-2.4, KR-2.9)."""
    body, centre = call.read(ReasonBody), wiring.centre()

    def act(doing: Doing) -> CardFile:
        return replies.send_back(
            doing, reason=body.reason, city=centre.city_now(), cards=centre.cards
        )

    return do(call, number, act)


@action("hand-over", NoWordsBody, of=routes)
def post_hand_over(call: Call, number: str) -> Response:
    """Hand reply, evidence and card over to the general office (KR-2.7)."""
    centre = wiring.centre()
    call.read(NoWordsBody)

    def act(doing: Doing) -> CardFile:
        return replies.hand_over(doing, city=centre.city_now(), cards=centre.cards)

    return do(call, number, act)


@action("publish", NoWordsBody, of=routes)
def post_publish(call: Call, number: str) -> Response:
    """Publish the reply and take the card off control (KR-2.9)."""
    centre = wiring.centre()
    call.read(NoWordsBody)

    def act(doing: Doing) -> CardFile:
        return replies.publish(doing, city=centre.city_now(), cards=centre.cards)

    return do(call, number, act)
