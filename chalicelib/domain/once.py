"""An answer given once: what makes a request sent twice one request."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Generic, TypeVar

T_contra = TypeVar("T_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer as it was first given; `body` is the exact text.

    Attributes:
        sealed_for: key id and root number whose access code replaces the seal in `body` when
            the answer is sent, so that no code is stored; empty when the answer holds none.
    """

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=dict)
    sealed_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OnceRecord:
    """The answer kept under a key, with the fingerprint of the request that it answered.

    Attributes:
        caller: who was answered, where the key itself does not say it; empty where it does.
    """

    key: str
    fingerprint: str
    answer: Answer
    expires_at: datetime
    caller: str = ""


@dataclass(frozen=True, slots=True)
class Once(Generic[T_contra]):
    """A request that must be carried out once.

    Attributes:
        key: caller, route and Idempotency-Key; None when the client sent no key.
        shape: makes the answer from the result, before the result is written.
        caller: the mark of a caller without an identity; empty where the key says who calls.
    """

    key: str | None
    fingerprint: str
    expires_at: datetime
    shape: Callable[[T_contra], Answer]
    caller: str = ""

    def record(self, result: T_contra) -> OnceRecord | None:
        """Return what is to be kept in the transaction of `result`, None without a key."""
        if self.key is None:
            return None
        answer = self.shape(result)
        return OnceRecord(self.key, self.fingerprint, answer, self.expires_at, self.caller)

    def is_anothers(self, kept: OnceRecord) -> bool:
        """Tell whether what is kept under the key answered somebody else about something else."""
        return kept.fingerprint != self.fingerprint and kept.caller != self.caller

    def apart(self) -> "Once[T_contra]":
        """Return the same request under a key of the caller's own."""
        return replace(self, key=self.key and f"{self.key}|{self.caller}")
