"""A count that a write adds to, and that refuses the write when it is full."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import TooManyRequests

_HOUR_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Tally:
    """One more of something that may happen `most` times before `ends_at`.

    Attributes:
        bucket: what is counted and in which window, such as a contact's appeals of one day.
        words: name of the refusal's words when it is full.
    """

    bucket: str
    most: int
    ends_at: datetime
    words: str

    def refusal(self) -> TooManyRequests:
        """Return the refusal of one more."""
        return TooManyRequests(words=self.words, retry_after_seconds=_HOUR_SECONDS)
