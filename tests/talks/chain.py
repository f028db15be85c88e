"""The whole chain in process: messenger → webhook → queue → worker → messenger."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import app as entry
from chalicelib import wiring
from chalicelib.channels.telegram import TelegramBot
from chalicelib.channels.viber import ViberBot
from chalicelib.domain.bots import TELEGRAM, VIBER
from chalicelib.domain.card import CardFile
from chalicelib.domain.conversation import Session
from chalicelib.domain.notice import Medium
from chalicelib.gateways.conversation_queue import body_of
from chalicelib.gateways.downloads import Downloads
from chalicelib.usecases.chat_notices import ChatNotices
from chalicelib.usecases.conversations import wake_due
from chalicelib.usecases.sending_delivery import Gateways
from tests.door import send
from tests.fake_door import FakeDoor, fake_door
from tests.fakes.talks import FakeTalks
from tests.requests import a_photo
from tests.support.fake_messengers import FakeMessengers, Written, serving
from tests.support.messenger_people import TelegramPerson, ViberPerson

TRIES: Final = 5
SENDERS: Final = {
    Medium.EMAIL: "send_mail",
    Medium.SMS: "send_sms",
    Medium.TELEGRAM: "send_chat",
    Medium.VIBER: "send_chat",
}
"""The function that sends by each medium."""


@dataclass
class Chain:
    """One city's app in memory, with both messengers before it."""

    door: FakeDoor
    fake: FakeMessengers
    statuses: list[int] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)

    @property
    def talks(self) -> FakeTalks:
        """What conversations are held with."""
        return self.door.talks

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Bring a call to a webhook, and let the worker work."""
        status = self.bring(url, body, headers)
        self.work()
        return status

    def bring(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Bring a call to a webhook and leave what it queues there."""
        sent = {name.lower(): value for name, value in headers.items()}
        status = send("POST", url, body, sent).status
        self.statuses.append(status)
        return status

    def work(self) -> None:
        """Let the worker take what waits in the queue, as often as it takes."""
        queue = self.talks.queue.put_there
        while queue:
            event = queue.pop(0)
            for tries in range(1, TRIES + 1):
                record = {
                    "messageId": event.id,
                    "receiptHandle": event.id,
                    "body": body_of(event),
                    "attributes": {
                        "MessageGroupId": event.identity,
                        "ApproximateReceiveCount": str(tries),
                    },
                }
                if not entry.converse({"Records": [record]}, None)["batchItemFailures"]:
                    break
            else:
                self.dead.append(event.id)

    def pass_(self, **span: float) -> None:
        """Let a `timedelta` pass; then the schedule runs, and all that it wakes."""
        self.door.clock.pass_(**span)
        self.door.sweep()
        self.work()
        queued = self.door.queues.queued
        while queued:
            one = queued.pop(0)
            body = {"id": one.notice_id, "at": one.at and one.at.isoformat()}
            record = {"messageId": "m", "receiptHandle": "r", "body": json.dumps(body)}
            answered = getattr(entry, SENDERS[one.medium])({"Records": [record]}, None)
            assert answered == {"batchItemFailures": []}

    def wake(self, at: datetime | None = None) -> int:
        """Let the schedule wake whom something is due with."""
        woken = wake_due(
            at or self.door.clock(),
            conversations=self.talks.conversations,
            put=self.talks.queue.put,
            limit=100,
        )
        self.work()
        return woken

    def telegram(self, person: int = 700_100_200, **more: Any) -> TelegramPerson:
        """Return somebody with Telegram."""
        bot = self.talks.bots.bot(TELEGRAM, self.door.clock())
        assert bot is not None
        url = f"/webhooks/telegram/{bot.keys[0]}"
        return TelegramPerson(person, url, bot.secrets[0], self.post, **more)

    def viber(self, person: str = "01234567890A=", **more: Any) -> ViberPerson:
        """Return somebody with Viber."""
        bot = self.talks.bots.bot(VIBER, self.door.clock())
        assert bot is not None
        url, media = f"/webhooks/viber/{bot.keys[0]}", f"{self.fake.url}/media"
        return ViberPerson(
            person, url, bot.token, self.post, media=media, now=self.door.clock, **more
        )

    def said(self, person: TelegramPerson | ViberPerson) -> Written:
        """Return the last message to somebody."""
        return self.fake.to(person.name)[-1]

    def press(self, person: TelegramPerson | ViberPerson, words: str) -> int:
        """Press the button of the last message whose words hold these."""
        last = self.said(person)
        data = last.data(words)
        if not data.startswith("1|"):
            return person.say(data)
        return person.press(data, last.id if last.id.isdecimal() else "1")

    def session(self, person: TelegramPerson | ViberPerson) -> Session:
        """Return where a conversation stands."""
        return self.talks.conversations.current(person.identity)

    def files(self) -> list[CardFile]:
        """Return all cards, in the order of their numbers."""
        stored = self.door.stored()
        return [stored[number] for number in sorted(stored)]

    def photo(self, name: str, colour: tuple[int, int, int] = (9, 90, 9)) -> str:
        """Put a picture with the messenger; return its id."""
        self.fake.files[name] = a_photo(colour)
        return name


@contextmanager
def chain(city: str = "khmelnytskyi") -> Iterator[Chain]:
    """Run a city with both messengers before it."""
    with serving() as fake:
        door = fake_door(city)
        talks = replace(
            door.centre.talks,
            messengers={
                TELEGRAM: TelegramBot(
                    lambda: fake.telegram_token,
                    fake.url,
                    download=Downloads(fake.url).read,
                    wait=lambda _: None,
                ),
                VIBER: ViberBot(
                    lambda: fake.viber_token,
                    fake.url,
                    name="Контакт-центр",
                    download=Downloads(fake.url, hosts=(".viber.com",)).read,
                ),
            },
        )
        chats = ChatNotices(
            talks.messengers,
            talks.conversations,
            door.centre.guards,
            door.centre.city,
            door.clock,
            9,
        )
        gateways = Gateways(
            door.mail, door.sms, door.hooks, {Medium.TELEGRAM: chats, Medium.VIBER: chats}
        )
        door.centre = replace(door.centre, talks_of=lambda: talks, gateways_of=lambda: gateways)
        wiring.use(door.centre)
        try:
            yield Chain(door, fake)
        finally:
            wiring.use(None)


def as_json(document: object) -> bytes:
    """Return a document as a body."""
    return json.dumps(document, ensure_ascii=False).encode()
