"""Units of calls on the toy stack, computed by hand from the item sizes."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws.meter import Meter, metered
from tests.aws.tables import Stack
from tests.support.conftest import Things

KB = "x" * 1024


def filled(size_bytes: int, name: str = "a") -> str:
    """Return the text that makes `item(name, text=…)` this large: id+1, part+1, text."""
    return "x" * (size_bytes - len("id") - len(name) - len("part-") - len("text"))


def spent(meter: Meter) -> tuple[float, float]:
    """Return write and read units."""
    return meter.writes, meter.reads


class TestWrites:
    @pytest.mark.parametrize(("size_bytes", "units"), [(1024, 1), (1025, 2), (4096, 4)])
    def test_each_kilobyte_begun_is_a_unit(
        self, things: Things, size_bytes: int, units: int
    ) -> None:
        with metered() as (_, meter):
            things.put("a", text=filled(size_bytes))
        assert spent(meter) == (units, 0)

    def test_the_larger_of_old_and_new_counts(self, things: Things) -> None:
        things.put("a", text=filled(3000))
        with metered() as (_, meter):
            things.put("a", text="short")
        assert spent(meter) == (3, 0)

    def test_an_update_pays_for_the_whole_item(self, things: Things) -> None:
        things.put("a", text=filled(3000))
        with metered() as (_, meter):
            things.update("a", mark="1")
        assert spent(meter) == (3, 0)

    def test_a_refused_condition_pays_for_the_item_that_stands_there(self, things: Things) -> None:
        things.put("a", text=filled(1500), queue="q", due="1")
        with metered() as (_, meter), pytest.raises(ClientError):
            things.dynamodb.put_item(
                TableName=things.table,
                Item=things.item("a"),
                ConditionExpression="attribute_not_exists(id)",
            )
        assert spent(meter) == (2, 0)

    def test_a_batch_pays_item_by_item(self, things: Things) -> None:
        puts = [{"PutRequest": {"Item": things.item(name)}} for name in "abc"]
        with metered() as (gate, meter):
            things.dynamodb.batch_write_item(RequestItems={things.table: puts})
        assert (spent(meter), len(gate.calls)) == ((3, 0), 1)


class TestIndexes:
    def test_an_entry_that_comes_is_one_write(self, things: Things) -> None:
        with metered() as (_, meter):
            things.put("a", queue="q", due="1")
        assert spent(meter) == (2, 0)
        assert meter.units[0].by_index == {"queue": 1}

    def test_an_item_without_the_whole_key_is_in_no_index(self, things: Things) -> None:
        with metered() as (_, meter):
            things.put("a", queue="q")
        assert spent(meter) == (1, 0)

    def test_an_attribute_that_is_not_projected_costs_nothing(self, things: Things) -> None:
        things.put("a", queue="q", due="1", shelf="s")
        with metered() as (_, meter):
            things.update("a", mark="1")
        assert spent(meter) == (1, 0)

    def test_a_projected_attribute_is_one_write(self, things: Things) -> None:
        things.put("a", queue="q", due="1", shelf="s")
        with metered() as (_, meter):
            things.update("a", title="new")
        assert spent(meter) == (2, 0)

    def test_a_key_that_moves_is_two_writes(self, things: Things) -> None:
        things.put("a", queue="q", due="1")
        with metered() as (_, meter):
            things.update("a", due="2")
        assert spent(meter) == (3, 0)

    def test_an_entry_is_as_large_as_what_it_projects(self, things: Things) -> None:
        with metered() as (_, meter):
            things.put("a", queue="q", due="1", title=KB, text=KB, shelf="s")
        assert meter.units[0].by_index == {"queue": 2, "shelf": 1}
        assert spent(meter) == (3 + 2 + 1, 0)

    def test_an_entry_that_goes_is_one_write(self, things: Things) -> None:
        things.put("a", queue="q", due="1")
        with metered() as (_, meter):
            things.put("a")
        assert spent(meter) == (2, 0)

    def test_hot_keys_are_counted(self, things: Things) -> None:
        with metered() as (_, meter):
            things.put("a", queue="q", due="1")
            things.put("b", queue="q", due="1")
        assert meter.partitions[f"{things.table}.queue", "q"] == 2
        assert meter.partitions[things.table, "a"] == 1


class TestTransactions:
    def test_double_on_the_table_only(self, things: Things) -> None:
        with metered() as (_, meter):
            things.put_new(things.item("a", queue="q", due="1"), things.item("b"))
        assert spent(meter) == (2 + 1 + 2, 0)

    def test_a_condition_check_is_a_write(self, things: Things) -> None:
        things.put("a")
        check = {
            "TableName": things.table,
            "Key": things.item("a"),
            "ConditionExpression": "attribute_exists(id)",
        }
        with metered() as (_, meter):
            things.dynamodb.transact_write_items(TransactItems=[{"ConditionCheck": check}])
        assert spent(meter) == (2, 0)

    def test_transactional_reads_are_double(self, things: Things) -> None:
        things.put("a", text=filled(5000))
        get = {"Get": {"TableName": things.table, "Key": things.item("a")}}
        with metered() as (_, meter):
            things.dynamodb.transact_get_items(TransactItems=[get])
        assert spent(meter) == (0, 4)


class TestReads:
    @pytest.mark.parametrize(
        ("size_bytes", "consistent", "units"),
        [(4096, True, 1), (4097, True, 2), (4097, False, 1), (10, False, 0.5)],
    )
    def test_four_kilobytes_are_a_unit(
        self, things: Things, size_bytes: int, consistent: bool, units: float
    ) -> None:
        things.put("a", text=filled(max(size_bytes, 20)))
        with metered() as (_, meter):
            things.dynamodb.get_item(
                TableName=things.table, Key=things.item("a"), ConsistentRead=consistent
            )
        assert spent(meter) == (0, units)

    def test_nothing_found_is_read_all_the_same(self, things: Things) -> None:
        with metered() as (_, meter):
            assert things.get("nobody") is None
            assert things.queued("nothing") == []
        assert spent(meter) == (0, 1.5)

    def test_a_query_adds_up_before_it_rounds(self, things: Things) -> None:
        for name in "abcde":
            things.put(name, queue="q", due="1", title="x" * 1000)
        with metered() as (_, meter):
            assert len(things.queued("q")) == 5
        assert spent(meter) == (0, 1)

    def test_what_a_filter_hides_is_paid_for(self, things: Things) -> None:
        for name in "abcde":
            things.put(name, queue="q", due="1", title="x" * 1000)
        shaped: dict[str, Any] = {
            "FilterExpression": "id = :wanted",
            "ProjectionExpression": "id",
            "values": {":wanted": {"S": "a"}},
        }
        with metered() as (gate, meter):
            assert things.queued("q", **shaped) == ["a"]
        assert (spent(meter), len(gate.calls)) == ((0, 1), 1)

    def test_a_limit_stops_the_reading(self, things: Things) -> None:
        for name in "abcde":
            things.put(name, queue="q", due="1", title="x" * 3000)
        with metered() as (_, meter):
            things.queued("q", Limit=1)
        assert spent(meter) == (0, 0.5)

    def test_a_batch_of_reads_rounds_item_by_item(self, things: Things) -> None:
        keys = [things.item("a"), things.item("b")]
        things.put("a", text=filled(5000))
        with metered() as (_, meter):
            things.dynamodb.batch_get_item(RequestItems={things.table: {"Keys": keys}})
        assert spent(meter) == (0, 1 + 0.5)


def test_calls_of_other_services_count_and_cost_nothing(toy: Stack, things: Things) -> None:
    with metered() as (gate, meter):
        things.send("hello")
    assert ([c.name for c in gate.calls], spent(meter)) == (["sqs.SendMessage"], (0, 0))
