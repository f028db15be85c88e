"""Which adapter stands behind each port; the only clock, ids and environment."""

import os
import random
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any, TypeVar

from chalicelib.cities.catalogue import load_city
from chalicelib.config import Settings
from chalicelib.domain.city import City
from chalicelib.domain.errors import StoreAway
from chalicelib.doors import Doors, doors
from chalicelib.gateways.code_keys import CodeKeys
from chalicelib.gateways.evidence_bucket import EvidenceBucket
from chalicelib.gateways.live import LiveConnections
from chalicelib.gateways.queues import SenderQueues
from chalicelib.regulation.appointments import appointed
from chalicelib.store.appointments import AppointmentStore
from chalicelib.store.card_files import CardStore
from chalicelib.store.city_message import CityMessageStore
from chalicelib.store.connections import ConnectionStore
from chalicelib.store.cursors import Cursors
from chalicelib.store.directory import DirectoryStore
from chalicelib.store.guards import GuardStore
from chalicelib.store.keeping import KeepingStore
from chalicelib.store.mornings import MorningStore
from chalicelib.store.notices import NoticeStore
from chalicelib.store.numbers import NumberStore
from chalicelib.store.parking import ParkingStore
from chalicelib.store.repair_works import RepairWorkStore
from chalicelib.store.residents import ResidentStore
from chalicelib.store.subscriptions import SubscriptionStore
from chalicelib.store.tables import Tables
from chalicelib.store.tickets import TicketStore
from chalicelib.usecases.call_ports import Within
from chalicelib.usecases.conversation_ports import Talks
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.nearby import Surroundings
from chalicelib.usecases.ports import (
    Accounts,
    Appointments,
    Cards,
    Directory,
    EvidenceFiles,
    Guards,
    Numbers,
    Pictures,
    Secrets,
    Start,
    Tickets,
)
from chalicelib.usecases.retention_ports import Keeping
from chalicelib.usecases.sending_delivery import Gateways
from chalicelib.usecases.sending_ports import (
    Connections,
    Live,
    Notices,
    Queues,
    Residents,
    Wording,
)
from chalicelib.usecases.sweep_ports import Mornings, Parking
from chalicelib.usecases.work_ports import CityMessages, RepairWorks, Subscriptions

Result = TypeVar("Result")
_CALLS_AT_ONCE = 4


@dataclass(frozen=True)
class Centre:
    """The collaborators of one deployment, each made on first use."""

    settings: Settings
    cards: Cards
    numbers: Numbers
    tickets: Tickets
    guards: Guards
    directory: Directory
    appointments: Appointments
    files: EvidenceFiles
    connections: Connections
    live: Live
    notices: Notices
    residents: Residents
    queues: Queues
    gateways_of: Callable[[], Gateways]
    wording_of: Callable[[], Wording]
    talks_of: Callable[[], Talks]
    parking: Parking
    mornings: Mornings
    keeping: Keeping
    works: RepairWorks
    subscriptions: Subscriptions
    messages: CityMessages
    doors: Doors
    secrets: Secrets
    start: Start
    within: Within
    accounts_of: Callable[[], Accounts]
    pictures_of: Callable[[], Pictures]
    now: Callable[[], datetime]
    new_id: Callable[[], str]

    @cached_property
    def city(self) -> City:
        """The city's data, read and checked."""
        return load_city(self.settings.city)

    def city_now(self, *, fresh: bool = False) -> City:
        """Return the city with the people and executors that stand now.

        What the admin has entered is at most 60 s old unless `fresh`.
        """
        now = self.now()
        return appointed(self.city, self.appointments.entries(now, fresh=fresh), now)

    def city_soon(self) -> Callable[[], City]:
        """Start asking how the city stands now, or wait for nothing where that is known."""
        if self.appointments.known(self.now()):
            return self.city_now
        return self.start(self.city_now)

    @cached_property
    def accounts(self) -> Accounts:
        """The user pool; loading it loads cryptography, so only sign-ins and tokens do."""
        return self.accounts_of()

    @cached_property
    def gateways(self) -> Gateways:
        """What messages leave by; loading it loads HTTP, so only senders do."""
        return self.gateways_of()

    @cached_property
    def wording(self) -> Wording:
        """The words of notices; loading them loads Jinja2, so only senders do."""
        return self.wording_of()

    @cached_property
    def talks(self) -> Talks:
        """What conversations are held with; loading it loads HTTP, so only messengers' do."""
        return self.talks_of()

    @cached_property
    def pictures(self) -> Pictures:
        """What looks into pictures; loading it loads Pillow, so only inspecting does."""
        return self.pictures_of()

    @property
    def surroundings(self) -> Surroundings:
        """What looking around a place reads from."""
        return Surroundings(self.cards, self.doors.places, self.works, self.start)

    def limits(self, address: str) -> Limits:
        """Return the limits of one caller; an empty address is staff, who have none."""
        return Limits(
            guards=self.guards,
            address=address,
            posts_a_minute=self.settings.posts_a_minute,
            appeals_a_day=self.settings.appeals_a_day,
        )


