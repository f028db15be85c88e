"""Flows that are known to be wrong must be caught, and the right one must pass."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count

from botocore.exceptions import ClientError

from tests.aws.crashes import Scene, crash_everywhere, crash_in_pairs, trial
from tests.aws.plans import Fault, Mode, Plan
from tests.aws.races import Outcome, Race, every_schedule
from tests.aws.snapshot import Snapshot
from tests.support.conftest import Things


def cards(things: Things) -> list[str]:
    """Return the ids of all cards, which stand in the queue `open`."""
    return things.queued("open")


def one_card_one_letter(things: Things, told: Sequence[object]) -> None:
    """The invariant of intake."""
    found = cards(things)
    assert len(found) == 1, f"{len(found)} cards"
    assert set(told) == set(found), f"told {told}, stored {found}"
    assert set(things.sent()) == set(found), f"letters {things.sent()}"


def scene(
    things: Things, empty: Snapshot, act: Callable[[str], str], *, relayed: bool = False
) -> Scene:
    """Return intake as a scene: each request draws another number."""
    numbers = count(1)
    return Scene(
        name=act.__name__,
        fresh=empty.restore,
        act=lambda: act(f"card{next(numbers)}"),
        check=lambda told: one_card_one_letter(things, told),
        settle=(lambda: relay(things)) if relayed else (lambda: None),
    )


def relay(things: Things) -> None:
    """Send a letter for each card that waits on the shelf, then take it off."""
    waiting = things.dynamodb.query(
        TableName=things.table,
        IndexName="shelf",
        KeyConditionExpression="shelf = :shelf",
        ExpressionAttributeValues={":shelf": {"S": "to tell"}},
    )
    for item in waiting["Items"]:
        things.send(item["id"]["S"])
        things.dynamodb.update_item(
            TableName=things.table,
            Key={name: item[name] for name in ("id", "part")},
            UpdateExpression="REMOVE shelf",
        )


class TestWrongFlows:
    def test_read_check_write_makes_a_second_card(self, things: Things, empty: Snapshot) -> None:
        def read_check_write(number: str) -> str:
            known = things.get("request")
            if known:
                return known["card"]
            things.put(number, queue="open", due="1", shelf="to tell")
            things.put("request", card=number)
            return number

        report = crash_everywhere(scene(things, empty, read_check_write, relayed=True))
        assert report.plans == 3 * report.calls
        assert {f"{t.plan}" for t in report.violations} == {"after at 2", "before at 3"}
        assert all("2 cards" in str(t.violation) for t in report.violations)

    def test_write_then_notify_loses_the_letter(self, things: Things, empty: Snapshot) -> None:
        def write_then_notify(number: str) -> str:
            try:
                things.put_new(
                    things.item(number, queue="open", due="1"),
                    things.item("request", card=number),
                )
            except ClientError:
                return (things.get("request") or {})["card"]
            things.send(number)
            return number

        report = crash_everywhere(scene(things, empty, write_then_notify))
        assert {f"{t.plan}" for t in report.violations} == {"after at 1", "before at 2"}
        assert all("letters" in str(t.violation) for t in report.violations)

    def test_an_explicit_token_with_a_changing_body_never_gets_through(
        self, things: Things, empty: Snapshot
    ) -> None:
        def explicit_token(number: str) -> str:
            put = {"TableName": things.table, "Item": things.item(number, queue="open", due="1")}
            things.dynamodb.transact_write_items(
                TransactItems=[{"Put": put}], ClientRequestToken="request"
            )
            things.send(number)
            return number

        report = crash_everywhere(scene(things, empty, explicit_token))
        assert any("IdempotentParameterMismatch" in str(t.violation) for t in report.violations)

    def test_half_of_a_parallel_wave_is_found_in_both_orders(
        self, things: Things, empty: Snapshot
    ) -> None:
        def both_at_once(number: str) -> str:
            if things.get("request"):
                return (things.get("request") or {})["card"]
            with ThreadPoolExecutor(max_workers=2) as pool:
                request = pool.submit(things.put, "request", card=number)
                card = pool.submit(things.put, number, queue="open", due="1", shelf="to tell")
                request.result()
                card.result()
            return number

        report = crash_everywhere(scene(things, empty, both_at_once, relayed=True))
        lost = {str(t.plan) for t in report.violations if "0 cards" in str(t.violation)}
        doubled = {str(t.plan) for t in report.violations if "2 cards" in str(t.violation)}
        backward = " (parallel calls backward)"
        assert lost == {"after at 2", "before at 3"}
        assert doubled == {f"after at 2{backward}", f"before at 3{backward}"}


def outbox(things: Things) -> Callable[[str], str]:
    """Return the right intake: card, request and outbox in one transaction."""

    def intake(number: str) -> str:
        try:
            things.put_new(
                things.item(number, queue="open", due="1", shelf="to tell"),
                things.item("request", card=number),
            )
        except ClientError as refusal:
            if refusal.response["Error"]["Code"] != "TransactionCanceledException":
                raise
            return (things.get("request") or {})["card"]
        return number

    return intake


class TestTheRightFlow:
    def test_no_single_crash_breaks_it(self, things: Things, empty: Snapshot) -> None:
        report = crash_everywhere(scene(things, empty, outbox(things), relayed=True))
        assert (report.calls, report.plans) == (4, 12)
        assert not report.violations, report

    def test_no_pair_of_crashes_breaks_it(self, things: Things, empty: Snapshot) -> None:
        report = crash_in_pairs(scene(things, empty, outbox(things), relayed=True))
        assert report.plans > 50
        assert not report.violations, report

    def test_a_throttled_flow_gets_through(self, things: Things, empty: Snapshot) -> None:
        flow = scene(things, empty, outbox(things), relayed=True)
        code = "ProvisionedThroughputExceededException"
        run = trial(flow, Plan((Fault(1, Mode.ERROR, code, times=5),)))
        assert run.violation is None
        assert run.slept_seconds > 0

    def test_a_stale_index_is_harmless_to_it(self, things: Things, empty: Snapshot) -> None:
        flow = scene(things, empty, outbox(things), relayed=True)
        assert "letters" in str(trial(flow, stale_writes=1).violation)

        def relay_later() -> None:
            things.put("z")
            relay(things)

        later = replace(flow, settle=relay_later)
        assert trial(later, stale_writes=1).violation is None


class TestRaces:
    @staticmethod
    def race(things: Things, empty: Snapshot, take: Callable[[str], object]) -> Race:
        """Two executors take one card; exactly one may."""

        def fresh() -> None:
            empty.restore()
            things.put("card", owner="nobody")

        def check(outcomes: Sequence[Outcome]) -> None:
            won = Counter(outcome.error is None for outcome in outcomes)[True]
            assert won == 1, f"{won} took the card"

        return Race(fresh, [lambda: take("first"), lambda: take("second")], check)

    def test_read_check_write_is_caught(self, things: Things, empty: Snapshot) -> None:
        def take(owner: str) -> None:
            card = things.get("card")
            if card is None or card["owner"] != "nobody":
                raise ValueError("taken")
            things.update("card", owner=owner)

        raced = every_schedule(self.race(things, empty, take))
        assert raced.schedules == 6
        assert len(raced.violations) == 4

    def test_a_condition_holds_in_every_schedule(self, things: Things, empty: Snapshot) -> None:
        def take(owner: str) -> None:
            things.get("card")
            things.dynamodb.update_item(
                TableName=things.table,
                Key=things.item("card"),
                UpdateExpression="SET #owner = :owner",
                ConditionExpression="#owner = :nobody",
                ExpressionAttributeNames={"#owner": "owner"},
                ExpressionAttributeValues={":owner": {"S": owner}, ":nobody": {"S": "nobody"}},
            )

        raced = every_schedule(self.race(things, empty, take))
        assert raced.schedules == 6
        assert raced.violations == []
