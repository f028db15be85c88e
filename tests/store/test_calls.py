"""Calls, blocks, recordings and places: in memory and in the tables alike."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from chalicelib.domain.appeal import Place
from chalicelib.domain.call import Block, CallEvent, CallEventName, Recording
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.people import Actor, Role
from chalicelib.domain.places import geohash
from chalicelib.store.blocks import BlockStore
from chalicelib.store.calls import CallStore
from chalicelib.store.card_files import CardStore
from chalicelib.store.cursors import Cursors
from chalicelib.store.places import PlaceStore
from chalicelib.usecases.call_ports import Blocks, Calls
from chalicelib.usecases.place_ports import Places
from chalicelib.usecases.ports import Cards, OnceAnswered
from tests.aws.tables import Stack
from tests.builders import (
    RECEIVED_AT,
    a_card,
    a_record,
    an_appeal,
    local,
    number_of,
    registering,
)
from tests.fakes import FakeBlocks, FakeCalls, FakeCards, FakePlaces, Shelf, in_turn
from tests.store.conftest import tables

NOW = RECEIVED_AT
PHONE = "+380670000001"
OPERATOR = Actor("operator-1", Role.OPERATOR, "Олена Операторка")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MONTH = "2026-03"


@dataclass(frozen=True)
class Desk:
    """The adapters of one store that a call needs."""

    calls: Calls
    blocks: Blocks
    places: Places
    cards: Cards


@pytest.fixture(params=["memory", "dynamodb"])
def desk(request: pytest.FixtureRequest) -> Desk:
    """An empty store, twice."""
    if request.param == "memory":
        shelf = Shelf()
        calls = FakeCalls(shelf)
        return Desk(calls, FakeBlocks(shelf, calls), FakePlaces(shelf), FakeCards(shelf))
    stack: Stack = request.getfixturevalue("stack")
    of = tables(stack.name)
    cards = CardStore(of, Cursors(lambda: "key of the tests"), in_turn)
    return Desk(CallStore(of), BlockStore(of), PlaceStore(of), cards)


def an_event(event_id: str = "e1", **changes: object) -> CallEvent:
    """Return a warning given in a call."""
    event = CallEvent(event_id, NOW, CallEventName.WARNED, OPERATOR, PHONE, "c1", "лаявся")
    return replace(event, **changes)  # type: ignore[arg-type]


def a_block(**changes: object) -> Block:
    """Return a block of an hour."""
    block = Block(PHONE, "лайка", "дзвінок c1", NOW, OPERATOR, NOW + 60 * MINUTE)
    return replace(block, **changes)  # type: ignore[arg-type]


class TestCalls:
    """What happened is found by its caller, by its call, and counted by its month."""

    def test_a_callers_events_are_newest_first_and_since(self, desk: Desk) -> None:
        for at, event_id in ((NOW, "e1"), (NOW + MINUTE, "e2"), (NOW + MINUTE, "e3")):
            desk.calls.note(an_event(event_id, at=at), month=MONTH, until=NOW + DAY)
        assert [e.id for e in desk.calls.of_caller(PHONE, NOW, limit=9)] == ["e3", "e2", "e1"]
        assert [e.id for e in desk.calls.of_caller(PHONE, NOW + MINUTE, limit=1)] == ["e3"]
        assert desk.calls.of_caller("+380670000002", NOW, limit=9) == []
        assert desk.calls.of_caller(PHONE, NOW, limit=9)[-1] == an_event()

    def test_a_withheld_number_is_found_by_its_call(self, desk: Desk) -> None:
        event = an_event(phone=None)
        desk.calls.note(event, month=MONTH, until=NOW + DAY)
        desk.calls.keep_recording(Recording("c1", "a/c1.wav", NOW, NOW + DAY))
        assert desk.calls.of_call("c1", NOW) == [event]

    def test_a_months_counts_hold_no_phone_and_no_words(self, desk: Desk) -> None:
        desk.calls.note(an_event(facts={"topic": "LI-01"}), month=MONTH, until=NOW + DAY)
        (counted,) = desk.calls.of_month(MONTH)
        assert (counted.phone, counted.call_id, counted.text) == (None, None, "")
        assert counted.facts == {"topic": "LI-01"}
        assert desk.calls.of_month("2026-04") == []

    def test_the_same_request_is_one_event(self, desk: Desk) -> None:
        record = a_record(expires_at=NOW + DAY)
        desk.calls.note(an_event(), month=MONTH, until=NOW + DAY, once=record)
        with pytest.raises(OnceAnswered) as again:
            desk.calls.note(an_event("e2"), month=MONTH, until=NOW + DAY, once=record)
        assert again.value.record == record
        assert len(desk.calls.of_month(MONTH)) == 1

    def test_a_recording_is_there_until_its_time_is_over(self, desk: Desk) -> None:
        recording = Recording("c1", "a/c1.wav", NOW, NOW + DAY)
        desk.calls.keep_recording(recording)
        assert desk.calls.recording("c1", NOW) == recording
        assert desk.calls.recording("c1", NOW + DAY) is None
        assert desk.calls.recording("c2", NOW) is None


class TestBlocks:
    """A block is written against what was read, with a line of the journal."""

    def put(self, desk: Desk, before: Block | None, block: Block) -> None:
        event = an_event(name=CallEventName.BLOCK_PLACED)
        desk.blocks.write(before, block, event, month=MONTH, until=NOW + DAY)

    def test_it_is_read_as_it_was_written(self, desk: Desk) -> None:
        block = a_block(confirmed_at=NOW, confirmed_by="Ольга", lifted_at=NOW + MINUTE)
        self.put(desk, None, block)
        assert desk.blocks.read(PHONE) == block
        assert desk.blocks.read("+380670000002") is None
        assert desk.calls.of_caller(PHONE, NOW, limit=9)[0].name is CallEventName.BLOCK_PLACED

    def test_the_second_of_two_writers_is_told(self, desk: Desk) -> None:
        self.put(desk, None, a_block())
        with pytest.raises(ChangedMeanwhile):
            self.put(desk, None, a_block())
        self.put(desk, a_block(), a_block(version=2))
        with pytest.raises(ChangedMeanwhile):
            self.put(desk, a_block(), a_block(version=2))

    def test_only_those_that_stand_are_listed_the_soonest_to_end_first(self, desk: Desk) -> None:
        self.put(desk, None, a_block(until=NOW + DAY))
        self.put(desk, None, a_block(phone="+380670000002"))
        self.put(desk, None, a_block(phone="+380670000003", until=NOW))
        self.put(desk, None, a_block(phone="+380670000004", lifted_at=NOW))
        found = [block.phone for block in desk.blocks.standing(NOW)]
        assert found == ["+380670000002", PHONE]


class TestPlaces:
    """A house has parts; other houses that begin alike are other houses."""

    def file(self, desk: Desk, sequence: int, building: str, **place: float) -> str:
        number = number_of(sequence)
        received_at = RECEIVED_AT + sequence * MINUTE
        where = Place("вулиця Ялинкова", building, street_id="yalynkova", **place)  # type: ignore[arg-type]
        appeal = an_appeal(number=number, place=where, received_at=received_at)
        desk.cards.save(registering(a_card(number=number, received_at=received_at), appeal))
        return number

    def test_a_house_with_and_without_its_parts(self, desk: Desk) -> None:
        houses = ("12", "12А", "12 б", "12-в", "12/1", "120", "1", "13", "112")
        filed = {house: self.file(desk, at, house) for at, house in enumerate(houses, 1)}

        def found(building: str, *, parts: bool) -> list[str]:
            return desk.places.at_house("yalynkova", building, NOW, limit=40, parts=parts)

        newest = [filed[house] for house in ("12/1", "12-в", "12 б", "12А", "12")]
        assert found("12", parts=True) == newest
        assert found("12", parts=False) == [filed["12"]]
        assert found("12 а", parts=True) == [filed["12А"]]
        assert found("1", parts=True) == [filed["1"]]
        assert desk.places.at_house("other", "12", NOW, limit=40, parts=True) == []

    def test_what_is_older_is_left_out_and_the_newest_come_first(self, desk: Desk) -> None:
        old, new = self.file(desk, 1, "12а"), self.file(desk, 5, "12")
        since = RECEIVED_AT + 2 * MINUTE
        assert desk.places.at_house("yalynkova", "12", since, limit=9, parts=True) == [new]
        assert desk.places.at_house("yalynkova", "12", NOW, limit=1, parts=True) == [new]
        assert desk.places.at_house("yalynkova", "12", NOW, limit=9, parts=True) == [new, old]

    def test_a_cell_is_asked_by_time(self, desk: Desk) -> None:
        since = local("Mon 2026-03-02 10:17")
        self.file(desk, 1, "1", lat=49.42, lon=26.99)
        new = self.file(desk, 5, "2", lat=49.42, lon=26.99)
        self.file(desk, 6, "3", lat=49.43, lon=26.99)
        assert desk.places.in_cell(geohash(49.42, 26.99), since, limit=9) == [new]
