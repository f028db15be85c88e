"""What comes in by other doors than the website: a bot, a queue of waiting appeals, a mailbox."""

import json
from functools import partial
from typing import Any, Final

import app as entry
from chalicelib.domain.inbound import EventKind
from tests.aws.tables import client
from tests.crash import stages
from tests.crash.flows import KEY, Ask, Flow, Unanswered
from tests.crash.talker import Talker
from tests.door import Door
from tests.mailbox.test_reading import CARD
from tests.requests import an_appeal_body
from tests.waiting.test_waiting import away

LETTER: Final = "letters/one"


def _sent(door: Door) -> Ask:
    me = Talker(door)
    me.tell()
    return me.asked(me.pressed("Надіслати"))


def _picture(door: Door) -> Ask:
    me = Talker(door)
    me.say("/start")
    me.press("Подати")
    return me.asked(me.picture())


def _deleted(door: Door) -> Ask:
    me = Talker(door)
    me.tell()
    return me.asked(me.typed("/cancel"))


def _added(door: Door) -> Ask:
    me = Talker(door)
    me.file()
    me.press("Додати фото")
    return me.asked(me.picture())


def _answered(door: Door) -> Ask:
    me, stage = Talker(door), stages.closed(door)
    me.say(f"{stage.number} {stage.access_code}")
    for words in ("Оцінити", "Ні", "Неякісно"):
        me.press(words)
    return me.asked(me.pressed("Без фото"))


def _subscribed(door: Door) -> Ask:
    me = Talker(door)
    me.say("/nearby")
    me.say("Проскурівська")
    return me.asked(me.pressed("Стежити"))


def _left(door: Door) -> Ask:
    me = Talker(door)
    me.file()
    return me.asked(me.event(EventKind.BLOCKED))


def _taken_in(door: Door) -> Ask:
    with away():
        filed = door.post("/appeals", an_appeal_body(), headers=KEY)
    assert filed.status == 202, filed.text
    return partial(_all_in, door)


def _all_in(door: Door) -> None:
    if door.take_in():
        raise Unanswered("brought again")


def _imported(door: Door) -> Ask:
    bucket = door.centre.settings.mail_bucket
    client("s3").put_object(Bucket=bucket, Key=LETTER, Body=CARD)
    told = {"eventTime": "2026-03-02T00:12:13.500Z", "s3": {"object": {"key": LETTER}}}
    body = json.dumps({"Records": [told]})
    record: dict[str, Any] = {"messageId": "m1", "receiptHandle": "r1", "body": body}

    def bring() -> None:
        if entry.import_mail({"Records": [record]}, None)["batchItemFailures"]:
            raise Unanswered("brought again")

    return bring


DOOR_FLOWS: Final = (
    Flow("chat: an appeal is sent", _sent, again=True),
    Flow("chat: a picture comes", _picture, again=True),
    Flow("chat: a draft is deleted", _deleted, again=True),
    Flow("chat: a picture is added", _added, again=True),
    Flow("chat: a survey is answered", _answered, again=True),
    Flow("chat: somebody subscribes", _subscribed, again=True),
    Flow("chat: the bot is blocked", _left, again=True),
    Flow("an appeal that waited is taken in", _taken_in, again=True),
)

LETTER_FLOW: Final = Flow("a letter is imported", _imported, again=True)
"""Of the city whose contact centre writes letters."""
