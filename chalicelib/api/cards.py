"""Cards as staff and executors' systems see and drive them."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Final, Literal

from chalice.app import Response
from pydantic import Field

from chalicelib import wiring
from chalicelib.api.answers import answer, etag, json_text, respond, unless_known
from chalicelib.api.applicant_shapes import applicant_body
from chalicelib.api.bodies import PageQuery
from chalicelib.api.contacts import phone_of
from chalicelib.api.instants import Instant
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.staff_shapes import row_body, staff_body
from chalicelib.api.staff_views import CardView, ContactsView, QueueView, TextView
from chalicelib.domain.card import CardFile, Status
from chalicelib.domain.errors import Fault
from chalicelib.domain.once import Answer
from chalicelib.usecases import cards

routes = Routes(__name__)

NOBODY: Final = "none"
"""The executor of cards that nobody has yet."""


class QueueQuery(PageQuery):
    """Filters of the queue; `status` takes several, separated by commas."""

    executor: str | None = None
    status: str | None = None
    overdue: Literal["true", "false"] | None = None
    due_before: Instant | None = None
    topic: str | None = None
    q: str | None = Field(default=None, max_length=200)


@routes.route("/cards", query=QueueQuery, answers={200: QueueView})
def get_cards(call: Call) -> Response:
    """Read the queue, earliest `due_at` first; `q` finds by number, phone, foreign id, street."""
    centre, asked = wiring.centre(), call.asked(QueueQuery, _unknown)
    shape = Shape(centre.city, call.language, centre.now())
    page = cards.queue(
        _wanted(asked),
        actor=call.actor,
        limit=asked.limit,
        cursor=asked.cursor,
        now=shape.now,
        city=centre.city,
        cards=centre.cards,
        phone=phone_of(asked.q) if asked.q else None,
    )
    rows = [row_body(shape, row) for row in page.items]
    text = json_text({"items": rows, "next_cursor": page.cursor, "cut": page.cut})
    return unless_known(call.request, text, _tag_of(text))


@routes.route("/cards/{number}", answers={200: CardView})
def get_card(call: Call, number: str) -> Response:
    """Read a card's whole file; contacts are masked until opened."""
    centre = wiring.centre()
    file = cards.card(number, actor=call.actor, cards=centre.cards)
    return respond(card_answer(call, file))


@routes.route(
    "/cards/{number}/open-contacts",
    methods=["POST"],
    answers={200: ContactsView},
    headers=["Idempotency-Key"],
)
def post_open_contacts(call: Call, number: str) -> Response:
    """Show the applicant's contacts; the history says who saw them (law 393/96 art. 10)."""
    centre = wiring.centre()
    now = centre.now()
    return carry_out(
        call.request,
        lambda once: cards.open_contacts(
            number, actor=call.actor, once=once, now=now, cards=centre.cards
        ),
        lambda file: answer(applicant_body(file.appeal, call.actor, contacts=True)),
        guards=centre.guards,
        now=now,
    )


@routes.route(
    "/cards/{number}/open-text",
    methods=["POST"],
    answers={200: TextView},
    headers=["Idempotency-Key"],
)
def post_open_text(call: Call, number: str) -> Response:
    """Show the words that shared views hide; the history says who read them (K-3.4)."""
    centre = wiring.centre()
    now = centre.now()
    return carry_out(
        call.request,
        lambda once: cards.open_text(
            number, actor=call.actor, once=once, now=now, cards=centre.cards
        ),
        lambda file: answer({"text": file.appeal.text}),
        guards=centre.guards,
        now=now,
    )


def card_answer(call: Call, file: CardFile) -> Answer:
    """Return a card as this caller reads it, with its version as ETag."""
    centre = wiring.centre()
    shape = Shape(centre.city_now(), call.language, centre.now())
    return answer(staff_body(shape, file, actor=call.actor), version=file.card.version)


def _wanted(asked: QueueQuery) -> cards.Wanted:
    return cards.Wanted(
        executor=asked.executor,
        statuses=frozenset(map(Status, _names(asked.status))),
        overdue=None if asked.overdue is None else asked.overdue == "true",
        due_before=asked.due_before,
        topic=asked.topic,
        words=asked.q or "",
    )


def _unknown(asked: dict[str, Any]) -> Iterable[Fault]:
    """Yield a fault for each filter that names what the city does not have."""
    city = wiring.centre().city
    if "executor" in asked and asked["executor"] not in {NOBODY, *city.executors}:
        yield Fault("executor", "unknown_executor")
    if "topic" in asked and asked["topic"] not in city.topics:
        yield Fault("topic", "unknown_topic")
    if not set(_names(asked.get("status"))) <= set(Status):
        yield Fault("status", "bad_choice", {"choices": ", ".join(Status)})


def _names(text: str | None) -> list[str]:
    return [name.strip() for name in (text or "").split(",") if name.strip()]


def _tag_of(text: str) -> str:
    return etag(sha256(text.encode()).hexdigest()[:32])
