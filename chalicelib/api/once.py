"""A request sent twice is one request: Idempotency-Key, the kept answer, the sealed code."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, TypeVar

from chalice.app import Request, Response

from chalicelib.api.answers import respond
from chalicelib.api.bodies import raw_bytes
from chalicelib.api.identity import subject_of
from chalicelib.domain.errors import DomainError, Fault, InputRefused, OnceReused
from chalicelib.domain.once import Answer, Once, OnceRecord
from chalicelib.usecases.ports import Guards, OnceAnswered

KEPT: Final = timedelta(hours=24)

SEALED: Final = "\x00"
"""Stands in a body for the access code: no text that came from a person holds this letter."""

_SEAL_IN_JSON: Final = '"\\u0000"'
_MOST_LETTERS: Final = 64
_CALLER_LETTERS: Final = 16

Result = TypeVar("Result")

Unseal = Callable[[tuple[str, ...]], str]
"""Computes the access code from what an answer is `sealed_for`."""


def once_of(
    request: Request, shape: Callable[[Result], Answer], *, now: datetime, network: str = ""
) -> Once[Result]:
    """Return the request as one that must be carried out once.

    The key is scoped by the caller (an applicant is who has the code) and by the address of the
    route, with its card's number. Of callers without an identity the `network` is remembered.
    Raises InputRefused for an Idempotency-Key that is none.
    """
    given: str | None = request.headers.get("idempotency-key")
    place = f"{request.method} {_path(request)}"
    key = None if given is None else f"{_caller(request)}|{_mark(place)}|{_checked(given)}"
    fingerprint = sha256(f"{place}\n".encode() + raw_bytes(request)).hexdigest()
    caller = _mark(network)[:_CALLER_LETTERS] if network else ""
    return Once(key, fingerprint, now + KEPT, shape, caller)


def carry_out(
    request: Request,
    act: Callable[[Once[Result]], Result],
    shape: Callable[[Result], Answer],
    *,
    guards: Guards,
    now: datetime,
    unseal: Unseal | None = None,
    network: str = "",
) -> Response:
    """Act once and answer, or give the first answer again with `Idempotent-Replay: true`.

    Whatever refuses a second try (a stale version, a step already taken, a limit), the key is
    looked up before the refusal is given.

    Args:
        network: where a caller without an identity comes from. The same key and body are one
            request from wherever they come; the same key with another body from another network
            is another caller's, and is carried out under a key of its own.

    Raises OnceReused when the key came with another body, and what `act` raises.
    """
    once = once_of(request, shape, now=now, network=network)
    for each in (once, once.apart()):
        try:
            return respond(_opened(shape(act(each)), unseal))
        except OnceAnswered as answered:
            kept = answered.record
        except DomainError:
            found = guards.answered(each.key, now) if each.key else None
            if found is None:
                raise
            kept = found
        if not each.is_anothers(kept):
            return _again(kept, each, unseal)
    raise OnceReused


def _again(kept: OnceRecord, once: Once[Result], unseal: Unseal | None) -> Response:
    if kept.fingerprint != once.fingerprint:
        raise OnceReused
    response = respond(_opened(kept.answer, unseal))
    response.headers["Idempotent-Replay"] = "true"
    return response


def _opened(given: Answer, unseal: Unseal | None) -> Answer:
    if not given.sealed_for or unseal is None:
        return given
    code = unseal(given.sealed_for)
    return replace(given, body=given.body.replace(_SEAL_IN_JSON, f'"{code}"'), sealed_for=())


def _caller(request: Request) -> str:
    code: str | None = request.headers.get("x-access-code")
    return subject_of(request) if code is None else f"{subject_of(request)}#{_mark(code)}"


def _path(request: Request) -> str:
    return request.path.format_map(request.uri_params or {})


def _mark(place: str) -> str:
    """Return what stands for an address in a key, for an address may hold a survey's token."""
    return sha256(place.encode()).hexdigest()[:32]


def _checked(key: str) -> str:
    if 0 < len(key) <= _MOST_LETTERS and all("!" <= letter <= "~" for letter in key):
        return key
    raise InputRefused(faults=(Fault("Idempotency-Key", "not_a_key"),))
