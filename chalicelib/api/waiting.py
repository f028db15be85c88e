"""Appeals that wait for the database: a receipt at once, the card when it is back (K-2)."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Any, Final

from chalice.app import Response, SQSEvent

from chalicelib import wiring
from chalicelib.api.answers import answer, respond
from chalicelib.api.appeal_bodies import AppealBody, new_appeal
from chalicelib.api.batches import Failures, each_of
from chalicelib.api.once import once_of
from chalicelib.api.registering import registry_of
from chalicelib.api.routes import Call
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import APPLICANT
from chalicelib.domain.quarantine import Held
from chalicelib.usecases import waiting
from chalicelib.usecases.entrance import take_in as take_in_appeal
from chalicelib.usecases.intake import Registered
from chalicelib.usecases.new_appeals import NewAppeal
from chalicelib.usecases.ports import Numbers
from chalicelib.usecases.receipts import receipt_token
from chalicelib.usecases.waiting import Taking, Waiting

Message = Mapping[str, Any]
_QUEUE: Final = "queue"
_NO_LIMIT: Final = 1_000_000_000


def let_wait(
    call: Call, body: AppealBody, *, drawn: tuple[int, int] | None, network: str
) -> Response:
    """Put an appeal on the queue and give its receipt: the same for the same request.

    Raises StoreAway when the queue is away too.
    """
    centre = wiring.centre()
    now = centre.now()
    once = once_of(call.request, _unshaped, now=now, network=network)
    receipt_id = _id_of(once) if once.key else centre.new_id()
    token = receipt_token(receipt_id, secrets=centre.secrets)
    given = answer({"receipt": token, "status": "queued"}, status=HTTPStatus.ACCEPTED)
    message = {
        "receipt": receipt_id,
        "answer": given.body,
        "received_at": now.isoformat(),
        "language": call.language,
        "body": body.model_dump(mode="json"),
        "key": once.key,
        "fingerprint": once.fingerprint,
        "caller": once.caller,
        "drawn": drawn,
    }
    centre.doors.waiting.put(message)
    return respond(given)


def take_in(event: SQSEvent) -> Failures:
    """Register the appeals that messages hold; while the database is away, they come later."""

    def later(handle: str, seconds: int) -> None:
        with suppress(StoreAway):  # then it comes when the queue's own time is over
            wiring.centre().doors.waiting.later(handle, seconds=seconds)

    return each_of(event, _take_in, function="take_in", later=later)


def _take_in(text: str) -> str | None:
    centre = wiring.centre()
    taking = Taking(_register, centre.cards, centre.numbers, centre.doors.receipts)
    return waiting.take_in(_waiting(json.loads(text)), centre.now(), taking).number


def _waiting(message: Message) -> Waiting:
    body = AppealBody.model_validate_json(json.dumps(message["body"]))
    received_at = datetime.fromisoformat(message["received_at"])
    drawn = message["drawn"]
    return Waiting(
        receipt_id=message["receipt"],
        new=new_appeal(body, message["language"], received_at=received_at),
        answer=message["answer"],
        fingerprint=message["fingerprint"],
        key=message["key"],
        caller=message["caller"],
        drawn=(drawn[0], drawn[1]) if drawn else None,
    )


def _register(
    new: NewAppeal, once: Once[Registered | Held], numbers: Numbers, receipt_id: str
) -> Registered | Held:
    """Take in as every door does; who was promised a card is counted and not limited any more."""
    centre = wiring.centre()
    limits = replace(centre.limits(_QUEUE), posts_a_minute=_NO_LIMIT, appeals_a_day=_NO_LIMIT)
    return take_in_appeal(
        new,
        actor=APPLICANT,
        new_id=lambda: receipt_id,
        once=once,
        now=centre.now(),
        registry=registry_of(centre, limits, numbers),
    )


def _id_of(once: Once[Any]) -> str:
    """Return the id of the receipt of a request that may be sent again."""
    return sha256(f"{once.key}|{once.fingerprint}|{once.caller}".encode()).hexdigest()[:32]


def _unshaped(_result: object) -> Answer:
    return Answer(int(HTTPStatus.ACCEPTED), "")
