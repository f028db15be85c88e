"""What is asked in each state of filing an appeal, and which answers are offered as buttons."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.dialogue.facts import MOST_PHOTOS, Facts
from chalicelib.dialogue.menus import context_of, message, way_out
from chalicelib.dialogue.order import topic_of
from chalicelib.dialogue.places import nearest_streets, streets_meant
from chalicelib.dialogue.telling import (
    button,
    choice,
    home_words,
    label,
    language_of,
    place_words,
    street_words,
    told,
    topic_words,
)
from chalicelib.domain.city import Topic
from chalicelib.domain.conversation import Draft, Session
from chalicelib.domain.inbound import Point
from chalicelib.domain.outbound import Ask, Button, OutboundMessage
from chalicelib.regulation.street_search import FoundStreet
from chalicelib.regulation.topic_search import find_topics

Row = tuple[Button, ...]

TOPICS_A_PAGE = 5
GROUPS_A_PAGE = 8
_MOST_FOUND = 20
EDITED = ("category", "text", "place", "photos", "contact", "name", "home")
"""What may be changed from the review, by the argument of its button."""


def draft_of(session: Session) -> Draft:
    """Return the draft that is being told. Raises LookupError where there is none: a defect."""
    if session.draft is None:
        raise LookupError(session.state)
    return session.draft


def resume(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask what is to become of a draft that was left."""
    draft, context = draft_of(session), context_of(session)
    return message(
        told(session, "f.resume", started_at=draft.started_at, text=draft.text or "—"),
        (button(session, "go_on", context, "go"),),
        (button(session, "anew", context, "new"), button(session, "delete", context, "del")),
        way_out(session)[:1],
    )


def category(session: Session, facts: Facts) -> OutboundMessage:
    """Ask what has happened: by words, or by the list of groups."""
    draft, context = draft_of(session), context_of(session)
    listed = button(session, "all_topics", context, "g", "all")
    unlisted = button(session, "not_listed", context, "none")
    if draft.group:
        rows, key = _group_rows(session, facts), "f.category_group"
    else:
        found = find_topics(facts.city, draft.query, _MOST_FOUND) if draft.query else ()
        rows = _topic_rows(session, found)
        key = "f.category_found" if found else "f.category_none"
        key = key if draft.query else "f.category"
    leading = () if draft.group == "all" else ((listed,),)
    return message(
        told(session, key, query=draft.query), *rows, *leading, (unlisted,), way_out(session)
    )


def _group_rows(session: Session, facts: Facts) -> list[Row]:
    draft, language = draft_of(session), language_of(session)
    topics = facts.city.topics.values()
    if draft.group != "all":
        return _topic_rows(session, [t for t in topics if t.group_code == draft.group])
    groups = {topic.group_code: topic.group.in_language(language) for topic in topics}
    context = context_of(session)
    rows: list[Row] = [(choice(name, context, "g", code),) for code, name in groups.items()]
    return _paged(session, rows, GROUPS_A_PAGE)


def _topic_rows(session: Session, topics: Sequence[Topic]) -> list[Row]:
    language, context = language_of(session), context_of(session)
    rows: list[Row] = [
        (choice(topic.name.in_language(language), context, "t", topic.code),) for topic in topics
    ]
    return _paged(session, rows, TOPICS_A_PAGE)