def deployed(settings: Settings) -> Centre:
    """Return the collaborators of a deployed stage."""
    # One place to draw from, so that writers that met do not meet again.
    tables = Tables(settings.table_prefix, settings.aws_region, chance=random.random)
    secrets = CodeKeys(settings.secret_arn)
    cursors = Cursors(lambda: secrets.key(secrets.current()))
    return Centre(
        settings=settings,
        cards=CardStore(tables, cursors, in_threads),
        numbers=NumberStore(tables),
        tickets=TicketStore(tables),
        guards=GuardStore(tables),
        directory=DirectoryStore(tables),
        appointments=AppointmentStore(tables, cursors),
        files=EvidenceBucket(settings.evidence_bucket, settings.upload_url),
        connections=ConnectionStore(tables),
        live=LiveConnections(settings.sockets_endpoint),
        notices=NoticeStore(tables, cursors),
        residents=ResidentStore(tables),
        queues=SenderQueues(settings.queues, settings.live_queue),
        parking=ParkingStore(tables),
        mornings=MorningStore(tables),
        keeping=KeepingStore(tables),
        works=RepairWorkStore(tables, cursors),
        subscriptions=SubscriptionStore(tables),
        messages=CityMessageStore(tables),
        doors=doors(settings, tables, cursors),
        secrets=secrets,
        start=in_threads,
        within=within,
        accounts_of=lambda: _accounts(settings),
        **_made_late(settings, secrets, tables),
        now=now,
        new_id=new_id,
    )


def _accounts(settings: Settings) -> Accounts:
    made: Accounts = _late("gateways.accounts").CognitoAccounts(
        settings.user_pool_client_id,
        pool_id=settings.user_pool_id,
        issuer=settings.issuer,
        jwks_url=settings.jwks_url,
    )
    return made


def _made_late(
    settings: Settings, secrets: Secrets, tables: Tables
) -> dict[str, Callable[[], Any]]:
    """Return what makes the collaborators whose modules are loaded on first use."""

    def city() -> City:
        return load_city(settings.city)

    return {
        "gateways_of": lambda: _late("messengers").gateways(settings, city(), secrets, tables, now),
        "wording_of": lambda: _late("words.letters").Letters(city()),
        "talks_of": lambda: _late("messengers").talks(settings, city(), tables, now),
        "pictures_of": lambda: _late("gateways.pictures").PictureInspector(city().calendar.zone),
    }


def _late(module: str) -> Any:
    """Load a module that is heavy, or needed by few functions, when it is first used."""
    return import_module(f"chalicelib.{module}")


_centre: Centre | None = None


def centre() -> Centre:
    """Return this process's collaborators, made from its environment on first use."""
    return _centre or _deployed()


def use(other: Centre | None) -> None:
    """Put other collaborators in place of the deployed ones, for tests; None takes them back."""
    global _centre  # noqa: PLW0603 - the one seam between a process and its collaborators
    _centre = other


def now() -> datetime:
    """Return the present instant to the second, as it is shown: the only clock of the program."""
    return datetime.now(UTC).replace(microsecond=0)


def new_id() -> str:
    """Return a new random id of 128 bits, in 32 hexadecimal letters."""
    return uuid.uuid4().hex


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="wave")


def in_threads(call: Callable[[], Result], /) -> Callable[[], Result]:
    """Start a call in a thread and return what waits for it: how a wave is one wave."""
    return _threads().submit(call).result


def within(seconds: float, call: Callable[[], Result], /) -> Result:
    """Return what a call returns, or raise StoreAway when it takes longer than `seconds`."""
    try:
        return _threads().submit(call).result(timeout=seconds)
    except TookTooLong as error:
        raise StoreAway from error


@lru_cache(maxsize=1)
def _deployed() -> Centre:
    return deployed(Settings.from_environment(os.environ))
