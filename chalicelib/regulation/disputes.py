"""Disputing work that nobody confirmed: for how long (K-6.2)."""

from datetime import datetime, timedelta

from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import RuleRefused
from chalicelib.domain.events import EventName
from chalicelib.regulation.clauses import clause


@clause("K-6.2")
def require_may_dispute(file: CardFile, now: datetime, city: City) -> None:
    """Check that the time to dispute has not passed (a city setting, in days).

    Raises RuleRefused.
    """
    days = city.edition(file.card.edition).get("dispute")
    for event in file.events:
        if event.name is EventName.UNCONFIRMED and days is not None:
            until = event.at + timedelta(days=days.value)
            if now >= until:
                raise RuleRefused(words="dispute-over", clause="K-6.2", until=until.isoformat())
