"""A subscriber of a street from the request to the last letter, through the API and the senders."""

import re
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from chalicelib import wiring
from chalicelib.api.outbox import sending_of
from chalicelib.usecases.sending import send
from chalicelib.usecases.sending_ports import Letter
from tests.door import Reply
from tests.fake_door import FakeDoor
from tests.journey.test_repair_works import EXECUTOR, published

ADDRESS: Final = "olena@example.org"
FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
ASKED: Final = {"street": "Проскурівська", "channel": "email", "address": ADDRESS}


def subscribe(door: FakeDoor, **asked: Any) -> Reply:
    """Ask to be told of a street."""
    return door.post("/subscriptions", {**ASKED, **asked})


def letters(door: FakeDoor) -> list[Letter]:
    """Let the queues be read; return the letters that went."""
    door.mail.sent.clear()
    queued, door.queues.queued = door.queues.queued, []
    for each in queued:
        send(each.notice_id, door.clock(), sending_of(door.centre))
    return list(door.mail.sent)


def minutes_later(door: FakeDoor, minutes: int) -> list[Letter]:
    """Let minutes pass and the clock look; return the letters that went."""
    door.clock.pass_(minutes=minutes)
    door.sweep()
    return letters(door)


def token_in(letter: Letter, branch: str = "confirm") -> str:
    """Return the token of the link that a letter's reader sees."""
    found = re.search(rf"/uk/subscription/#{branch}/(\S+)", letter.text)
    assert found, letter.text
    return found[1]


def subscribed(door: FakeDoor) -> None:
    """Subscribe, and use the link."""
    assert subscribe(door).status == 202
    [letter] = letters(door)
    confirmed = door.post("/subscriptions/confirmation", {"token": token_in(letter)})
    assert confirmed.json["status"] == "confirmed"


def one_click(letter: Letter) -> str:
    """Return the path that a mail program is told to post to."""
    assert letter.one_click_off
    return urlsplit(letter.one_click_off).path.removeprefix("/api")


@pytest.mark.clause("K-7")
class TestASubscriber:
    """Told of what is entered about a work, and of every change of its term."""

    def test_nobody_is_told_before_the_link_is_used(self, door: FakeDoor) -> None:
        asked = subscribe(door)
        assert (asked.status, asked.json["status"]) == (202, "unconfirmed")
        assert [letter.to for letter in letters(door)] == [ADDRESS]
        published(door)
        assert minutes_later(door, 1) == []

    def test_every_step_of_a_work_is_told_once(self, door: FakeDoor) -> None:
        subscribed(door)
        work = published(door, starts_at="2026-03-02T12:00:00+02:00").json["id"]
        told = [minutes_later(door, 1), minutes_later(door, 1), minutes_later(door, 2 * 60)]
        moved = {"eta_at": "2026-03-02T20:00:00+02:00", "reason": "Потрібна інша муфта"}
        assert door.call("PATCH", f"/repair-works/{work}", moved, by=EXECUTOR).status == 200
        told += [minutes_later(door, 1), minutes_later(door, 1)]
        assert door.post(f"/repair-works/{work}/close", {}, by=EXECUTOR).status == 200
        told += [minutes_later(door, 1), minutes_later(door, 1)]
        assert [len(each) for each in told] == [1, 0, 1, 1, 0, 1, 0]
        planned, began, term, closed = (each[0] for each in told if each)
        assert "Прорив водогону" in planned.text
        assert "Потрібна інша муфта" in term.text
        assert {each.thread for each in (planned, began, term, closed)} == {work}
        assert len({each.subject for each in (planned, began, term, closed)}) == 4

    def test_staff_learn_of_a_term_that_ran_out(self, door: FakeDoor) -> None:
        published(door)
        told = minutes_later(door, 10 * 60)
        assert {letter.to.partition("@")[0] for letter in told} >= {EXECUTOR}
        assert all("Прорив водогону" in letter.text for letter in told)

    def test_one_click_is_enough_and_forgets_the_address(self, door: FakeDoor) -> None:
        subscribed(door)
        published(door)
        [letter] = minutes_later(door, 1)
        path = one_click(letter)
        seen = door.get(path)
        assert (seen.status, seen.headers["cache-control"]) == (302, "no-store")
        assert seen.headers["location"].endswith(f"/uk/subscription/#off/{path.split('/')[-1]}")
        assert token_in(letter, "off") == path.split("/")[-1]
        for _ in range(2):  # as mail programs repeat it
            off = door.call("POST", path, raw=b"List-Unsubscribe=One-Click", headers=FORM)
            assert (off.status, off.json["status"]) == (200, "off")
        assert ADDRESS not in str(vars(door.centre.subscriptions))
        published(door)
        assert minutes_later(door, 1) == []

    def test_who_lost_the_link_asks_again_and_is_sent_one(self, door: FakeDoor) -> None:
        subscribed(door)
        door.clock.pass_(minutes=1)
        assert subscribe(door).json["status"] == "unconfirmed"
        [letter] = letters(door)
        off = door.call("POST", one_click(letter), raw=b"", headers=FORM)
        assert off.json["status"] == "off"
        assert token_in(letter, "off") in one_click(letter)

    def test_opening_the_link_changes_nothing(self, door: FakeDoor) -> None:
        subscribed(door)
        published(door)
        [letter] = minutes_later(door, 1)
        for _ in range(3):
            assert door.get(one_click(letter)).status == 302
        published(door)
        assert len(minutes_later(door, 1)) == 1

    def test_the_letter_about_a_work_that_was_closed_meanwhile_is_not_sent(
        self, door: FakeDoor
    ) -> None:
        subscribed(door)
        work = published(door).json["id"]
        door.sweep()
        door.post(f"/repair-works/{work}/close", {}, by=EXECUTOR)
        door.sweep()
        [letter] = letters(door)
        assert "закінчено" in letter.subject


