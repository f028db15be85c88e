"""Conversations, their queue, the messengers and the bots' secrets in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.channels.telegram import TelegramReceiver
from chalicelib.channels.viber import ViberReceiver
from chalicelib.domain.bots import TELEGRAM, VIBER, Bot, bots_of
from chalicelib.domain.conversation import Session
from chalicelib.domain.errors import ChangedMeanwhile, StoreAway
from chalicelib.domain.inbound import InboundEvent, InboundFile
from chalicelib.domain.outbound import OutboundMessage
from chalicelib.store.conversations import HEARD_FOR
from chalicelib.usecases.conversation_ports import FileRefused, HeardBefore, Talks

ENTRIES = {"webhook": "w" * 48, "telegram": "1:telegram-token", "viber": "viber-token"}
"""What the secret of the bots holds in tests."""


class FakeConversations:
    """Implements `usecases.conversation_ports.Conversations`."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[Session, datetime | None]] = {}
        self.heard: dict[tuple[str, str], datetime] = {}

    def read(self, identity: str, event_id: str, now: datetime) -> tuple[Session, bool]:
        """Return a conversation, and whether an event was heard."""
        until = self.heard.get((identity, event_id))
        return self.current(identity), until is not None and until > now

    def current(self, identity: str) -> Session:
        """Return a conversation as it stands."""
        return self.kept[identity][0] if identity in self.kept else Session(identity)

    def save(
        self, session: Session, *, now: datetime, wake_at: datetime | None, event_id: str = ""
    ) -> Session:
        """Write a conversation and that an event was heard, or nothing."""
        key = (session.identity, event_id)
        if event_id and key in self.heard and self.heard[key] > now:
            raise HeardBefore
        if self.current(session.identity).rev != session.rev:
            raise ChangedMeanwhile(conversation=session.identity)
        saved = replace(session, rev=session.rev + 1)
        self.kept[session.identity] = (saved, wake_at)
        if event_id:
            self.heard[key] = now + HEARD_FOR
        return saved

    def to_wake(self, until: datetime, *, limit: int) -> list[tuple[str, datetime]]:
        """Return who wakes by `until`."""
        found = [
            (identity, at)
            for identity, (_, at) in self.kept.items()
            if at is not None and at <= until
        ]
        return sorted(found, key=lambda each: each[1])[:limit]


@dataclass
class FakeMessenger:
    """Implements `usecases.conversation_ports.Messenger`.

    Attributes:
        failing: what the next calls that write raise, the first one first.
        files: bytes by the id of a file; every other one is lost.
    """

    lasting_keyboards: bool = True
    written: list[tuple[str, OutboundMessage]] = field(default_factory=list)
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    laid_off: list[tuple[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    failing: list[Exception] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    def write(self, identity: str, message: OutboundMessage) -> str:
        """Write a message; return its id."""
        if self.failing:
            raise self.failing.pop(0)
        self.written.append((identity, message))
        return f"{len(self.written)}"

    def acknowledge(self, reply_token: str, words: str) -> None:
        """Let a pressed button stop waiting."""
        self.acknowledged.append((reply_token, words))

    def lay_off(self, identity: str, message: str) -> None:
        """Take the buttons from a message."""
        self.laid_off.append((identity, message))

    def leave(self, identity: str) -> None:
        """Leave a chat of many."""
        self.left.append(identity)

    def fetch(self, file: InboundFile) -> bytes:
        """Return a file's bytes."""
        self.fetched.append(file.id)
        if file.id not in self.files:
            raise FileRefused("lost")
        return self.files[file.id]


class FakeConversationQueue:
    """Implements `usecases.conversation_ports.ConversationQueue`; `away` refuses everything."""

    def __init__(self) -> None:
        self.put_there: list[InboundEvent] = []
        self.given_up: list[tuple[str, str]] = []
        self.away = False

    def put(self, event: InboundEvent) -> None:
        """Put an event on the queue. Raises StoreAway."""
        if self.away:
            raise StoreAway
        self.put_there.append(event)

    def give_up(self, body: str, identity: str) -> None:
        """Put a message aside."""
        self.given_up.append((body, identity))


class FakeBots:
    """Implements `usecases.conversation_ports.Bots`."""

    def __init__(self, entries: dict[str, str] | None = None) -> None:
        self.entries = dict(ENTRIES if entries is None else entries)

    def bot(self, channel: str, now: datetime) -> Bot | None:
        """Return the bot of a channel."""
        return bots_of(self.entries).get(channel)


class FakeChatFiles:
    """Implements `usecases.conversation_ports.ChatFiles` over a bucket in memory."""

    def __init__(
        self, objects: dict[str, bytes], arrived: Callable[[str], object] = lambda _: None
    ) -> None:
        """Keep objects in a dictionary, and tell of each that has arrived."""
        self._objects, self._arrived = objects, arrived

    def put(self, key: str, data: bytes, *, content_type: str) -> None:
        """Write an arrival."""
        self._objects[key] = data
        self._arrived(key)

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects."""
        for key in keys:
            self._objects.pop(key, None)


@dataclass
class FakeTalks:
    """What conversations are held with, in memory, each part at hand."""

    objects: dict[str, bytes] = field(default_factory=dict)
    conversations: FakeConversations = field(default_factory=FakeConversations)
    queue: FakeConversationQueue = field(default_factory=FakeConversationQueue)
    bots: FakeBots = field(default_factory=FakeBots)
    telegram: FakeMessenger = field(default_factory=FakeMessenger)
    viber: FakeMessenger = field(default_factory=lambda: FakeMessenger(lasting_keyboards=False))

    def talks(self, arrived: Callable[[str], object] = lambda _: None) -> Talks:
        """Return them as use cases are given them."""
        return Talks(
            receivers={TELEGRAM: TelegramReceiver(), VIBER: ViberReceiver(_welcome)},
            messengers={TELEGRAM: self.telegram, VIBER: self.viber},
            conversations=self.conversations,
            queue=self.queue,
            bots=self.bots,
            files=FakeChatFiles(self.objects, arrived),
        )


def _welcome(language: str, start: str) -> dict[str, Any]:
    return {"type": "text", "text": language, "tracking_data": start}
