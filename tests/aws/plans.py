"""What goes wrong at which call: faults, plans, and the order of parallel calls."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol

from tests.aws.wire import Answer, Sent

Address = tuple[int, ...]
"""Place of a task in the tree of tasks: () the flow, (0,) the first task it submits, …"""

TRANSACTION_CONFLICT: Final = "TransactionConflict"
"""Pseudo-code of a fault: a transaction cancelled because another one held an item."""


class Mode(StrEnum):
    """How a call goes wrong.

    BEFORE and AFTER end the process before or after AWS applied the call. LOST_ACK lets AWS
    apply it and loses the answer; the process lives, and the SDK may send the call again.
    ERROR refuses the call, which is not applied.
    """

    BEFORE = "before"
    AFTER = "after"
    LOST_ACK = "lost_ack"
    ERROR = "error"


CRASHES: Final = (Mode.BEFORE, Mode.AFTER, Mode.LOST_ACK)


@dataclass(frozen=True)
class Fault:
    """Something that happens at the call with this number, counted from 1.

    Attributes:
        code: error code of mode ERROR, such as `ThrottlingException`.
        times: how many calls in succession it hits, counted from `call`.
    """

    call: int
    mode: Mode
    code: str = ""
    times: int = 1

    def hits(self, number: int) -> bool:
        """Tell whether the call with this number is one of those that go wrong."""
        return self.call <= number < self.call + self.times


class Order(Protocol):
    """Which of the calls that wait at the gate goes next."""

    def choose(self, step: int, waiting: Sequence[Address]) -> int:
        """Return an index into `waiting`, which is sorted; the same for the same arguments."""
        ...


@dataclass(frozen=True)
class Forward:
    """Parallel calls go in the order in which their tasks were submitted."""

    def choose(self, step: int, waiting: Sequence[Address]) -> int:
        """Return the first."""
        return 0


@dataclass(frozen=True)
class Backward:
    """Parallel calls go in the reverse order, so that a crash leaves the other half done."""

    def choose(self, step: int, waiting: Sequence[Address]) -> int:
        """Return the last."""
        return len(waiting) - 1


@dataclass(frozen=True)
class Plan:
    """The faults of one run, and the order of its parallel calls."""

    faults: tuple[Fault, ...] = ()
    order: Order = Forward()

    def at(self, number: int) -> Fault | None:
        """Return the fault of the call with this number, or None."""
        return next((fault for fault in self.faults if fault.hits(number)), None)

    def __str__(self) -> str:
        """Return the plan in one line, for the report of a violation."""
        faults = [f"{f.mode}{':' + f.code if f.code else ''} at {f.call}" for f in self.faults]
        backward = " (parallel calls backward)" if isinstance(self.order, Backward) else ""
        return (", ".join(faults) or "no fault") + backward


def single_faults(
    call_count: int, *, parallel: bool, modes: Sequence[Mode] = CRASHES
) -> Iterator[Plan]:
    """Yield a plan for each call and mode; twice, in both orders, if calls were parallel."""
    for order in (Forward(), Backward()) if parallel else (Forward(),):
        for call in range(1, call_count + 1):
            for mode in modes:
                yield Plan((Fault(call, mode),), order)


_STATUS_BY_CODE: Final[Mapping[str, int]] = {
    "InternalServerError": 500,
    "ServiceUnavailable": 503,
    "SlowDown": 503,
    "InternalError": 500,
}


def refusal(sent: Sent, code: str, message: str = "refused by the plan") -> Answer:
    """Return the answer by which AWS refuses `sent` with this error code."""
    if sent.service == "s3":
        body = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>".encode()
        return Answer(_STATUS_BY_CODE.get(code, 400), {"Content-Type": "application/xml"}, body)
    return _json_refusal(_STATUS_BY_CODE.get(code, 400), _json_body(sent, code, message))


def _json_body(sent: Sent, code: str, message: str) -> dict[str, Any]:
    if code != TRANSACTION_CONFLICT:
        return {"__type": code, "message": message, "Message": message}
    reasons: list[dict[str, str]] = [{"Code": "None"} for _ in sent.params["TransactItems"]]
    reasons[0] = {"Code": TRANSACTION_CONFLICT, "Message": "Transaction is ongoing for the item"}
    listed = ", ".join(reason["Code"] for reason in reasons)
    text = f"Transaction cancelled, please refer cancellation reasons [{listed}]"
    cancelled = "TransactionCanceledException"
    return {"__type": cancelled, "Message": text, "message": text, "CancellationReasons": reasons}


def _json_refusal(status: int, body: Mapping[str, Any]) -> Answer:
    headers = {"Content-Type": "application/x-amz-json-1.0"}
    return Answer(status, headers, json.dumps(body).encode())
