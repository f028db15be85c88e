"""What only the tables can show: sizes, units, indexes, and a database that falters."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pynamodb.exceptions import PynamoDBException

from chalicelib.domain.appeal import Place
from chalicelib.domain.card import Status
from chalicelib.domain.errors import ChangedMeanwhile, StoreAway
from chalicelib.domain.evidence import Inspection
from chalicelib.store.cards import card_item
from chalicelib.store.tables import INDEXES, KEYS
from chalicelib.usecases.ports import OnceAnswered
from tests.aws.gate import Gate
from tests.aws.meter import metered
from tests.aws.plans import TRANSACTION_CONFLICT, Fault, Mode, Plan
from tests.aws.sizes import item_bytes
from tests.aws.tables import Stack, client
from tests.builders import (
    NUMBER,
    RECEIVED_AT,
    a_card,
    a_record,
    a_ticket,
    an_appeal,
    an_event,
    changing,
    local,
    registering,
)
from tests.store.conftest import PAUSES, Store
from tests.store.test_round_trips import FULL_CARD


class TestTheTemplate:
    def test_it_has_the_keys_that_the_store_uses(self, stack: Stack) -> None:
        for noun, keys in KEYS.items():
            described = client("dynamodb").describe_table(TableName=f"{stack.name}-{noun}")
            assert names(described["Table"]["KeySchema"]) == keys

    def test_it_has_the_indexes_that_the_store_uses(self, stack: Stack) -> None:
        described = client("dynamodb").describe_table(TableName=f"{stack.name}-cards")
        indexes = described["Table"]["GlobalSecondaryIndexes"]
        assert {i["IndexName"]: names(i["KeySchema"]) for i in indexes} == dict(INDEXES)


def names(schema: list[dict[str, str]]) -> tuple[str, ...]:
    """Return the names of a key's attributes, the partition key first."""
    return tuple(key["AttributeName"] for key in sorted(schema, key=lambda key: key["KeyType"]))


class TestSizes:
    @pytest.mark.parametrize(
        "never_there",
        [
            {"signatory": None, "answered_at": None, "part_of": None, "parts": ()},
            {"repeat_of": None, "repeats": (), "repeat_no": 0, "surveys": 0, "co_executors": ()},
        ],
        ids=["khmelnytskyi", "kryvyi-rih"],
    )
    def test_the_largest_plausible_card_is_one_kilobyte(self, never_there: dict[str, Any]) -> None:
        names = ("accept", "overdue", "warning_first", "warning_second")
        card = replace(
            FULL_CARD,
            status=Status.REPLY_SUBMITTED,
            executor="blahoustrii-ta-ozelenennia",
            performer="0123456789abcdef0123456789abcdef",
            joined_to=None,
            call_at=None,
            calls=0,
            street="проспект Героїв Визвольних Змагань",
            building="123-Б/45",
            excerpt="ї" * 70,
            timers={name: local("Wed 2026-03-04 12:00") for name in names},
            flags=frozenset({"place_unknown", "repeat", "attention"}),
            **never_there,
        )
        assert item_bytes(card_item(card)) <= 1024


class TestSparseIndexes:
    def entries(self, stack: Stack, index: str) -> list[str]:
        found = client("dynamodb").scan(TableName=f"{stack.name}-cards", IndexName=index)
        return sorted(item["part"]["S"] for item in found["Items"])

    def test_each_index_holds_only_the_parts_it_is_for(self, dynamodb: Store, stack: Stack) -> None:
        card = a_card(timers={"warn": RECEIVED_AT})
        place = Place("вул. Ялинкова", "1", lat=49.42, lon=26.98)
        dynamodb.cards.save(registering(card, an_appeal(place=place, external_id="EXT-1")))
        held = {index: self.entries(stack, index) for index in INDEXES}
        assert held == {
            "queue": ["CARD"],
            "open": ["CARD"],
            "wake": ["CARD"],
            "applicant": ["APPEAL"],
            "place": ["APPEAL"],
            "external": ["APPEAL"],
            "cell": ["APPEAL"],
            "to_tell": ["EVENT#000001"],
            "requests": [],
            "picture": [],
        }

    def test_an_event_that_nobody_is_told_is_not_in_the_outbox(
        self, dynamodb: Store, stack: Stack
    ) -> None:
        change = registering()
        silent = tuple(replace(event, tell=False) for event in change.events)
        dynamodb.cards.save(replace(change, events=silent))
        assert self.entries(stack, "to_tell") == []

    def test_a_closed_card_leaves_the_queues_and_stops_waking(
        self, dynamodb: Store, stack: Stack
    ) -> None:
        dynamodb.cards.save(registering(a_card(timers={"warn": RECEIVED_AT})))
        before = dynamodb.cards.read_file(NUMBER).card
        dynamodb.cards.save(changing(before, status=Status.CONFIRMED, timers={}))
        assert [self.entries(stack, index) for index in ("queue", "open", "wake")] == [[], [], []]


def register(store: Store) -> None:
    """Register a card once."""
    store.cards.save(registering(), once=a_record())


