"""What is asked outside of filing: the menu, cards, surveys, works nearby."""

from dataclasses import replace

from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.menus import (
    context_of,
    menu_button,
    menu_rows,
    message,
    way_out,
)
from chalicelib.dialogue.telling import (
    button,
    choice,
    label,
    language_of,
    place_words,
    street_words,
    told,
)
from chalicelib.domain.conversation import Nearby, Session
from chalicelib.domain.outbound import Ask, Button, OutboundMessage

CARDS_A_PAGE = 5
REASONS = ("not_done", "partly", "poor", "elsewhere", "other")
"""Why a work is not confirmed, by the argument of its button."""

RADII_M = (500, 1000, 3000)


def idle(session: Session, facts: Facts) -> OutboundMessage:
    """Offer the menu."""
    return OutboundMessage(told(session, "menu"), menu_rows(session, facts))


def saved(session: Session, facts: Facts) -> OutboundMessage:
    """Offer the menu, with the draft in it."""
    return idle(session, facts)


def done(session: Session, _facts: Facts) -> OutboundMessage:
    """Say what may be done with the card that was just filed."""
    return message(
        told(session, "f.done_next", number=session.viewing),
        (button(session, "add_photo", session.viewing, "add"),),
        (button(session, "card", session.viewing, "card"), menu_button(session)),
    )


def add_photo(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask for pictures for a card."""
    context = session.viewing
    return message(
        told(session, "f.addphoto", number=session.viewing),
        (button(session, "ready", context, "done"),),
    )


def cards(session: Session, _facts: Facts) -> OutboundMessage:
    """List one's cards, a page at a time."""
    context = context_of(session)
    known = session.known.numbers
    if not known:
        return message(told(session, "s.none"), (menu_button(session),))
    words = dict(session.listed)
    page = known[session.page * CARDS_A_PAGE : (session.page + 1) * CARDS_A_PAGE]
    rows: list[tuple[Button, ...]] = [
        (choice(f"№ {number} {words.get(number, '')}", context, "c", number),) for number in page
    ]
    turning = []
    if session.page:
        turning.append(button(session, "earlier", context, "p", str(session.page - 1)))
    if len(known) > (session.page + 1) * CARDS_A_PAGE:
        turning.append(button(session, "more", context, "p", str(session.page + 1)))
    return message(told(session, "s.list"), *rows, tuple(turning), (menu_button(session),))


def card(session: Session, _facts: Facts) -> OutboundMessage:
    """Offer what may be done with a card that was shown."""
    survey = session.survey
    no = survey.no if survey is not None and survey.number == session.viewing else 0
    return message(told(session, "s.card_next", number=session.viewing), *card_rows(session, no))


def card_rows(session: Session, survey: int) -> tuple[tuple[Button, ...], ...]:
    """Return what may be done with a card; `survey` is the number of an open one."""
    context = session.viewing
    rows: list[tuple[Button, ...]] = [
        (button(session, "comment", context, "msg"), button(session, "refresh", context, "ref")),
    ]
    if survey:
        rows.insert(0, (button(session, "answer_survey", context, "q", str(survey)),))
    rows.append((button(session, "back", context, "b"), menu_button(session)))
    return tuple(rows)


def comment(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask what to add to a card."""
    return message(told(session, "s.comment", number=session.viewing), way_out(session))


def ask(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask whether the work was done."""
    context = context_of(session)
    return message(
        told(session, "q.ask", number=_surveyed(session)),
        (button(session, "confirm", context, "y"), button(session, "not_confirmed", context, "n")),
        (button(session, "later", context, "later"),),
    )


def reason(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask why not."""
    context = context_of(session)
    rows = [(button(session, f"reason_{each}", context, "r", each),) for each in REASONS[:-1]]
    return message(told(session, "q.reason", number=_surveyed(session)), *rows, way_out(session))


def show(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask for pictures of what is wrong."""
    context = context_of(session)
    count = len(session.survey.photos) if session.survey else 0
    key = "ready" if count else "without_photo"
    return message(
        told(session, "q.photo", count=count),
        (button(session, key, context, "done"),),
        way_out(session),
    )


def score(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask for a mark, which may be skipped."""
    context = context_of(session)
    marks = tuple(choice("★" * mark, context, "s", str(mark)) for mark in range(1, 6))
    return message(
        told(session, "q.score"),
        marks[:3],
        marks[3:],
        (button(session, "without_score", context, "skip"),),
        (button(session, "back", context, "b"),),
    )


def answered(session: Session, _facts: Facts) -> OutboundMessage:
    """Say that the answer counts."""
    return message(told(session, "q.thanks"), (menu_button(session),))


def near(session: Session, _facts: Facts) -> OutboundMessage:
    """Ask where to look for repair works."""
    context = context_of(session)
    rows = [
        (choice(place_words(place), context, "last", str(at)),)
        for at, place in enumerate(session.known.places)
        if place.street_id is not None
    ]
    asked = message(told(session, "n.place"), *rows, way_out(session)[1:])
    return replace(asked, ask=Ask.PLACE, ask_words=label(session, "share_place"))


def works(session: Session, facts: Facts) -> OutboundMessage:
    """Offer what may be done with the works that were shown."""
    return message(told(session, "n.list_next"), *work_rows(session, facts))


def work_rows(session: Session, facts: Facts) -> tuple[tuple[Button, ...], ...]:
    """Return what may be done with the works of a place."""
    context, language = context_of(session), language_of(session)
    looked = session.nearby or Nearby()
    rows: list[tuple[Button, ...]] = []
    if looked.point is not None:
        others = [metres for metres in RADII_M if metres != looked.radius_m]
        rows.append(tuple(button(session, "radius", context, "rad", str(m), m=m) for m in others))
    street = facts.city.streets.get(looked.street)
    if street is not None:
        name = street_words(street, language)
        rows.append((button(session, "subscribe", context, "sub", street.id, street=name),))
        rows.append((button(session, "report_here", context, "here"),))
    rows.append((button(session, "back", context, "b"), menu_button(session)))
    return tuple(rows)


def _surveyed(session: Session) -> str:
    return session.survey.number if session.survey else session.viewing
