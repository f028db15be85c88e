"""Receipts of appeals that had to wait."""

from chalice.app import Response
from typing_extensions import TypedDict

from chalicelib import wiring
from chalicelib.api.answers import ok
from chalicelib.api.routes import Call, Routes
from chalicelib.usecases.receipts import show_receipt
from chalicelib.words.say import say

routes = Routes(__name__)


class WaitingView(TypedDict):
    """What is told of an appeal that has to wait."""

    receipt: str
    status: str


class ReceiptView(TypedDict):
    """What became of an appeal that had to wait; the number and the code once it has them."""

    status: str
    status_text: str
    reason: str | None
    complain: str | None
    number: str | None
    access_code: str | None


@routes.route("/receipts/{receipt}", answers={200: ReceiptView}, public=True)
def get_receipt(call: Call, receipt: str) -> Response:
    """Read what became of an appeal that had to wait (K-2, K-3.4)."""
    centre = wiring.centre()
    shown = show_receipt(
        receipt, now=centre.now(), receipts=centre.doors.receipts, secrets=centre.secrets
    )
    found = shown.receipt
    body = {
        "status": found.status,
        "status_text": say(call.language, f"receipt.{found.status}"),
        "reason": found.reason or None,
        "complain": None,
        "number": found.number,
        "access_code": shown.access_code,
    }
    return ok(body)
