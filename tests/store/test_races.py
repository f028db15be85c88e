"""Whoever comes first: in memory among threads, in the tables in every order of the calls.

moto checks conditions without a lock, so threads on it would prove nothing about DynamoDB.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

from chalicelib.domain.errors import ChangedMeanwhile, TooManyRequests
from chalicelib.domain.evidence import Inspection
from chalicelib.domain.tally import Tally
from chalicelib.usecases.ports import OnceAnswered
from tests.aws.races import Outcome, Race, every_schedule
from tests.builders import (
    NUMBER,
    RECEIVED_AT,
    a_card,
    a_record,
    a_ticket,
    changing,
    number_of,
    registering,
)
from tests.store.conftest import Store, in_memory

WRITERS = 8
DAY = timedelta(days=1)
ACCEPTED = Inspection(accepted=True, picture="p1")
Empty = Callable[[], None]


def hand_to(store: Store, executor: str) -> str:
    """Read a card and hand it to another executor; return whom."""
    before = store.cards.read_file(NUMBER).card
    store.cards.save(changing(before, executor=executor))
    return executor


def register_once(store: Store, sequence: int) -> str:
    """Register a card under the one key of all twins; return its number."""
    number = number_of(sequence)
    store.cards.save(registering(a_card(number=number)), once=a_record())
    return number


def count_in(store: Store, sequence: int) -> str:
    """Register a card that is counted in the one tally of all; return its number."""
    number = number_of(sequence)
    tally = Tally("contact#+380670000001#2026-03-02", 2, RECEIVED_AT + DAY, "too-many-appeals")
    store.cards.save(registering(a_card(number=number)), tally=tally)
    return number


def claim(store: Store) -> str:
    """Register a card with the upload as it is now."""
    store.cards.save(registering(), claims=store.tickets.read(["u1"], RECEIVED_AT))
    return NUMBER


def inspect(store: Store) -> str | None:
    """Keep the verdict on the upload; return the card that it belongs to by then."""
    return store.tickets.inspected("u1", ACCEPTED, RECEIVED_AT).number


def errors(outcomes: Sequence[Outcome]) -> list[type[Exception]]:
    """Return the kinds of the errors of those who lost."""
    return [type(outcome.error) for outcome in outcomes if outcome.error]


class TestInMemory:
    def test_of_many_writers_of_one_state_exactly_one_wins(self) -> None:
        store, start = in_memory(), Barrier(WRITERS)
        store.cards.save(registering())
        before = store.cards.read_file(NUMBER).card

        def write(writer: int) -> bool:
            start.wait()
            try:
                store.cards.save(changing(before, executor=f"executor-{writer}"))
            except ChangedMeanwhile:
                return False
            return True

        with ThreadPoolExecutor(WRITERS) as pool:
            won = list(pool.map(write, range(WRITERS)))
        assert won.count(True) == 1
        assert store.cards.read_file(NUMBER).card.executor == f"executor-{won.index(True)}"

    def test_no_number_is_drawn_twice(self) -> None:
        store = in_memory()
        with ThreadPoolExecutor(WRITERS) as pool:
            drawn = list(pool.map(store.numbers.next_sequence, [2026] * 40))
        assert sorted(drawn) == list(range(1, 41))


class TestInTheTables:
    def test_each_of_several_writers_wins_or_knows_that_it_lost(
        self, dynamodb: Store, empty: Empty
    ) -> None:
        def fresh() -> None:
            empty()
            dynamodb.cards.save(registering())

        def check(outcomes: Sequence[Outcome]) -> None:
            won = [outcome for outcome in outcomes if outcome.error is None]
            assert won
            assert set(errors(outcomes)) <= {ChangedMeanwhile}
            file = dynamodb.cards.read_file(NUMBER)
            assert len(file.events) == 2 + len(won)
            assert file.card.executor in {outcome.answer for outcome in won}

        actors = [partial(hand_to, dynamodb, name) for name in ("voda", "teplo", "zelen")]
        raced = every_schedule(Race(fresh, actors, check))
        assert (raced.schedules, raced.violations) == (90, [])

    def test_twins_of_one_request_make_one_card(self, dynamodb: Store, empty: Empty) -> None:
        def check(outcomes: Sequence[Outcome]) -> None:
            assert errors(outcomes) == [OnceAnswered, OnceAnswered]
            assert len(dynamodb.cards.queue("svitlo", limit=10, cursor=None).items) == 1

        actors = [partial(register_once, dynamodb, sequence) for sequence in (1, 2, 3)]
        raced = every_schedule(Race(empty, actors, check))
        assert (raced.schedules, raced.violations) == (6, [])

    def test_of_three_where_two_may_be_counted_one_is_refused(
        self, dynamodb: Store, empty: Empty
    ) -> None:
        def check(outcomes: Sequence[Outcome]) -> None:
            assert errors(outcomes) == [TooManyRequests]
            assert len(dynamodb.cards.queue("svitlo", limit=10, cursor=None).items) == 2

        actors = [partial(count_in, dynamodb, sequence) for sequence in (1, 2, 3)]
        raced = every_schedule(Race(empty, actors, check))
        assert (raced.schedules, raced.violations) == (6, [])

    def test_a_verdict_always_reaches_the_card(self, dynamodb: Store, empty: Empty) -> None:
        def fresh() -> None:
            empty()
            dynamodb.tickets.issue(a_ticket(), now=RECEIVED_AT)

        def check(outcomes: Sequence[Outcome]) -> None:
            claimed, inspected = outcomes
            told = inspected.answer == NUMBER
            ticket = dynamodb.tickets.read(["u1"], RECEIVED_AT)[0]
            read_inspected = claimed.error is None and ticket.number == NUMBER and not told
            assert told or read_inspected or errors([claimed]) == [ChangedMeanwhile]
            assert ticket.inspection == ACCEPTED

        actors: list[Callable[[], object]] = [partial(claim, dynamodb), partial(inspect, dynamodb)]
        raced = every_schedule(Race(fresh, actors, check))
        assert (raced.schedules, raced.violations) == (3, [])

    def test_no_number_is_drawn_twice(self, dynamodb: Store, empty: Empty) -> None:
        def check(outcomes: Sequence[Outcome]) -> None:
            assert Counter(outcome.answer for outcome in outcomes) == Counter((1, 2, 3))

        draw: Callable[[], object] = partial(dynamodb.numbers.next_sequence, 2026)
        raced = every_schedule(Race(empty, [draw] * 3, check))
        assert (raced.schedules, raced.violations) == (6, [])
