"""How long cards are kept, and which of them an admin may release after that (LAW-13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from chalicelib.domain.card import Card
from chalicelib.domain.city import Calendar, City, Edition
from chalicelib.domain.errors import RuleRefused
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.clauses import clause

HOLD = "hold"
"""The flag of a card that is not released, whatever its age, until the hold is lifted."""


class Kept(StrEnum):
    """Why a card of a year is not released."""

    OPEN = "open"
    TERM = "term"
    HOLD = "hold"
    REPEAT = "repeat"


@clause("LAW-13")
def keep_until(ended_at: datetime, edition: Edition, calendar: Calendar) -> datetime:
    """Return when the keeping term of a finished card ends.

    Years of keeping are counted from the first of January after the year of the end.
    """
    year = local_date(ended_at, calendar).year + 1 + edition["keep_years"].value
    return datetime(year, 1, 1, tzinfo=calendar.zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Judged:
    """A card of a year: whether it may be released, else why it stays."""

    card: Card
    kept: Kept | None


@clause("LAW-13")
def judged(card: Card, linked: Iterable[Card], now: datetime, city: City) -> Judged:
    """Say whether a card may be released; `linked` are the repeats and parts that came of it.

    A repeated matter is kept as long as its last consideration, so one living repeat keeps all
    that came before it.
    """
    if HOLD in card.flags:
        return Judged(card, Kept.HOLD)
    own = _why_kept(card, now, city)
    if own is None and any(_why_kept(each, now, city) or HOLD in each.flags for each in linked):
        own = Kept.REPEAT
    return Judged(card, own)


@clause("LAW-13")
def require_year_over(year: int, now: datetime, city: City) -> None:
    """Check that cards of a year can have outlived their keeping term. Raises RuleRefused."""
    edition = city.edition_at(now)
    opens_at = keep_until(datetime(year, 7, 1, tzinfo=UTC), edition, city.calendar)
    if now < opens_at:
        raise RuleRefused(words="year-kept", clause="LAW-13", year=year, until=opens_at.isoformat())


def _why_kept(card: Card, now: datetime, city: City) -> Kept | None:
    if card.closed_at is None:
        return Kept.OPEN
    until = keep_until(card.closed_at, city.edition(card.edition), city.calendar)
    return Kept.TERM if now < until else None
