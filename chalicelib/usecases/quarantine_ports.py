"""The quarantine as use cases see it."""

from typing import Protocol

from chalicelib.domain.once import OnceRecord
from chalicelib.domain.quarantine import Held
from chalicelib.domain.tally import Tally
from chalicelib.usecases.ports import Page


class Quarantine(Protocol):
    """Texts that wait for people. What is registered of them is written with its card."""

    def hold(self, held: Held, *, once: OnceRecord | None, tally: Tally | None) -> None:
        """Keep a text back. Raises OnceAnswered, TooManyRequests, ChangedMeanwhile."""

    def read(self, held_id: str) -> Held:
        """Return a text, read consistently. Raises NotFound."""

    def decide(self, held: Held, *, once: OnceRecord | None) -> None:
        """Write what was decided on the version before. Raises OnceAnswered, ChangedMeanwhile."""

    def waiting(self, *, limit: int, cursor: str | None) -> Page[Held]:
        """Return texts that nobody has decided, those to be looked at first first."""

    def decided(self, *, limit: int, cursor: str | None) -> Page[Held]:
        """Return decided texts, the latest first, until they expire."""
