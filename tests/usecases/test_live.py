"""Consoles hear at once what happens to the cards they see, and nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

import pytest

from chalicelib.domain.card import Card
from chalicelib.domain.errors import TooManyRequests
from chalicelib.domain.live import Connection
from chalicelib.domain.notice import Medium
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.live import CENTRE
from chalicelib.usecases.live import KEPT, Told, announce, knock, renew, sign_in, tell
from tests.builders import a_card
from tests.fakes import (
    FakeAccounts,
    FakeConnections,
    FakeDirectory,
    FakeGuards,
    FakeLive,
    in_turn,
)
from tests.usecases.collaborators import COORDINATOR, NOW, RESPONSIBLE

SECOND: Final = timedelta(seconds=1)
PLUMBER: Final = Actor("vodokanal-performer", Role.PERFORMER, executor="vodokanal")


class News:
    """What was put on the queue: implements `Queues` as far as consoles go."""

    def __init__(self) -> None:
        self.told: list[Mapping[str, str]] = []

    def put(self, medium: Medium, ids: Any, **_: Any) -> None:
        raise AssertionError(medium)

    def tell_consoles(self, news: Mapping[str, str]) -> None:
        self.told.append(news)


@dataclass
class Room:
    """Accounts and lines of one centre."""

    live: FakeLive
    now: datetime = NOW

    def __post_init__(self) -> None:
        """Give everybody an account."""
        self.accounts, self.directory = FakeAccounts(lambda: self.now), FakeDirectory()
        self.guards, self.connections = FakeGuards(), FakeConnections()
        for person in (COORDINATOR, RESPONSIBLE, PLUMBER):
            self.accounts.add(person.subject, "right", person.subject)
            self.directory.put_person(person)

    def token(self, person: Actor) -> str:
        """Sign somebody in."""
        return self.accounts.sign_in(person.subject, "right").token

    def open(self, connection: str, token: str) -> Connection | None:
        """Say a token on a connection."""
        return sign_in(
            connection, token, now=self.now, accounts=self.accounts, directory=self.directory,
            guards=self.guards, connections=self.connections,
        )  # fmt: skip

    def ping(self, connection: str) -> Connection | None:
        """Say on a connection that the console is still there."""
        return renew(
            connection, now=self.now, directory=self.directory, guards=self.guards,
            connections=self.connections,
        )  # fmt: skip

    def tell(self, card: Card) -> Told:
        """Tell that a card was registered."""
        news = News()
        announce(card, "registered", queues=news)
        (told,) = news.told
        return tell(
            json.loads(json.dumps(told)),
            now=self.now,
            connections=self.connections,
            live=self.live,
            start=in_turn,
        )

    def hearing(self) -> set[str]:
        """Return the connections that have heard anything."""
        return {each for each, heard in self.live.heard.items() if heard}


@pytest.fixture
def room() -> Room:
    """A room with one console of the centre and one of each of two executors."""
    room = Room(FakeLive())
    for name, person in (("c", COORDINATOR), ("s", RESPONSIBLE), ("v", PLUMBER)):
        assert room.open(name, room.token(person))
    return room


@pytest.mark.clause("K-3.3")
class TestTelling:
    """K-3.3 Appeals are sent to executors in real time."""

    def test_the_executor_and_the_centre_hear(self, room: Room) -> None:
        assert room.tell(a_card(executor="svitlo")) == Told(heard=2, gone=0, failed=0)
        assert room.hearing() == {"c", "s"}

    def test_a_co_executor_hears_too(self, room: Room) -> None:
        room.tell(a_card(executor="svitlo", co_executors=("vodokanal", "svitlo")))
        assert room.hearing() == {"c", "s", "v"}
        assert [len(heard) for heard in room.live.heard.values()] == [1, 1, 1]

    def test_a_card_of_nobody_is_the_centre_s(self, room: Room) -> None:
        room.tell(a_card(executor=None))
        assert room.hearing() == {"c"}
        assert json.loads(room.live.heard["c"][0])["executor"] is None

    def test_what_is_heard_is_a_hint_without_personal_data(self, room: Room) -> None:
        card = a_card(executor="svitlo", version=4)
        room.tell(card)
        assert json.loads(room.live.heard["s"][0]) == {
            "number": card.number,
            "executor": "svitlo",
            "event": "registered",
            "version": 4,
        }

    def test_a_connection_that_is_gone_is_forgotten_and_stops_nobody(self) -> None:
        room = Room(FakeLive(ended=("gone",)))
        for name in ("gone", "here"):
            room.open(name, room.token(COORDINATOR))
        assert room.tell(a_card()) == Told(heard=1, gone=1, failed=0)
        assert room.connections.listening(CENTRE, NOW) == ["here"]

    def test_a_connection_that_cannot_be_reached_stops_nobody_and_stays(self) -> None:
        room = Room(FakeLive(away=("a",)))
        for name in ("a", "b"):
            room.open(name, room.token(COORDINATOR))
        assert room.tell(a_card()) == Told(heard=1, gone=0, failed=1)
        assert room.connections.listening(CENTRE, NOW) == ["a", "b"]

    def test_a_console_that_has_fallen_silent_hears_nothing(self, room: Room) -> None:
        room.now += KEPT
        assert room.tell(a_card(executor="svitlo")) == Told(heard=0, gone=0, failed=0)


class TestSigningIn:
    """A line hears only after a token has proved who sits there."""

    def test_nobody_is_told_anything(self, room: Room) -> None:
        assert room.open("x", "no token of ours") is None
        room.tell(a_card())
        assert "x" not in room.hearing()

    def test_who_has_signed_out_is_nobody(self, room: Room) -> None:
        token = room.token(RESPONSIBLE)
        sign_in_of = room.accounts.verify(token, NOW)
        room.guards.revoke(sign_in_of.token_id, sign_in_of.expires_at)
        assert room.open("x", token) is None

    def test_who_was_dismissed_is_nobody(self, room: Room) -> None:
        token = room.token(RESPONSIBLE)
        room.directory.put_person(RESPONSIBLE, active=False)
        assert room.open("x", token) is None

    def test_who_belongs_to_no_executor_and_sees_no_cards_hears_none(self, room: Room) -> None:
        for role in (Role.RESPONSIBLE, Role.APPLICANT):
            room.directory.put_person(replace(RESPONSIBLE, role=role, executor=None))
            assert room.open("x", room.token(RESPONSIBLE)) is None

    def test_a_connection_is_one_person_s(self, room: Room) -> None:
        assert room.open("s", room.token(COORDINATOR)) is None
        assert room.connections.listening("svitlo", NOW) == ["s"]

    def test_nothing_is_heard_beyond_the_sign_in(self, room: Room) -> None:
        token = room.token(RESPONSIBLE)
        until = room.accounts.verify(token, NOW).expires_at
        room.now = until - SECOND
        opened = room.open("x", token)
        assert opened is not None
        assert opened.expires_at == until


class TestPinging:
    """A ping keeps a line; it is also when a change of rights is noticed."""

    def test_a_console_that_pings_goes_on_hearing(self, room: Room) -> None:
        for _ in range(3):
            room.now += KEPT - SECOND
            assert room.ping("s")
        room.tell(a_card(executor="svitlo"))
        assert room.hearing() == {"s"}

    def test_one_that_was_silent_too_long_must_prove_itself_again(self, room: Room) -> None:
        room.now += KEPT
        assert room.ping("s") is None
        assert room.open("s", room.token(RESPONSIBLE))

    def test_an_unknown_line_has_nothing_to_renew(self, room: Room) -> None:
        assert room.ping("never") is None

    def test_who_has_signed_out_hears_no_more(self, room: Room) -> None:
        kept = room.connections.read("s", NOW)
        assert kept is not None
        room.guards.revoke(kept.token_id, kept.signed_in_until)
        assert room.ping("s") is None
        assert room.connections.listening("svitlo", NOW) == []

    @pytest.mark.parametrize(
        "changed",
        [
            replace(RESPONSIBLE, executor="vodokanal"),
            replace(RESPONSIBLE, role=Role.COORDINATOR, executor=None),
            replace(RESPONSIBLE, role=Role.APPLICANT),
        ],
    )
    def test_another_role_or_executor_ends_the_line(self, room: Room, changed: Actor) -> None:
        room.directory.put_person(changed)
        assert room.ping("s") is None
        assert room.connections.read("s", NOW) is None

    def test_who_was_dismissed_hears_no_more(self, room: Room) -> None:
        room.directory.put_person(RESPONSIBLE, active=False)
        assert room.ping("s") is None


def test_an_address_knocks_so_often_a_minute() -> None:
    guards = FakeGuards()
    for _ in range(3):
        knock("203.0.113.7", most=3, now=NOW, guards=guards)
    with pytest.raises(TooManyRequests):
        knock("203.0.113.7", most=3, now=NOW, guards=guards)
    knock("203.0.113.8", most=3, now=NOW, guards=guards)
    knock("203.0.113.7", most=3, now=NOW + timedelta(minutes=1), guards=guards)
