"""One store for each test: in memory, and in the template's tables."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import pytest

from chalicelib.store.appointments import AppointmentStore
from chalicelib.store.card_files import CardStore
from chalicelib.store.connections import ConnectionStore
from chalicelib.store.cursors import Cursors
from chalicelib.store.directory import DirectoryStore
from chalicelib.store.guards import GuardStore
from chalicelib.store.keeping import KeepingStore
from chalicelib.store.mornings import MorningStore
from chalicelib.store.notices import NoticeStore
from chalicelib.store.numbers import NumberStore
from chalicelib.store.parking import ParkingStore
from chalicelib.store.quarantine import QuarantineStore
from chalicelib.store.residents import ResidentStore
from chalicelib.store.tables import Tables
from chalicelib.store.tickets import TicketStore
from chalicelib.usecases.ports import Appointments, Cards, Guards, Numbers, Tickets
from chalicelib.usecases.quarantine_ports import Quarantine
from chalicelib.usecases.retention_ports import Keeping
from chalicelib.usecases.sending_ports import Connections, Notices, Residents
from chalicelib.usecases.sweep_ports import Mornings, Parking
from tests.aws.snapshot import Snapshot
from tests.aws.tables import REGION, Stack, cloud, snapshot
from tests.fakes import (
    FakeAppointments,
    FakeCards,
    FakeConnections,
    FakeDirectory,
    FakeGuards,
    FakeKeeping,
    FakeMornings,
    FakeNotices,
    FakeNumbers,
    FakeParking,
    FakeQuarantine,
    FakeResidents,
    FakeTickets,
    Shelf,
    in_turn,
)

PAUSES: Final[list[float]] = []
"""How long, in seconds, the store would have waited between tries; nobody waits."""


@dataclass(frozen=True)
class Store:
    """The adapters of one store."""

    cards: Cards
    numbers: Numbers
    tickets: Tickets
    guards: Guards
    directory: DirectoryStore | FakeDirectory
    appointments: Appointments
    connections: Connections
    notices: Notices
    residents: Residents
    keeping: Keeping
    parking: Parking
    mornings: Mornings
    quarantine: Quarantine


@cache
def tables(name: str) -> Tables:
    """Return the tables of a stack; their client is made once, for it takes 100 ms."""
    return Tables(f"{name}-", REGION, chance=lambda: 0.5, wait=PAUSES.append)


def in_memory() -> Store:
    """Return an empty store in memory."""
    shelf, directory = Shelf(), FakeDirectory()
    return Store(
        FakeCards(shelf),
        FakeNumbers(shelf),
        FakeTickets(shelf),
        FakeGuards(shelf),
        directory,
        FakeAppointments(shelf, directory),
        FakeConnections(),
        FakeNotices(shelf),
        FakeResidents(),
        FakeKeeping(shelf),
        FakeParking(),
        FakeMornings(),
        FakeQuarantine(shelf),
    )


def in_tables(of: Tables) -> Store:
    """Return the store of some tables."""
    cursors = Cursors(lambda: "key of the tests")
    return Store(
        CardStore(of, cursors, in_turn),
        NumberStore(of),
        TicketStore(of),
        GuardStore(of),
        DirectoryStore(of),
        AppointmentStore(of, cursors),
        ConnectionStore(of),
        NoticeStore(of, cursors),
        ResidentStore(of),
        KeepingStore(of),
        ParkingStore(of),
        MorningStore(of),
        QuarantineStore(of, cursors),
    )


@pytest.fixture(scope="package")
def _stack() -> Iterator[tuple[Stack, Snapshot]]:
    with cloud("store") as stack:
        yield stack, snapshot()


@pytest.fixture
def stack(_stack: tuple[Stack, Snapshot]) -> Stack:
    """The template's resources, empty."""
    PAUSES.clear()
    _stack[1].restore()
    return _stack[0]


@pytest.fixture
def empty(_stack: tuple[Stack, Snapshot]) -> Callable[[], None]:
    """What empties the tables, for a new run."""
    return _stack[1].restore


@pytest.fixture
def dynamodb(stack: Stack) -> Store:
    """An empty store in the template's tables."""
    return in_tables(tables(stack.name))


@pytest.fixture(params=["memory", "dynamodb"])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store: every rule holds in memory and in DynamoDB alike."""
    if request.param == "memory":
        return in_memory()
    found: Store = request.getfixturevalue("dynamodb")
    return found
