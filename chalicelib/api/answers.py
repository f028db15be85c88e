"""Answers: JSON with Ukrainian letters as themselves, never cached unless said, ETags."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Final
from zoneinfo import ZoneInfo

from chalice.app import Request, Response

from chalicelib.domain.errors import VersionRequired, VersionStale
from chalicelib.domain.once import Answer

JSON_TYPE: Final = "application/json; charset=utf-8"

NO_STORE: Final = "no-store"

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def json_text(body: object) -> str:
    """Return `body` as JSON text. Raises TypeError for what JSON does not have."""
    return _ENCODER.encode(body)


def local_time(instant: datetime, zone: ZoneInfo) -> str:
    """Return an instant in ISO 8601 with the city's offset, to the second."""
    return instant.astimezone(zone).isoformat(timespec="seconds")


def answer(
    body: object,
    *,
    status: int = HTTPStatus.OK,
    version: int | None = None,
    location: str = "",
    sealed_for: tuple[str, ...] = (),
) -> Answer:
    """Return an answer that can be kept under an Idempotency-Key and given again.

    Args:
        version: of the card that is answered; becomes the ETag.
        sealed_for: key id and root number, when `body` holds `once.SEALED` for the access code.
    """
    headers = {"Location": location} if location else {}
    if version is not None:
        headers["ETag"] = etag(version)
    return Answer(int(status), json_text(body), headers, sealed_for)


def respond(given: Answer, *, cache: str = NO_STORE) -> Response:
    """Return an answer as Chalice sends it."""
    headers = {"Content-Type": JSON_TYPE, "Cache-Control": cache, **given.headers}
    return text_response(given.body, headers, given.status)


def ok(body: object, *, version: int | None = None, cache: str = NO_STORE) -> Response:
    """Return 200 with a JSON body, and the ETag of a version."""
    return respond(answer(body, version=version), cache=cache)


def no_content() -> Response:
    """Return 204."""
    return text_response("", {"Cache-Control": NO_STORE}, HTTPStatus.NO_CONTENT)


def file(data: bytes, *, content_type: str, name: str) -> Response:
    """Return a binary file; its type has to be among the app's binary types."""
    return Response(
        data,
        {
            "Content-Type": content_type,
            "Cache-Control": NO_STORE,
            "Content-Disposition": f'inline; filename="{name}"',
        },
    )


def etag(version: int | str) -> str:
    """Return the ETag of a version."""
    return f'"{version}"'


def tag_of(text: str) -> str:
    """Return the ETag of a text that has no version: the mark of its bytes."""
    return etag(sha256(text.encode()).hexdigest()[:16])


def unless_known(
    request: Request, text: str, tag: str, *, cache: str = NO_STORE, vary: str = "Accept-Language"
) -> Response:
    """Return 200 with a JSON text and its ETag, or 304 when the caller's If-None-Match names it."""
    headers = {"Cache-Control": cache, "ETag": tag, "Vary": vary}
    if _names(request.headers.get("if-none-match", ""), tag):
        return text_response("", headers, HTTPStatus.NOT_MODIFIED)
    return text_response(text, {"Content-Type": JSON_TYPE, **headers})


def text_response(text: str, headers: Mapping[str, str], status: int = HTTPStatus.OK) -> Response:
    """Return a text as Chalice sends it."""
    return Response(text, dict(headers), int(status))


def expected_version(request: Request) -> int:
    """Return the version that If-Match names.

    Raises:
        VersionRequired: there is no If-Match.
        VersionStale: it names no version that a card can have, or the star, which names none.
    """
    given: str | None = request.headers.get("if-match")
    if not given:
        raise VersionRequired
    version = given.strip().removeprefix("W/").strip('"')
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        raise VersionStale
    return int(version)


def _names(if_none_match: str, tag: str) -> bool:
    tags: Mapping[str, None] = dict.fromkeys(
        item.strip().removeprefix("W/") for item in if_none_match.split(",")
    )
    return tag in tags or "*" in tags
