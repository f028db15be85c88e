"""Who listens: a connection hears its audience's news until it ends or falls silent."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.live import Connection
from tests.builders import RECEIVED_AT
from tests.store.conftest import Store

MINUTES_5 = timedelta(minutes=5)
SVITLO = Connection(
    id="L0SM9cOFvHcCIhw=",
    audience="svitlo",
    subject="anna",
    token_id="jti-1",
    signed_in_until=RECEIVED_AT + timedelta(hours=8),
    expires_at=RECEIVED_AT + MINUTES_5,
)
CENTRE = replace(SVITLO, id="centre=", audience="#centre", subject="olena")


def test_a_connection_is_read_as_it_was_kept(store: Store) -> None:
    store.connections.keep(SVITLO)
    assert store.connections.read(SVITLO.id, RECEIVED_AT) == SVITLO


def test_an_audience_is_its_own_connections(store: Store) -> None:
    second = replace(SVITLO, id="second=")
    for each in (SVITLO, second, CENTRE):
        store.connections.keep(each)
    assert sorted(store.connections.listening("svitlo", RECEIVED_AT)) == [SVITLO.id, second.id]
    assert store.connections.listening("#centre", RECEIVED_AT) == [CENTRE.id]
    assert store.connections.listening("vodokanal", RECEIVED_AT) == []


def test_what_has_expired_hears_nothing_whether_or_not_it_is_deleted(store: Store) -> None:
    store.connections.keep(SVITLO)
    assert store.connections.listening("svitlo", SVITLO.expires_at - timedelta(seconds=1))
    assert store.connections.listening("svitlo", SVITLO.expires_at) == []
    assert store.connections.read(SVITLO.id, SVITLO.expires_at) is None


def test_keeping_again_lets_it_hear_longer(store: Store) -> None:
    store.connections.keep(SVITLO)
    store.connections.keep(replace(SVITLO, expires_at=SVITLO.expires_at + MINUTES_5))
    assert store.connections.listening("svitlo", SVITLO.expires_at) == [SVITLO.id]


def test_what_has_ended_is_forgotten_whole(store: Store) -> None:
    for each in (SVITLO, CENTRE):
        store.connections.keep(each)
    store.connections.forget(SVITLO.id)
    store.connections.drop(CENTRE.audience, CENTRE.id)
    for each in (SVITLO, CENTRE):
        assert store.connections.listening(each.audience, RECEIVED_AT) == []
        assert store.connections.read(each.id, RECEIVED_AT) is None


@pytest.mark.parametrize("connection_id", ["never=", SVITLO.id])
def test_forgetting_what_is_unknown_changes_nothing(store: Store, connection_id: str) -> None:
    store.connections.keep(CENTRE)
    store.connections.forget(connection_id)
    store.connections.drop("svitlo", connection_id)
    assert store.connections.listening("#centre", RECEIVED_AT) == [CENTRE.id]


def test_many_connections_are_all_found(store: Store) -> None:
    ids = [f"connection-{at:03}=" for at in range(120)]
    for each in ids:
        store.connections.keep(replace(SVITLO, id=each))
    assert sorted(store.connections.listening("svitlo", RECEIVED_AT)) == ids
