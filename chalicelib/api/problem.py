"""What a refusal is in HTTP: its status, and its problem document (RFC 9457)."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from chalice.app import Response

from chalicelib.api.answers import NO_STORE, json_text, text_response
from chalicelib.domain import errors
from chalicelib.words.say import knows, say

PROBLEM_TYPE: Final = "application/problem+json; charset=utf-8"

STATUS_BY_REFUSAL: Final[Mapping[type[errors.DomainError], HTTPStatus]] = {
    errors.InputRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.NotSignedIn: HTTPStatus.UNAUTHORIZED,
    errors.RoleNotPermitted: HTTPStatus.FORBIDDEN,
    errors.SignInLocked: HTTPStatus.TOO_MANY_REQUESTS,
    errors.TooManyRequests: HTTPStatus.TOO_MANY_REQUESTS,
    errors.StepNotAllowed: HTTPStatus.CONFLICT,
    errors.RuleRefused: HTTPStatus.CONFLICT,
    errors.VersionStale: HTTPStatus.PRECONDITION_FAILED,
    errors.VersionRequired: HTTPStatus.PRECONDITION_REQUIRED,
    errors.ChangedMeanwhile: HTTPStatus.CONFLICT,
    errors.OnceReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.StoreAway: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Complete: a test fails for a DomainError without an entry."""

STATUS_BY_FAULT: Final[Mapping[str, HTTPStatus]] = {
    "not_json": HTTPStatus.BAD_REQUEST,
    "cursor_invalid": HTTPStatus.BAD_REQUEST,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}
"""Faults that HTTP has a status of its own for; the words of the problem are found by them."""

_RETRY_AFTER_SECONDS: Final = "5"


def refused(error: errors.DomainError, *, language: str) -> Response:
    """Return the problem document of a refusal."""
    special = next((fault.code for fault in error.faults if fault.code in STATUS_BY_FAULT), None)
    status = STATUS_BY_FAULT[special] if special else STATUS_BY_REFUSAL[type(error)]
    words = special.replace("_", "-") if special else _words_of(error)
    kind = words if special else error.kind
    body = _body(kind, words, status, language, error.facts)
    if error.clause:
        body["clause"] = error.clause
    if error.faults:
        body["errors"] = [_fault(fault, language) for fault in error.faults]
    return _document(body, _headers(error, status))


def plain(kind: str, status: int, *, language: str, **facts: str) -> Response:
    """Return a problem document that no DomainError stands for, such as `method-not-allowed`."""
    return _document(_body(kind, kind, status, language, facts), {})


def defect(instance: str, *, language: str) -> Response:
    """Return the problem document of a defect: nothing but the id that is in the log."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    body = _body("defect", "defect", status, language, {"instance": instance})
    return _document({**body, "instance": instance}, {})


def _body(
    kind: str, words: str, status: int, language: str, facts: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "type": f"/problems/{kind}",
        "title": say(language, f"problem.{words}.title"),
        "status": int(status),
        "detail": say(language, f"problem.{words}.detail", **facts),
    }


def _words_of(error: errors.DomainError) -> str:
    return error.words if knows(f"problem.{error.words}.title") else error.kind


def _fault(fault: errors.Fault, language: str) -> dict[str, str]:
    key = f"fault.{fault.code}"
    message = say(language, key if knows(key) else "fault.invalid", **fault.facts)
    document = {"field": fault.field, "code": fault.code, "message": message}
    return {**document, "clause": fault.clause} if fault.clause else document


def _headers(error: errors.DomainError, status: HTTPStatus) -> dict[str, str]:
    if status is HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        return {"Retry-After": error.facts.get("retry_after_seconds", _RETRY_AFTER_SECONDS)}
    return {}


def _document(body: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    named = {"Content-Type": PROBLEM_TYPE, "Cache-Control": NO_STORE, **headers}
    return text_response(json_text(body), named, body["status"])
