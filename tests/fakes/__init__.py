"""Every port in memory, obeying the contracts of the real adapters, safe among threads."""

from tests.fakes.appointments import FakeAppointments
from tests.fakes.calls import FakeBlocks, FakeCalls, FakePlaces, FakeRecordings, at_once
from tests.fakes.cards import FakeCards
from tests.fakes.gateways import FakeHooks, FakeMailer, FakeSms
from tests.fakes.keeping import FakeKeeping
from tests.fakes.letters import FakeMailFiles, FakeUnreadLetters
from tests.fakes.live import FakeConnections, FakeLive
from tests.fakes.notices import FakeNotices, FakeQueues, FakeResidents
from tests.fakes.outside import (
    FakeAccounts,
    FakeEvidenceFiles,
    FakePictures,
    FakeSecrets,
    in_turn,
)
from tests.fakes.parking import FakeMornings, FakeParking
from tests.fakes.people import FakeDirectory
from tests.fakes.quarantine import FakeQuarantine
from tests.fakes.repair_works import FakeCityMessages, FakeRepairWorks, FakeSubscriptions
from tests.fakes.shelf import Shelf
from tests.fakes.small import FakeGuards, FakeNumbers, FakeTickets
from tests.fakes.talks import FakeTalks
from tests.fakes.waiting import FakeReceipts, FakeWaitingQueue

__all__ = [
    "FakeAccounts",
    "FakeAppointments",
    "FakeBlocks",
    "FakeCalls",
    "FakeCards",
    "FakeCityMessages",
    "FakeConnections",
    "FakeDirectory",
    "FakeEvidenceFiles",
    "FakeGuards",
    "FakeHooks",
    "FakeKeeping",
    "FakeLive",
    "FakeMailFiles",
    "FakeMailer",
    "FakeMornings",
    "FakeNotices",
    "FakeNumbers",
    "FakeParking",
    "FakePictures",
    "FakePlaces",
    "FakeQuarantine",
    "FakeQueues",
    "FakeReceipts",
    "FakeRecordings",
    "FakeRepairWorks",
    "FakeResidents",
    "FakeSecrets",
    "FakeSms",
    "FakeSubscriptions",
    "FakeTalks",
    "FakeTickets",
    "FakeUnreadLetters",
    "FakeWaitingQueue",
    "Shelf",
    "at_once",
    "in_turn",
]
