"""Filing an appeal: what happened, and where (K-2, K-3.1, K-3.2)."""

from dataclasses import replace

from chalicelib.dialogue.effects import NeighboursFound
from chalicelib.dialogue.facts import LONGEST_TEXT, SHORTEST_TEXT, TELLING_TEXT, Facts
from chalicelib.dialogue.moves import Step, Turn, advances, deletes, goes, settled, stays
from chalicelib.dialogue.order import new_draft, settle, unsettle
from chalicelib.dialogue.places import (
    as_typed,
    at_point,
    in_city,
    mere_point,
    place_in,
    streets_meant,
    with_detail,
)
from chalicelib.domain.appeal import Place
from chalicelib.domain.conversation import Draft, Session, State
from chalicelib.domain.inbound import Point, Press

_LONGEST_QUERY = 200
_TOO_LONG = "f.too_long"


def begins(session: Session, facts: Facts) -> Session:
    """Return a conversation with an empty draft, in its first question."""
    draft = new_draft(facts.fresh_id, session.known, facts.now)
    return replace(session, draft=draft, state=State.CATEGORY, survey=None, nearby=None)


def begins_with_text(turn: Turn) -> Step:
    """Make a draft of words that were told without being asked for."""
    begun = replace(turn, session=begins(turn.session, turn.facts))
    return category_text(begun)


def category_press(turn: Turn, press: Press) -> Step:
    """Take a topic, turn a page, or open the list of groups."""
    draft = turn.draft
    if press.act == "t":
        chosen = replace(draft, topic=press.arg, neighbours=None, join="")
        return settled(turn, chosen, State.CATEGORY)
    if press.act == "none":
        return settled(turn, replace(draft, topic=None, neighbours=None), State.CATEGORY)
    if press.act == "p":
        page = int(press.arg)
        return stays(turn.with_draft(replace(draft, page=page)).session, turn.facts)
    listed = replace(draft, group=press.arg, page=0)
    return stays(turn.with_draft(listed).session, turn.facts)


def category_text(turn: Turn) -> Step:
    """Find topics by words; a story is kept as the description too."""
    draft = replace(turn.draft, query=turn.event.text[:_LONGEST_QUERY], group="", page=0)
    if not draft.text and len(turn.event.text) >= TELLING_TEXT:
        draft = described(draft, turn)
    return stays(turn.with_draft(draft).session, turn.facts)


def described(draft: Draft, turn: Turn) -> Draft:
    """Return a draft with the event's words as its description, as far as they may be one."""
    text = turn.event.text
    if not SHORTEST_TEXT <= len(text) <= LONGEST_TEXT:
        return draft
    return settle(fed(replace(draft, text=text), turn, "text"), State.DESCRIPTION)


def fed(draft: Draft, turn: Turn, field: str) -> Draft:
    """Return a draft that remembers which message a field came from, for when it is edited."""
    if not turn.event.message:
        return draft
    others = tuple(each for each in draft.fed if each[1] != field)
    return replace(draft, fed=(*others, (turn.event.message, field)))


def emergency_press(turn: Turn, press: Press) -> Step:
    """Go on after the warning, or stop to make the call."""
    if press.act == "go":
        return settled(turn, turn.draft, State.EMERGENCY)
    return deletes(turn.session, turn.facts, turn.told("f.emergency_stopped"))


def description_text(turn: Turn) -> Step:
    """Take the description."""
    length = len(turn.event.text)
    if length > LONGEST_TEXT:
        return stays(turn.session, turn.facts, turn.told(_TOO_LONG, most=LONGEST_TEXT))
    if length < SHORTEST_TEXT:
        return stays(turn.session, turn.facts, turn.told("f.too_short", least=SHORTEST_TEXT))
    return advances(turn.with_draft(described(turn.draft, turn)).session, turn.facts)


def place_press(turn: Turn, press: Press) -> Step:
    """Take one of the last places, or the address as it was typed."""
    if press.act == "last":
        place = turn.session.known.places[int(press.arg)]
        return settled(turn, replace(turn.draft, place=place, typed_place=""), State.PLACE)
    return _takes(turn, as_typed(turn.draft.typed_place))


