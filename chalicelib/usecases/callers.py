"""Who is calling: the block, the warnings, the last cards, and what is known at home (K-3.4)."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from chalicelib.domain.appeal import Applicant, Place, Residence
from chalicelib.domain.call import Block, CallEvent
from chalicelib.domain.card import Card
from chalicelib.domain.city import City
from chalicelib.domain.errors import NotFound
from chalicelib.domain.people import Actor
from chalicelib.regulation.calls import warnings_of
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases.call_ports import Blocks, Calls
from chalicelib.usecases.calls import recent
from chalicelib.usecases.nearby import Around, Surroundings, around
from chalicelib.usecases.ports import Cards

MOST_CARDS: Final = 5
"""How many of a caller's last cards an operator is shown."""

_MOST_READ: Final = 20


@dataclass(frozen=True, slots=True)
class Caller:
    """What an operator sees of a caller before a word is said.

    Attributes:
        block: the last block of the phone, whether or not it stands.
        applicant: as the newest appeal of the phone names them; None for a new caller.
        cards: the last ones, newest first.
        at_home: what is open at the applicant's residence; None where it is not known.
    """

    phone: str
    block: Block | None
    warnings: int
    events: tuple[CallEvent, ...]
    applicant: Applicant | None
    language: str
    cards: tuple[Card, ...]
    at_home: Around | None


def caller(
    phone: str,
    *,
    actor: Actor,
    now: datetime,
    city: City,
    blocks: Blocks,
    calls: Calls,
    of: Surroundings,
) -> Caller:
    """Return what is known of a phone (E.164). Raises RoleNotPermitted, StoreAway."""
    require(actor, Deed.TAKE_CALLS)
    edition = city.edition_at(now)
    block = of.start(partial(blocks.read, phone))
    events = of.start(partial(recent, phone, None, now, edition, calls))
    numbers = of.cards.by_phone(phone, limit=_MOST_READ)
    cards = of.start(partial(of.cards.read_cards, numbers[:MOST_CARDS]))
    applicant, language = _newest(numbers, of.cards)
    home = _home(applicant.residence if applicant else None)
    at_home = around(home, None, now=now, city=city, of=of, everything=True) if home else None
    happened = tuple(events())
    return Caller(
        phone=phone,
        block=block(),
        warnings=warnings_of(happened, None),
        events=happened,
        applicant=applicant,
        language=language,
        cards=tuple(cards()),
        at_home=at_home,
    )


def _newest(numbers: list[str], cards: Cards) -> tuple[Applicant | None, str]:
    """Return who asks by the newest appeal that names somebody, and in which language."""
    newest: tuple[Applicant | None, str] = (None, "uk")
    for number in numbers[:MOST_CARDS]:
        try:
            appeal = cards.read_file(number).appeal
        except NotFound:
            continue
        if newest[0] is None or appeal.applicant.name:
            newest = appeal.applicant, appeal.language
        if appeal.applicant.name:
            return newest
    return newest


def _home(residence: Residence | None) -> Place | None:
    if residence is None:
        return None
    return Place(residence.street, residence.building)
