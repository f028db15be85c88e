"""A request sent twice is one request: the answer is kept in the transaction of the write."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.once import Answer
from chalicelib.usecases.ports import OnceAnswered
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
from tests.store.conftest import Store

DAY = timedelta(days=1)


def test_an_answer_is_kept_word_for_word(store: Store) -> None:
    answer = Answer(200, '{"text": "Їжак — 🦔"}' * 100, {"ETag": '"2"'}, sealed_for=("k1", NUMBER))
    record = a_record(answer=answer)
    store.cards.save(registering(), once=record)
    assert store.guards.answered(record.key, RECEIVED_AT) == record


def test_an_answer_without_headers_and_seal_is_kept_too(store: Store) -> None:
    record = a_record(answer=Answer(204, ""))
    store.cards.save(registering(), once=record)
    assert store.guards.answered(record.key, RECEIVED_AT) == record


def test_nothing_was_answered_under_a_new_key(store: Store) -> None:
    assert store.guards.answered("new", RECEIVED_AT) is None


def test_the_second_request_gets_the_first_answer_and_writes_nothing(store: Store) -> None:
    first = a_record()
    store.cards.save(registering(), once=first)
    second = registering(a_card(number=number_of(124)))
    with pytest.raises(OnceAnswered) as caught:
        store.cards.save(second, once=replace(first, fingerprint="f2", answer=Answer(201, "x")))
    assert caught.value.record == first
    with pytest.raises(NotFound):
        store.cards.read_file(number_of(124))


def test_a_repeated_action_is_answered_although_the_card_has_changed_since(store: Store) -> None:
    store.cards.save(registering())
    before = store.cards.read_file(NUMBER).card
    store.cards.save(changing(before), once=a_record())
    with pytest.raises(OnceAnswered):
        store.cards.save(changing(before), once=a_record())


def test_a_refused_write_keeps_no_answer(store: Store) -> None:
    with pytest.raises(ChangedMeanwhile):
        store.cards.save(changing(a_card()), once=a_record())
    assert store.guards.answered(a_record().key, RECEIVED_AT) is None


def test_an_expired_answer_counts_no_more(store: Store) -> None:
    record = a_record()
    store.cards.save(registering(), once=record)
    assert store.guards.answered(record.key, record.expires_at - timedelta(seconds=1)) == record
    assert store.guards.answered(record.key, record.expires_at) is None


def test_an_expired_key_may_be_used_again(store: Store) -> None:
    record = a_record()
    store.cards.save(registering(), once=record)
    before = store.cards.read_file(NUMBER).card
    again = replace(record, fingerprint="f2", expires_at=record.expires_at + DAY)
    store.cards.save(changing(before, at=record.expires_at), once=again)
    assert store.guards.answered(record.key, record.expires_at) == again


def test_a_ticket_is_issued_once(store: Store) -> None:
    store.tickets.issue(a_ticket(), a_record(), now=RECEIVED_AT)
    with pytest.raises(OnceAnswered) as caught:
        store.tickets.issue(a_ticket(id="u2"), a_record(fingerprint="f2"), now=RECEIVED_AT)
    assert caught.value.record == a_record()
    assert store.tickets.read(["u1", "u2"], RECEIVED_AT) == [a_ticket()]


def test_a_ticket_is_issued_again_under_an_expired_key(store: Store) -> None:
    record = a_record()
    store.tickets.issue(a_ticket(), record, now=RECEIVED_AT)
    renewed = replace(record, expires_at=record.expires_at + DAY)
    store.tickets.issue(a_ticket(id="u2"), renewed, now=record.expires_at)
    assert len(store.tickets.read(["u1", "u2"], RECEIVED_AT)) == 2
