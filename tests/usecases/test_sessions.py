"""Signing in and out."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from chalicelib.domain.errors import NotSignedIn, SignInLocked, TooManyRequests
from chalicelib.usecases.sessions import (
    FAILURES,
    LOCK_SECONDS,
    Session,
    close_session,
    open_session,
)
from tests.fakes import FakeAccounts, FakeDirectory
from tests.usecases.collaborators import NOW, RESPONSIBLE, Centre

NAME, PASSWORD = "svitlo", "right"
LOCKED_FOR: Final = timedelta(seconds=LOCK_SECONDS)


class Office:
    """A pool with one account of one person."""

    def __init__(self) -> None:
        self.centre = Centre()
        self.now = NOW
        self.accounts, self.directory = FakeAccounts(lambda: self.now), FakeDirectory()
        self.accounts.add(NAME, PASSWORD, RESPONSIBLE.subject)
        self.directory.put_person(RESPONSIBLE)

    def open(self, password: str = PASSWORD, name: str = NAME, address: str = "") -> Session:
        """Sign in."""
        return open_session(
            name, password, limits=self.centre.limits(address), now=self.now,
            accounts=self.accounts, directory=self.directory, guards=self.centre.guards,
        )  # fmt: skip

    def fail(self, times: int = FAILURES, name: str = NAME) -> None:
        """Try a wrong password so often."""
        for _ in range(times):
            with pytest.raises(NotSignedIn):
                self.open("wrong", name)


def test_who_proves_the_account_is_who_the_directory_says() -> None:
    assert Office().open().actor == RESPONSIBLE


def test_five_failures_lock_the_name_whatever_its_case() -> None:
    office = Office()
    office.fail(name=NAME.upper())
    with pytest.raises(SignInLocked) as refused:
        office.open()
    assert refused.value.facts["retry_after_seconds"] == str(LOCK_SECONDS)
    office.now += LOCKED_FOR
    assert office.open()


def test_a_lock_tells_nothing_of_whether_the_name_exists() -> None:
    office = Office()
    office.fail(name="nobody")
    with pytest.raises(SignInLocked):
        office.open(name="nobody")


def test_who_was_dismissed_does_not_come_in() -> None:
    office = Office()
    office.directory.put_person(RESPONSIBLE, active=False)
    with pytest.raises(NotSignedIn):
        office.open()


def test_one_address_cannot_try_all_names() -> None:
    office = Office()
    for at in range(office.centre.posts_a_minute):
        with pytest.raises(NotSignedIn):
            office.open("guess", f"name-{at}", address="203.0.113.9")
    with pytest.raises(TooManyRequests):
        office.open(address="203.0.113.9")
    assert office.open(address="203.0.113.10")


def test_signing_out_denies_this_sign_in_until_it_expires() -> None:
    office = Office()
    until = NOW + timedelta(hours=24)
    actor = replace(RESPONSIBLE, token_id="jti-1")
    close_session(actor, until, guards=office.centre.guards)
    assert office.centre.guards.is_revoked("jti-1", NOW)
    assert not office.centre.guards.is_revoked("jti-2", NOW)
    assert not office.centre.guards.is_revoked("jti-1", until)
