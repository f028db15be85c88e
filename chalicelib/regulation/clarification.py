"""Going back to the applicant for what is missing: within how many days (law 393/96 art. 5, 7)."""

from datetime import datetime
from enum import StrEnum

from chalicelib.domain.card import Card
from chalicelib.domain.city import City
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.deadlines import days_after


class Lack(StrEnum):
    """What an appeal lacks: what the law demands of its form, or facts to decide on."""

    FORM = "form"
    DATA = "data"


@clause("LAW-5", "LAW-7")
def return_by(card: Card, lack: Lack, city: City) -> datetime:
    """Return until when an appeal goes back with an explanation.

    Ten days from receipt for its form (art. 5), five for too few facts (art. 7). Neither stops
    the clock of the term.
    """
    days = city.edition(card.edition)[f"return_{lack}"].value
    return days_after(card.received_at, days, city.calendar)
