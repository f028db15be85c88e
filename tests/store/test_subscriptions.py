"""Subscriptions and the city's message: by memory and by the tables alike."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.city_message import CityMessage
from chalicelib.domain.words import Words
from chalicelib.store.city_message import CityMessageStore
from chalicelib.usecases.ports import OnceAnswered
from tests.builders import RECEIVED_AT, a_record
from tests.store.work_stores import Kept, dynamodb, kept
from tests.works import HOUR, STREET, a_subscription, registering_work

__all__ = ["dynamodb", "kept"]

NOW = RECEIVED_AT
SECOND = timedelta(seconds=1)


class TestSubscriptions:
    def test_it_is_read_as_it_was_written(self, kept: Kept) -> None:
        waiting = a_subscription(confirmed_at=None, expires_at=NOW + HOUR)
        for subscription in (waiting, a_subscription(1)):
            kept.subscriptions.keep(subscription, now=NOW)
            found = kept.subscriptions.read(STREET, subscription.id, NOW)
            assert found == subscription

    def test_one_that_was_never_confirmed_lapses(self, kept: Kept) -> None:
        waiting = a_subscription(confirmed_at=None, expires_at=NOW + HOUR)
        kept.subscriptions.keep(waiting, now=NOW)
        assert kept.subscriptions.read(STREET, waiting.id, NOW + HOUR - SECOND)
        assert kept.subscriptions.read(STREET, waiting.id, NOW + HOUR) is None

    def test_removed_is_gone_and_removing_again_is_nothing(self, kept: Kept) -> None:
        kept.subscriptions.keep(a_subscription(), now=NOW)
        for _ in range(2):
            kept.subscriptions.remove(STREET, a_subscription().id, now=NOW)
            assert kept.subscriptions.read(STREET, a_subscription().id, NOW) is None

    def test_a_request_sent_twice_acts_once(self, kept: Kept) -> None:
        record = a_record()
        kept.subscriptions.keep(a_subscription(), record, now=NOW)
        with pytest.raises(OnceAnswered):
            kept.subscriptions.keep(a_subscription(1), record, now=NOW)
        with pytest.raises(OnceAnswered):
            kept.subscriptions.remove(STREET, a_subscription().id, record, now=NOW)
        assert kept.subscriptions.read(STREET, a_subscription().id, NOW)
        assert kept.subscriptions.read(STREET, a_subscription(1).id, NOW) is None

    def test_pages_hold_each_confirmed_one_once(self, kept: Kept) -> None:
        for no in range(7):
            kept.subscriptions.keep(a_subscription(no), now=NOW)
        waiting = a_subscription(8, confirmed_at=None, expires_at=NOW + HOUR)
        kept.subscriptions.keep(waiting, now=NOW)
        kept.subscriptions.keep(a_subscription(9, street="elsewhere"), now=NOW)
        kept.works.save(registering_work())
        seen: list[str] = []
        while page := kept.subscriptions.confirmed(STREET, after=(seen or [""])[-1], limit=3):
            seen += [each.id for each in page]
        assert seen == sorted(a_subscription(no).id for no in range(7))


class TestTheCitysMessage:
    def a_message(self, **changes: Any) -> CityMessage:
        message = CityMessage(Words("Немає води", "No water"), NOW + HOUR, NOW, "Олег")
        return replace(message, **changes)

    def test_it_stands_until_its_end(self, kept: Kept) -> None:
        assert kept.messages.read(NOW) is None
        kept.messages.put(self.a_message())
        assert kept.messages.read(NOW + HOUR - SECOND) == self.a_message()
        assert kept.messages.read(NOW + HOUR) is None

    def test_a_new_one_takes_the_place_of_the_old_and_can_be_taken_down(self, kept: Kept) -> None:
        kept.messages.put(self.a_message())
        kept.messages.put(self.a_message(put_by="Наталія"))
        found = kept.messages.read(NOW)
        assert found is not None
        assert found.put_by == "Наталія"
        for _ in range(2):
            kept.messages.take_down()
            assert kept.messages.read(NOW) is None

    def test_another_process_hears_of_it_within_15_seconds(self, dynamodb: Kept) -> None:
        store = dynamodb.messages
        assert isinstance(store, CityMessageStore)
        other = CityMessageStore(store._tables)
        assert other.read(NOW) is None
        store.put(self.a_message())
        assert other.read(NOW + timedelta(seconds=14)) is None
        assert other.read(NOW + timedelta(seconds=15)) == self.a_message()
