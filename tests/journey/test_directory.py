"""Executors and their people, kept by the admin and the heads (K-1.4, K-5.1.1, KR-2.3)."""

from typing import Any

import pytest

from chalicelib.domain.people import Actor, Role
from chalicelib.store.directory import DirectoryStore
from tests.door import Door, Reply
from tests.requests import an_appeal_body

ADMIN, COORDINATOR, HEAD = "admin-1", "coordinator-1", "svitlo-head"
REASON = {"reason": "За наказом"}
NEW = {"role": "performer", "name": "Ярослав Новенький", "phone": "0 800 004 900"}


@pytest.fixture
def door(moto_door: Door) -> Door:
    """What an account may do follows the directory's items: these stand on the real store."""
    return moto_door


def put(door: Door, url: str, body: object, *, by: str = ADMIN) -> Reply:
    return door.call("PUT", url, body, by=by)


def executor(door: Door, name: str = "svitlo", *, by: str = ADMIN) -> dict[str, Any]:
    listed = door.get("/executors", by=by)
    assert listed.status == 200, listed.text
    found: dict[str, Any] = next(item for item in listed.json["items"] if item["id"] == name)
    return found


def filed(door: Door) -> dict[str, Any]:
    reply = door.post("/appeals", an_appeal_body())
    assert reply.status == 201, reply.text
    body: dict[str, Any] = reply.json
    return body


def dismissed(door: Door, *people: str) -> None:
    for person in people:
        reply = door.post(f"/executors/svitlo/people/{person}/dismissal", REASON, by=ADMIN)
        assert reply.status == 200, reply.text


def open_account(door: Door, person: str) -> None:
    door.accounts.add(person, f"password of {person}", person)


@pytest.mark.clause("K-5.1.1")
class TestPosts:
    """5.1.1 The executor appoints a person responsible for the work in the system."""

    def test_the_citys_data_are_the_beginning(self, door: Door) -> None:
        svitlo = executor(door)
        assert (svitlo["status"], svitlo["receives"]) == ("active", True)
        posts = ("responsible", "deputy", "head", "next_head")
        assert [svitlo[post]["id"] for post in posts] == [
            "svitlo-responsible", "svitlo-deputy", "svitlo-head", "svitlo-next-head"
        ]  # fmt: skip
        assert svitlo["substitutes"] == []

    def test_an_appointment_stands_over_them(self, door: Door) -> None:
        named = {"role": "responsible", "name": "Ярина Інакша", "phone": "0 800 004 901"}
        shown = put(door, "/executors/svitlo/people/svitlo-responsible", named)
        assert shown.status == 200
        assert shown.json["responsible"]["name"] == "Ярина Інакша"
        assert executor(door)["responsible"]["phone"] == "0 800 004 901"

    def test_a_dismissed_person_does_nothing_within_a_minute(self, door: Door) -> None:
        assert door.get("/cards", by="svitlo-performer-1").status == 200
        dismissed(door, "svitlo-performer-1")
        door.clock.pass_(seconds=61)
        assert door.get("/cards", by="svitlo-performer-1").status == 401
        performers = [person["id"] for person in executor(door)["performers"]]
        assert "svitlo-performer-1" not in performers

    def test_a_post_is_held_between_its_dates(self, door: Door) -> None:
        dates = {"from": "2026-03-03", "until": "2026-03-04"}
        put(door, "/executors/svitlo/people/svitlo-new", {**NEW, **dates})
        seen = []
        for _ in range(4):
            performers = [person["id"] for person in executor(door)["performers"]]
            seen.append("svitlo-new" in performers)
            door.clock.pass_(days=1)
        assert seen == [False, True, True, False]

    def test_a_wrong_form_is_refused_by_field(self, door: Door) -> None:
        url = "/executors/svitlo/people/svitlo-new"
        backwards = put(door, url, {**NEW, "from": "2026-03-05", "until": "2026-03-04"})
        assert [fault["field"] for fault in backwards.json["errors"]] == ["until"]
        other = put(door, "/executors/svitlo/people/vodokanal-head", NEW)
        assert (other.status, other.json["errors"][0]["code"]) == (422, "other_executors_person")
        assert put(door, "/executors/none/people/someone", NEW).status == 404
        nobody = door.post("/executors/svitlo/people/nobody/dismissal", REASON, by=ADMIN)
        assert nobody.status == 404


