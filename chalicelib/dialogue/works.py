"""Repair works near a place, and being told of them (K-7)."""

from dataclasses import replace

from chalicelib.dialogue.effects import (
    FindWorks,
    Refused,
    Subscribe,
    Subscribed,
    WorkSeen,
    WorksFound,
)
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.filing import begins
from chalicelib.dialogue.moves import Step, Turn, advances, comes_home, goes, quietly, stays
from chalicelib.dialogue.other_prompts import work_rows
from chalicelib.dialogue.places import (
    at_point,
    in_city,
    nearest_streets,
    place_in,
    streets_meant,
)
from chalicelib.dialogue.telling import cut, language_of, street_words
from chalicelib.domain.conversation import Nearby, Session, State
from chalicelib.domain.inbound import Point, Press
from chalicelib.domain.outbound import OutboundMessage
from chalicelib.regulation.repair_works import FEATURE

_STREETS_ASKED = 8
_MOST_WORKS = 5
_LONGEST_PART = 150


def asks_where(turn: Turn) -> Step:
    """Ask where to look; a city without repair works says so."""
    session, facts = turn.session, turn.facts
    if FEATURE not in facts.city.features:
        return stays(session, facts, turn.told("n.not_here"))
    return goes(replace(session, nearby=None), State.NEAR, facts)


def near_press(turn: Turn, press: Press) -> Step:
    """Look at one of the last places."""
    place = turn.session.known.places[int(press.arg)]
    return looks(turn, Nearby(street=place.street_id or ""))


def near_text(turn: Turn) -> Step:
    """Look in a street that was typed."""
    found = streets_meant(turn.facts.city, turn.event.text)
    if not found:
        lead = turn.told("n.no_street", typed=turn.event.text)
        return goes(turn.session, State.NEAR, turn.facts, lead)
    return looks(turn, Nearby(street=found[0].street.id))


def point(turn: Turn, shared: Point) -> Step:
    """Look around a point."""
    if not in_city(turn.facts.city, shared):
        city = turn.facts.city.name.in_language(language_of(turn.session))
        return stays(turn.session, turn.facts, turn.told("f.place_outside", city=city))
    nearest = nearest_streets(turn.facts.city, shared, 1)
    return looks(turn, Nearby(street=nearest[0].id if nearest else "", point=shared))


def looks(turn: Turn, where: Nearby) -> Step:
    """Find the works of a place."""
    session = replace(turn.session, state=State.WORKS, nearby=where)
    return quietly(session, FindWorks(_streets(turn.facts, where)))


def _streets(facts: Facts, where: Nearby) -> tuple[str, ...]:
    if where.point is None:
        return (where.street,) if where.street else ()
    around = nearest_streets(
        facts.city, where.point, _STREETS_ASKED, within_m=float(where.radius_m)
    )
    return tuple(dict.fromkeys(filter(None, (where.street, *(street.id for street in around)))))


def found(turn: Turn, works: WorksFound) -> Step:
    """Show the works of a place, the earliest to end first."""
    session, facts = turn.session, turn.facts
    where = session.nearby or Nearby()
    street = facts.city.streets.get(where.street)
    name = street_words(street, language_of(session)) if street else ""
    shown = sorted(works.works, key=lambda work: work.eta_at)[:_MOST_WORKS]
    lines = [turn.told("n.list" if shown else "n.nothing", street=name)]
    lines += [_work_words(turn, work) for work in shown]
    return Step(session, (OutboundMessage("\n\n".join(lines), work_rows(session, facts)),))


def _work_words(turn: Turn, work: WorkSeen) -> str:
    return turn.told(
        "n.work",
        summary=cut(work.summary, _LONGEST_PART),
        cause=cut(work.cause, _LONGEST_PART),
        consequences=cut(work.consequences, _LONGEST_PART),
        street=work.street,
        eta_at=work.eta_at,
    )


def works_press(turn: Turn, press: Press) -> Step:
    """Widen the circle, subscribe, or tell of something here."""
    session, facts = turn.session, turn.facts
    where = session.nearby or Nearby()
    if press.act == "rad":
        return looks(turn, replace(where, radius_m=int(press.arg)))
    if press.act == "sub":
        return quietly(session, Subscribe(press.arg))
    return _tells_of(session, facts, where)


def _tells_of(session: Session, facts: Facts, where: Nearby) -> Step:
    if session.draft is not None:
        return comes_home(session, facts)
    begun = begins(session, facts)
    draft = begun.draft
    street = facts.city.streets.get(where.street)
    if draft is None or street is None:
        return advances(begun, facts)
    place = at_point(facts.city, where.point) if where.point else place_in(street)
    return advances(replace(begun, draft=replace(draft, place=place)), facts)


def subscribed(turn: Turn, done: Subscribed) -> Step:
    """Say that they will be told."""
    street = turn.facts.city.streets.get(done.street)
    name = street_words(street, language_of(turn.session)) if street else done.street
    return stays(turn.session, turn.facts, turn.told("n.subscribed", street=name))


def refused(turn: Turn, refusal: Refused) -> Step:
    """Say that it did not work."""
    return stays(turn.session, turn.facts, refusal.words or turn.told("n.not_subscribed"))
