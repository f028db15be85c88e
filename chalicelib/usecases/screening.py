"""What screening makes of appeals: which wait, what is hidden, who is told (K-3.4)."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.appeal import Appeal
from chalicelib.domain.city import City
from chalicelib.domain.events import EventName
from chalicelib.domain.quarantine import Held, HeldState
from chalicelib.domain.screening import Label, Screening
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.quarantine import INCITEMENT, flags_of
from chalicelib.regulation.screening import screen
from chalicelib.usecases.new_appeals import NewAppeal, Screened
from chalicelib.usecases.writing import Note

_TOLD_OF = {Label.THREAT: "threat", Label.HATE: INCITEMENT}
"""What people have to look at though the appeal is registered, by the cause they read."""


def screened_text(text: str, now: datetime, city: City) -> Screening:
    """Return what stands in a text by the city's list of today."""
    return screen(text, city.lexicon, local_date(now, city.calendar))


def as_screened(new: NewAppeal, found: Screening) -> NewAppeal:
    """Return an appeal that is registered at once, with what was found in it."""
    if not found.spans:
        return new
    notes = tuple(
        Note(EventName.ATTENTION, public=False, facts={"cause": cause})
        for label, cause in _TOLD_OF.items()
        if label in found.labels
    )
    marks = new.marks | flags_of(found)
    return replace(new, marks=marks, screened=Screened(found.masks(), after=notes))


def released(new: NewAppeal, held: Held, after: Held) -> NewAppeal:
    """Return an appeal that has waited, with what screening makes of it.

    What a person has found harmless is not hidden; what nobody has judged is.
    """
    judged = after.state is HeldState.REGISTERED
    masks = held.found.masks(without=Label.HATE if judged else None)
    marks = flags_of(held.found) - ({INCITEMENT} if judged else set())
    since = {"since_at": held.appeal.received_at.isoformat()}
    cause = {"cause": "person" if judged else "time"}
    before = (
        Note(EventName.QUARANTINED, facts=since, tell=False),
        Note(EventName.RELEASED, facts=cause, tell=False),
    )
    return replace(new, marks=marks, screened=Screened(masks, before=before, held=after))


def hidden_anew(appeal: Appeal, now: datetime, city: City) -> Appeal:
    """Return an appeal made of another, with what its own words hide."""
    return replace(appeal, masks=screened_text(appeal.text, now, city).masks())
