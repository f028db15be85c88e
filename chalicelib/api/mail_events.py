"""What becomes of letters that were sent: SES tells, by EventBridge and a queue."""

import json
from collections import Counter

from chalice.app import SQSEvent

from chalicelib import wiring
from chalicelib.api import call_log
from chalicelib.api.outbox import Failures, sending_of
from chalicelib.domain.mail_event import mail_event_of
from chalicelib.usecases.mail_events import NotWrittenYet, take

PASSING = "passing"
"""What may pass by itself: a full mailbox, a delivery that is late."""


def take_all(event: SQSEvent) -> Failures:
    """Leave addresses that are dead; what cannot be taken now comes again."""
    centre = wiring.centre()
    read = sending_of(centre).read
    taken, failed = Counter[str](), []
    for record in event:
        try:
            told = mail_event_of(json.loads(record.body))
            if told is None:
                taken[PASSING] += 1
            else:
                taken[take(told, centre.now(), read=read, residents=centre.residents)] += 1
        except Exception as error:  # noqa: BLE001 - one bad event must not hold up the others
            message_id = record.to_dict()["messageId"]
            if not isinstance(error, NotWrittenYet):
                call_log.write_defect(error, instance=message_id)
            failed.append({"itemIdentifier": message_id})
    call_log.write(function="on_mail_event", taken=taken, failed=len(failed))
    return {"batchItemFailures": failed}