def _paged(session: Session, rows: list[Row], size: int) -> list[Row]:
    draft, context = draft_of(session), context_of(session)
    pages = max(1, -(-len(rows) // size))
    page = min(draft.page, pages - 1)
    turning = []
    if page:
        turning.append(button(session, "earlier", context, "p", str(page - 1)))
    if page + 1 < pages:
        turning.append(button(session, "more", context, "p", str(page + 1)))
    return [*rows[page * size : (page + 1) * size], tuple(turning)]


def emergency(session: Session, facts: Facts) -> OutboundMessage:
    """Say whom to call first when lives are in danger."""
    draft, language, context = draft_of(session), language_of(session), context_of(session)
    topic = topic_of(draft, facts.city)
    redirect = topic.safety_redirect if topic else None
    numbers = "\n".join(
        f"{number} — {words.in_language(language)}"
        for number, words in facts.city.emergency_numbers
    )
    advice = redirect.in_language(language) if redirect else ""
    text = told(session, "f.emergency", numbers=numbers, advice=advice).strip()
    return message(
        text,
        (button(session, "emergency_go", context, "go"),),
        (button(session, "emergency_stop", context, "stop"),),
        way_out(session),
    )


def description(session: Session, facts: Facts) -> OutboundMessage:
    """Ask what is wrong, in one's own words."""
    draft = draft_of(session)
    topic = topic_words(facts.city, draft.topic, session)
    return message(told(session, "f.description", topic=topic), way_out(session))


def place(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask where: by typing, by the device, or one of the last places."""
    draft, context = draft_of(session), context_of(session)
    last = tuple(
        (choice(place_words(each), context, "last", str(at)),)
        for at, each in enumerate(session.known.places)
    )
    rows = list(last)
    key = "f.place"
    if draft.typed_place:
        key = "f.place_none"
        rows.insert(0, (button(session, "as_typed", context, "man"),))
    asked = message(told(session, key, typed=draft.typed_place), *rows, way_out(session))
    return replace(asked, ask=Ask.PLACE, ask_words=label(session, "share_place"))


def place_pick(session: Session, facts: Facts) -> OutboundMessage:
    """Ask which of several streets is meant."""
    draft, context, language = draft_of(session), context_of(session), language_of(session)
    rows = [
        (choice(_found_words(found, language), context, "pick", found.street.id),)
        for found in streets_meant(facts.city, draft.typed_place)
    ]
    return message(
        told(session, "f.place_pick", typed=draft.typed_place),
        *rows,
        (button(session, "as_typed", context, "man"),),
        way_out(session),
    )


def _found_words(found: FoundStreet, language: str) -> str:
    words = street_words(found.street, language)
    return f"{words} ({found.old_name})" if found.old_name else words


def place_confirm(session: Session, facts: Facts) -> OutboundMessage:
    """Ask whether the place is right, and for the house or a landmark."""
    draft, context = draft_of(session), context_of(session)
    where = draft.place
    if where is None:
        return place(session, facts)
    rows: list[Row] = [(button(session, "right", context, "yes"),)]
    key = "f.place_confirm" if where.building else "f.place_confirm_street"
    if where.lat is not None and where.lon is not None:
        key = "f.place_confirm_point"
        rows += _other_streets(session, facts, Point(where.lat, where.lon))
    rows += [(button(session, "wrong", context, "no"),), way_out(session)]
    return message(told(session, key, place=place_words(where)), *rows)


def _other_streets(session: Session, facts: Facts, point: Point) -> list[Row]:
    chosen = draft_of(session).place
    context, language = context_of(session), language_of(session)
    rows: list[Row] = [
        (choice(street_words(street, language), context, "pick", street.id),)
        for street in nearest_streets(facts.city, point, 4)
        if chosen is None or street.id != chosen.street_id
    ]
    if chosen is not None and chosen.street_id is not None:
        rows.append((button(session, "mere_point", context, "man"),))
    return rows


def duplicates(session: Session, _facts: Facts) -> OutboundMessage:
    """Show open appeals about the same, and offer to join one or to file one's own."""
    draft, context = draft_of(session), context_of(session)
    listed = draft.neighbours or ()
    words = [told(session, "f.neighbour", number=n.number, words=n.words) for n in listed]
    text = "\n".join((told(session, "f.duplicates"), *words))
    rows = [(button(session, "join", context, "j", n.number, number=n.number),) for n in listed]
    own = (button(session, "own", context, "own"),)
    return message(text, *rows, own, way_out(session))


def joined(session: Session, _facts: Facts) -> OutboundMessage:
    """Say what joining means before it is done."""
    draft, context = draft_of(session), context_of(session)
    return message(
        told(session, "f.joined", number=draft.join),
        (button(session, "further", context, "ok"),),
        (button(session, "own", context, "own"),),
        way_out(session),
    )


def photos(session: Session, facts: Facts) -> OutboundMessage:
    """Ask for pictures, or whether words that came instead belong to the description."""
    draft, context = draft_of(session), context_of(session)
    if draft.extra:
        return extra(session, facts)
    count = len(draft.photos)
    if not count:
        return message(
            told(session, "f.photos", most=MOST_PHOTOS),
            (button(session, "without_photo", context, "skip", "photo"),),
            way_out(session),
        )
    return message(
        told(session, "f.photos_more", count=count, most=MOST_PHOTOS),
        (button(session, "ready", context, "done"),),
        way_out(session),
    )


def extra(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask whether words that came unasked belong to the description."""
    draft, context = draft_of(session), context_of(session)
    return message(
        told(session, "f.extra", text=draft.extra),
        (button(session, "append", context, "add"), button(session, "forget", context, "drop")),
        way_out(session),
    )


def review(session: Session, facts: Facts) -> OutboundMessage:
    """Show everything before it is sent; each part may be changed."""
    draft, context = draft_of(session), context_of(session)
    if draft.extra:
        return extra(session, facts)
    shown = _review_facts(session, facts)
    edits = [
        button(session, f"edit_{what}", context, "e", what)
        for what in EDITED
        if what != "home" or draft.name
    ]
    rows = [tuple(edits[at : at + 2]) for at in range(0, len(edits), 2)]
    send = (button(session, "send", context, "send"),)
    return message(told(session, "f.review", **shown), send, *rows, way_out(session))


def _review_facts(session: Session, facts: Facts) -> dict[str, object]:
    draft = draft_of(session)
    none = told(session, "f.none")
    lost = told(session, "f.lost_photos", count=draft.lost) if draft.lost else ""
    return {
        "topic": topic_words(facts.city, draft.topic, session),
        "text": draft.text,
        "place": place_words(draft.place) if draft.place else none,
        "photos": len(draft.photos),
        "lost": lost,
        "phone": draft.phone or none,
        "name": draft.name or told(session, "f.nameless"),
        "home": home_words(draft.home) if draft.home and draft.name else none,
        "join": told(session, "f.to_join", number=draft.join) if draft.join else "",
    }
