"""Receipts of appeals that had to wait."""

from typing import NotRequired

from chalice.app import Response
from typing_extensions import TypedDict

from chalicelib import wiring
from chalicelib.api.answers import ok
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.side_shapes import where_to_complain
from chalicelib.api.views import ExplanationLine
from chalicelib.domain.receipt import ReceiptStatus
from chalicelib.usecases.receipts import show_receipt
from chalicelib.words.say import say

routes = Routes(__name__)


class WaitingView(TypedDict):
    """What is told of an appeal that has to wait; when and why, where people have to read it."""

    receipt: str
    status: str
    release_at: NotRequired[str]
    explanation: NotRequired[list[ExplanationLine]]


class ReceiptView(TypedDict):
    """What became of an appeal that had to wait; the number and the code once it has them."""

    status: str
    status_text: str
    reason: str | None
    complain: str | None
    number: str | None
    access_code: str | None
    release_at: str | None


@routes.route("/receipts/{receipt}", answers={200: ReceiptView}, public=True)
def get_receipt(call: Call, receipt: str) -> Response:
    """Read what became of an appeal that had to wait (K-2, K-3.4)."""
    centre = wiring.centre()
    shape = Shape(centre.city, call.language, centre.now())
    shown = show_receipt(
        receipt,
        now=shape.now,
        receipts=centre.doors.receipts,
        quarantine=centre.doors.quarantine,
        secrets=centre.secrets,
    )
    found = shown.receipt
    refused = found.status is ReceiptStatus.REFUSED
    body = {
        "status": found.status,
        "status_text": say(call.language, f"receipt.{found.status}", release_at=found.release_at),
        "reason": found.reason or None,
        "complain": where_to_complain(shape) if refused else None,
        "number": found.number,
        "access_code": shown.access_code,
        "release_at": shape.maybe(found.release_at),
    }
    return ok(body)
