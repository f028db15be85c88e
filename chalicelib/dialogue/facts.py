"""What the dialogue is told of the world."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.city import City

CONSENT_VERSION: Final = "chat-2026-11"
"""Names the words of `chat.f.consent`: new words, new version."""

MOST_PHOTOS: Final = 10
SHORTEST_TEXT: Final = 10
LONGEST_TEXT: Final = 4000
TELLING_TEXT: Final = 15
"""From how many letters on words that nobody asked for are taken for a story."""

REMINDED_AFTER: Final = timedelta(hours=2)
SAVED_AFTER: Final = timedelta(hours=24)
DELETED_AFTER: Final = timedelta(days=7)
LEFT_AFTER: Final = timedelta(hours=24)
SCORED_WITHIN: Final = timedelta(hours=1)
WARNED_EVERY: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Facts:
    """One event's instant and city, and what it may use.

    Attributes:
        fresh_id: 32 hexadecimal letters that nobody can guess; the same for the same event.
        phone_of: reads a typed phone; None for what cannot be one.
        events_a_minute, appeals_a_day, files_a_day: limits of one resident.
        site_url: the public origin.
    """

    now: datetime
    city: City
    fresh_id: str
    phone_of: Callable[[str], str | None]
    events_a_minute: int = 20
    appeals_a_day: int = 10
    files_a_day: int = 30
    site_url: str = ""
