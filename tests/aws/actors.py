"""The threads of one flow, their turns at the gate, and what each knew when it called.

While a flow runs, each task submitted to a `ThreadPoolExecutor` gets a thread of its own, and
a call goes through only when every thread waits: at the gate, for a future, or has ended.
Which call goes next is then a choice, not a matter of scheduling, so a run can be repeated
exactly. The wave of a call is one more than the latest wave whose answer its task can have
known (a Lamport clock): calls of one wave can go in parallel, whatever the machine did.
A pool is taken to be as wide as its tasks are many.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from enum import Enum, auto
from typing import Any, Final
from unittest.mock import patch

from tests.aws.plans import Address, Order

PATIENCE_S: Final = 20.0
"""How long a thread may neither call, nor wait for a future, nor end."""

_submit: Final = ThreadPoolExecutor.submit
_shutdown: Final = ThreadPoolExecutor.shutdown
_result: Final = Future.result


class Crash(BaseException):
    """The process ended here. Not an Exception: neither the SDK nor the flow may catch it."""


class GateMisuse(BaseException):
    """A thread that the gate does not know called AWS, or a thread stands still elsewhere."""


class _State(Enum):
    RUNNING = auto()
    AT_GATE = auto()
    WAITING = auto()
    ENDED = auto()


class Actor:
    """The flow itself, or a task that it submitted.

    Attributes:
        address: its place in the tree of tasks.
        wave: the latest wave of calls whose answer it knows.
    """

    def __init__(self, address: Address, wave: int) -> None:
        self.address = address
        self.wave = wave
        self.state = _State.RUNNING
        self.children = 0
        self.awaited_by: list[Actor] = []


class Actors:
    """All the threads of one run, and the turnstile between them."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._turn = threading.Condition()
        self._by_thread: dict[int, Actor] = {}
        self._by_future: dict[int, tuple[Future[Any], Actor]] = {}
        self._by_pool: dict[int, list[Future[Any]]] = {}
        self._threads: list[threading.Thread] = []
        self._step = 0
        self._dead = False

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Take the calling thread as the flow, and its pools' tasks as its actors."""
        self._by_thread[threading.get_ident()] = Actor((), 0)
        with ExitStack() as stack:
            for owner, name, replacement in self._replacements():
                stack.enter_context(patch.object(owner, name, replacement))
            try:
                yield
            finally:
                self.revive()

    def current(self) -> Actor:
        """Return the actor of the calling thread. Raises GateMisuse for a foreign thread."""
        actor = self._by_thread.get(threading.get_ident())
        if actor is None:
            raise GateMisuse("an AWS call from a thread that no pool of the flow started")
        return actor

    def pass_gate(self, actor: Actor) -> None:
        """Wait for the turn of this actor. Raises Crash once the process is dead."""
        with self._turn:
            actor.state = _State.AT_GATE
            self._turn.notify_all()
            if not self._turn.wait_for(lambda: self._dead or self._next() is actor, PATIENCE_S):
                raise GateMisuse(f"a thread neither calls nor ends; {actor.address} waits for it")
            actor.state = _State.RUNNING
            if self._dead:
                raise Crash
            self._step += 1

    def kill(self) -> None:
        """End the process: whoever comes to the gate from now on gets Crash."""
        with self._turn:
            self._dead = True
            self._turn.notify_all()

    def revive(self) -> None:
        """Begin a new process, once the threads of this one are gone.

        A dead process' threads get Crash at their next call; those of a living one, for which
        nobody waits any more, are let through to their end.
        """
        self._let_through()
        for thread in self._threads:
            thread.join(PATIENCE_S)
            if thread.is_alive():
                raise GateMisuse("a thread of the flow does not end")
        self._threads.clear()
        self._by_future.clear()
        self._by_pool.clear()
        self._dead = False

    def _let_through(self) -> None:
        with self._turn:
            others = [child for _, child in self._by_future.values()]
            self.current().state = _State.WAITING
            self._turn.notify_all()
            ended = self._turn.wait_for(
                lambda: all(child.state is _State.ENDED for child in others), PATIENCE_S
            )
            self.current().state = _State.RUNNING
        if not ended:
            raise GateMisuse("a thread of the flow neither calls nor ends")

    def _next(self) -> Actor | None:
        actors = list(self._by_thread.values())
        if any(actor.state is _State.RUNNING for actor in actors):
            return None
        at_gate = [actor for actor in actors if actor.state is _State.AT_GATE]
        at_gate.sort(key=lambda actor: actor.address)
        chosen = self._order.choose(self._step, [actor.address for actor in at_gate])
        return at_gate[chosen]

    def _start(self, parent: Actor, work: Callable[[], object]) -> Future[Any]:
        child = Actor((*parent.address, parent.children), parent.wave)
        parent.children += 1
        future: Future[Any] = Future()
        self._by_future[id(future)] = (future, child)
        known = threading.Event()
        thread = threading.Thread(target=self._run, args=(child, future, work, known), daemon=True)
        self._threads.append(thread)
        thread.start()
        known.wait()
        return future

    def _run(
        self, child: Actor, future: Future[Any], work: Callable[[], object], known: threading.Event
    ) -> None:
        with self._turn:
            self._by_thread[threading.get_ident()] = child
        known.set()
        future.set_running_or_notify_cancel()
        try:
            value, error = work(), None
        except BaseException as raised:  # noqa: BLE001 — a Crash too travels by the future
            value, error = None, raised
        self._end(child)
        if error is None:
            future.set_result(value)
        else:
            future.set_exception(error)

    def _end(self, child: Actor) -> None:
        with self._turn:
            child.state = _State.ENDED
            del self._by_thread[threading.get_ident()]
            for actor in child.awaited_by:
                actor.state = _State.RUNNING
            self._turn.notify_all()

    def _await(self, future: Future[Any]) -> None:
        """Stand aside until the future is done, then know what its task knew."""
        actor = self._by_thread.get(threading.get_ident())
        child = self._by_future.get(id(future), (future, None))[1]
        if actor is None or child is None:
            return
        with self._turn:
            if child.state is not _State.ENDED:
                actor.state = _State.WAITING
                child.awaited_by.append(actor)
                self._turn.notify_all()
            self._turn.wait_for(lambda: child.state is _State.ENDED)
        actor.wave = max(actor.wave, child.wave)

    def _replacements(self) -> list[tuple[type, str, Callable[..., Any]]]:
        def submit(
            pool: ThreadPoolExecutor, work: Callable[..., Any], /, *args: Any, **kwargs: Any
        ) -> Future[Any]:
            parent = self._by_thread.get(threading.get_ident())
            if parent is None:
                return _submit(pool, work, *args, **kwargs)
            future = self._start(parent, lambda: work(*args, **kwargs))
            self._by_pool.setdefault(id(pool), []).append(future)
            return future

        def result(future: Future[Any], timeout: float | None = None) -> Any:
            self._await(future)
            return _result(future, timeout)

        def shutdown(
            pool: ThreadPoolExecutor, wait: bool = True, *, cancel_futures: bool = False
        ) -> None:
            for future in self._by_pool.get(id(pool), []) if wait else []:
                self._await(future)
            _shutdown(pool, wait, cancel_futures=cancel_futures)

        return [
            (ThreadPoolExecutor, "submit", submit),
            (ThreadPoolExecutor, "shutdown", shutdown),
            (Future, "result", result),
        ]