CALLS: list[Callable[[Store], object]] = [
    register,
    lambda store: store.cards.read_file(NUMBER),
    lambda store: store.cards.read_cards([NUMBER]),
    lambda store: store.cards.queue("svitlo", limit=2, cursor=None),
    lambda store: store.cards.open_cards(limit=2, cursor=None),
    lambda store: store.numbers.next_sequence(2026),
    lambda store: store.guards.count("a", window_seconds=60, now=RECEIVED_AT),
    lambda store: store.guards.revoke("jti-1", RECEIVED_AT),
    lambda store: store.tickets.issue(a_ticket(), now=RECEIVED_AT),
    lambda store: store.tickets.read(["u1"], RECEIVED_AT),
    lambda store: store.directory.person("anna", RECEIVED_AT),
]


class TestAFalteringDatabase:
    @pytest.mark.parametrize("call", CALLS)
    @pytest.mark.parametrize(
        "code", ["ProvisionedThroughputExceededException", "InternalServerError"]
    )
    def test_one_that_does_not_answer_is_away(
        self, dynamodb: Store, call: Callable[[Store], object], code: str
    ) -> None:
        with Gate(Plan((Fault(1, Mode.ERROR, code, times=99),))) as gate, pytest.raises(StoreAway):
            call(dynamodb)
        assert len(gate.calls) == 3

    @pytest.mark.parametrize("call", CALLS)
    def test_one_that_cannot_be_reached_is_away(
        self, dynamodb: Store, call: Callable[[Store], object]
    ) -> None:
        plan = Plan((Fault(1, Mode.LOST_ACK, times=99),))
        with Gate(plan), pytest.raises(StoreAway):
            call(dynamodb)

    def test_a_refusal_that_is_our_own_fault_is_a_defect(self, dynamodb: Store) -> None:
        plan = Plan((Fault(1, Mode.ERROR, "AccessDeniedException", times=99),))
        with Gate(plan), pytest.raises(PynamoDBException) as caught:
            register(dynamodb)
        assert caught.value.cause_response_code == "AccessDeniedException"

    def test_a_write_whose_answer_is_lost_is_no_conflict(self, dynamodb: Store) -> None:
        with Gate(Plan((Fault(1, Mode.LOST_ACK),))) as gate:
            register(dynamodb)
        assert [call.repeated for call in gate.calls] == [False, True]
        assert len(dynamodb.cards.read_file(NUMBER).events) == 2

    def test_a_write_that_meets_another_one_is_tried_again(self, dynamodb: Store) -> None:
        plan = Plan((Fault(1, Mode.ERROR, TRANSACTION_CONFLICT, times=2),))
        with Gate(plan) as gate:
            register(dynamodb)
        assert (len(gate.calls), len(PAUSES)) == (3, 2)
        assert dynamodb.cards.read_file(NUMBER).card.seq == 2

    def test_it_gives_up_within_two_seconds(self, dynamodb: Store) -> None:
        plan = Plan((Fault(1, Mode.ERROR, TRANSACTION_CONFLICT, times=99),))
        with Gate(plan), pytest.raises(StoreAway):
            register(dynamodb)
        assert 1 <= sum(PAUSES) <= 2

    def test_an_update_that_meets_a_transaction_is_tried_again(self, dynamodb: Store) -> None:
        dynamodb.tickets.issue(a_ticket(), now=RECEIVED_AT)
        plan = Plan((Fault(1, Mode.ERROR, "TransactionConflictException"),))
        with Gate(plan):
            dynamodb.tickets.inspected(
                a_ticket().id, Inspection(accepted=False, reason="too_many_pixels"), RECEIVED_AT
            )
        assert len(PAUSES) == 1

    def test_an_update_gives_up_within_two_seconds(self, dynamodb: Store) -> None:
        dynamodb.tickets.issue(a_ticket(), now=RECEIVED_AT)
        plan = Plan((Fault(1, Mode.ERROR, "TransactionConflictException", times=99),))
        with Gate(plan), pytest.raises(StoreAway):
            dynamodb.tickets.inspected(
                a_ticket().id, Inspection(accepted=False, reason="too_many_pixels"), RECEIVED_AT
            )
        assert 1 <= sum(PAUSES) <= 2

    def test_of_two_refusals_the_kept_answer_is_told(self, dynamodb: Store) -> None:
        register(dynamodb)
        with pytest.raises(OnceAnswered):
            register(dynamodb)
        with pytest.raises(ChangedMeanwhile):
            dynamodb.cards.save(registering(), once=a_record(key="another"))


class TestTheDirectorysMinute:
    def test_a_change_of_role_acts_within_a_minute(self, dynamodb: Store, stack: Stack) -> None:
        person = an_event().by
        dynamodb.directory.put_person(person)
        with metered() as (gate, _):
            for second in (0, 1, 59):
                assert dynamodb.directory.person(person.subject, RECEIVED_AT + second * S)
        assert len(gate.calls) == 1
        dismiss(stack, person.subject)
        assert dynamodb.directory.person(person.subject, RECEIVED_AT + 59 * S)
        assert dynamodb.directory.person(person.subject, RECEIVED_AT + 60 * S) is None


S = timedelta(seconds=1)


def dismiss(stack: Stack, subject: str) -> None:
    """Dismiss a person as another process would."""
    client("dynamodb").delete_item(
        TableName=f"{stack.name}-directory", Key={"kind": {"S": "person"}, "id": {"S": subject}}
    )