@pytest.mark.clause("K-5.1.1", "K-1.4")
class TestReceiving:
    """An executor without anybody responsible, or suspended, receives nothing."""

    def test_without_a_responsible_person_a_card_waits_for_the_coordinator(
        self, door: Door
    ) -> None:
        dismissed(door, "svitlo-responsible", "svitlo-deputy")
        assert executor(door)["status"] == "nobody_responsible"
        appeal = filed(door)
        assert appeal["status"] == "registered"
        waiting = door.get("/cards?executor=none", by=COORDINATOR).json["items"]
        assert [row["number"] for row in waiting] == [appeal["number"]]
        body = {"executor": "svitlo", "reason": "Їхня тема"}
        refused = door.act(appeal["number"], "route", body, by=COORDINATOR)
        assert (refused.status, refused.json["clause"]) == (409, "K-5.1.1")

    def test_a_deputy_is_enough(self, door: Door) -> None:
        dismissed(door, "svitlo-responsible")
        assert filed(door)["status"] == "sent"

    def test_a_suspended_executor_receives_nothing_until_it_is_lifted(self, door: Door) -> None:
        stopped = door.post("/executors/svitlo/suspension", REASON, by=ADMIN)
        assert stopped.json["suspension"]["reason"] == "За наказом"
        appeal = filed(door)
        assert appeal["status"] == "registered"
        body = {"executor": "svitlo", "reason": "Їхня тема"}
        refused = door.act(appeal["number"], "route", body, by=COORDINATOR)
        assert (refused.status, refused.json["clause"]) == (409, "K-1.4")
        again = door.post("/executors/svitlo/suspension", REASON, by=ADMIN)
        assert (again.status, again.json["clause"]) == (409, "K-1.4")
        lifted = door.call("DELETE", "/executors/svitlo/suspension", by=ADMIN)
        assert lifted.json["receives"]
        routed = door.act(appeal["number"], "route", body, by=COORDINATOR)
        assert (routed.status, routed.json["status"]) == (200, "sent")

    def test_open_cards_are_reassigned_first(self, door: Door) -> None:
        number = filed(door)["number"]
        refused = door.post("/executors/svitlo/suspension", REASON, by=ADMIN)
        assert (refused.status, refused.json["clause"]) == (409, "K-1.4")
        assert number in refused.json["detail"]

    def test_a_change_of_executor_does_not_lead_to_a_suspended_one(self, door: Door) -> None:
        door.post("/executors/vodokanal/suspension", REASON, by=ADMIN)
        number = filed(door)["number"]
        body = {"kind": "change_executor", "reason": "Не наше", "to_executor": "vodokanal"}
        asked = door.act(number, "requests", body, by="svitlo-responsible")
        assert asked.status == 201, asked.text
        decision = {"decision": "approve", "reason": "Так"}
        decided = door.post(f"/requests/{asked.json['id']}/decision", decision, by=COORDINATOR)
        assert (decided.status, decided.json["clause"]) == (409, "K-1.4")

    def test_a_suspension_sent_twice_is_one(self, door: Door) -> None:
        key = {"Idempotency-Key": "suspend-1"}
        first, again = (
            door.post("/executors/svitlo/suspension", REASON, by=ADMIN, headers=key)
            for _ in range(2)
        )
        assert (first.status, again.text) == (200, first.text)
        assert again.headers["idempotent-replay"] == "true"


class TestSubstitutes:
    """Whoever is away is replaced by dates."""

    def test_a_substitute_acts_by_the_role_of_the_absent(self, door: Door) -> None:
        away = {
            "from": "2026-03-02",
            "until": "2026-03-03",
            "substitute": "svitlo-performer-1",
            "reason": "Відпустка",
        }
        number = filed(door)["number"]
        assert door.act(number, "accept", {"text": "Я"}, by="svitlo-performer-1").status == 403
        shown = put(door, "/people/svitlo-responsible/absence", away)
        assert shown.json["absent"], shown.text
        assert shown.json["substitute"] == "svitlo-performer-1"
        door.clock.pass_(seconds=61)
        accepted = door.act(number, "accept", {"text": "Я"}, by="svitlo-performer-1")
        assert accepted.status == 200, accepted.text
        (listed,) = executor(door)["substitutes"]
        assert (listed["person"], listed["now"]) == ("svitlo-responsible", True)
        door.clock.pass_(days=2)
        other = filed(door)["number"]
        assert door.act(other, "accept", {"text": "Я"}, by="svitlo-performer-1").status == 403

    def test_an_absence_ends_early(self, door: Door) -> None:
        away = {"from": "2026-03-02", "until": "2026-03-09", "reason": "Лікарняний"}
        url = "/people/svitlo-responsible/absence"
        put(door, url, {**away, "substitute": "svitlo-deputy"})
        assert not door.call("DELETE", url, by=ADMIN).json["absent"]
        assert door.call("DELETE", url, by=ADMIN).status == 404

    def test_both_away_without_substitutes_is_nobody(self, door: Door) -> None:
        away = {"from": "2026-03-02", "until": "2026-03-03", "reason": "Відрядження"}
        for person in ("svitlo-responsible", "svitlo-deputy"):
            assert put(door, f"/people/{person}/absence", away).status == 200
        assert executor(door)["status"] == "nobody_responsible"

    def test_a_substitute_is_of_the_same_executor(self, door: Door) -> None:
        away = {"from": "2026-03-02", "until": "2026-03-03", "reason": "Відпустка"}
        url = "/people/svitlo-responsible/absence"
        foreign = put(door, url, {**away, "substitute": "vodokanal-head"})
        assert foreign.json["errors"][0]["code"] == "other_executors_person"
        unknown = put(door, url, {**away, "substitute": "nobody"})
        assert unknown.json["errors"][0]["code"] == "unknown_person"


