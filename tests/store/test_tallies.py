"""A tally counts what a transaction writes, and stops the one that would be too many."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import ChangedMeanwhile, NotFound, TooManyRequests
from chalicelib.domain.tally import Tally
from chalicelib.usecases.ports import OnceAnswered
from tests.builders import NUMBER, RECEIVED_AT, a_card, a_record, changing, number_of, registering
from tests.store.conftest import Store

TWO = Tally(
    "contact#+380670000001#2026-03-02", 2, RECEIVED_AT + timedelta(days=1), "too-many-appeals"
)


def register(store: Store, sequence: int, tally: Tally = TWO) -> None:
    """Register another card, counted in a tally."""
    store.cards.save(registering(a_card(number=number_of(sequence))), tally=tally)


def test_one_more_than_may_be_writes_nothing(store: Store) -> None:
    register(store, 1)
    register(store, 2)
    with pytest.raises(TooManyRequests) as refused:
        register(store, 3)
    assert refused.value.words == "too-many-appeals"
    with pytest.raises(NotFound):
        store.cards.read_file(number_of(3))


def test_another_bucket_has_its_own_count(store: Store) -> None:
    register(store, 1)
    register(store, 2)
    register(store, 3, Tally("contact#+380670000002#2026-03-02", 2, TWO.ends_at, TWO.words))
    assert store.cards.read_file(number_of(3))


def test_what_was_not_written_is_not_counted(store: Store) -> None:
    register(store, 1)
    with pytest.raises(ChangedMeanwhile):
        store.cards.save(changing(a_card(number=number_of(9))), tally=TWO)
    register(store, 2)
    assert store.cards.read_file(number_of(2))


def test_a_request_sent_again_is_answered_though_the_tally_is_full(store: Store) -> None:
    one = Tally(TWO.bucket, 1, TWO.ends_at, TWO.words)
    store.cards.save(registering(), once=a_record(), tally=one)
    with pytest.raises(OnceAnswered):
        store.cards.save(registering(a_card(number=number_of(2))), once=a_record(), tally=one)
    assert store.cards.read_file(NUMBER)