def place_text(turn: Turn) -> Step:
    """Look for a typed address in the registry."""
    typed = turn.event.text[:_LONGEST_QUERY]
    draft = fed(replace(turn.draft, typed_place=typed, place=None), turn, "place")
    found = streets_meant(turn.facts.city, typed)
    if len(found) == 1:
        return _takes(turn.with_draft(draft), place_in(found[0].street, found[0].building))
    return advances(turn.with_draft(draft).session, turn.facts)


def place_pick_press(turn: Turn, press: Press) -> Step:
    """Take one of the streets that were found, or the address as it was typed."""
    if press.act == "man":
        return _takes(turn, as_typed(turn.draft.typed_place))
    found = streets_meant(turn.facts.city, turn.draft.typed_place)
    building = next((each.building for each in found if each.building), None)
    return _takes(turn, place_in(turn.facts.city.streets[press.arg], building))


def place_confirm_press(turn: Turn, press: Press) -> Step:
    """Confirm the place, choose another street near the point, or begin again."""
    draft = turn.draft
    place = draft.place
    if press.act == "yes":
        return settled(turn, draft, State.PLACE)
    if place is None or press.act == "no":
        again = unsettle(draft, State.PLACE)
        return goes(turn.with_draft(again).session, State.PLACE, turn.facts)
    if press.act == "man":
        return _takes(turn, mere_point(place))
    chosen = place_in(turn.facts.city.streets[press.arg], place.building)
    return _takes(turn, replace(chosen, lat=place.lat, lon=place.lon, note=place.note))


def place_confirm_text(turn: Turn) -> Step:
    """Take the house or a landmark, which confirms the place."""
    place = with_detail(turn.draft.place or as_typed(turn.draft.typed_place), turn.event.text)
    return settled(turn, fed(replace(turn.draft, place=place), turn, "note"), State.PLACE)


def point(turn: Turn, shared: Point) -> Step:
    """Keep a point that was shared, whatever is being asked; outside the city explain."""
    facts = turn.facts
    if not in_city(facts.city, shared):
        return stays(turn.session, facts, turn.told("f.place_outside", city=_city(turn)))
    asked_now = turn.session.state in {State.PLACE, State.PLACE_PICK, State.PLACE_CONFIRM}
    draft = replace(unsettle(turn.draft, State.PLACE), place=at_point(facts.city, shared))
    kept = turn.with_draft(draft)
    if asked_now:
        return advances(kept.session, facts)
    return stays(kept.session, facts, turn.told("f.place_kept"))


def _city(turn: Turn) -> str:
    return turn.facts.city.name.in_language(turn.session.language)


def _takes(turn: Turn, place: Place) -> Step:
    """Keep a place that is still to be confirmed."""
    kept = replace(turn.draft, place=place, neighbours=None, join="")
    return advances(turn.with_draft(kept).session, turn.facts)


def neighbours_found(turn: Turn, found: NeighboursFound) -> Step:
    """Show open appeals about the same, or go on where there are none."""
    draft = replace(turn.draft, neighbours=found.neighbours)
    if not found.neighbours:
        return settled(turn, draft, State.DUPLICATES)
    return goes(turn.with_draft(draft).session, State.DUPLICATES, turn.facts)


def duplicates_press(turn: Turn, press: Press) -> Step:
    """Choose a card to join, or one's own."""
    if press.act == "own":
        return settled(turn, replace(turn.draft, join=""), State.DUPLICATES)
    joining = replace(turn.draft, join=press.arg)
    return goes(turn.with_draft(joining).session, State.JOINED, turn.facts)


def joined_press(turn: Turn, press: Press) -> Step:
    """Confirm the joining, or file one's own after all."""
    draft = turn.draft if press.act == "ok" else replace(turn.draft, join="")
    return settled(turn, draft, State.DUPLICATES)
