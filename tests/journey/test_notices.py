"""From what happens to a card to who hears of it, over HTTP, the stream and the queues."""

from typing import Any

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.usecases.sending_ports import SendingLater
from tests.door import Door
from tests.fake_door import FakeDoor
from tests.journey.kryvyi_rih import FOREIGN_ID, LETTER, arrived, done, handed_over
from tests.journey.telling import deliver, mailed, notices, tell
from tests.requests import an_appeal_body

RESPONSIBLE, PERFORMER = "svitlo-responsible", "svitlo-performer-1"
COORDINATOR, OPERATOR, ADMIN = "coordinator-1", "operator-1", "admin-1"
APPLICANT = "olena@example.org"
CENTRE = load_city("kryvyi-rih").centre
OFFICIAL_MAIL = (CENTRE and CENTRE.official_mail) or ""
HOOK = {"url": "https://svitlo.example/cards"}


def filed(door: Door, **changes: Any) -> str:
    """File an appeal, let everybody be told, and return its number."""
    answered = door.post("/appeals", an_appeal_body(**changes))
    assert answered.status == 201, answered.text
    deliver(door)
    number: str = answered.json["number"]
    return number


class TestOnTheCard:
    def test_staff_see_who_was_told_by_which_way_and_when(self, door: Door) -> None:
        number = filed(door)
        told = notices(door, number, by=COORDINATOR)["n1.applicant.email"]
        assert (told["state"], told["medium"], told["audience"]) == ("sent", "email", "applicant")
        assert (told["state_text"], told["audience_text"]) == ("надіслано", "заявник")
        assert told["event_text"].startswith("Звернення зареєстровано")
        assert told["sent_at"] == "2026-03-02T10:15:00+02:00"
        shown = door.get(f"/cards/{number}", by=COORDINATOR).text
        assert APPLICANT not in shown

    def test_what_waits_says_until_when_and_why(self, door: FakeDoor) -> None:
        door.mail.answers.errors = [SendingLater("quota", 3600)]
        number = filed(door)
        waits = notices(door, number, by=COORDINATOR)["n1.applicant.email"]
        assert (waits["state"], waits["send_after"]) == ("waiting", "2026-03-02T11:15:00+02:00")
        assert waits["reason_text"] == "денну норму листів вичерпано"

    def test_telling_does_not_raise_the_version(self, door: Door) -> None:
        number = filed(door)
        assert door.get(f"/cards/{number}", by=COORDINATOR).etag == '"1"'


class TestAgain:
    def ask(self, door: Door, number: str, notice: str, *, by: str = OPERATOR, **how: Any) -> Any:
        """Ask for a notice to be sent again."""
        return door.post(f"/cards/{number}/notices/{number}.{notice}/again", {}, by=by, **how)

    def test_a_new_notice_goes_to_the_same_reader(self, door: Door) -> None:
        number = filed(door)
        again = self.ask(door, number, "n1.applicant.email")
        assert (again.status, again.json["state"]) == (201, "waiting")
        deliver(door)
        assert len(mailed(door, APPLICANT)) == 2
        assert notices(door, number, by=OPERATOR)["n1.applicant.email.1"]["state"] == "sent"
        history = door.get(f"/cards/{number}", by=OPERATOR).json["history"]
        assert history[-1]["event"] == "notice_repeated"

    def test_asked_twice_with_one_key_it_is_one(self, door: Door) -> None:
        number = filed(door)
        key = {"Idempotency-Key": "again-1"}
        asked = [self.ask(door, number, "n1.applicant.email", headers=key) for _ in range(2)]
        assert asked[0].json == asked[1].json
        deliver(door)
        assert len(mailed(door, APPLICANT)) == 2

    def test_what_is_still_on_its_way_is_not_sent_again(self, door: FakeDoor) -> None:
        door.mail.answers.errors = [SendingLater("quota", 3600)]
        number = filed(door)
        assert self.ask(door, number, "n1.applicant.email").status == 409

    def test_nobody_but_the_centre_sends_again(self, door: Door) -> None:
        number = filed(door)
        assert self.ask(door, number, "n1.applicant.email", by=RESPONSIBLE).status == 403

    def test_unknown_notices_are_not_found(self, door: Door) -> None:
        number = filed(door)
        assert self.ask(door, number, "n9.applicant.email").status == 404


class TestPost:
    def waiting(self, door: Door) -> tuple[str, Any]:
        """Return a card whose applicant wants letters, and what waits for the post."""
        number = filed(door, reply_channel="post")
        page = door.get("/post-list", by=OPERATOR).json
        return number, page["items"]

    def test_a_letter_waits_with_its_address_and_words(self, door: Door) -> None:
        number, [letter] = self.waiting(door)
        assert (letter["number"], letter["id"]) == (number, f"{number}.n1.applicant.post")
        assert letter["address"] == {
            "name": "Олена Вигадана",
            "settlement": "",
            "street": "вулиця Проскурівська",
            "building": "14",
            "flat": "3",
        }
        assert number in letter["text"]
        assert "Код доступу" in letter["text"]

    def test_what_was_posted_leaves_the_list_and_stands_on_the_card(self, door: Door) -> None:
        number, [letter] = self.waiting(door)
        path = f"/cards/{number}/notices/{letter['id']}/posted"
        assert door.post(path, {}, by=OPERATOR).json["state"] == "posted"
        assert door.get("/post-list", by=OPERATOR).json["items"] == []
        history = door.get(f"/cards/{number}", by=OPERATOR).json["history"]
        assert (history[-1]["event"], history[-1]["facts"]["medium"]) == ("notice_sent", "post")
        assert door.post(path, {}, by=OPERATOR).status == 409

    def test_the_list_is_the_offices_alone(self, door: Door) -> None:
        assert door.get("/post-list", by=RESPONSIBLE).status == 403


