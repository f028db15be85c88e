"""Texts that wait for people: written once, judged once, found by nothing but their lists."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import ChangedMeanwhile, NotFound, TooManyRequests
from chalicelib.domain.quarantine import Held, HeldState, Verdict
from chalicelib.domain.screening import Label, Screening, Span
from chalicelib.domain.tally import Tally
from chalicelib.store.shards import SHARDS
from chalicelib.usecases.ports import OnceAnswered, Waking
from tests.builders import NUMBER, RECEIVED_AT, a_card, a_record, an_appeal, local, registering
from tests.store.conftest import Store

ID = "q-0123"
RELEASE_AT = local("Tue 2026-03-03 10:15")
VERDICT = Verdict("olena", "Олена", local("Mon 2026-03-02 12:00"), "Це заклик")


def a_text(**changes: Any) -> Held:
    """Return a text that waits, with everything that it may have."""
    found = Screening((Span(0, 5, Label.HATE, True), Span(7, 9, Label.MILD)), "2026-01-01")
    held = Held(
        id=ID,
        key_id="k1",
        state=HeldState.WAITING,
        appeal=an_appeal(number=ID, masks=((1, 2),)),
        found=found,
        review_by_at=RECEIVED_AT + timedelta(hours=4),
        release_at=RELEASE_AT,
        topic="LI-01",
        uploads=("u1", "u2"),
        join=NUMBER,
    )
    return replace(held, **changes)


def refused(held: Held, at: datetime = RELEASE_AT) -> Held:
    """Return a text as two people have refused it."""
    return replace(
        held,
        state=HeldState.REFUSED,
        refusal=VERDICT,
        decision=VERDICT,
        decided_at=at,
        expires_at=local("Mon 2027-03-01 10:15"),
        version=held.version + 1,
    )


def waking(store: Store, until: datetime) -> list[Waking]:
    """Return everything that wakes by an instant."""
    return [w for shard in range(SHARDS) for w in store.cards.to_wake(shard, until, limit=10)]


def test_it_is_kept_as_it_is(store: Store) -> None:
    store.quarantine.hold(a_text(), once=None, tally=None)
    assert store.quarantine.read(ID) == a_text()
    store.quarantine.decide(refused(a_text()), once=None)
    assert store.quarantine.read(ID) == refused(a_text())


def test_where_there_is_none_nothing_is_found(store: Store) -> None:
    with pytest.raises(NotFound):
        store.quarantine.read("q-none")


def test_it_wakes_when_its_time_is_over(store: Store) -> None:
    store.quarantine.hold(a_text(), once=None, tally=None)
    assert waking(store, RELEASE_AT - timedelta(seconds=1)) == []
    assert waking(store, RELEASE_AT) == [Waking(ID, "QUARANTINE", RELEASE_AT)]
    store.quarantine.decide(refused(a_text()), once=None)
    assert waking(store, RELEASE_AT) == []


def test_the_lists_are_in_the_order_of_their_work(store: Store) -> None:
    for no in (2, 1, 3):
        at = RECEIVED_AT + timedelta(hours=no)
        store.quarantine.hold(a_text(id=f"q-{no}", review_by_at=at), once=None, tally=None)
    first = store.quarantine.waiting(limit=2, cursor=None)
    rest = store.quarantine.waiting(limit=2, cursor=first.cursor)
    assert [held.id for held in (*first.items, *rest.items)] == ["q-1", "q-2", "q-3"]
    assert rest.cursor is None
    for no in (1, 2):
        held = store.quarantine.read(f"q-{no}")
        store.quarantine.decide(refused(held, RELEASE_AT + timedelta(hours=no)), once=None)
    assert [h.id for h in store.quarantine.decided(limit=9, cursor=None).items] == ["q-2", "q-1"]
    assert [h.id for h in store.quarantine.waiting(limit=9, cursor=None).items] == ["q-3"]


def test_of_two_decisions_one_is_written(store: Store) -> None:
    store.quarantine.hold(a_text(), once=None, tally=None)
    store.quarantine.decide(refused(a_text()), once=None)
    with pytest.raises(ChangedMeanwhile):
        store.quarantine.decide(refused(a_text()), once=None)


def test_it_is_registered_together_with_its_card_or_not_at_all(store: Store) -> None:
    store.quarantine.hold(a_text(), once=None, tally=None)
    done = replace(refused(a_text()), state=HeldState.RELEASED, number=NUMBER)
    store.cards.save(replace(registering(), held=done))
    assert store.quarantine.read(ID).number == NUMBER
    other = registering(a_card(number="2026-000124-5", root="2026-000124-5"))
    with pytest.raises(ChangedMeanwhile):
        store.cards.save(replace(other, held=done))
    with pytest.raises(NotFound):
        store.cards.read_file("2026-000124-5")


def test_no_search_finds_what_is_not_registered(store: Store) -> None:
    appeal = an_appeal(number=ID, external_id="EXT-1")
    store.quarantine.hold(a_text(appeal=appeal), once=None, tally=None)
    assert store.cards.by_phone(appeal.applicant.phone or "", limit=9) == []
    assert store.cards.at_place("yalynkova", None, limit=9) == []
    assert store.cards.by_external_id("EXT-1") == []


def test_a_request_sent_twice_keeps_one_text(store: Store) -> None:
    store.quarantine.hold(a_text(), once=a_record(), tally=None)
    with pytest.raises(OnceAnswered):
        store.quarantine.hold(a_text(id="q-2"), once=a_record(), tally=None)
    with pytest.raises(NotFound):
        store.quarantine.read("q-2")


def test_it_counts_as_an_appeal_of_its_contact(store: Store) -> None:
    tally = Tally("contact#1", 1, RELEASE_AT, "too-many-appeals")
    store.quarantine.hold(a_text(), once=None, tally=tally)
    with pytest.raises(TooManyRequests):
        store.quarantine.hold(a_text(id="q-2"), once=None, tally=tally)
