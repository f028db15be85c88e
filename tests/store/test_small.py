"""The sequence, the guards and the directory."""

from dataclasses import replace
from datetime import timedelta

from tests.builders import COORDINATOR, EXECUTOR, RECEIVED_AT
from tests.store.conftest import Store

MINUTE = timedelta(minutes=1)


class TestNumbers:
    def test_a_year_is_counted_from_one(self, store: Store) -> None:
        drawn = [store.numbers.next_sequence(2026) for _ in range(3)]
        assert (drawn, store.numbers.next_sequence(2027)) == ([1, 2, 3], 1)

    def test_the_last_number_is_known_without_drawing_one(self, store: Store) -> None:
        assert store.numbers.last_sequence(2026) == 0
        store.numbers.next_sequence(2026)
        assert [store.numbers.last_sequence(2026) for _ in range(2)] == [1, 1]


class TestCounting:
    def test_a_bucket_counts_within_its_window(self, store: Store) -> None:
        for expected in (1, 2, 3):
            counted = store.guards.count("address#1", window_seconds=60, now=RECEIVED_AT)
            assert counted == expected

    def test_a_new_window_begins_with_nothing(self, store: Store) -> None:
        store.guards.count("address#1", window_seconds=60, now=RECEIVED_AT)
        later = RECEIVED_AT + MINUTE
        assert store.guards.counted("address#1", window_seconds=60, now=later) == 0
        assert store.guards.count("address#1", window_seconds=60, now=later) == 1

    def test_looking_counts_nothing(self, store: Store) -> None:
        store.guards.count("name#anna", window_seconds=900, now=RECEIVED_AT)
        for _ in range(2):
            assert store.guards.counted("name#anna", window_seconds=900, now=RECEIVED_AT) == 1

    def test_buckets_do_not_mix(self, store: Store) -> None:
        store.guards.count("address#1", window_seconds=60, now=RECEIVED_AT)
        assert store.guards.count("address#2", window_seconds=60, now=RECEIVED_AT) == 1


class TestRevoking:
    def test_a_denied_sign_in_is_denied_until_its_token_expires(self, store: Store) -> None:
        until = RECEIVED_AT + MINUTE
        store.guards.revoke("jti-1", until)
        assert store.guards.is_revoked("jti-1", RECEIVED_AT)
        assert not store.guards.is_revoked("jti-1", until)

    def test_another_sign_in_is_not(self, store: Store) -> None:
        store.guards.revoke("jti-1", RECEIVED_AT + MINUTE)
        assert not store.guards.is_revoked("jti-2", RECEIVED_AT)


class TestDirectory:
    def test_a_person_is_who_the_admin_has_entered(self, store: Store) -> None:
        for person in (EXECUTOR, COORDINATOR):
            store.directory.put_person(person)
            assert store.directory.person(person.subject, RECEIVED_AT) == person

    def test_an_unknown_account_is_nobody(self, store: Store) -> None:
        assert store.directory.person("nobody", RECEIVED_AT) is None
        assert store.directory.person("", RECEIVED_AT) is None

    def test_a_person_switched_off_is_nobody(self, store: Store) -> None:
        store.directory.put_person(EXECUTOR)
        store.directory.put_person(EXECUTOR, active=False)
        assert store.directory.person(EXECUTOR.subject, RECEIVED_AT) is None

    def test_a_machine_is_known_by_its_secret(self, store: Store) -> None:
        machine = replace(EXECUTOR, subject="client-1")
        store.directory.put_client(machine, "hash-1")
        assert store.directory.client("client-1", "hash-1", RECEIVED_AT) == machine
        assert store.directory.client("client-1", "hash-2", RECEIVED_AT) is None
        assert store.directory.client("client-1", "", RECEIVED_AT) is None
        assert store.directory.client("client-2", "", RECEIVED_AT) is None

    def test_a_revoked_machine_is_nobody(self, store: Store) -> None:
        machine = replace(EXECUTOR, subject="client-1")
        store.directory.put_client(machine, "hash-1")
        store.directory.put_client(machine, "hash-1", active=False)
        assert store.directory.client("client-1", "hash-1", RECEIVED_AT) is None

    def test_a_person_is_no_machine(self, store: Store) -> None:
        store.directory.put_person(EXECUTOR)
        assert store.directory.client(EXECUTOR.subject, "", RECEIVED_AT) is None
