"""A card's file is written all or nothing, by one writer at a time."""

import pytest

from chalicelib.domain.card import Status
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from tests.builders import NUMBER, a_card, an_evidence, changing, number_of, registering
from tests.store.conftest import Store


class TestReading:
    def test_an_unknown_number_is_not_found(self, store: Store) -> None:
        with pytest.raises(NotFound):
            store.cards.read_file(number_of(404))

    def test_several_cards_come_in_the_order_asked_without_the_unknown(self, store: Store) -> None:
        for sequence in (1, 2, 3):
            store.cards.save(registering(a_card(number=number_of(sequence))))
        asked = [number_of(sequence) for sequence in (3, 404, 1, 3)]
        assert [card.number for card in store.cards.read_cards(asked)] == [
            number_of(3),
            number_of(1),
        ]

    def test_no_numbers_are_no_cards(self, store: Store) -> None:
        assert store.cards.read_cards([]) == []


class TestTwoWriters:
    def test_a_number_is_registered_once(self, store: Store) -> None:
        store.cards.save(registering())
        with pytest.raises(ChangedMeanwhile):
            store.cards.save(registering(a_card(executor="voda")))
        assert store.cards.read_file(NUMBER).card.executor == "svitlo"

    def test_the_second_of_two_changes_of_one_state_writes_nothing(self, store: Store) -> None:
        store.cards.save(registering())
        before = store.cards.read_file(NUMBER).card
        store.cards.save(changing(before, executor="voda"))
        with pytest.raises(ChangedMeanwhile):
            store.cards.save(changing(before, executor="teplo", evidence=(an_evidence(),)))
        file = store.cards.read_file(NUMBER)
        assert (file.card.executor, len(file.events), file.evidence) == ("voda", 3, ())

    def test_a_change_of_an_unknown_card_writes_nothing(self, store: Store) -> None:
        with pytest.raises(ChangedMeanwhile):
            store.cards.save(changing(a_card()))
        with pytest.raises(NotFound):
            store.cards.read_file(NUMBER)

    def test_of_several_changes_all_are_written_or_none(self, store: Store) -> None:
        store.cards.save(registering())
        stale = store.cards.read_file(NUMBER).card
        store.cards.save(changing(stale))
        repeat = registering(a_card(number=number_of(124), repeat_of=NUMBER))
        with pytest.raises(ChangedMeanwhile):
            store.cards.save(repeat, changing(stale, status=Status.RETURNED))
        with pytest.raises(NotFound):
            store.cards.read_file(number_of(124))
        fresh = store.cards.read_file(NUMBER).card
        store.cards.save(repeat, changing(fresh, status=Status.RETURNED))
        assert store.cards.read_file(number_of(124)).card.repeat_of == NUMBER
