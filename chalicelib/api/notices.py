"""Notices as staff see them: what can be sent again, what waits for the post."""

from collections.abc import Callable

from chalice.app import Response

from chalicelib import wiring
from chalicelib.api.answers import answer, ok
from chalicelib.api.bodies import PageQuery
from chalicelib.api.notice_shapes import (
    NoticeView,
    PostListView,
    letter_body,
    notice_body,
)
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Body, Shape
from chalicelib.domain.once import Once
from chalicelib.usecases import notices
from chalicelib.usecases.notices import Shown, Told
from chalicelib.usecases.sending_words import said_to

routes = Routes(__name__)


@routes.route("/post-list", query=PageQuery, answers={200: PostListView})
def get_post_list(call: Call) -> Response:
    """Read the letters that wait for the post, with address and words, the oldest first."""
    centre, asked = wiring.centre(), call.asked(PageQuery)
    page = notices.to_post(
        call.actor,
        limit=asked.limit,
        cursor=asked.cursor,
        notices=centre.notices,
        cards=centre.cards,
    )
    shape = Shape(centre.city_now(), call.language, centre.now())
    items = [_letter(shape, shown) for shown in page.items]
    return ok({"items": items, "next_cursor": page.cursor})


@routes.route(
    "/cards/{number}/notices/{notice}/again",
    methods=["POST"],
    answers={201: NoticeView},
    headers=["Idempotency-Key"],
)
def post_again(call: Call, number: str, notice: str) -> Response:
    """Tell somebody once more, by the first way that has not failed (K-5.1.4)."""
    centre = wiring.centre()

    def act(told: Told) -> Shown:
        return notices.send_again(
            told, city=centre.city_now(), cards=centre.cards, queues=centre.queues
        )

    return _carried_out(call, number, notice, act, status=201)


@routes.route(
    "/cards/{number}/notices/{notice}/posted",
    methods=["POST"],
    answers={200: NoticeView},
    headers=["Idempotency-Key"],
)
def post_posted(call: Call, number: str, notice: str) -> Response:
    """Record that a letter was handed to the post."""
    cards = wiring.centre().cards
    return _carried_out(
        call, number, notice, lambda told: notices.posted(told, cards=cards), status=200
    )


def _carried_out(
    call: Call, number: str, notice_id: str, act: Callable[[Told], Shown], *, status: int
) -> Response:
    centre = wiring.centre()
    now = centre.now()
    shape = Shape(centre.city_now(), call.language, now)

    def once_told(once: Once[Shown]) -> Shown:
        return act(Told(number, notice_id, call.actor, now, once))

    return carry_out(
        call.request,
        once_told,
        lambda shown: answer(
            notice_body(shape, shown.notice, shown.file, call.actor), status=status
        ),
        guards=centre.guards,
        now=now,
    )


def _letter(shape: Shape, shown: Shown) -> Body:
    centre = wiring.centre()
    said = said_to(
        (shown.notice,),
        shown.file,
        city=shape.city,
        site_url=centre.settings.site_url,
        secrets=centre.secrets,
    )
    words = centre.wording.words(said.templates, said.language, said.facts)
    return letter_body(shape, shown.notice, shown.file, words)
