"""The gate: numbers, faults, threads, stale indexes."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest
from botocore.exceptions import ClientError
from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model

from tests.aws import actors
from tests.aws.gate import Crash, Gate, GateMisuse
from tests.aws.plans import TRANSACTION_CONFLICT, Backward, Fault, Mode, Plan
from tests.aws.tables import REGION
from tests.support.conftest import Things, refused


def plan(call: int, mode: Mode, code: str = "", times: int = 1) -> Plan:
    return Plan((Fault(call, mode, code, times),))


class TestFaults:
    def test_calls_are_numbered_and_logged(self, things: Things) -> None:
        with Gate() as gate:
            things.put("a")
            things.get("a")
            things.send("hello")
        assert [(c.number, c.name, c.outcome) for c in gate.calls] == [
            (1, "dynamodb.PutItem", "200"),
            (2, "dynamodb.GetItem", "200"),
            (3, "sqs.SendMessage", "200"),
        ]

    def test_a_crash_before_the_call_leaves_nothing(self, things: Things) -> None:
        with Gate(plan(1, Mode.BEFORE)), pytest.raises(Crash):
            things.put("a")
        assert things.get("a") is None

    def test_a_crash_after_the_call_leaves_it_applied(self, things: Things) -> None:
        with Gate(plan(1, Mode.AFTER)), pytest.raises(Crash):
            things.put("a")
        assert things.get("a") is not None

    def test_the_dead_do_not_call(self, things: Things) -> None:
        with Gate(plan(1, Mode.BEFORE)) as gate:
            for name in "ab":
                with pytest.raises(Crash):
                    things.put(name)
            gate.revive()
            things.put("c")
        assert [things.get(name) is not None for name in "abc"] == [False, False, True]
        assert [c.outcome for c in gate.calls] == ["crash before", "200"]

    def test_a_lost_answer_is_sent_again_by_the_sdk(self, things: Things) -> None:
        with Gate(plan(1, Mode.LOST_ACK)) as gate:
            things.put("a")
        assert [c.outcome for c in gate.calls] == ["answer lost", "200"]

    def test_an_error_is_not_applied_and_nobody_sleeps(self, things: Things) -> None:
        throttled = plan(1, Mode.ERROR, "ProvisionedThroughputExceededException", times=2)
        with Gate(throttled) as gate:
            things.put("a")
        assert [c.outcome for c in gate.calls] == [*[throttled.faults[0].code] * 2, "200"]
        assert gate.slept_seconds > 0

    def test_a_transaction_in_conflict_says_so(self, things: Things) -> None:
        with Gate(plan(1, Mode.ERROR, TRANSACTION_CONFLICT)):
            with pytest.raises(ClientError) as refusal:
                things.put_new(things.item("a"))
            reasons = refusal.value.response["CancellationReasons"]
            assert [reason["Code"] for reason in reasons] == ["TransactionConflict"]
        assert things.get("a") is None

    def test_calls_of_pynamodb_pass_the_gate(self, things: Things) -> None:
        class Thing(Model):
            class Meta:
                table_name = things.table
                region = REGION

            id = UnicodeAttribute(hash_key=True)
            part = UnicodeAttribute(range_key=True)

        with Gate(plan(2, Mode.BEFORE)) as gate:
            Thing("a", "-").save()
            with pytest.raises(Crash):
                Thing("b", "-").save()
        assert [c.name for c in gate.calls] == ["dynamodb.PutItem", "dynamodb.PutItem"]
        assert [things.get(name) is not None for name in "ab"] == [True, False]

    def test_after_the_gate_calls_pass_freely(self, things: Things) -> None:
        with Gate(plan(1, Mode.BEFORE)):
            pass
        things.put("a")
        assert things.get("a") is not None


class TestThreads:
    @staticmethod
    def put_three(things: Things) -> None:
        """Put a, b, c at once, then d."""
        with ThreadPoolExecutor(max_workers=3) as pool:
            list(pool.map(things.put, "abc"))
        things.put("d")

    def test_parallel_calls_are_one_wave(self, things: Things) -> None:
        with Gate() as gate:
            things.get("a")
            self.put_three(things)
        assert [(c.wave, c.address) for c in gate.calls] == [
            (1, ()),
            (2, (0,)),
            (2, (1,)),
            (2, (2,)),
            (3, ()),
        ]
        assert gate.waves == 3

    def test_what_does_not_wait_is_not_later(self, things: Things) -> None:
        with Gate() as gate, ThreadPoolExecutor() as pool:
            beside = pool.submit(things.put, "a")
            things.get("z")
            beside.result()
            things.get("a")
        assert sorted(c.wave for c in gate.calls) == [1, 1, 2]

    def test_a_task_of_a_task_is_later_than_what_its_parent_knew(self, things: Things) -> None:
        def nested(pool: ThreadPoolExecutor) -> None:
            things.put("a")
            pool.submit(things.put, "b").result()

        with Gate() as gate, ThreadPoolExecutor(max_workers=1) as pool:
            pool.submit(nested, pool).result()
        assert [(c.wave, c.address) for c in gate.calls] == [(1, (0,)), (2, (0, 0))]

    @pytest.mark.parametrize(("backward", "applied"), [(False, "a"), (True, "c")])
    def test_a_crash_in_a_wave_is_the_same_each_time(
        self, things: Things, backward: bool, applied: str
    ) -> None:
        faults = (Fault(2, Mode.BEFORE),)
        for name in "abc":
            things.put(name, mark="old")
        with Gate(Plan(faults, Backward()) if backward else Plan(faults)), pytest.raises(Crash):
            self.put_three(things)
        unmarked = [name for name in "abc" if "mark" not in (things.get(name) or {})]
        assert unmarked == [applied]
        assert things.get("d") is None

    def test_threads_of_the_dead_process_are_gone_before_the_next(self, things: Things) -> None:
        running: list[Future[Any]] = []
        with Gate(plan(1, Mode.BEFORE)) as gate, ThreadPoolExecutor() as pool:
            with suppress(Crash):
                running.extend(pool.submit(things.put, name) for name in "abc")
                things.put("d")
            gate.revive()
            assert all(isinstance(future.exception(), Crash) for future in running)
            things.put("e")
        assert [n for n in "abcde" if things.get(n)] == ["e"]

    def test_a_call_that_nobody_waits_for_is_counted(self, things: Things) -> None:
        pool = ThreadPoolExecutor()
        with Gate() as gate:
            pool.submit(things.put, "a")
            things.get("z")
        assert [c.name for c in gate.calls] == ["dynamodb.GetItem", "dynamodb.PutItem"]
        assert things.get("a") is not None

    def test_an_error_beside_a_call_leaves_the_process_alive(self, things: Things) -> None:
        def fail() -> None:
            raise ValueError("wrong")

        with Gate() as gate, ThreadPoolExecutor() as pool:
            beside = pool.submit(things.put, "a")
            with pytest.raises(ValueError, match="wrong"):
                pool.submit(fail).result()
            gate.revive()
            assert beside.exception() is None
        assert things.get("a") is not None

    def test_waiting_elsewhere_than_for_a_future_is_refused(
        self, things: Things, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(actors, "PATIENCE_S", 0.05)
        with Gate(), ThreadPoolExecutor() as pool:
            done, _ = wait([pool.submit(things.put, "a")])
            assert isinstance(done.pop().exception(), GateMisuse)

    def test_a_thread_of_unknown_origin_is_refused(self, things: Things) -> None:
        caught: list[BaseException] = []

        def stray() -> None:
            try:
                things.put("a")
            except GateMisuse as misuse:
                caught.append(misuse)

        with Gate():
            thread = Thread(target=stray)
            thread.start()
            thread.join()
        assert len(caught) == 1


class TestStaleIndexes:
    def test_an_index_lags_and_the_table_does_not(self, things: Things) -> None:
        with Gate(stale_writes=1):
            things.put("a", queue="q", due="1")
            assert things.queued("q") == []
            assert things.get("a") is not None
            things.put("b", queue="q", due="2")
            assert things.queued("q") == ["a"]
        assert things.queued("q") == ["a", "b"]

    def test_what_was_removed_is_still_seen(self, things: Things) -> None:
        things.put("a", queue="q", due="1")
        with Gate(stale_writes=2):
            things.put("a")
            things.put("b")
            assert things.queued("q") == ["a"]
            things.put("c")
            assert things.queued("q") == []

    def test_a_refused_write_is_no_state(self, things: Things) -> None:
        things.put("a")
        with Gate(stale_writes=1):
            things.put("b", queue="q", due="1")
            with refused("TransactionCanceledException"):
                things.put_new(things.item("a"))
            assert things.queued("q") == []
