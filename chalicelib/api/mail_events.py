"""What becomes of letters that were sent: SES tells, by EventBridge and a queue."""

import json

from chalice.app import SQSEvent

from chalicelib import wiring
from chalicelib.api.batches import Failures, each_of
from chalicelib.api.outbox import sending_of
from chalicelib.domain.mail_event import mail_event_of
from chalicelib.usecases.mail_events import take

PASSING = "passing"
"""What may pass by itself: a full mailbox, a delivery that is late."""


def take_all(event: SQSEvent) -> Failures:
    """Leave addresses that are dead; what cannot be taken now comes again."""
    centre = wiring.centre()
    read = sending_of(centre).read

    def act(body: str) -> str:
        told = mail_event_of(json.loads(body))
        if told is None:
            return PASSING
        return take(told, centre.now(), read=read, residents=centre.residents)

    return each_of(event, act, function="on_mail_event")
