"""Too much, too often: sign-ins, requests of an address, appeals of a contact."""

from typing import Any, Final

import pytest

from tests.api.cases import (
    EMERGENCY,
    RESPONSIBLE,
    closed,
    faults,
    kind_of,
    sent,
    without_a_trace,
)
from tests.door import Door, Reply
from tests.requests import an_appeal_body

PASSWORD: Final = f"password of {RESPONSIBLE}"
POSTS_A_MINUTE: Final = 30
APPEALS_A_DAY: Final = 10
PHOTO: Final = {"content_type": "image/jpeg", "size_bytes": 100}
REQUIRED: Final = {"username": "required", "password": "required"}


def sign_in(door: Door, password: str, name: str = RESPONSIBLE, **how: Any) -> Reply:
    """Try to sign in."""
    return door.post("/sessions", {"username": name, "password": password}, **how)


def appeal(door: Door, phone: str, address: str = "203.0.113.7", **changes: Any) -> Reply:
    """File an appeal of a phone from an address."""
    body = an_appeal_body(**changes)
    body["applicant"] = {**body["applicant"], "phone": phone}
    return door.post("/appeals", body, headers=coming_from(door, address))


def coming_from(door: Door, address: str) -> dict[str, str]:
    """Return the header that our own proxies make of a client's address."""
    hops = [address, *["130.176.0.1"] * (door.centre.settings.proxies - 1)]
    return {"X-Forwarded-For": ", ".join(hops)}


def phone(at: int) -> str:
    """Return a phone of its own."""
    return f"05011122{at:02d}"


def spend(door: Door, count: int) -> None:
    """Send so many requests from the address that `appeal` uses."""
    headers = coming_from(door, "203.0.113.7")
    for _ in range(count):
        assert door.post("/uploads", PHOTO, headers=headers).status == 201


class TestSignIn:
    """Five failures in a quarter of an hour lock the name for one."""

    def test_a_wrong_password_and_an_unknown_name_look_alike(self, door: Door) -> None:
        wrong = without_a_trace(lambda: sign_in(door, "guess"))
        nobody = without_a_trace(lambda: sign_in(door, "guess", name="nobody"))
        assert (wrong.status, kind_of(wrong)) == (401, "not-signed-in")
        assert (nobody.status, nobody.text) == (wrong.status, wrong.text)

    def test_the_sixth_try_is_refused_even_with_the_right_password(self, door: Door) -> None:
        tries = [sign_in(door, "guess").status for _ in range(5)]
        locked = sign_in(door, PASSWORD)
        assert tries == [401] * 5
        assert (locked.status, kind_of(locked)) == (429, "sign-in-locked")
        door.clock.pass_(seconds=int(locked.headers["retry-after"]))
        assert sign_in(door, PASSWORD).status == 201

    def test_the_name_is_one_however_it_is_written(self, door: Door) -> None:
        for name in (RESPONSIBLE, RESPONSIBLE.upper(), f" {RESPONSIBLE} ") * 2:
            sign_in(door, "guess", name=name)
        assert sign_in(door, PASSWORD).status == 429
        assert sign_in(door, "password of svitlo-head", name="svitlo-head").status == 201

    def test_four_failures_do_not_lock(self, door: Door) -> None:
        for _ in range(4):
            sign_in(door, "guess")
        assert sign_in(door, PASSWORD).status == 201

    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ({}, REQUIRED),
            ({"username": "", "password": ""}, REQUIRED),
            ({"username": "a" * 257, "password": "a"}, {"username": "too_long"}),
            ({"username": ["a"]}, {"username": "bad_type", "password": "required"}),
        ],
    )
    def test_what_is_no_sign_in(
        self, door: Door, body: dict[str, Any], found: dict[str, str]
    ) -> None:
        reply = without_a_trace(lambda: door.post("/sessions", body))
        assert (reply.status, faults(reply)) == (422, found)


