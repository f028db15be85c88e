"""What the store costs, in AWS calls and in units, for a text of 500 letters."""

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.appeal import Appeal
from chalicelib.domain.card import Card, Status
from chalicelib.domain.events import EventName
from chalicelib.domain.once import Answer
from chalicelib.regulation.intake import excerpt
from tests.aws.meter import metered
from tests.builders import (
    NUMBER,
    RECEIVED_AT,
    a_card,
    a_record,
    an_appeal,
    changing,
    number_of,
    registering,
)
from tests.store.conftest import Store

TEXT = "Третій день поспіль не горить жоден ліхтар на всій нашій вулиці. " * 8
HOUR = timedelta(hours=1)


def of_500_letters() -> tuple[Card, Appeal]:
    """Return a usual appeal with a text of 500 letters, and its card."""
    text = TEXT[:500]
    timers = {
        name: RECEIVED_AT + hours * HOUR
        for hours, name in enumerate(("accept", "warn_50", "warn_80", "overdue"), 1)
    }
    return a_card(excerpt=excerpt(text), timers=timers), an_appeal(text=text)


class TestUnits:
    def test_intake(self, dynamodb: Store) -> None:
        card, appeal = of_500_letters()
        body = '{"number": "2026-000123-7", "explanation": [' + '{"clause": "K-3.3"},' * 40 + "]}"
        record = a_record(answer=Answer(201, body, {"ETag": '"1"'}, ("k1", NUMBER)))
        with metered() as (gate, meter):
            dynamodb.numbers.next_sequence(2026)
            dynamodb.guards.count("address#1", window_seconds=60, now=RECEIVED_AT)
            dynamodb.cards.save(registering(card, appeal), once=record)
        assert (len(gate.calls), meter.reads) == (3, 0)
        assert meter.writes <= 18

    def test_accepting(self, dynamodb: Store) -> None:
        card, appeal = of_500_letters()
        dynamodb.cards.save(registering(card, appeal))
        with metered() as (gate, meter):
            before = dynamodb.cards.read_file(NUMBER).card
            timers = {name: at for name, at in before.timers.items() if name != "accept"}
            change = changing(before, status=Status.ACCEPTED, version=2, timers=timers)
            accepted = replace(change.events[0], name=EventName.ACCEPTED)
            dynamodb.cards.save(replace(change, events=(accepted,)))
        assert len(gate.calls) == 2
        assert meter.writes <= 9

    def test_an_idempotency_key_costs_two_units(self, dynamodb: Store) -> None:
        dynamodb.cards.save(registering())
        costs = []
        for record in (None, a_record()):
            change = changing(dynamodb.cards.read_file(NUMBER).card)
            with metered() as (_, meter):
                dynamodb.cards.save(change, once=record)
            costs.append(meter.writes)
        assert costs[1] - costs[0] == 2

    def test_a_later_step_costs_the_same_for_any_text(self, dynamodb: Store) -> None:
        costs = []
        for sequence, length in ((1, 1), (2, 10_000)):
            card = a_card(number=number_of(sequence))
            appeal = an_appeal(number=card.number, text="ї" * length)
            dynamodb.cards.save(registering(card, appeal))
            before = replace(card, seq=2)
            with metered() as (_, meter):
                dynamodb.cards.save(changing(before, status=Status.ACCEPTED))
            costs.append(meter.writes)
        assert costs[0] == costs[1]

    def test_a_queue_row_lets_fifty_into_two_read_units(self, dynamodb: Store) -> None:
        for sequence in range(50):
            card, appeal = of_500_letters()
            number = number_of(sequence)
            dynamodb.cards.save(
                registering(
                    replace(card, number=number, root=number), replace(appeal, number=number)
                )
            )
        with metered() as (gate, meter):
            page = dynamodb.cards.queue("svitlo", limit=50, cursor=None)
        assert (len(page.items), len(gate.calls)) == (50, 1)
        assert meter.reads <= 2
