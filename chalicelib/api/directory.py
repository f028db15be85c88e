"""Executors and their people, as the city's admin and the heads keep them (K-1.4, K-5.1.1)."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

from chalice.app import Response
from pydantic import Field, StringConstraints

from chalicelib import wiring
from chalicelib.api.answers import answer, ok
from chalicelib.api.bodies import Body, PageQuery
from chalicelib.api.contacts import Email
from chalicelib.api.directory_shapes import absence_body, change_body, executor_body
from chalicelib.api.directory_views import (
    AbsenceView,
    DirectoryChangesView,
    ExecutorsView,
    ExecutorView,
)
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.domain.directory import Post
from chalicelib.domain.once import Once
from chalicelib.regulation.appointments import appointed
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases import directory, suspensions
from chalicelib.usecases.account_book import AccountBook
from chalicelib.usecases.directory import Entering, Named, Standing

routes = Routes(__name__)

Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Reason = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]


class PersonBody(Body):
    """A person's post; `username` is what they sign in with, where they have an account."""

    role: Post
    name: Name
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None
    email: Email | None = None
    from_day: date | None = Field(default=None, alias="from")
    until_day: date | None = Field(default=None, alias="until")
    username: Annotated[str, StringConstraints(min_length=1, max_length=128)] | None = None


class AbsenceBody(Body):
    """The first and the last day away, and who acts instead."""

    from_day: date = Field(alias="from")
    until_day: date = Field(alias="until")
    reason: Reason
    substitute: Id | None = None


class ReasonBody(Body):
    """Why."""

    reason: Reason


@routes.route("/executors", answers={200: ExecutorsView})
def get_executors(call: Call) -> Response:
    """List the executors, their people and whether they receive cards (K-1.4, K-5.1.2)."""
    require(call.actor, Deed.READ_DIRECTORY)
    centre = wiring.centre()
    now = centre.now()
    entries = centre.appointments.entries(now, fresh=True)
    shape = Shape(appointed(centre.city, entries, now), call.language, now)
    found = shape.city.executors.values()
    items = [executor_body(shape, each, entries, actor=call.actor) for each in found]
    return ok({"items": items, "next_cursor": None})


@routes.route(
    "/executors/{executor}/people/{person}",
    methods=["PUT"],
    body=PersonBody,
    answers={200: ExecutorView},
)
def put_person(call: Call, executor: str, person: str) -> Response:
    """Appoint a person, or change what is known of them (K-5.1.1, K-5.1.5)."""
    body = call.read(PersonBody)
    named = Named(
        post=body.role,
        name=body.name,
        phone=body.phone,
        email=body.email,
        from_day=body.from_day,
        until_day=body.until_day,
        username=body.username,
    )
    centre = wiring.centre()
    book = AccountBook(centre.accounts.subject_of, centre.directory)
    standing = directory.appoint(_entering(call), executor, person, named, book=book)
    return _shown(call, executor, standing)


@routes.route(
    "/executors/{executor}/people/{person}/dismissal",
    methods=["POST"],
    body=ReasonBody,
    answers={200: ExecutorView},
    headers=["Idempotency-Key"],
)
def post_dismissal(call: Call, executor: str, person: str) -> Response:
    """Take a person off their post (K-5.1.1); their account opens nothing within a minute."""
    body, entering = call.read(ReasonBody), _entering(call)

    def act(once: Once[Standing]) -> Standing:
        return directory.dismiss(entering, executor, person, body.reason, once=once)

    return _once(call, executor, act)


@routes.route(
    "/people/{person}/absence", methods=["PUT"], body=AbsenceBody, answers={200: AbsenceView}
)
def put_absence(call: Call, person: str) -> Response:
    """Enter through which days a person is away and who acts instead (K-5.1.1, KR-2.4)."""
    body = call.read(AbsenceBody)
    standing = directory.enter_absence(
        _entering(call),
        person,
        substitute=body.substitute,
        from_day=body.from_day,
        until_day=body.until_day,
        reason=body.reason,
    )
    return ok(absence_body(standing.city.people[person]))


@routes.route("/people/{person}/absence", methods=["DELETE"], answers={200: AbsenceView})
def delete_absence(call: Call, person: str) -> Response:
    """End an absence: the person is back."""
    standing = directory.end_absence(_entering(call), person)
    return ok(absence_body(standing.city.people[person]))


@routes.route(
    "/executors/{executor}/suspension",
    methods=["POST"],
    body=ReasonBody,
    answers={200: ExecutorView},
    headers=["Idempotency-Key"],
)
def post_suspension(call: Call, executor: str) -> Response:
    """Suspend an executor: it receives nothing; its open cards are reassigned first (K-1.4)."""
    body, entering, cards = call.read(ReasonBody), _entering(call), wiring.centre().cards

    def act(once: Once[Standing]) -> Standing:
        return suspensions.suspend(entering, executor, body.reason, once=once, cards=cards)

    return _once(call, executor, act)


@routes.route("/executors/{executor}/suspension", methods=["DELETE"], answers={200: ExecutorView})
def delete_suspension(call: Call, executor: str) -> Response:
    """Let an executor receive cards again (K-1.4)."""
    return _shown(call, executor, suspensions.lift_suspension(_entering(call), executor))


@routes.route("/executors/{executor}/changes", query=PageQuery, answers={200: DirectoryChangesView})
def get_changes(call: Call, executor: str) -> Response:
    """Read who changed what of an executor's people, when and why, newest first."""
    asked, entering = call.asked(PageQuery), _entering(call)
    page = directory.changes(entering, executor, limit=asked.limit, cursor=asked.cursor)
    shape = Shape(entering.city, call.language, entering.now)
    items = [change_body(shape, line) for line in page.items]
    return ok({"items": items, "next_cursor": page.cursor})


def _entering(call: Call) -> Entering:
    centre = wiring.centre()
    return Entering(call.actor, centre.now(), centre.city, centre.appointments)


def _once(call: Call, executor: str, act: Callable[[Once[Standing]], Standing]) -> Response:
    centre = wiring.centre()
    return carry_out(
        call.request,
        act,
        lambda standing: answer(_executor(call, executor, standing)),
        guards=centre.guards,
        now=centre.now(),
    )


def _shown(call: Call, executor: str, standing: Standing) -> Response:
    return ok(_executor(call, executor, standing))


def _executor(call: Call, executor: str, standing: Standing) -> dict[str, object]:
    shape = Shape(standing.city, call.language, wiring.centre().now())
    found = standing.city.executors[executor]
    return executor_body(shape, found, standing.entries, actor=call.actor)
