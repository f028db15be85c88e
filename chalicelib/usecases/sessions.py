"""Sign in and out: the user pool proves who somebody is, the directory says what they may do."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import NotSignedIn, SignInLocked
from chalicelib.domain.people import Actor
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.ports import Accounts, Directory, Guards, SignIn

FAILURES = 5
LOCK_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in and whose it is."""

    sign_in: SignIn
    actor: Actor


def open_session(
    username: str,
    password: str,
    *,
    limits: Limits,
    now: datetime,
    accounts: Accounts,
    directory: Directory,
    guards: Guards,
) -> Session:
    """Sign somebody in; five failures in a quarter of an hour lock the name for one.

    Raises TooManyRequests (of the address), SignInLocked, NotSignedIn, StoreAway.
    """
    limits.check_address(now)
    bucket = f"sign-in#{username.casefold()}"
    if guards.counted(bucket, window_seconds=LOCK_SECONDS, now=now) >= FAILURES:
        raise SignInLocked(retry_after_seconds=LOCK_SECONDS)
    try:
        sign_in = accounts.sign_in(username, password)
        actor = directory.person(sign_in.subject, now)
    except NotSignedIn:
        guards.count(bucket, window_seconds=LOCK_SECONDS, now=now)
        raise
    if actor is None:
        raise NotSignedIn
    return Session(sign_in, actor)


def proven(
    token: str, *, now: datetime, accounts: Accounts, directory: Directory, guards: Guards
) -> Session:
    """Prove who sends a bearer token, and that they have neither signed out nor been dismissed.

    Raises NotSignedIn, StoreAway.
    """
    sign_in = accounts.verify(token, now)
    if guards.is_revoked(sign_in.token_id, now):
        raise NotSignedIn
    person = directory.person(sign_in.subject, now)
    if person is None:
        raise NotSignedIn
    return Session(sign_in, replace(person, token_id=sign_in.token_id))


def close_session(actor: Actor, until: datetime, *, guards: Guards) -> None:
    """Deny the sign-in by which the actor came, until its token expires."""
    if actor.token_id:
        guards.revoke(actor.token_id, until)
