"""One write on a card, and who is told of it."""

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City
from chalicelib.domain.events import Event, EventName
from chalicelib.regulation.notices_plan import notices_of
from tests.builders import a_card, an_appeal, an_event, local

K, KR = load_city("khmelnytskyi"), load_city("kryvyi-rih")
NOW = local("Tue 2026-03-03 12:00")


def told(
    *events: Event, city: City = K, hooked: tuple[str, ...] = (), **changes: object
) -> list[str]:
    """Return who is told by which template of one write, such as `applicant registered`."""
    file = a_file(city, *events, **changes)
    found = notices_of(events, file, city=city, now=NOW, hooked=hooked)
    return [f"{notice.audience} {notice.template}" for notice in found]


def a_file(city: City, *events: Event, **changes: object) -> CardFile:
    """Return a card of a city with these events; `card_…` changes the card, others the file."""
    of_card = {n.removeprefix("card_"): v for n, v in changes.items() if n.startswith("card_")}
    of_file = {n: v for n, v in changes.items() if not n.startswith("card_")}
    executor = "svitlo" if city is K else "blahoustrii"
    card = a_card(**{"executor": executor, **of_card})
    fields = {"appeal": an_appeal(), "events": events, **of_file}
    return CardFile(card, **fields)  # type: ignore[arg-type]


def happened(*names: EventName, **facts: str) -> tuple[Event, ...]:
    """Return the events of one write."""
    return tuple(an_event(seq=seq, name=name, facts=facts) for seq, name in enumerate(names, 1))
