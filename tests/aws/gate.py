"""The gate through which every AWS call of a flow passes, one at a time, numbered and logged.

    with Gate(Plan((Fault(3, Mode.AFTER),))) as gate:
        with suppress(Crash):
            flow()
        gate.revive()
        flow()
    assert gate.calls[2].outcome == "crash after"

Each call is atomic, so the gaps between calls are all the places where a process can die or
another can come in between. Where moto is laxer than AWS the gate adds AWS's rules (limits,
request tokens), and it can let indexes lag behind.
"""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import SimpleNamespace, TracebackType
from typing import Protocol, Self
from unittest.mock import patch

import botocore.endpoint
from botocore.exceptions import ConnectionClosedError

from tests.aws.actors import Actor, Actors, Crash, GateMisuse
from tests.aws.images import History
from tests.aws.limits import Tokens, over_limit
from tests.aws.plans import Address, Fault, Mode, Plan, refusal
from tests.aws.wire import Answer, Sent, moto, served_by

__all__ = ["Call", "Crash", "Gate", "GateMisuse", "Watcher"]


@dataclass
class Call:
    """One attempt of an AWS call.

    Attributes:
        number: its place in the run, from 1.
        wave: how many calls, one after another, lead to it, itself included.
        address: the task that made it; () is the flow itself.
        outcome: the HTTP status, or what the plan made of it.
        repeated: answered from the memory of request tokens; nothing was applied.
    """

    number: int
    wave: int
    address: Address
    sent: Sent = field(repr=False)
    outcome: str = ""
    repeated: bool = False

    @property
    def name(self) -> str:
        """Service and operation, such as `dynamodb.Query`."""
        return f"{self.sent.service}.{self.sent.operation}"


class Watcher(Protocol):
    """Somebody who looks at the state before and after each call that reaches the cloud."""

    def before(self, call: Call) -> None:
        """Look before the call is applied."""
        ...

    def after(self, call: Call, answer: Answer) -> None:
        """Look after the call was applied, at the same instant for all other calls."""
        ...


class Gate:
    """One run of a flow, against moto, by a plan.

    Attributes:
        calls: every attempt, in order.
        slept_seconds: what the SDK would have slept between attempts; nobody sleeps.
        fired: faults of the plan that happened.
    """

    def __init__(
        self, plan: Plan | None = None, *, stale_writes: int = 0, watchers: Sequence[Watcher] = ()
    ) -> None:
        """Prepare a run.

        Args:
            plan: what goes wrong; nothing if left out.
            stale_writes: index queries are answered from the state this many writes ago.
            watchers: who looks at every call.
        """
        self.plan = plan or Plan()
        self.calls: list[Call] = []
        self.slept_seconds = 0.0
        self.fired: list[Fault] = []
        self._stale_writes = stale_writes
        self._watchers = watchers
        self._actors = Actors(self.plan.order)
        self._tokens = Tokens()
        self._history = History()
        self._skipped_s = 0.0
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Stand in the way of every call until the block ends."""
        stack = self._stack
        stack.enter_context(served_by(self._serve))
        stack.enter_context(
            patch.object(botocore.endpoint, "time", SimpleNamespace(sleep=self._sleep))
        )
        stack.enter_context(self._actors.alive())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wait for the flow's threads and let calls pass freely again."""
        self._stack.close()

    @property
    def waves(self) -> int:
        """How many round trips, one after another, the run took so far."""
        return max((call.wave for call in self.calls), default=0)

    @property
    def parallel(self) -> bool:
        """Whether any task of a pool has called."""
        return any(call.address for call in self.calls)

    def revive(self) -> None:
        """Begin a new process after a Crash or an error, once the threads of the old are gone."""
        self._actors.revive()

    def later(self, seconds: float) -> None:
        """Let time pass for the memory of request tokens."""
        self._skipped_s += seconds

    def _sleep(self, seconds: float) -> None:
        self.slept_seconds += seconds

    def _serve(self, sent: Sent) -> Answer | None:
        actor = self._actors.current()
        self._actors.pass_gate(actor)
        call = self._log(actor, sent)
        fault = self.plan.at(call.number)
        if fault is None:
            return self._apply(call)
        self.fired.append(fault)
        return self._break(call, fault)

    def _log(self, actor: Actor, sent: Sent) -> Call:
        actor.wave += 1
        call = Call(len(self.calls) + 1, actor.wave, actor.address, sent)
        self.calls.append(call)
        return call

    def _break(self, call: Call, fault: Fault) -> Answer:
        if fault.mode is Mode.ERROR:
            call.outcome = fault.code
            return refusal(call.sent, fault.code)
        if fault.mode is not Mode.BEFORE:
            self._apply(call)
        if fault.mode is Mode.LOST_ACK:
            call.outcome = "answer lost"
            raise ConnectionClosedError(endpoint_url=call.sent.request.url)
        call.outcome = f"crash {fault.mode}"
        self._actors.kill()
        raise Crash(f"{call.outcome} {call.name}, call {call.number}")

    def _apply(self, call: Call) -> Answer | None:
        replaced = History.about_to_replace(call.sent) if self._stale_writes else []
        for watcher in self._watchers:
            watcher.before(call)
        answer = self._ask(call)
        if answer is None:
            return None
        call.outcome = str(answer.status)
        if answer.status < 300:
            self._history.add(replaced)
        for watcher in self._watchers:
            watcher.after(call, answer)
        return answer

    def _ask(self, call: Call) -> Answer | None:
        sent, now_s = call.sent, time.monotonic() + self._skipped_s
        refused = over_limit(sent)
        if refused is not None:
            return refused
        recalled = self._tokens.recall(sent, now_s=now_s)
        if recalled is not None:
            call.repeated = True
            return recalled
        stale = self._stale_writes if "IndexName" in sent.params else 0
        with self._history.as_of(stale):
            answer = moto(sent)
        if answer is not None:
            self._tokens.keep(sent, answer, now_s=now_s)
        return answer
