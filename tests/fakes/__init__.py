"""Every port in memory, obeying the contracts of the real adapters, safe among threads."""

from tests.fakes.appointments import FakeAppointments
from tests.fakes.cards import FakeCards
from tests.fakes.live import FakeConnections, FakeLive
from tests.fakes.outside import (
    FakeAccounts,
    FakeEvidenceFiles,
    FakePictures,
    FakeSecrets,
    in_turn,
)
from tests.fakes.people import FakeDirectory
from tests.fakes.shelf import Shelf
from tests.fakes.small import FakeGuards, FakeNumbers, FakeTickets

__all__ = [
    "FakeAccounts",
    "FakeAppointments",
    "FakeCards",
    "FakeConnections",
    "FakeDirectory",
    "FakeEvidenceFiles",
    "FakeGuards",
    "FakeLive",
    "FakeNumbers",
    "FakePictures",
    "FakeSecrets",
    "FakeTickets",
    "Shelf",
    "in_turn",
]
