"""The door on fakes of every port: the whole app in memory, a millisecond a call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from chalicelib import wiring
from chalicelib.cities.catalogue import load_city
from chalicelib.config import Settings
from chalicelib.domain.card import CardFile
from chalicelib.domain.people import Actor, Role
from chalicelib.doors import Doors
from chalicelib.usecases import evidence
from chalicelib.usecases.ports import PresignedPost
from chalicelib.usecases.sending_delivery import Gateways
from chalicelib.words.letters import Letters
from tests.door import Door
from tests.fakes import (
    FakeAccounts,
    FakeAppointments,
    FakeBlocks,
    FakeCalls,
    FakeCards,
    FakeCityMessages,
    FakeConnections,
    FakeDirectory,
    FakeEvidenceFiles,
    FakeGuards,
    FakeHooks,
    FakeKeeping,
    FakeLive,
    FakeMailer,
    FakeMailFiles,
    FakeMornings,
    FakeNotices,
    FakeNumbers,
    FakeParking,
    FakePictures,
    FakePlaces,
    FakeQuarantine,
    FakeQueues,
    FakeReceipts,
    FakeRecordings,
    FakeRepairWorks,
    FakeResidents,
    FakeSecrets,
    FakeSms,
    FakeSubscriptions,
    FakeTalks,
    FakeTickets,
    FakeUnreadLetters,
    FakeWaitingQueue,
    Shelf,
    at_once,
    in_turn,
)


def _doors(shelf: Shelf) -> Doors:
    """Return what stands behind the ways in besides the website."""
    calls = FakeCalls(shelf)
    return Doors(
        places=FakePlaces(shelf),
        calls=calls,
        blocks=FakeBlocks(shelf, calls),
        recordings=FakeRecordings(),
        receipts=FakeReceipts(),
        waiting=FakeWaitingQueue(),
        mail=FakeMailFiles(),
        letters=FakeUnreadLetters(shelf),
        quarantine=FakeQuarantine(shelf),
    )


@dataclass
class FakeDoor(Door):
    """One city's app in memory."""

    shelf: Shelf = field(default_factory=Shelf)

    def __post_init__(self) -> None:
        """Wire the app to fakes that share one shelf, and enter the city's people."""
        self.accounts = FakeAccounts(self.clock)
        self.files = FakeEvidenceFiles()
        self.queues, self.mail = FakeQueues(), FakeMailer()
        self.sms, self.hooks = FakeSms(), FakeHooks()
        self.talks = FakeTalks(self.files.objects)
        self.centre = self._centre(self._directory(), count(1))
        wiring.use(self.centre)

    def _centre(self, directory: FakeDirectory, serial: "count[int]") -> wiring.Centre:
        return wiring.Centre(
            settings=_settings(self.city),
            cards=FakeCards(self.shelf),
            numbers=FakeNumbers(self.shelf),
            tickets=FakeTickets(self.shelf),
            guards=FakeGuards(self.shelf),
            directory=directory,
            appointments=FakeAppointments(self.shelf, directory),
            files=self.files,
            connections=FakeConnections(),
            live=FakeLive(),
            notices=FakeNotices(self.shelf),
            residents=FakeResidents(),
            queues=self.queues,
            gateways_of=lambda: Gateways(self.mail, self.sms, self.hooks),
            wording_of=lambda: Letters(load_city(self.city)),
            talks_of=lambda: self.talks.talks(self._arrived),
            parking=FakeParking(),
            mornings=FakeMornings(),
            keeping=FakeKeeping(self.shelf),
            works=FakeRepairWorks(self.shelf),
            subscriptions=FakeSubscriptions(self.shelf),
            messages=FakeCityMessages(),
            doors=_doors(self.shelf),
            secrets=FakeSecrets(),
            start=in_turn,
            within=at_once,
            accounts_of=lambda: self.accounts,
            pictures_of=FakePictures,
            now=self.clock,
            new_id=lambda: f"{next(serial):032x}",
        )

    def _directory(self) -> FakeDirectory:
        directory = FakeDirectory()
        for person in load_city(self.city).people.values():
            if person.role in set(Role):
                actor = Actor(person.id, Role(person.role), person.name, person.executor)
                directory.put_person(actor)
                self.accounts.add(person.id, f"password of {person.id}", person.id)
        return directory

    def upload(self, form: Mapping[str, Any], data: bytes) -> None:
        """Put a file where a form says, and inspect it."""
        self.files.upload(PresignedPost(form["url"], form["fields"]), data)
        self._arrived(form["fields"]["key"])

    def _arrived(self, key: str) -> None:
        """Inspect a file that has arrived."""
        centre = self.centre
        evidence.inspect(
            key,
            now=self.clock(),
            cards=centre.cards,
            tickets=centre.tickets,
            files=centre.files,
            pictures=centre.pictures,
        )

    def stored(self) -> dict[str, CardFile]:
        """Return what is stored now."""
        return dict(self.shelf.files)


def fake_door(city: str) -> FakeDoor:
    """Return a city's app on an empty shelf."""
    return FakeDoor(stack=None, city=city)  # type: ignore[arg-type]


def _settings(city: str) -> Settings:
    return Settings(
        city=city,
        table_prefix="fake-",
        evidence_bucket="fake",
        secret_arn="fake",
        user_pool_id="fake",
        user_pool_client_id="fake",
        jwks_url="https://centre.example/keys",
        issuer="https://centre.example",
        site_url="https://centre.example",
        upload_url="https://centre.example/evidence/",
        demo_limits=1000,
        allow_time_travel=True,
        open_telephony=True,
    )
