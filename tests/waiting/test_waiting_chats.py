"""While the database is away, website and bots take what is told; the cards follow (K-2, R8)."""

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

import app as entry
from chalicelib.domain.bots import TELEGRAM
from chalicelib.domain.inbound import Press
from tests.aws.snapshot import queues
from tests.aws.tables import REGION, client
from tests.crash.flows import restart
from tests.crash.records import files
from tests.crash.talker import ME, Talker
from tests.door import START, Door, open_door
from tests.requests import an_appeal_body
from tests.support.messenger_people import TelegramPerson
from tests.waiting.test_waiting import away

TOKEN: Final = "1:telegram-token"
PROMISE: Final = "Ваше повідомлення отримано"


@pytest.fixture(scope="module")
def fresh() -> Iterator[Callable[[], Door]]:
    """Each call gives Khmelnytskyi's app on an empty store."""
    with open_door() as opened:
        yield opened


@pytest.fixture
def me(fresh: Callable[[], Door]) -> Talker:
    """Somebody who is about to send an appeal in Telegram."""
    door = fresh()
    name = f"{door.stack.name}-chats"
    kept = json.loads(client("secretsmanager").get_secret_value(SecretId=name)["SecretString"])
    client("secretsmanager").put_secret_value(
        SecretId=name, SecretString=json.dumps({**kept, TELEGRAM: TOKEN})
    )
    talker = Talker(door)
    restart(door)
    talker.tell(photo=False)
    talker.messenger.written.clear()
    return talker


def press_send(me: Talker, data: str) -> int:
    """Press a button as Telegram tells us."""
    door = me.door
    bot = door.centre.talks.bots.bot(TELEGRAM, door.clock())
    assert bot is not None

    def post(url: str, body: bytes, headers: Any) -> int:
        return door.call("POST", url, raw=body, headers=headers).status

    url = f"/webhooks/telegram/{bot.keys[0]}"
    person = TelegramPerson(int(ME.partition("#")[2]), url, bot.secrets[0], post)
    return person.press(data)


def work(me: Talker, tries: int) -> int:
    """Let the worker have what waits in the queue; return how much waits still."""
    queue = queues(REGION)[f"{me.door.stack.name}-conversations.fifo"]
    records = [
        {
            "messageId": message.id,
            "receiptHandle": "r",
            "body": message.body,
            "attributes": {"MessageGroupId": "g", "ApproximateReceiveCount": str(tries)},
        }
        for message in queue._messages
    ]
    answered = entry.converse({"Records": records}, None)
    failed = {each["itemIdentifier"] for each in answered["batchItemFailures"]}
    queue._messages[:] = [message for message in queue._messages if message.id in failed]
    return len(failed)


def said(me: Talker) -> list[str]:
    """Return what was said in the chat."""
    return [message.text for _, message in me.messenger.written]


@pytest.mark.clause("K-2")
def test_both_doors_take_an_appeal_and_its_card_follows_by_itself(me: Talker) -> None:
    door = me.door
    draft = me.session.draft
    assert draft is not None
    send = Press(draft.context, "send").data
    with away():
        filed = door.post("/appeals", an_appeal_body())
        assert (filed.status, filed.json["status"]) == (202, "queued")
        assert press_send(me, send) == 200
        for tries in range(1, 9):
            assert work(me, tries) == 1
            assert door.take_in() == 1
    assert [PROMISE in text for text in said(me)] == [True]
    assert files(door) == []
    door.clock.pass_(hours=3)
    assert door.take_in() == 0
    assert work(me, 9) == 0
    cards = [file.card for file in files(door)]
    assert sorted(card.channel for card in cards) == ["telegram", "web"]
    assert {card.received_at for card in cards} == {START}
    number = next(card.number for card in cards if card.channel == "telegram")
    assert number in said(me)[-1]
    told = door.get(f"/receipts/{filed.json['receipt']}").json
    assert told["status"] == "registered"