class TestSignOut:
    """Signing out denies the token at once, and no other."""

    def test_the_token_counts_no_more(self, door: Door) -> None:
        assert door.get("/cards", by=RESPONSIBLE).status == 200
        assert door.call("DELETE", "/sessions", by=RESPONSIBLE).status == 204
        assert door.get("/cards", by=RESPONSIBLE).status == 401
        assert door.call("DELETE", "/sessions", by=RESPONSIBLE).status == 401

    def test_another_sign_in_of_the_same_person_stays(self, door: Door) -> None:
        first = door.token(RESPONSIBLE)
        door.tokens.clear()
        second = door.token(RESPONSIBLE)
        assert first != second
        door.call("DELETE", "/sessions", headers={"Authorization": f"Bearer {first}"})
        kept = door.call("GET", "/cards", headers={"Authorization": f"Bearer {second}"})
        assert kept.status == 200

    def test_an_old_token_counts_no_more(self, door: Door) -> None:
        bearer = {"Authorization": f"Bearer {door.token(RESPONSIBLE)}"}
        door.clock.pass_(hours=1)
        assert door.call("GET", "/cards", headers=bearer).status == 401

    @pytest.mark.parametrize("bearer", ["Bearer x", "x", "Bearer ", "Basic eDp5", "ApiKey a.b"])
    def test_what_is_no_token(self, door: Door, bearer: str) -> None:
        reply = door.call("GET", "/cards", headers={"Authorization": bearer})
        assert reply.status == 401


class TestAddress:
    """30 POSTs a minute an address, over all public forms."""

    def test_the_next_one_waits_for_the_next_minute(self, strict: Door) -> None:
        spend(strict, POSTS_A_MINUTE)
        limited = without_a_trace(lambda: appeal(strict, phone(1)))
        assert (limited.status, kind_of(limited)) == (429, "too-many-requests")
        assert 0 < int(limited.headers["retry-after"]) <= 60
        strict.clock.pass_(minutes=1)
        assert appeal(strict, phone(1)).status == 201

    def test_every_public_form_counts(self, strict: Door) -> None:
        survey = f"/surveys/{closed(strict)}.1.AAAA"
        strict.clock.pass_(minutes=1)
        confirmed = {"outcome": "confirmed"}
        for _ in range(POSTS_A_MINUTE // 3):
            strict.post("/uploads", PHOTO)
            strict.post(survey, confirmed)
            strict.post("/sessions", {"username": "nobody", "password": "guess"})
        assert strict.post("/uploads", PHOTO).status == 429
        assert strict.post(survey, confirmed).status == 429
        assert sign_in(strict, PASSWORD).status == 429
        assert strict.post("/appeals", an_appeal_body()).status == 429

    def test_another_address_and_an_emergency_are_not_held_up(self, strict: Door) -> None:
        spend(strict, POSTS_A_MINUTE)
        assert appeal(strict, phone(1), address="203.0.113.8").status == 201
        assert appeal(strict, phone(1), topic=EMERGENCY).status == 201

    def test_staff_are_not_counted(self, strict: Door) -> None:
        number = sent(strict)
        signed_in = strict.centre.accounts.sign_in(RESPONSIBLE, PASSWORD)
        bearer = {"Authorization": f"Bearer {signed_in.token}", "If-Match": '"1"'}
        headers = {**bearer, **coming_from(strict, "203.0.113.7")}
        spend(strict, POSTS_A_MINUTE - 1)
        for _ in range(2):
            comment = strict.post(f"/cards/{number}/comment", {"text": "Так"}, headers=headers)
            assert comment.status == 200


class TestContact:
    """10 appeals a day of a contact."""

    @staticmethod
    def filed(door: Door, count: int) -> None:
        for at in range(count):
            assert appeal(door, phone(0), address=f"203.0.113.{at}").status == 201
            door.clock.pass_(minutes=1)

    def test_the_eleventh_waits_for_a_day(self, strict: Door) -> None:
        self.filed(strict, APPEALS_A_DAY)
        limited = without_a_trace(lambda: appeal(strict, "+380 50 111 22 00"))
        assert (limited.status, kind_of(limited)) == (429, "too-many-requests")
        assert "retry-after" in limited.headers
        assert appeal(strict, phone(1)).status == 201
        assert appeal(strict, phone(0), topic=EMERGENCY).status == 201
        strict.clock.pass_(hours=24)
        assert appeal(strict, phone(0)).status == 201

    def test_a_replay_is_answered_however_many_there_were(self, strict: Door) -> None:
        key = {"Idempotency-Key": "k"}
        first = strict.post("/appeals", an_appeal_body(), headers=key)
        for at in range(APPEALS_A_DAY):
            appeal(strict, "0501112233", address=f"203.0.113.{at}")
        assert appeal(strict, "0501112233", address="203.0.113.99").status == 429
        again = strict.post("/appeals", an_appeal_body(), headers=key)
        assert (again.status, again.text) == (first.status, first.text)


def test_demonstrations_are_held_up_a_hundred_times_later(door: Door) -> None:
    assert door.centre.settings.posts_a_minute == 100 * POSTS_A_MINUTE
    assert door.centre.settings.appeals_a_day == 100 * APPEALS_A_DAY
