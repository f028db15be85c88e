"""One store of works for each test: in memory, and in the template's tables."""

from dataclasses import dataclass

import pytest

from chalicelib.store.city_message import CityMessageStore
from chalicelib.store.cursors import Cursors
from chalicelib.store.notices import NoticeStore
from chalicelib.store.repair_works import RepairWorkStore
from chalicelib.store.subscriptions import SubscriptionStore
from chalicelib.usecases.sending_ports import Notices
from chalicelib.usecases.work_ports import CityMessages, RepairWorks, Subscriptions
from tests.fakes import FakeCityMessages, FakeNotices, FakeRepairWorks, FakeSubscriptions, Shelf
from tests.store.conftest import tables


@dataclass(frozen=True)
class Kept:
    """The adapters of one store."""

    works: RepairWorks
    subscriptions: Subscriptions
    messages: CityMessages
    notices: Notices


def in_memory() -> Kept:
    """Return an empty store in memory."""
    shelf = Shelf()
    return Kept(
        FakeRepairWorks(shelf), FakeSubscriptions(shelf), FakeCityMessages(), FakeNotices(shelf)
    )


@pytest.fixture
def dynamodb(request: pytest.FixtureRequest) -> Kept:
    """An empty store in the template's tables."""
    of = tables(request.getfixturevalue("stack").name)
    cursors = Cursors(lambda: "key of the tests")
    works, notices = RepairWorkStore(of, cursors), NoticeStore(of, cursors)
    return Kept(works, SubscriptionStore(of), CityMessageStore(of), notices)


@pytest.fixture(params=["memory", "dynamodb"])
def kept(request: pytest.FixtureRequest) -> Kept:
    """An empty store: every rule holds in memory and in DynamoDB alike."""
    return in_memory() if request.param == "memory" else request.getfixturevalue("dynamodb")
