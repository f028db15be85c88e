"""What reading the official mailbox depends on, as Protocols: the part of ports.py about it."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from chalicelib.domain.arrived_letter import ArrivedLetter, UnreadLetter
from chalicelib.domain.once import OnceRecord


class MailFiles(Protocol):
    """Where the mail server puts what arrives."""

    def read(self, key: str) -> bytes:
        """Return a letter's bytes. Raises NotFound, TooLarge, StoreAway."""

    def link(self, key: str, *, seconds: int) -> str:
        """Return an address under which a letter can be saved for some seconds."""


class TooLarge(Exception):
    """A letter of more bytes than anybody reads; nothing was read."""


class UnreadLetters(Protocol):
    """The letters that wait for a person."""

    def keep(self, letter: UnreadLetter, *, until: datetime) -> None:
        """Keep a letter until an instant; kept twice, it is one. Raises StoreAway."""

    def waiting(self, now: datetime) -> list[UnreadLetter]:
        """Return the letters that wait, the oldest first."""

    def read(self, letter_id: str, now: datetime) -> UnreadLetter:
        """Return a letter that waits, or waited. Raises NotFound."""

    def settle(
        self, letter: UnreadLetter, *, until: datetime, once: OnceRecord | None = None
    ) -> None:
        """Write how a letter was settled, once; it is kept until an instant.

        Raises ChangedMeanwhile (somebody else was first), OnceAnswered.
        """


ReadLetter = Callable[[bytes], ArrivedLetter]
"""Reads a letter's bytes. Raises LetterRefused."""
