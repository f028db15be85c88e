"""Subscriptions and the city's message: by memory and by the tables alike."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.city_message import CityMessage
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.subscription import Subscription, SubscriptionWriting
from chalicelib.domain.words import Words
from chalicelib.regulation.work_notices import AboutWork, notice_to_owner
from chalicelib.store.city_message import CityMessageStore
from chalicelib.usecases.ports import OnceAnswered
from tests.builders import RECEIVED_AT, a_record
from tests.store.work_stores import Kept, dynamodb, kept
from tests.works import HOUR, STREET, a_subscription, registering_work

__all__ = ["dynamodb", "kept"]

NOW = RECEIVED_AT
SECOND = timedelta(seconds=1)
WAITING = a_subscription(confirmed_at=None, expires_at=NOW + HOUR)


def asked(no: int = 0) -> SubscriptionWriting:
    """Return what asks for a subscription and its confirmation."""
    made = a_subscription(no, confirmed_at=None, expires_at=NOW + HOUR)
    return SubscriptionWriting(None, made, notice_to_owner(made, load_city("khmelnytskyi"), NOW))


def number_of(subscription: Subscription) -> str:
    """Return the number of what is told of a subscription itself."""
    return AboutWork(street=subscription.street, subscription=subscription.id).number


class TestSubscriptions:
    def test_it_is_read_as_it_was_written(self, kept: Kept) -> None:
        waiting = a_subscription(confirmed_at=None, expires_at=NOW + HOUR)
        for subscription in (waiting, a_subscription(1)):
            kept.subscriptions.keep(subscription)
            found = kept.subscriptions.read(STREET, subscription.id, NOW)
            assert found == subscription

    def test_one_that_was_never_confirmed_lapses(self, kept: Kept) -> None:
        waiting = a_subscription(confirmed_at=None, expires_at=NOW + HOUR)
        kept.subscriptions.keep(waiting)
        assert kept.subscriptions.read(STREET, waiting.id, NOW + HOUR - SECOND)
        assert kept.subscriptions.read(STREET, waiting.id, NOW + HOUR) is None

    def test_removed_is_gone_and_removing_again_is_nothing(self, kept: Kept) -> None:
        kept.subscriptions.keep(a_subscription())
        for _ in range(2):
            kept.subscriptions.remove(STREET, a_subscription().id, now=NOW)
            assert kept.subscriptions.read(STREET, a_subscription().id, NOW) is None

    def test_a_request_sent_twice_acts_once(self, kept: Kept) -> None:
        record = a_record()
        kept.subscriptions.write(asked(), record, now=NOW)
        with pytest.raises(OnceAnswered):
            kept.subscriptions.write(asked(1), record, now=NOW)
        with pytest.raises(OnceAnswered):
            kept.subscriptions.remove(STREET, WAITING.id, record, now=NOW)
        assert kept.subscriptions.read(STREET, WAITING.id, NOW)
        assert kept.subscriptions.read(STREET, a_subscription(1).id, NOW) is None
        assert kept.notices.of(number_of(a_subscription(1))) == ()

    def test_it_is_written_with_what_its_owner_is_told(self, kept: Kept) -> None:
        kept.subscriptions.write(asked(), now=NOW)
        [notice] = kept.notices.of(number_of(WAITING))
        assert (notice.to, notice.at) == (WAITING.id, NOW)

    def test_asked_twice_at_one_instant_is_asked_once(self, kept: Kept) -> None:
        kept.subscriptions.write(asked(), now=NOW)
        again = replace(WAITING, language="en")
        kept.subscriptions.write(SubscriptionWriting(WAITING, again, asked().notice), now=NOW)
        assert kept.subscriptions.read(STREET, WAITING.id, NOW) == WAITING

    @pytest.mark.parametrize(
        "standing",
        [None, replace(WAITING, asked_at=NOW + SECOND), a_subscription(confirmed_at=NOW + SECOND)],
        ids=["ended", "asked again", "confirmed"],
    )
    @pytest.mark.parametrize("before", [WAITING, a_subscription()], ids=["waiting", "confirmed"])
    def test_what_has_changed_since_it_was_read_is_left(
        self, kept: Kept, before: Subscription, standing: Subscription | None
    ) -> None:
        if standing is not None:
            kept.subscriptions.keep(standing)
        after = replace(before, language="en")
        with pytest.raises(ChangedMeanwhile):
            kept.subscriptions.write(SubscriptionWriting(before, after), a_record(), now=NOW)
        assert kept.subscriptions.read(STREET, before.id, NOW) == standing

    def test_one_that_came_meanwhile_is_left_but_not_a_lapsed_one(self, kept: Kept) -> None:
        kept.subscriptions.keep(WAITING)
        new = SubscriptionWriting(None, replace(WAITING, asked_at=NOW + 2 * HOUR, expires_at=None))
        with pytest.raises(ChangedMeanwhile):
            kept.subscriptions.write(new, now=NOW + HOUR - SECOND)
        kept.subscriptions.write(new, now=NOW + HOUR)
        assert kept.subscriptions.read(STREET, WAITING.id, NOW) == new.after

    def test_what_does_not_change_is_not_written(self, kept: Kept) -> None:
        kept.subscriptions.write(SubscriptionWriting(a_subscription(), a_subscription()), now=NOW)
        assert kept.subscriptions.read(STREET, a_subscription().id, NOW) is None

    def test_pages_hold_each_confirmed_one_once(self, kept: Kept) -> None:
        for no in range(7):
            kept.subscriptions.keep(a_subscription(no))
        waiting = a_subscription(8, confirmed_at=None, expires_at=NOW + HOUR)
        kept.subscriptions.keep(waiting)
        kept.subscriptions.keep(a_subscription(9, street="elsewhere"))
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
