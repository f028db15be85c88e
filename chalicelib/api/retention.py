"""Keeping and releasing: what an admin decides about cards of past years (LAW-13)."""

from typing import Annotated

from chalice.app import Response
from pydantic import Field, StringConstraints
from typing_extensions import TypedDict

from chalicelib import wiring
from chalicelib.api.answers import answer, ok
from chalicelib.api.bodies import Body, Query
from chalicelib.api.cards import card_answer
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.staff_views import CardView
from chalicelib.domain.errors import NotFound
from chalicelib.regulation.retention import Judged, keep_until
from chalicelib.usecases import retention
from chalicelib.usecases.retention import Shelf, YearPage
from chalicelib.usecases.retention_ports import Release
from chalicelib.words.say import say

routes = Routes(__name__)

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
After = Annotated[int, Field(ge=0, le=999_999_999)]


class YearQuery(Query):
    """After which number of the year's sequence the page begins."""

    after: After = 0


class ReleaseBody(Body):
    """The act of destruction that the release rests on, and where its page begins."""

    act: Text
    after: After = 0


class HoldBody(Body):
    """Why a card must stay."""

    reason: Text


class KeptView(TypedDict):
    """A card of a year that is still kept; `kept` says why, None where it may be released."""

    number: str
    status: str
    closed_at: str | None
    keep_until: str | None
    kept: str | None
    kept_text: str


class ReleaseView(TypedDict):
    """Who released cards of a year, when, and by which act."""

    at: str
    by: str
    act: str
    cards: int


class YearView(TypedDict):
    """A page of a year's cards; `next` is the `after` of the following page, None at the end."""

    year: int
    released: list[str]
    items: list[KeptView]
    releases: list[ReleaseView]
    next: int | None


@routes.route("/retention/{year}", query=YearQuery, answers={200: YearView})
def get_year(call: Call, year: str) -> Response:
    """Read what may be released of a year's cards and what stays, and why (LAW-13)."""
    shelf = _shelf(call, year, call.asked(YearQuery).after)
    return ok(_year_body(_shape(call, shelf), shelf.year, retention.look(shelf)))


@routes.route(
    "/retention/{year}/release",
    methods=["POST"],
    body=ReleaseBody,
    answers={200: YearView},
    headers=["Idempotency-Key"],
)
def post_release(call: Call, year: str) -> Response:
    """Release a page of a year's cards whose keeping term has ended: they are gone (LAW-13).

    A card on hold stays, and so does one with a living repeat. Ask again with `next` until it is
    null.
    """
    body, centre = call.read(ReleaseBody), wiring.centre()
    shelf = _shelf(call, year, body.after)
    return carry_out(
        call.request,
        lambda once: retention.release(shelf, body.act, once=once, files=centre.files),
        lambda page: answer(_year_body(_shape(call, shelf), shelf.year, page)),
        guards=centre.guards,
        now=shelf.now,
    )


@routes.route(
    "/cards/{number}/hold",
    methods=["POST"],
    body=HoldBody,
    answers={200: CardView},
    headers=["Idempotency-Key"],
)
def post_hold(call: Call, number: str) -> Response:
    """Keep a card whatever its age, until the hold is lifted (LAW-13)."""
    body, centre = call.read(HoldBody), wiring.centre()
    now = centre.now()
    return carry_out(
        call.request,
        lambda once: retention.hold(
            number, body.reason, actor=call.actor, once=once, now=now, cards=centre.cards
        ),
        lambda file: card_answer(call, file),
        guards=centre.guards,
        now=now,
    )


@routes.route("/cards/{number}/hold", methods=["DELETE"], answers={200: CardView})
def delete_hold(call: Call, number: str) -> Response:
    """Lift a hold (LAW-13)."""
    centre = wiring.centre()
    now = centre.now()
    return carry_out(
        call.request,
        lambda once: retention.lift_hold(
            number, actor=call.actor, once=once, now=now, cards=centre.cards
        ),
        lambda file: card_answer(call, file),
        guards=centre.guards,
        now=now,
    )


def _shelf(call: Call, year: str, after: int) -> Shelf:
    centre = wiring.centre()
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        raise NotFound
    return Shelf(
        int(year),
        after,
        call.actor,
        centre.now(),
        city=centre.city,
        keeping=centre.keeping,
        numbers=centre.numbers,
    )


def _shape(call: Call, shelf: Shelf) -> Shape:
    return Shape(shelf.city, call.language, shelf.now)


def _year_body(shape: Shape, year: int, page: YearPage) -> dict[str, object]:
    return {
        "year": year,
        "released": list(page.released),
        "items": [_kept_body(shape, verdict) for verdict in page.kept],
        "releases": [_release_body(shape, release) for release in page.releases],
        "next": page.following,
    }


def _kept_body(shape: Shape, verdict: Judged) -> dict[str, object]:
    card, city, kept = verdict.card, shape.city, verdict.kept
    ended = card.closed_at
    until = keep_until(ended, city.edition(card.edition), city.calendar) if ended else None
    return {
        "number": card.number,
        "status": card.status,
        "closed_at": shape.maybe(ended),
        "keep_until": shape.maybe(until),
        "kept": kept,
        "kept_text": say(shape.language, f"kept.{kept}") if kept else "",
    }


def _release_body(shape: Shape, release: Release) -> dict[str, object]:
    return {
        "at": shape.time(release.at),
        "by": release.by_name or release.by,
        "act": release.act,
        "cards": len(release.numbers),
    }