class TestWebhooks:
    def put(self, door: Door, body: object = HOOK, by: str = ADMIN) -> Any:
        """Enter a webhook."""
        return door.call("PUT", "/executors/svitlo/webhook", body, by=by)

    def test_its_secret_is_shown_once(self, door: Door) -> None:
        entered = self.put(door)
        assert entered.json["secret"].startswith("whsec_")
        assert (entered.json["url"], entered.json["on"]) == (HOOK["url"], True)
        read = door.get("/executors/svitlo/webhook", by=ADMIN).json
        assert (read["secret"], read["url"]) == (None, HOOK["url"])
        assert self.put(door, {"url": "https://svitlo.example/new"}).json["secret"] is None

    def test_a_new_secret_signs_beside_the_one_before(self, door: FakeDoor) -> None:
        first = self.put(door).json["secret"]
        second = self.put(door, {**HOOK, "new_secret": True}).json["secret"]
        filed(door)
        assert [list(posted.secrets) for posted in door.hooks.posted] == [[second, first]]

    def test_an_address_that_we_do_not_call_is_refused(self, door: Door) -> None:
        refused = self.put(door, {"url": "http://127.0.0.1/"})
        assert (refused.status, refused.json["errors"][0]["field"]) == (422, "url")

    def test_it_is_the_admins_alone(self, door: Door) -> None:
        assert self.put(door, by=COORDINATOR).status == 403
        assert door.get("/executors/svitlo/webhook", by=RESPONSIBLE).status == 403

    def test_a_removed_one_is_called_no_more(self, door: FakeDoor) -> None:
        secret = self.put(door).json["secret"]
        assert door.call("DELETE", "/executors/svitlo/webhook", by=ADMIN).status == 204
        filed(door)
        assert door.hooks.posted == []
        assert door.get("/executors/svitlo/webhook", by=ADMIN).status == 404
        assert self.put(door).json["secret"] not in (None, secret)

    def test_the_directory_keeps_who_entered_it(self, door: Door) -> None:
        self.put(door)
        lines = door.get("/executors/svitlo/changes", by=ADMIN).json["items"]
        assert [line["event"] for line in lines] == ["webhook_entered"]


@pytest.mark.clause("KR-2.7", "KR-2.9", "KR-2.13")
class TestTheCityCentre:
    """2.7 Разом з цим, електронну версію відповіді надсилає на пошту."""

    def test_the_reply_is_mailed_at_once_and_the_history_says_so(self, kr_door: FakeDoor) -> None:
        number = arrived(kr_door)["number"]
        handed_over(kr_door, number)
        deliver(kr_door)
        [to_centre] = mailed(kr_door, OFFICIAL_MAIL)
        assert FOREIGN_ID in to_centre.text
        assert "Траву на узбіччі покошено" in to_centre.text
        assert LETTER.split("!")[1].strip() in mailed(kr_door, APPLICANT)[-1].text
        history = kr_door.get(f"/cards/{number}", by="clerk-1").json["history"]
        told = [line["facts"] for line in history if line["event"] == "notice_sent"]
        assert sorted((each["told_of"], each["audience"]) for each in told) == [
            ("handed_over", "applicant"),
            ("handed_over", "centre"),
        ]

    def test_the_published_reply_returns_under_the_centres_id(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        handed_over(kr_door, number)
        deliver(kr_door)
        done(kr_door, number, "publish", {}, by="clerk-1")
        deliver(kr_door)
        assert FOREIGN_ID in mailed(kr_door, OFFICIAL_MAIL)[-1].text
        assert len(mailed(kr_door, OFFICIAL_MAIL)) == 2

    def test_an_extension_is_told_to_the_applicant_and_the_centre(self, kr_door: Door) -> None:
        emergency = next(
            topic["code"]
            for topic in kr_door.get("/topics").json["items"]
            if topic["urgency"] == "emergency" and topic["executor"]["id"] == "blahoustrii"
        )
        number = arrived(kr_door, topic=emergency)["number"]
        route = {"executor": "blahoustrii", "reason": "За класифікатором"}
        done(kr_door, number, "route", route, by="clerk-1")
        kr_door.clock.pass_(hours=2)
        asked = {
            "kind": "extension",
            "reason": "Потрібна техніка",
            "new_due_at": "2026-03-04T10:00:00+02:00",
        }
        made = kr_door.post(f"/cards/{number}/requests", asked, by="blahoustrii-responsible")
        assert made.status == 201, made.text
        decision = {"decision": "approve", "reason": "Техніку замовлено"}
        path = f"/requests/{made.json['id']}/decision"
        assert kr_door.post(path, decision, by="blahoustrii-head").status == 200
        deliver(kr_door)
        assert len(mailed(kr_door, OFFICIAL_MAIL)) == 1
        shown = notices(kr_door, number, by="clerk-1")
        told = {each["audience"] for each in shown.values() if each["event"] == "extended"}
        assert told == {"applicant", "centre"}


def test_the_sweep_tells_what_no_stream_has_brought(door: FakeDoor) -> None:
    number = door.post("/appeals", an_appeal_body()).json["number"]
    door.clock.pass_(minutes=3)
    assert door.sweep()["told"] == 1
    deliver(door)
    assert len(mailed(door, APPLICANT)) == 1
    assert {each["state"] for each in notices(door, number, by=OPERATOR).values()} == {"sent"}
    tell(door)
    assert door.queues.queued == []
