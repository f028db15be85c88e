"""What wakes, and whom operators phone: found by sparse indexes, earliest first."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.card import Status
from chalicelib.store.shards import SHARDS, shard_of
from chalicelib.usecases.ports import Waking
from tests.builders import NUMBER, a_card, changing, local, number_of, registering
from tests.store.conftest import Store

DUE_AT = local("Sat 2026-03-07 00:00")
HOUR = timedelta(hours=1)


def waking(store: Store, shard: int, until: datetime, **asked: Any) -> list[str]:
    """Return the numbers of what wakes in a shard."""
    found = store.cards.to_wake(shard, until, **{"limit": 10, **asked})
    return [each.number for each in found]


class TestWaking:
    def test_a_card_wakes_by_its_first_timer(self, store: Store) -> None:
        timers = {"overdue": DUE_AT, "warn": DUE_AT - HOUR}
        store.cards.save(registering(a_card(timers=timers)))
        shard = shard_of(NUMBER)
        assert waking(store, shard, DUE_AT - HOUR) == [NUMBER]
        (found,) = store.cards.to_wake(shard, DUE_AT, limit=10)
        assert found == Waking(NUMBER, "CARD", DUE_AT - HOUR)
        just_before = DUE_AT - HOUR - timedelta(microseconds=1)
        assert waking(store, shard, just_before) == []
        assert waking(store, (shard + 1) % SHARDS, DUE_AT) == []

    def test_a_fraction_of_a_second_counts(self, store: Store) -> None:
        wake_at = DUE_AT + timedelta(microseconds=500)
        store.cards.save(registering(a_card(timers={"warn": wake_at})))
        shard = shard_of(NUMBER)
        assert waking(store, shard, DUE_AT) == []
        assert waking(store, shard, wake_at) == [NUMBER]

    def test_a_card_without_timers_never_wakes(self, store: Store) -> None:
        store.cards.save(registering(a_card(timers={"warn": DUE_AT})))
        before = store.cards.read_file(NUMBER).card
        store.cards.save(changing(before, timers={}))
        assert waking(store, shard_of(NUMBER), DUE_AT) == []

    def test_what_was_due_first_wakes_first(self, store: Store) -> None:
        sequences = [s for s in range(200) if shard_of(number_of(s)) == 3][:4]
        for i, sequence in enumerate(sequences):
            timers = {"warn": DUE_AT - i * HOUR}
            store.cards.save(registering(a_card(number=number_of(sequence), timers=timers)))
        expected = [number_of(s) for s in sequences[::-1]]
        assert waking(store, 3, DUE_AT) == expected
        assert waking(store, 3, DUE_AT, limit=2) == expected[:2]
        first = [f"{number} CARD" for number in expected[:2]]
        assert waking(store, 3, DUE_AT, limit=2, passing_over=first) == expected[2:]


class TestSurveyCalls:
    def test_who_is_to_be_phoned_first_stands_first(self, store: Store) -> None:
        for sequence in range(3):
            number = number_of(sequence)
            called = a_card(number=number, status=Status.CLOSED, call_at=DUE_AT - sequence * HOUR)
            store.cards.save(registering(called))
        first = store.cards.to_call(limit=2, cursor=None)
        rest = store.cards.to_call(limit=2, cursor=first.cursor)
        found = [card.number for card in (*first.items, *rest.items)]
        assert found == [number_of(2), number_of(1), number_of(0)]
        assert rest.cursor is None

    def test_a_card_is_read_from_the_list_as_it_is(self, store: Store) -> None:
        store.cards.save(registering(a_card(status=Status.CLOSED, call_at=DUE_AT, calls=2)))
        (card,) = store.cards.to_call(limit=10, cursor=None).items
        assert card == store.cards.read_file(NUMBER).card

    def test_who_was_reached_leaves_it(self, store: Store) -> None:
        store.cards.save(registering(a_card(status=Status.CLOSED, call_at=DUE_AT)))
        before = store.cards.read_file(NUMBER).card
        store.cards.save(changing(before, call_at=None))
        assert store.cards.to_call(limit=10, cursor=None).items == ()
        page = store.cards.pending_requests("coordinator", limit=10, cursor=None)
        assert page.items == ()
