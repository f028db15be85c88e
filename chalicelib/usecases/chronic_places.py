"""Which places trouble comes back to, for the coordinator (LAW-19)."""

from datetime import date, datetime

from chalicelib.domain.city import City
from chalicelib.domain.people import Actor
from chalicelib.regulation.permissions import Deed, Scope, require
from chalicelib.reports.places import ChronicPlace, chronic_places
from chalicelib.usecases.reports import Shelf, period_of, registered

LONGEST_DAYS = 366


def places_report(
    from_day: date,
    until_day: date,
    least: int | None,
    *,
    actor: Actor,
    now: datetime,
    city: City,
    shelf: Shelf,
) -> list[ChronicPlace]:
    """Return where so many cards of one topic were registered, the most first.

    Cards are read by their numbers, nothing is scanned; a head reads the own unit's.

    Args:
        least: how many make a place chronic; None for the city's own number.

    Raises RoleNotPermitted, InputRefused.
    """
    scope = require(actor, Deed.READ_REPORTS)
    period = period_of(from_day, until_day, city, longest_days=LONGEST_DAYS)
    cards = registered(period, now, city, shelf)
    if scope is Scope.OWN_EXECUTOR:
        cards = [card for card in cards if card.executor == actor.executor]
    return chronic_places(cards, least or city.edition_at(now)["chronic_place"].value)
