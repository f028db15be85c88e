"""Who is appointed acts by an account, named as people know it (K-5.1.1)."""

import pytest

from tests.door import Door, Reply
from tests.requests import an_appeal_body

ADMIN = "admin-1"
PLACE = "/executors/svitlo/people/svitlo-new"
NEW = {"role": "performer", "name": "Ярослав Новенький", "phone": "0 800 004 900"}


@pytest.fixture
def door(moto_door: Door) -> Door:
    """What an account may do follows the directory's items: these stand on the real store."""
    return moto_door


def put(door: Door, **changes: str) -> Reply:
    return door.call("PUT", PLACE, NEW | changes, by=ADMIN)


def open_account(door: Door, person: str) -> None:
    door.accounts.add(person, f"password of {person}", person)


@pytest.mark.clause("K-5.1.1")
class TestAccounts:
    """5.1.1 The executor appoints who is responsible for the work in the system."""

    def test_a_new_person_works_as_soon_as_appointed(self, door: Door) -> None:
        open_account(door, "svitlo-new")
        put(door, username="svitlo-new")
        number = door.post("/appeals", an_appeal_body()).json["number"]
        door.act(number, "accept", {"text": "Беремо"}, by="svitlo-responsible")
        named = {"performer": "svitlo-new", "text": "Виконує нова людина"}
        assigned = door.act(number, "assign", named, by="svitlo-responsible")
        assert assigned.json["performer"] == {"id": "svitlo-new", "name": "Ярослав Новенький"}
        assert door.get(f"/cards/{number}", by="svitlo-new").status == 200

    @pytest.mark.parametrize(
        ("username", "code"),
        [("nobody", "unknown_account"), ("operator-1", "account_of_another")],
    )
    def test_an_account_is_known_and_nobody_elses(
        self, door: Door, username: str, code: str
    ) -> None:
        reply = put(door, username=username)
        assert (reply.status, reply.json["errors"][0]["code"]) == (422, code)
        assert reply.json["errors"][0]["field"] == "username"

    def test_an_account_stays_when_the_post_is_entered_again(self, door: Door) -> None:
        open_account(door, "svitlo-new")
        for named in ({"username": "svitlo-new"}, {"phone": "0 800 004 902"}):
            assert put(door, **named).status == 200
        assert door.get("/cards", by="svitlo-new").status == 200
        assert put(door, username="svitlo-new").status == 200
