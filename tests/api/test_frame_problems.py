"""Every refusal has its status and its words."""

from http import HTTPStatus

import pytest

from chalicelib.api import problem
from chalicelib.domain import errors
from chalicelib.domain.errors import DomainError, Fault, InputRefused
from chalicelib.words.say import LANGUAGES, knows


def _refusals(base: type[DomainError] = DomainError) -> list[type[DomainError]]:
    found = []
    for refusal in base.__subclasses__():
        found += [refusal, *_refusals(refusal)]
    return [refusal for refusal in found if refusal.__module__.startswith("chalicelib.")]


def test_every_refusal_has_a_status_of_its_own() -> None:
    assert set(_refusals()) == set(problem.STATUS_BY_REFUSAL)


@pytest.mark.parametrize("refusal", _refusals())
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words(refusal: type[DomainError], language: str) -> None:
    assert knows(f"problem.{refusal.kind}.title")
    response = problem.refused(refusal(), language=language)
    assert response.status_code == problem.STATUS_BY_REFUSAL[refusal]
    assert response.headers["Content-Type"] == "application/problem+json; charset=utf-8"
    assert f"/problems/{refusal.kind}" in response.body


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("not_json", 400, "not-json"),
        ("cursor_invalid", 400, "cursor-invalid"),
        ("too_large", 413, "too-large"),
        ("media_type", 415, "media-type"),
        ("required", 422, "input-refused"),
    ],
)
def test_some_faults_have_a_status_of_http(code: str, status: int, kind: str) -> None:
    response = problem.refused(InputRefused(faults=(Fault("", code),)), language="en")
    assert response.status_code == status
    assert f"/problems/{kind}" in response.body


def test_away_and_locked_say_when_to_come_again() -> None:
    away = problem.refused(errors.StoreAway(), language="uk")
    locked = problem.refused(errors.SignInLocked(retry_after_seconds=900), language="uk")
    assert (away.status_code, away.headers["Retry-After"]) == (503, "5")
    assert locked.headers["Retry-After"] == "900"
    assert "через 15 хвилин" in locked.body


def test_nobody_signed_in_is_asked_for_a_bearer() -> None:
    response = problem.refused(errors.NotSignedIn(), language="uk")
    assert response.status_code == HTTPStatus.UNAUTHORIZED
    assert response.headers["WWW-Authenticate"] == "Bearer"
