"""One city over fakes: what use cases are given, and the two or three calls tests begin with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Applicant, Place, ReplyChannel, Residence
from chalicelib.domain.card import CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import APPLICANT, Actor, Role
from chalicelib.usecases.intake import Registered, register
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.new_appeals import NewAppeal
from tests.builders import local
from tests.fakes import (
    FakeCards,
    FakeGuards,
    FakeNumbers,
    FakeRepairWorks,
    FakeSecrets,
    FakeTickets,
    Shelf,
    in_turn,
)

NOW: Final = local("Mon 2026-03-02 10:15")
COORDINATOR: Final = Actor("coordinator-1", Role.COORDINATOR)
RESPONSIBLE: Final = Actor("svitlo-responsible", Role.RESPONSIBLE, executor="svitlo")

Result = TypeVar("Result")


def once(shape: Callable[[Result], Answer] | None = None) -> Once[Result]:
    """Return a request that came without a key."""
    return Once(None, "fingerprint", NOW + timedelta(days=1), shape or _nothing)


def _nothing(_result: object) -> Answer:
    return Answer(200, "{}")


@dataclass
class Centre:
    """The collaborators of one test."""

    city: City = field(default_factory=lambda: load_city("khmelnytskyi"))
    shelf: Shelf = field(default_factory=Shelf)
    posts_a_minute: int = 30
    appeals_a_day: int = 10

    def __post_init__(self) -> None:
        """Put the fakes on one shelf."""
        self.cards, self.guards = FakeCards(self.shelf), FakeGuards(self.shelf)
        self.numbers, self.tickets = FakeNumbers(self.shelf), FakeTickets(self.shelf)
        self.secrets = FakeSecrets()
        self.works = FakeRepairWorks(self.shelf)

    def limits(self, address: str) -> Limits:
        """Return the limits of one caller."""
        return Limits(self.guards, address, self.posts_a_minute, self.appeals_a_day)

    def register(
        self,
        *,
        now: datetime = NOW,
        actor: Actor = APPLICANT,
        address: str = "",
        **changes: Any,
    ) -> Registered:
        """Register an appeal; `changes` replace its fields."""
        return register(
            a_new_appeal(**changes),
            actor=actor,
            once=once(),
            limits=self.limits(address),
            now=now,
            city=self.city,
            city_soon=lambda: self.city,
            cards=self.cards,
            numbers=self.numbers,
            tickets=self.tickets,
            secrets=self.secrets,
            works=self.works,
            start=in_turn,
        )

    def put(self, *changes: Change) -> None:
        """Keep changes that a test made by hand."""
        self.cards.save(*changes)

    def file(self, number: str) -> CardFile:
        """Return a card's whole file."""
        return self.cards.read_file(number)


def a_new_appeal(**changes: Any) -> NewAppeal:
    """Return what came in, with everything that is mandatory."""
    fields: dict[str, Any] = {
        "text": "Третій день не горить ліхтар біля під'їзду.",
        "place": Place("вулиця Проскурівська", "12"),
        "applicant": Applicant(
            name="Оксана Вигадана",
            phone="+380670000001",
            residence=Residence("вулиця Проскурівська", "14"),
        ),
        "reply_channel": ReplyChannel.PHONE,
        "topic": "LI-01",
    }
    return NewAppeal(**(fields | changes))
