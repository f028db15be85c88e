"""Who calls: the authorizer of staff and machines, the actor of a request, its address."""

import ipaddress
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from urllib.parse import quote, unquote

from chalice.app import AuthRequest, AuthResponse, Request

from chalicelib.api import call_log
from chalicelib.domain.errors import NotSignedIn
from chalicelib.domain.people import Actor, Role
from chalicelib.usecases.ports import Accounts, Directory, Guards
from chalicelib.usecases.sessions import proven

_MOST_LETTERS: Final = 8192
_IPV6_NETWORK_BITS: Final = 64


class Unauthorized(Exception):
    """Nobody is proven: API Gateway answers 401 to exactly this message, 500 to any other."""

    def __init__(self) -> None:
        super().__init__("Unauthorized")


def staff(
    request: AuthRequest,
    *,
    accounts: Accounts,
    directory: Directory,
    guards: Guards,
    now: datetime,
) -> AuthResponse:
    """Prove who sends `Bearer <jwt>` or `ApiKey <client id>.<secret>`, and say it to the routes.

    A machine's secret is known to the directory as its SHA-256 in hex.
    Raises Unauthorized for a bad, expired or signed-out token and for an unknown person.
    """
    scheme, _, given = request.token.strip().partition(" ")
    actor: Actor | None = None
    if len(given) <= _MOST_LETTERS and given.isascii():
        if scheme.lower() == "bearer":
            actor = _person(given.strip(), accounts, directory, guards, now)
        elif scheme.lower() == "apikey":
            actor = _machine(given.strip(), directory, now)
    call_log.write(function="staff", scheme=scheme[:10], subject=actor.subject if actor else None)
    if actor is None:
        raise Unauthorized
    return AuthResponse(routes=["*"], principal_id=actor.subject, context=context_of(actor))


def context_of(actor: Actor) -> dict[str, str]:
    """Return an actor as the authorizer's context: strings of ASCII, for it travels in headers."""
    return {
        "subject": actor.subject,
        "role": actor.role.value,
        "executor": actor.executor or "",
        "name": quote(actor.name),
        "token_id": actor.token_id or "",
        "person": actor.person or "",
    }


def actor_of(request: Request) -> Actor:
    """Return who was proven by the authorizer. Raises NotSignedIn where none stands before."""
    context: Mapping[str, Any] = request.context.get("authorizer") or {}
    if "role" not in context:
        raise NotSignedIn
    return Actor(
        subject=context["subject"],
        role=Role(context["role"]),
        name=unquote(context.get("name", "")),
        executor=context.get("executor") or None,
        token_id=context.get("token_id") or None,
        person=context.get("person") or None,
    )


def subject_of(request: Request) -> str:
    """Return the subject of the call for the log and for idempotency; `public` for nobody."""
    context: Mapping[str, Any] = request.context.get("authorizer") or {}
    return str(context.get("subject", "public"))


def client_address(request: Request, *, proxies: int) -> str:
    """Return the address that a request came from, as rate limits count it.

    Args:
        proxies: how many of our own stand before the function and add to X-Forwarded-For:
            2 on AWS (CloudFront adds the viewer, API Gateway adds CloudFront), 1 locally.

    What stands further left was written by the client and is not believed. Of an IPv6 address
    the /64 network is returned, which is what one household has.
    """
    seen = str(request.context.get("identity", {}).get("sourceIp", ""))
    return address_of(request.headers.get("x-forwarded-for", ""), seen, proxies=proxies)


def address_of(forwarded_for: str, seen: str, *, proxies: int) -> str:
    """Return the address of a caller as `client_address` does; `seen` where none is forwarded."""
    hops = [hop.strip() for hop in forwarded_for.split(",")]
    given = hops[-proxies] if len(hops) >= proxies else hops[0]
    return _network(given) or seen


def _person(
    token: str, accounts: Accounts, directory: Directory, guards: Guards, now: datetime
) -> Actor | None:
    try:
        session = proven(token, now=now, accounts=accounts, directory=directory, guards=guards)
    except NotSignedIn:
        return None
    return session.actor


def _machine(given: str, directory: Directory, now: datetime) -> Actor | None:
    client_id, dot, secret = given.partition(".")
    if not (client_id and dot and secret):
        return None
    return directory.client(client_id, sha256(secret.encode()).hexdigest(), now)


def _network(text: str) -> str:
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return ""
    if address.version == 4:
        return str(address)
    mapped = ipaddress.IPv6Address(int(address)).ipv4_mapped
    if mapped is not None:
        return str(mapped)
    return str(ipaddress.ip_network((int(address), _IPV6_NETWORK_BITS), strict=False))
