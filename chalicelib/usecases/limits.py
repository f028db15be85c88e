"""How many requests an address and a contact may send; emergencies are never limited."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.appeal import Applicant
from chalicelib.domain.city import Calendar, Topic, Urgency
from chalicelib.domain.errors import TooManyRequests
from chalicelib.domain.tally import Tally
from chalicelib.regulation.calendar import local_date, midnight_after
from chalicelib.usecases.ports import Guards

_MINUTE_SECONDS = 60
_HOUR_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one caller.

    Attributes:
        address: where the request came from; empty for staff, who are not limited.
        posts_a_minute: of one address, over all public forms.
        appeals_a_day: of one contact, in a day of the city.
    """

    guards: Guards
    address: str
    posts_a_minute: int
    appeals_a_day: int

    def on(self, topic: Topic | None) -> "Limits":
        """Return the limits of an appeal on a topic: none for an emergency."""
        emergency = topic is not None and topic.urgency is Urgency.EMERGENCY
        return replace(self, address="") if emergency else self

    def check_address(self, now: datetime, *, suspected: bool = False) -> None:
        """Count one more request of the address. Raises TooManyRequests.

        What is `suspected` to come from a program is counted apart, too.
        """
        if not self.address:
            return
        count = self.guards.count(
            f"address#{self.address}", window_seconds=_MINUTE_SECONDS, now=now
        )
        if count > self.posts_a_minute:
            raise TooManyRequests(retry_after_seconds=_MINUTE_SECONDS)
        if suspected:
            self._check_suspected(now)

    def _check_suspected(self, now: datetime) -> None:
        """Count one more form that a program seems to have filled in: ten an hour are many."""
        bucket = f"machine#{self.address}"
        count = self.guards.count(bucket, window_seconds=_HOUR_SECONDS, now=now)
        if count > self.posts_a_minute // 3:
            raise TooManyRequests(retry_after_seconds=_HOUR_SECONDS)

    def of_contact(self, applicant: Applicant, now: datetime, calendar: Calendar) -> Tally | None:
        """Return what an appeal is counted in together with its card, None where nothing is."""
        contact = applicant.phone or (applicant.email or "").casefold()
        if not self.address or not contact:
            return None
        today = local_date(now, calendar)
        return Tally(
            bucket=f"contact#{contact}#{today}",
            most=self.appeals_a_day,
            ends_at=midnight_after(today, calendar),
            words="too-many-appeals",
        )
