"""The written reply and the arrival, by memory and by the tables alike."""

from dataclasses import replace

import pytest

from chalicelib.domain.appeal import Channel
from chalicelib.domain.card import Change
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.reply import Reply
from tests.builders import (
    NUMBER,
    RECEIVED_AT,
    a_card,
    an_appeal,
    changing,
    local,
    number_of,
    registering,
)
from tests.store.conftest import Store

DRAFT = Reply(NUMBER, "Траву покошено.", RECEIVED_AT, "Ганна Горобенко")
PUBLISHED = replace(
    DRAFT,
    statement="Зв'язатися із заявником не вдалося.",
    without_evidence="Знімати заборонено",
    signatory="signatory-1",
    submitted_at=local("Tue 2026-03-03 09:00"),
    submitted_by="Світлана Осокорко",
    signed_at=local("Tue 2026-03-03 10:00"),
    signed_by="Світлана Вербенко",
    signed_file="e1",
    handed_over_at=local("Tue 2026-03-03 11:00"),
    published_at=local("Tue 2026-03-03 12:00"),
)


def arriving(sequence: int, *, channel: Channel = Channel.OFFICIAL_MAIL, root: int = 0) -> Change:
    """Return the change that registers what came under one foreign id."""
    number = number_of(sequence)
    card = a_card(number=number, root=number_of(root or sequence), channel=channel)
    appeal = an_appeal(number=number, channel=channel, external_id="CC-17")
    return registering(card, appeal)


@pytest.mark.parametrize("reply", [DRAFT, PUBLISHED], ids=["draft", "published"])
def test_a_reply_is_read_as_it_was_written(store: Store, reply: Reply) -> None:
    store.cards.save(registering())
    assert store.cards.read_file(NUMBER).reply is None
    written = changing(store.cards.read_file(NUMBER).card)
    store.cards.save(replace(written, reply=reply))
    assert store.cards.read_file(NUMBER).reply == reply


def test_a_later_draft_takes_the_place_of_the_reply_that_came_back(store: Store) -> None:
    store.cards.save(registering())
    for reply in (PUBLISHED, DRAFT):
        written = changing(store.cards.read_file(NUMBER).card)
        store.cards.save(replace(written, reply=reply))
    assert store.cards.read_file(NUMBER).reply == DRAFT


def test_two_who_register_one_message_at_once_make_one_card(store: Store) -> None:
    store.cards.save(arriving(1))
    with pytest.raises(ChangedMeanwhile):
        store.cards.save(arriving(2))
    assert store.cards.by_external_id("CC-17") == [number_of(1)]


def test_repeats_and_parts_of_what_arrived_are_cards_of_their_own(store: Store) -> None:
    store.cards.save(arriving(1))
    store.cards.save(arriving(2, root=1))
    assert sorted(store.cards.by_external_id("CC-17")) == [number_of(1), number_of(2)]


def test_a_foreign_id_of_another_door_says_nothing(store: Store) -> None:
    store.cards.save(arriving(1, channel=Channel.PHONE))
    store.cards.save(arriving(2, channel=Channel.PHONE))
