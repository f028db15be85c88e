"""Consoles hear at once what happens to their cards (K-3.3).

What is told is a hint to look again, never the card itself: a number, no personal data. Nothing
depends on it: a console that heard nothing asks for its queue by itself a little later.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from chalicelib.domain.card import Card
from chalicelib.domain.errors import NotSignedIn, RoleNotPermitted, StoreAway, TooManyRequests
from chalicelib.domain.live import Connection
from chalicelib.regulation.live import audience_of, audiences_of, hears
from chalicelib.usecases.ports import Accounts, Directory, Guards, Start
from chalicelib.usecases.sending_ports import Connections, Live, Queues
from chalicelib.usecases.sessions import proven

KEPT: Final = timedelta(minutes=5)
"""How long a console that says nothing goes on hearing; it pings more often."""

HANDSHAKES_A_MINUTE: Final = 120
"""Of one address: a whole building behind one router comes back at once after a break."""

_MINUTE_SECONDS: Final = 60

WELCOME: Final = {"live": True}
PONG: Final = {"pong": True}
REFUSED: Final = {"refused": True}


@dataclass(frozen=True, slots=True)
class Told:
    """What telling came to: consoles that heard, were gone, or could not be reached."""

    heard: int
    gone: int
    failed: int


def announce(card: Card, event: str, *, queues: Queues) -> None:
    """Let the consoles that see a card know that it changed; `event` is the stable name."""
    news = {
        "number": card.number,
        "executor": card.executor or "",
        "event": event,
        "version": str(card.version),
        "audiences": " ".join(audiences_of(card)),
    }
    queues.tell_consoles(news)


def knock(address: str, *, most: int, now: datetime, guards: Guards) -> None:
    """Count one more handshake of an address in this minute. Raises TooManyRequests."""
    count = guards.count(f"socket#{address}", window_seconds=_MINUTE_SECONDS, now=now)
    if count > most:
        raise TooManyRequests(retry_after_seconds=_MINUTE_SECONDS)


def sign_in(
    connection_id: str,
    token: str,
    *,
    now: datetime,
    accounts: Accounts,
    directory: Directory,
    guards: Guards,
    connections: Connections,
) -> Connection | None:
    """Let a connection hear what its person may see; a token proves the person.

    Returns None, and nothing is kept, where the token proves nobody, the person sees no cards,
    or the connection is somebody's already. Raises StoreAway.
    """
    try:
        session = proven(token, now=now, accounts=accounts, directory=directory, guards=guards)
        audience = audience_of(session.actor)
    except (NotSignedIn, RoleNotPermitted):
        return None
    if not audience or connections.read(connection_id, now) is not None:
        return None
    opened = Connection(
        id=connection_id,
        audience=audience,
        subject=session.actor.subject,
        token_id=session.sign_in.token_id,
        signed_in_until=session.sign_in.expires_at,
        expires_at=min(now + KEPT, session.sign_in.expires_at),
    )
    connections.keep(opened)
    return opened


def renew(
    connection_id: str,
    *,
    now: datetime,
    directory: Directory,
    guards: Guards,
    connections: Connections,
) -> Connection | None:
    """Let a connection go on hearing, if its person may still hear what it hears.

    Returns None where it may not: signed out, dismissed, another role or executor, or nobody.
    """
    kept = connections.read(connection_id, now)
    if kept is None:
        return None
    person = directory.person(kept.subject, now)
    may_hear = person is not None and hears(person, kept.audience)
    if not may_hear or guards.is_revoked(kept.token_id, now):
        connections.forget(kept.id)
        return None
    renewed = replace(kept, expires_at=min(now + KEPT, kept.signed_in_until))
    connections.keep(renewed)
    return renewed


def tell(
    news: Mapping[str, str], *, now: datetime, connections: Connections, live: Live, start: Start
) -> Told:
    """Tell one piece of news to every console of its audiences; one that fails stops no other.

    Raises StoreAway when it cannot be known who listens.
    """
    told = {
        "number": news["number"],
        "executor": news["executor"] or None,
        "event": news["event"],
        "version": int(news["version"]),
    }
    data = json.dumps(told).encode()
    listening = [
        (audience, connection_id)
        for audience in news["audiences"].split()
        for connection_id in connections.listening(audience, now)
    ]
    pushed = [start(partial(_push, live, each, data)) for _, each in listening]
    answers = [wait() for wait in pushed]
    gone = [place for place, answer in zip(listening, answers, strict=True) if answer is False]
    for audience, connection_id in gone:
        connections.drop(audience, connection_id)
    return Told(answers.count(True), len(gone), answers.count(None))


def _push(live: Live, connection_id: str, data: bytes) -> bool | None:
    """Return whether a console is there still; None when that cannot be known now."""
    try:
        return live.push(connection_id, data)
    except StoreAway:
        return None
