"""Functions that read a queue: each message by itself, so that a bad one holds up no other."""

from collections.abc import Callable
from typing import Any

from chalice.app import SQSEvent

from chalicelib.api import call_log

Failures = dict[str, list[dict[str, str]]]


def each_of(event: SQSEvent, act: Callable[[str], object], *, function: str) -> Failures:
    """Do `act` with the body of each message, write one line of log, and name those that failed.

    What is named comes again, and at last to the dead letters.
    """
    failed: list[dict[str, str]] = []
    done: list[Any] = []
    for record in event:
        try:
            done.append(act(record.body))
        except Exception as error:  # noqa: BLE001 - one bad message must not hold up the others
            message_id = record.to_dict()["messageId"]
            call_log.write_defect(error, instance=message_id)
            failed.append({"itemIdentifier": message_id})
    call_log.write(function=function, done=done, failed=len(failed))
    return {"batchItemFailures": failed}
