"""Where files are posted: a resident's photos, an executor's evidence (K-5.1.7, K-5.1.9)."""

from typing import Annotated, Literal

from chalice.app import Response
from pydantic import Field, StringConstraints

from chalicelib import wiring
from chalicelib.api import identity
from chalicelib.api.answers import answer
from chalicelib.api.bodies import Body
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.views import EvidenceFormView, UploadFormView
from chalicelib.domain.evidence import About, EvidenceKind
from chalicelib.domain.once import Answer
from chalicelib.usecases import evidence
from chalicelib.usecases.evidence import Added, NewEvidence, Upload

routes = Routes(__name__)

MOST_BYTES = 10 * 1024 * 1024
ContentType = Annotated[str, StringConstraints(max_length=100, to_lower=True)]


class UploadBody(Body):
    """What a browser is about to post."""

    content_type: ContentType
    size_bytes: int = Field(ge=1, le=MOST_BYTES)


class EvidenceBody(UploadBody):
    """What an executor is about to post, and what it proves."""

    kind: EvidenceKind = EvidenceKind.PHOTO
    about: Literal["review", "execution"] = "execution"
    caption: Annotated[str, StringConstraints(max_length=300)] = ""


@routes.route(
    "/uploads",
    methods=["POST"],
    body=UploadBody,
    answers={201: UploadFormView},
    headers=["Idempotency-Key"],
    public=True,
)
def post_upload(call: Call) -> Response:
    """Get a form to post one photo with, before there is a card."""
    body, centre = call.read(UploadBody), wiring.centre()
    now = centre.now()
    address = identity.client_address(call.request, proxies=centre.settings.proxies)
    return carry_out(
        call.request,
        lambda once: evidence.issue_upload(
            upload_id=centre.new_id(),
            content_type=body.content_type,
            size_bytes=body.size_bytes,
            once=once,
            limits=centre.limits(address),
            now=now,
            tickets=centre.tickets,
            files=centre.files,
        ),
        lambda upload: _upload_answer(_shape(call), upload),
        guards=centre.guards,
        now=now,
        network=address,
    )


@routes.route(
    "/cards/{number}/evidence",
    methods=["POST"],
    body=EvidenceBody,
    answers={201: EvidenceFormView},
    headers=["Idempotency-Key"],
)
def post_evidence(call: Call, number: str) -> Response:
    """Announce evidence of a card and get a form to post it with; it counts once inspected."""
    body, centre = call.read(EvidenceBody), wiring.centre()
    now = centre.now()
    new = NewEvidence(
        id=centre.new_id(),
        kind=body.kind,
        about=About(body.about),
        content_type=body.content_type,
        size_bytes=body.size_bytes,
        caption=body.caption,
    )
    return carry_out(
        call.request,
        lambda once: evidence.add(
            number,
            new,
            actor=call.actor,
            once=once,
            now=now,
            law=centre.city.law,
            cards=centre.cards,
            files=centre.files,
        ),
        lambda added: _evidence_answer(_shape(call), added),
        guards=centre.guards,
        now=now,
    )


def _upload_answer(shape: Shape, upload: Upload) -> Answer:
    body = {
        "upload_id": upload.id,
        "url": upload.form.url,
        "fields": upload.form.fields,
        "expires_at": shape.time(upload.expires_at),
    }
    return answer(body, status=201)


def _evidence_answer(shape: Shape, added: Added) -> Answer:
    body = {
        "id": added.evidence.id,
        "status": added.evidence.status,
        "url": added.form.url,
        "fields": added.form.fields,
        "expires_at": shape.time(added.expires_at),
    }
    return answer(body, status=201)


def _shape(call: Call) -> Shape:
    centre = wiring.centre()
    return Shape(centre.city, call.language, centre.now())


def inspect_uploads(message: str) -> int:
    """Inspect the files that a message of the bucket names; return how many there were."""
    centre = wiring.centre()
    keys = evidence.uploaded_keys(message)
    for key in keys:
        evidence.inspect(
            key,
            now=centre.now(),
            cards=centre.cards,
            tickets=centre.tickets,
            files=centre.files,
            pictures=centre.pictures,
        )
    return len(keys)
