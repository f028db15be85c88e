"""Functions that read a queue: each message by itself, so that a bad one holds up no other."""

from collections.abc import Callable
from typing import Any, Final

from chalice.app import SQSEvent

from chalicelib.api import call_log

Failures = dict[str, list[dict[str, str]]]
Later = Callable[[str, int], None]
"""Lets a message come again: by its handle, after some seconds."""

_FIRST_SECONDS: Final = 30
_MOST_SECONDS: Final = 900


def each_of(
    event: SQSEvent, act: Callable[[str], object], *, function: str, later: Later | None = None
) -> Failures:
    """Do `act` with the body of each message, write one line of log, and name those that failed.

    What is named comes again, and at last to the dead letters.

    Args:
        later: waits longer before each next try, where a queue has to outlast a long absence.
    """
    failed: list[dict[str, str]] = []
    done: list[Any] = []
    for record in event:
        try:
            done.append(act(record.body))
        except Exception as error:  # noqa: BLE001 - one bad message must not hold up the others
            told = record.to_dict()
            call_log.write_defect(error, instance=told["messageId"])
            failed.append({"itemIdentifier": told["messageId"]})
            if later is not None:
                later(told["receiptHandle"], _seconds(told))
    call_log.write(function=function, done=done, failed=len(failed))
    return {"batchItemFailures": failed}


def _seconds(told: dict[str, Any]) -> int:
    tries = int(told.get("attributes", {}).get("ApproximateReceiveCount", 1))
    return min(_FIRST_SECONDS * tries, _MOST_SECONDS)