class TestAsking:
    """What a request for a subscription may say."""

    @pytest.mark.parametrize(
        ("asked", "fault"),
        [
            ({"street": "вулиця Небувала"}, {"street": "unknown_street"}),
            ({"channel": "post"}, {"channel": "bad_choice"}),
            ({"channel": "sms", "address": "12"}, {"address": "not_a_phone"}),
            ({"address": "olena"}, {"address": "not_an_email"}),
            ({"address": ""}, {"address": "required"}),
        ],
    )
    def test_what_is_not_right_is_named(
        self, door: FakeDoor, asked: dict[str, str], fault: dict[str, str]
    ) -> None:
        refused = subscribe(door, **asked)
        assert refused.status == 422
        assert {each["field"]: each["code"] for each in refused.json["errors"]} == fault
        assert letters(door) == []

    def test_a_key_makes_it_one(self, door: FakeDoor) -> None:
        key = {"Idempotency-Key": "0123456789abcdef"}
        answers = [door.post("/subscriptions", ASKED, headers=key) for _ in range(2)]
        assert answers[0].json == answers[1].json
        assert len(letters(door)) == 1

    def test_who_asks_for_too_many_is_told_to_wait(self, door: FakeDoor) -> None:
        settings = door.centre.settings.model_copy(update={"demo_limits": 1})
        wiring.use(replace(door.centre, settings=settings))
        asked = [subscribe(door, address=f"o{no}@example.org").status for no in range(60)]
        assert asked[0] == 202
        assert asked[-1] == 429

    @pytest.mark.parametrize("token", ["x", "a.b.c.d", "vul-proskurivska.0.0.AAAA", "%00", "." * 9])
    def test_a_forged_link_is_none(self, door: FakeDoor, token: str) -> None:
        assert door.post("/subscriptions/confirmation", {"token": token}).status == 404
        off = door.call("POST", f"/subscriptions/off/{token}", raw=b"", headers=FORM)
        assert off.status == 404

    def test_a_phone_is_asked_by_sms(self, door: FakeDoor) -> None:
        subscribe(door, channel="sms", address="067 000 00 09")
        letters(door)
        [sms] = door.sms.sent
        assert sms.to == "+380670000009"
        token = sms.text.rpartition("/uk/subscription/#confirm/")[2]
        assert door.post("/subscriptions/confirmation", {"token": token}).status == 200
