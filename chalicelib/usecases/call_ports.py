"""What calls and places depend on, as Protocols: the part of ports.py that is about them."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from chalicelib.domain.call import Block, CallEvent, Recording
from chalicelib.domain.once import OnceRecord

Result = TypeVar("Result")


class Calls(Protocol):
    """What happened in calls, and the recordings of them."""

    def note(
        self, event: CallEvent, *, month: str, until: datetime, once: OnceRecord | None = None
    ) -> None:
        """Keep an event until an instant, for its caller and for the counts of its month.

        Args:
            month: of the city's calendar, such as `2026-03`.

        Raises OnceAnswered.
        """

    def of_caller(self, phone: str, since: datetime, *, limit: int) -> list[CallEvent]:
        """Return what happened in calls of a phone since an instant, newest first."""

    def of_call(self, call_id: str, since: datetime) -> list[CallEvent]:
        """Return what happened in a call whose caller withheld the number, newest first."""

    def of_month(self, month: str) -> list[CallEvent]:
        """Return what happened in all calls of a month, without phones and words, oldest first."""

    def keep_recording(self, recording: Recording) -> None:
        """Keep where a call's recording is, over what was kept of the call before."""

    def recording(self, call_id: str, now: datetime) -> Recording | None:
        """Return a call's recording, None where there is none or its time is over."""


class Blocks(Protocol):
    """The phones from which no calls are taken."""

    def read(self, phone: str) -> Block | None:
        """Return the last block of a phone, whether or not it still stands."""

    def write(
        self,
        before: Block | None,
        block: Block,
        event: CallEvent,
        *,
        month: str,
        until: datetime,
        once: OnceRecord | None = None,
    ) -> None:
        """Write a block and what happened in one transaction; both are kept until an instant.

        Raises:
            ChangedMeanwhile: somebody else wrote it since `before` was read.
            OnceAnswered: the idempotency key was answered before; nothing is written.
        """

    def standing(self, now: datetime) -> list[Block]:
        """Return the blocks that stand at an instant, the soonest to end first."""


class RecordingFiles(Protocol):
    """The bucket of recordings."""

    def link(self, key: str, *, seconds: int) -> str:
        """Return an address under which a recording can be heard for some seconds."""


class Within(Protocol):
    """Waits for a call only so long."""

    def __call__(self, seconds: float, call: Callable[[], Result], /) -> Result:
        """Return what `call` returns, or raise StoreAway when it takes longer than `seconds`."""
