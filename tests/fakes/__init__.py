"""Every port in memory, obeying the contracts of the real adapters, safe among threads."""

from tests.fakes.appointments import FakeAppointments
from tests.fakes.cards import FakeCards
from tests.fakes.live import FakeConnections, FakeLive
from tests.fakes.notices import FakeNotices, FakeQueues, FakeResidents
from tests.fakes.outside import (
    FakeAccounts,
    FakeEvidenceFiles,
    FakePictures,
    FakeSecrets,
    in_turn,
)
from tests.fakes.parking import FakeParking
from tests.fakes.people import FakeDirectory
from tests.fakes.repair_works import FakeCityMessages, FakeRepairWorks, FakeSubscriptions
from tests.fakes.shelf import Shelf
from tests.fakes.small import FakeGuards, FakeNumbers, FakeTickets

__all__ = [
    "FakeAccounts",
    "FakeAppointments",
    "FakeCards",
    "FakeCityMessages",
    "FakeConnections",
    "FakeDirectory",
    "FakeEvidenceFiles",
    "FakeGuards",
    "FakeLive",
    "FakeNotices",
    "FakeNumbers",
    "FakeParking",
    "FakePictures",
    "FakeRepairWorks",
    "FakeQueues",
    "FakeResidents",
    "FakeSecrets",
    "FakeSubscriptions",
    "FakeTickets",
    "Shelf",
    "in_turn",
]
