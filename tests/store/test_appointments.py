"""What the admin enters about executors: kept, versioned, told in the history, followed at once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.directory import (
    Absence,
    Appointment,
    DirectoryChange,
    DirectoryEvent,
    Entry,
    Post,
    Suspension,
)
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.people import Role
from chalicelib.usecases.ports import OnceAnswered
from tests.builders import EXECUTOR, RECEIVED_AT, a_record
from tests.store.conftest import Store

DAY = timedelta(days=1)
ANNA = Appointment("svitlo-anna", "svitlo", Post.RESPONSIBLE, "Анна Нова", account="anna")
AWAY = Absence("svitlo-anna", RECEIVED_AT, RECEIVED_AT + DAY, substitute="svitlo-borys")
STOPPED = Suspension("svitlo", RECEIVED_AT, "Адміністратор", "Немає договору")


def a_line(**changes: object) -> DirectoryChange:
    line = DirectoryChange(
        at=RECEIVED_AT,
        event=DirectoryEvent.APPOINTED,
        executor="svitlo",
        about="svitlo-anna",
        by="admin-1",
        by_name="Адміністратор",
    )
    return replace(line, **changes)  # type: ignore[arg-type]


class TestEntries:
    @pytest.mark.parametrize("entry", [ANNA, AWAY, STOPPED])
    def test_what_was_entered_is_read(self, store: Store, entry: Entry) -> None:
        store.appointments.enter(entry, a_line())
        found = store.appointments.entries(RECEIVED_AT)
        kept = (found.appointments, found.absences, found.suspensions)
        assert [each for by_id in kept for each in by_id.values()] == [entry]
        assert not found.nothing

    def test_nothing_is_nothing(self, store: Store) -> None:
        assert store.appointments.entries(RECEIVED_AT).nothing

    def test_two_writers_do_not_both_win(self, store: Store) -> None:
        store.appointments.enter(ANNA, a_line())
        store.appointments.enter(replace(ANNA, name="Анна Інша", version=2), a_line())
        with pytest.raises(ChangedMeanwhile):
            store.appointments.enter(replace(ANNA, version=2), a_line(about="late"))
        found = store.appointments.entries(RECEIVED_AT, fresh=True)
        assert found.appointments["svitlo-anna"].name == "Анна Інша"

    def test_a_request_sent_twice_is_one(self, store: Store) -> None:
        store.appointments.enter(ANNA, a_line(), once=a_record())
        with pytest.raises(OnceAnswered):
            store.appointments.enter(replace(ANNA, version=2), a_line(), once=a_record())


class TestHistory:
    def test_lines_are_read_newest_first_by_pages(self, store: Store) -> None:
        lines = [
            a_line(at=RECEIVED_AT + hours * timedelta(hours=1), reason=str(hours))
            for hours in range(3)
        ]
        for version, line in enumerate(lines, 1):
            store.appointments.enter(replace(ANNA, version=version), line)
        page = store.appointments.changes("svitlo", limit=2, cursor=None)
        rest = store.appointments.changes("svitlo", limit=2, cursor=page.cursor)
        assert [*page.items, *rest.items] == lines[::-1]

    def test_each_executor_has_its_own(self, store: Store) -> None:
        store.appointments.enter(ANNA, a_line())
        assert store.appointments.changes("vodokanal", limit=9, cursor=None).items == ()


class TestAccounts:
    """An entry says at once what an account may do."""

    def test_an_appointment_opens_the_account(self, store: Store) -> None:
        store.appointments.enter(ANNA, a_line())
        actor = store.directory.person("anna", RECEIVED_AT)
        assert actor is not None
        assert (actor.role, actor.executor, actor.person) == (
            Role.RESPONSIBLE, "svitlo", "svitlo-anna"
        )  # fmt: skip

    def test_a_dismissal_closes_it(self, store: Store) -> None:
        store.appointments.enter(ANNA, a_line())
        store.appointments.enter(replace(ANNA, dismissed=True, version=2), a_line())
        assert store.directory.person("anna", RECEIVED_AT) is None

    def test_a_post_is_held_between_its_dates(self, dynamodb: Store) -> None:
        dated = replace(ANNA, from_at=RECEIVED_AT, until_at=RECEIVED_AT + DAY)
        dynamodb.appointments.enter(dated, a_line())
        at = (-DAY, timedelta(0), DAY)
        held = [dynamodb.directory.person("anna", RECEIVED_AT + each) for each in at]
        assert [actor is not None for actor in held] == [False, True, False]

    def test_a_substitute_acts_by_the_role_of_the_absent(self, dynamodb: Store) -> None:
        person = replace(EXECUTOR, subject="borys", role=Role.PERFORMER, person="svitlo-borys")
        dynamodb.directory.put_person(person)
        dynamodb.appointments.enter(AWAY, a_line(), acts_as=Role.RESPONSIBLE)
        roles = []
        for days in (-1, 0, 1):
            actor = dynamodb.directory.person("borys", RECEIVED_AT + days * DAY)
            roles.append(actor and actor.role)
        assert roles == [Role.PERFORMER, Role.RESPONSIBLE, Role.PERFORMER]

    def test_another_substitute_takes_the_place_of_the_first(self, dynamodb: Store) -> None:
        for name in ("borys", "vira"):
            person = f"svitlo-{name}"
            account = replace(EXECUTOR, subject=name, role=Role.PERFORMER, person=person)
            dynamodb.directory.put_person(account)
        dynamodb.appointments.enter(AWAY, a_line(), acts_as=Role.RESPONSIBLE)
        other = replace(AWAY, substitute="svitlo-vira", version=2)
        dynamodb.appointments.enter(other, a_line(about="again"), acts_as=Role.RESPONSIBLE)
        acting = [dynamodb.directory.person(name, RECEIVED_AT) for name in ("borys", "vira")]
        assert [actor and actor.role for actor in acting] == [Role.PERFORMER, Role.RESPONSIBLE]
