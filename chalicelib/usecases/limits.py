"""How many requests an address and a contact may send; emergencies are never limited."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.errors import TooManyRequests
from chalicelib.usecases.ports import Cards, Guards, Start

_MINUTE_SECONDS = 60
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one caller.

    Attributes:
        address: where the request came from; empty for staff, who are not limited.
        posts_a_minute: of one address, over all public forms.
        appeals_a_day: of one contact phone, in any 24 hours.
    """

    guards: Guards
    cards: Cards
    address: str
    posts_a_minute: int
    appeals_a_day: int

    def check(self, phone: str | None, now: datetime, start: Start) -> None:
        """Check both limits in one wave. Raises TooManyRequests."""
        if not self.address:
            return
        by_contact = start(lambda: self._check_contact(phone, now)) if phone else None
        self.check_address(now)
        if by_contact is not None:
            by_contact()

    def check_address(self, now: datetime) -> None:
        """Count one more request of the address. Raises TooManyRequests."""
        count = self.guards.count(
            f"address#{self.address}", window_seconds=_MINUTE_SECONDS, now=now
        )
        if count > self.posts_a_minute:
            raise TooManyRequests(retry_after_seconds=_MINUTE_SECONDS)

    def _check_contact(self, phone: str, now: datetime) -> None:
        if self.cards.received_since(phone, now - _DAY) >= self.appeals_a_day:
            raise TooManyRequests(words="too-many-appeals", retry_after_seconds=3600)
