"""An upload belongs to the one card that claims it, as its file stood when it was read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import ChangedMeanwhile, NotFound
from chalicelib.domain.evidence import Inspection
from tests.builders import (
    NUMBER,
    RECEIVED_AT,
    a_card,
    a_ticket,
    an_evidence,
    changing,
    local,
    number_of,
    registering,
)
from tests.store.conftest import Store

ACCEPTED = Inspection(
    accepted=True,
    picture="p1",
    taken_at=local("Mon 2026-03-02 09:00"),
    original_key="originals/u1",
    public_key="evidence/u1.jpg",
)
REJECTED = Inspection(accepted=False, reason="too_many_pixels")


def test_tickets_are_read_in_the_order_asked(store: Store) -> None:
    for ticket_id in ("u1", "u2", "u3"):
        store.tickets.issue(a_ticket(id=ticket_id), now=RECEIVED_AT)
    found = store.tickets.read(["u3", "absent", "", "u" * 5_000, "u1", "u3"], RECEIVED_AT)
    assert found == [a_ticket(id="u3"), a_ticket(id="u1")]


def test_no_ids_are_no_tickets(store: Store) -> None:
    assert store.tickets.read([], RECEIVED_AT) == []


def test_an_expired_ticket_is_not_honoured(store: Store) -> None:
    store.tickets.issue(a_ticket(), now=RECEIVED_AT)
    expired_at = a_ticket().expires_at
    assert store.tickets.read(["u1"], expired_at - timedelta(seconds=1)) == [a_ticket()]
    assert store.tickets.read(["u1"], expired_at) == []
    with pytest.raises(NotFound):
        store.tickets.inspected("u1", ACCEPTED, expired_at)


@pytest.mark.parametrize("verdict", [ACCEPTED, REJECTED])
def test_what_inspecting_came_to_is_kept(store: Store, verdict: Inspection) -> None:
    store.tickets.issue(a_ticket(), now=RECEIVED_AT)
    seen = store.tickets.inspected("u1", verdict, RECEIVED_AT)
    assert seen == replace(a_ticket(), inspection=verdict)
    assert store.tickets.read(["u1"], RECEIVED_AT) == [seen]


def test_inspecting_again_tells_the_same(store: Store) -> None:
    store.tickets.issue(a_ticket(), now=RECEIVED_AT)
    store.tickets.inspected("u1", ACCEPTED, RECEIVED_AT)
    assert store.tickets.inspected("u1", REJECTED, RECEIVED_AT).inspection == REJECTED


def test_a_file_without_a_ticket_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.tickets.inspected("u1", ACCEPTED, RECEIVED_AT)


def test_a_card_claims_its_upload(store: Store) -> None:
    store.tickets.issue(a_ticket(), now=RECEIVED_AT)
    store.cards.save(registering(evidence=(an_evidence(),)), claims=[a_ticket()])
    assert store.tickets.read(["u1"], RECEIVED_AT)[0].number == NUMBER


def test_a_claim_is_for_the_card_that_its_ticket_names(store: Store) -> None:
    store.tickets.issue(a_ticket(), now=RECEIVED_AT)
    repeat = registering(a_card(number=number_of(124)))
    store.cards.save(registering(), repeat, claims=[a_ticket(number=number_of(124))])
    assert store.tickets.read(["u1"], RECEIVED_AT)[0].number == number_of(124)


def test_a_file_that_arrives_late_still_finds_the_card_that_claimed_it(store: Store) -> None:
    store.tickets.issue(a_ticket(), now=RECEIVED_AT)
    store.cards.save(registering(), claims=[a_ticket()])
    late = a_ticket().expires_at + timedelta(days=13)
    assert store.tickets.inspected("u1", ACCEPTED, late).number == NUMBER


def test_an_upload_is_claimed_once(store: Store) -> None:
    store.tickets.issue(a_ticket(), now=RECEIVED_AT)
    store.cards.save(registering(), claims=[a_ticket()])
    with pytest.raises(ChangedMeanwhile):
        store.cards.save(registering(a_card(number=number_of(124))), claims=[a_ticket()])
    with pytest.raises(NotFound):
        store.cards.read_file(number_of(124))


def test_an_upload_inspected_since_it_was_read_is_read_again_first(store: Store) -> None:
    store.tickets.issue(a_ticket(), now=RECEIVED_AT)
    inspected = store.tickets.inspected("u1", ACCEPTED, RECEIVED_AT)
    with pytest.raises(ChangedMeanwhile):
        store.cards.save(registering(), claims=[a_ticket()])
    store.cards.save(registering(), claims=[inspected])
    assert store.tickets.read(["u1"], RECEIVED_AT)[0].inspection == ACCEPTED


def test_an_unknown_ticket_cannot_be_claimed(store: Store) -> None:
    store.cards.save(registering())
    before = store.cards.read_file(NUMBER).card
    with pytest.raises(ChangedMeanwhile):
        store.cards.save(changing(before), claims=[a_ticket()])
