"""Signing in and out."""

from datetime import timedelta
from typing import Annotated

from chalice.app import Response
from pydantic import StringConstraints

from chalicelib import wiring
from chalicelib.api import identity
from chalicelib.api.answers import answer, no_content, respond
from chalicelib.api.bodies import Body
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Shape
from chalicelib.api.staff_views import SessionView
from chalicelib.usecases.sessions import close_session, open_session

routes = Routes(__name__)

TOKEN_LIFE = timedelta(hours=24)
"""The longest life of an access token: how long a signed-out one has to be remembered."""

Given = Annotated[str, StringConstraints(min_length=1, max_length=256)]


class SessionBody(Body):
    """A name and a password."""

    username: Given
    password: Given


@routes.route(
    "/sessions", methods=["POST"], body=SessionBody, answers={201: SessionView}, public=True
)
def post_session(call: Call) -> Response:
    """Sign in; five failures in a quarter of an hour lock the name for one."""
    body, centre = call.read(SessionBody), wiring.centre()
    shape = Shape(centre.city, call.language, centre.now())
    address = identity.client_address(call.request, proxies=centre.settings.proxies)
    session = open_session(
        body.username,
        body.password,
        limits=centre.limits(address),
        now=shape.now,
        accounts=centre.accounts,
        directory=centre.directory,
        guards=centre.guards,
    )
    actor = session.actor
    view = {
        "access_token": session.sign_in.token,
        "expires_at": shape.time(session.sign_in.expires_at),
        "role": actor.role,
        "executor": actor.executor,
        "executor_name": (shape.executor(actor.executor) or {}).get("name"),
        "name": actor.name,
    }
    return respond(answer(view, status=201))


@routes.route("/sessions", methods=["DELETE"])
def delete_session(call: Call) -> Response:
    """Sign out: the token is denied from now on."""
    centre = wiring.centre()
    close_session(call.actor, centre.now() + TOKEN_LIFE, guards=centre.guards)
    return no_content()
