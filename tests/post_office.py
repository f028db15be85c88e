"""What stands between a card and its readers: the stream, the queues, the gateways.

The stream and the queues are read beneath their APIs, as AWS's own pollers do; what is tried are
the calls of the functions.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from moto.sqs.models import Queue

import app as entry
from chalicelib import wiring
from chalicelib.domain.bots import TELEGRAM
from chalicelib.domain.notice import Medium, Notice, NoticeState
from chalicelib.domain.outbound import OutboundMessage
from chalicelib.usecases.chat_notices import ChatNotices
from chalicelib.usecases.sending_delivery import Gateways
from chalicelib.usecases.sending_ports import SendingRefused
from tests.aws.snapshot import queues
from tests.aws.tables import REGION
from tests.crash.records import items
from tests.door import Door
from tests.fakes import FakeHooks, FakeMailer, FakeSms
from tests.fakes.talks import FakeMessenger

SENDERS: Final = {
    "mail": "send_mail",
    "sms": "send_sms",
    "hook": "send_hook",
    "chat": "send_chat",
}
"""The function that reads each queue."""

LOOKED_AFTER_MINUTES: Final = 16
"""After so long whatever was lost has been looked after once."""


class Unsent(Exception):
    """Something waits still."""


@dataclass
class Chats(FakeMessenger):
    """A messenger; whoever is among `dead` has blocked the bot."""

    dead: set[str] = field(default_factory=set)

    def write(self, identity: str, message: OutboundMessage) -> str:
        """Write a message; return its id."""
        if identity in self.dead:
            raise SendingRefused("blocked", address_dead=True)
        return super().write(identity, message)


@dataclass
class PostOffice:
    """The functions that tell and send, over one door on moto."""

    door: Door
    mail: FakeMailer = field(default_factory=FakeMailer)
    sms: FakeSms = field(default_factory=FakeSms)
    hooks: FakeHooks = field(default_factory=FakeHooks)
    chats: Chats = field(default_factory=Chats)

    def __post_init__(self) -> None:
        """Put the gateways in the place of those that speak to the world."""
        chat = ChatNotices(
            messengers={TELEGRAM: self.chats},
            conversations=self.door.centre.talks.conversations,
            guards=self.door.centre.guards,
            city=self.door.centre.city,
            now=self.door.clock,
            paid_a_month=0,
        )
        gateways = Gateways(self.mail, self.sms, self.hooks, {Medium.TELEGRAM: chat})
        self.door.centre = replace(self.door.centre, gateways_of=lambda: gateways)
        wiring.use(self.door.centre)

    def forget(self) -> None:
        """Forget what was sent before."""
        for kept in (self.mail.sent, self.sms.sent, self.hooks.posted, self.chats.written):
            kept.clear()

    def stream(self, *, times: int = 1) -> None:
        """Bring the records of events that are still to be told, so many times."""
        records = [record for record in self.records() for _ in range(times)]
        if records:
            entry.on_cards({"Records": records}, None)

    def send(self) -> int:
        """Let the senders read their queues until these are empty; return how many messages."""
        count = 0
        while waiting := [(name, *taken) for name in SENDERS if (taken := self._taken(name))]:
            for name, queue, records in waiting:
                answered = getattr(entry, SENDERS[name])({"Records": records}, None)
                failed = {each["itemIdentifier"] for each in answered["batchItemFailures"]}
                assert not failed, "see the log"
                done = {record["messageId"] for record in records}
                queue._messages[:] = [m for m in queue._messages if m.id not in done]
                count += len(records)
        return count

    def lose(self) -> None:
        """Lose all messages of all queues."""
        for name in SENDERS:
            self.queue(name)._messages.clear()

    def look_after(self) -> None:
        """Let time pass, the sweep look after what waits, and the senders send it."""
        self.door.clock.pass_(minutes=LOOKED_AFTER_MINUTES)
        self.door.sweep()
        self.send()
        left = [notice.id for notice in self.notices() if notice.wake_at is not None]
        untold = [image for image in items(self.door, "cards") if "to_tell" in image]
        if left or untold:
            raise Unsent(left, len(untold))

    def notices(self) -> list[Notice]:
        """Return all notices."""
        numbers = {image["number"]["S"] for image in items(self.door, "cards")}
        return [n for number in sorted(numbers) for n in self.door.centre.notices.of(number)]

    def sent_to(self) -> list[str]:
        """Return to whom letters, SMS and messages went, in their order."""
        letters = (letter.to for letter in self.mail.sent)
        messages = (identity for identity, _ in self.chats.written)
        return [*letters, *(sms.to for sms in self.sms.sent), *messages]

    def states(self) -> dict[str, NoticeState]:
        """Return how the telling of each notice went, by what follows its card's number."""
        return {notice.id.partition(".")[2]: notice.state for notice in self.notices()}

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the stream's records of events that are still to be told."""
        for image in items(self.door, "cards"):
            if "to_tell" in image and image["part"]["S"].startswith("EVENT#"):
                yield stream_record(image)

    def waiting(self, name: str) -> list[dict[str, Any]]:
        """Return the messages of a queue as its sender is given them."""
        return [
            {"messageId": m.id, "receiptHandle": "r", "body": m.body, "attributes": {}}
            for m in self.queue(name)._messages
        ]

    def _taken(self, name: str) -> tuple[Queue, list[dict[str, Any]]] | None:
        records = self.waiting(name)
        self._let_pass(records)
        return (self.queue(name), records) if records else None

    def _let_pass(self, records: list[dict[str, Any]]) -> None:
        """Let the clock come to the instant for which messages were put there."""
        for record in records:
            at = json.loads(record["body"]).get("at")
            if at:
                clock = self.door.clock
                clock.at = max(clock.at, type(clock.at).fromisoformat(at))

    def queue(self, name: str) -> Queue:
        """Return a queue as moto holds it."""
        found: Queue = queues(REGION)[f"{self.door.stack.name}-{name}"]
        return found


def stream_record(image: Mapping[str, Any], event: str = "INSERT") -> dict[str, Any]:
    """Return a record of the table's stream."""
    return {
        "eventID": "1",
        "eventName": event,
        "awsRegion": REGION,
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:000000000000:table/cards/stream/now",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_772_000_000,
            "Keys": {name: image[name] for name in ("number", "part")},
            "NewImage": image,
            "SequenceNumber": "1",
            "SizeBytes": 100,
            "StreamViewType": "NEW_IMAGE",
        },
    }