@pytest.mark.clause("K-5.1.5")
class TestWhoAppoints:
    """The admin appoints everybody; a head names the performers of the own executor."""

    def test_a_head_appoints_performers(self, door: Door) -> None:
        url = "/executors/svitlo/people/svitlo-new"
        assert put(door, url, NEW, by=HEAD).status == 200
        assert put(door, url, {**NEW, "role": "head"}, by=HEAD).status == 403
        other = put(door, "/executors/vodokanal/people/vodokanal-new", NEW, by=HEAD)
        assert other.status == 404
        dismissal = f"{url}/dismissal"
        assert door.post(dismissal, REASON, by=HEAD).status == 200

    def test_others_do_not(self, door: Door) -> None:
        url = "/executors/svitlo/people/svitlo-new"
        for person in (COORDINATOR, "operator-1", "svitlo-responsible", "svitlo-performer-1"):
            assert put(door, url, NEW, by=person).status == 403
            stopped = door.post("/executors/svitlo/suspension", REASON, by=person)
            assert stopped.status == 403

    def test_the_history_says_who_changed_what(self, door: Door) -> None:
        put(door, "/executors/svitlo/people/svitlo-new", NEW, by=HEAD)
        door.clock.pass_(minutes=1)
        dismissed(door, "svitlo-new")
        page = door.get("/executors/svitlo/changes", by=ADMIN).json
        assert [(line["event"], line["person"]) for line in page["items"]] == [
            ("dismissed", "svitlo-new"),
            ("appointed", "svitlo-new"),
        ]
        assert page["items"][0]["reason"] == "За наказом"
        assert door.get("/executors/svitlo/changes", by=HEAD).status == 200
        assert door.get("/executors/vodokanal/changes", by=HEAD).status == 404

    def test_people_of_others_are_not_shown_to_an_executor(self, door: Door) -> None:
        other = executor(door, "vodokanal", by=HEAD)
        assert (other["responsible"], other["performers"]) == (None, [])
        assert other["duty_phone"]
        assert executor(door, by=HEAD)["responsible"] is not None


@pytest.mark.clause("KR-2.2", "KR-2.3")
class TestUnits:
    """KR: the general office sends to a unit in which somebody keeps the records."""

    def test_nothing_is_sent_to_a_unit_without_anybody_responsible(self, kr_door: Door) -> None:
        for person in ("zhytlo-responsible", "zhytlo-deputy"):
            kr_door.post(f"/executors/zhytlo/people/{person}/dismissal", REASON, by=ADMIN)
        body = an_appeal_body(topic="HS-01", place={"street": "Вечірній", "building": "1"})
        number = kr_door.post("/appeals", body).json["number"]
        sending = {"executor": "zhytlo", "reason": "За Класифікатором"}
        refused = kr_door.act(number, "route", sending, by="clerk-1")
        assert (refused.status, refused.json["clause"]) == (409, "KR-2.3")
        kr_door.post("/executors/dorohy/suspension", REASON, by=ADMIN)
        refused = kr_door.act(number, "route", {**sending, "executor": "dorohy"}, by="clerk-1")
        assert (refused.status, refused.json["clause"]) == (409, "KR-2.2")

    def test_a_signatory_is_replaced_by_dates(self, kr_door: Door) -> None:
        away = {
            "from": "2026-03-02",
            "until": "2026-03-03",
            "substitute": "signatory-2",
            "reason": "Відпустка",
        }
        shown = put(kr_door, "/people/signatory-1/absence", away)
        assert (shown.json["absent"], shown.json["substitute"]) == (True, "signatory-2")
        assert put(kr_door, "/people/signatory-1/absence", away, by="zhytlo-head").status == 403


def test_a_city_person_of_the_pool_is_followed_by_the_id_of_the_person(door: Door) -> None:
    directory = door.centre.directory
    assert isinstance(directory, DirectoryStore)
    person = "svitlo-performer-2"
    open_account(door, "a-stable-id")
    directory.put_person(Actor("a-stable-id", Role.PERFORMER, "Богдана", "svitlo", person=person))
    assert door.get("/cards", by="a-stable-id").status == 200
    dismissed(door, person)
    door.clock.pass_(seconds=61)
    assert door.get("/cards", by="a-stable-id").status == 401
