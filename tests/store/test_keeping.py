"""Released cards are gone for readers; what fails is counted apart; both in memory and tables."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from chalicelib.domain.card import Status
from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.store import keeping
from chalicelib.usecases.ports import OnceAnswered
from chalicelib.usecases.retention_ports import Release
from chalicelib.usecases.sweep_ports import Failing
from tests.builders import (
    NUMBER,
    RECEIVED_AT,
    a_card,
    a_record,
    an_appeal,
    an_evidence,
    changing,
    number_of,
    registering,
)
from tests.store.conftest import Store

NOW: Final = RECEIVED_AT + timedelta(days=3000)
NAME: Final = f"{NUMBER} CARD"
DONE: Final = Release(
    year=2026,
    page=0,
    at=NOW,
    by="admin-1",
    by_name="Адміністраторка",
    act="Акт № 1",
    numbers=frozenset({NUMBER}),
)


@pytest.fixture
def kept(store: Store) -> Store:
    """A store with a confirmed card that has files."""
    files = (an_evidence(original_key="originals/1", public_key="evidence/1.jpg"),)
    store.cards.save(registering(a_card(status=Status.CONFIRMED), evidence=files))
    return store


class TestReleased:
    def test_it_is_read_by_nobody_but_the_keeper(self, kept: Store) -> None:
        (found,) = kept.keeping.read([NUMBER])
        assert not found.released
        kept.keeping.release(found.card, NOW)
        with pytest.raises(NotFound):
            kept.cards.read_file(NUMBER)
        assert kept.cards.read_cards([NUMBER]) == []
        (gone,) = kept.keeping.read([NUMBER])
        assert gone.released
        assert gone.card == found.card

    def test_the_keys_of_its_files_are_told_again_and_again(self, kept: Store) -> None:
        card = kept.cards.read_file(NUMBER).card
        for _ in range(2):
            assert set(kept.keeping.release(card, NOW)) == {"originals/1", "evidence/1.jpg"}

    def test_a_card_that_was_written_since_is_not_released(self, kept: Store) -> None:
        card = kept.cards.read_file(NUMBER).card
        kept.cards.save(changing(card, flags=frozenset({"hold"})))
        with pytest.raises(ChangedMeanwhile):
            kept.keeping.release(card, NOW)
        assert kept.cards.read_file(NUMBER).card.flags == frozenset({"hold"})

    def test_more_parts_than_one_transaction_holds(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(keeping, "_AT_ONCE", 4)
        store.cards.save(registering(a_card(status=Status.CONFIRMED)))
        for _ in range(9):
            store.cards.save(changing(store.cards.read_file(NUMBER).card))
        store.keeping.release(store.cards.read_file(NUMBER).card, NOW)
        with pytest.raises(NotFound):
            store.cards.read_file(NUMBER)

    def test_cards_are_read_in_the_order_asked_and_absent_ones_left_out(self, store: Store) -> None:
        for sequence in (1, 2):
            number = number_of(sequence)
            store.cards.save(registering(a_card(number=number), an_appeal(number=number)))
        asked = [number_of(each) for each in (2, 9, 1)]
        assert [each.card.number for each in store.keeping.read(asked)] == asked[::2]
        assert store.keeping.read([]) == []


class TestReleases:
    def test_they_are_kept_by_year(self, store: Store) -> None:
        store.keeping.record(DONE)
        assert store.keeping.releases(2026) == [DONE]
        assert store.keeping.releases(2025) == []

    def test_the_same_again_adds_what_is_new_and_stays_as_old(self, store: Store) -> None:
        store.keeping.record(DONE)
        later = replace(DONE, at=NOW + timedelta(days=1), numbers=frozenset({number_of(5)}))
        store.keeping.record(later)
        both = frozenset({NUMBER, number_of(5)})
        assert store.keeping.releases(2026) == [replace(DONE, numbers=both)]

    def test_another_act_or_page_is_another_release(self, store: Store) -> None:
        others = [DONE, replace(DONE, page=100), replace(DONE, page=200, act="Акт № 2")]
        for each in others:
            store.keeping.record(each)
        assert store.keeping.releases(2026) == others

    def test_an_answer_is_kept_once(self, store: Store) -> None:
        record = a_record(expires_at=NOW + timedelta(days=1))
        store.keeping.answer(record, NOW)
        with pytest.raises(OnceAnswered):
            store.keeping.answer(record, NOW)


class TestParking:
    def test_the_third_failure_parks(self, store: Store) -> None:
        counted = [store.parking.failed(NAME, NOW) for _ in range(3)]
        assert counted == [Failing(1), Failing(2), Failing(3, parked_at=NOW)]
        assert store.parking.failing(NOW) == {NAME: Failing(3, parked_at=NOW)}

    def test_after_its_hour_it_needs_three_more(self, store: Store) -> None:
        for _ in range(3):
            store.parking.failed(NAME, NOW)
        later = NOW + timedelta(hours=2)
        counted = [store.parking.failed(NAME, later) for _ in range(3)]
        assert [each.is_parked(later) for each in counted] == [False, False, True]

    def test_what_was_mended_begins_anew(self, store: Store) -> None:
        for _ in range(2):
            store.parking.failed(NAME, NOW)
        store.parking.mended(NAME, NOW)
        assert store.parking.failing(NOW) == {}
        assert store.parking.failed(NAME, NOW) == Failing(1)


class TestMornings:
    def test_a_day_is_told_once_it_was(self, store: Store) -> None:
        day = NOW.date()
        assert not store.mornings.is_told(day, NOW)
        store.mornings.tell(day, NOW)
        assert all(store.mornings.is_told(day, NOW) for _ in range(2))
        assert not store.mornings.is_told(day + timedelta(days=1), NOW)
