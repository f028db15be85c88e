"""What conversations depend on, as Protocols: the part of ports.py that is about messengers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from chalicelib.domain.bots import Bot
from chalicelib.domain.conversation import Session
from chalicelib.domain.inbound import InboundEvent, InboundFile
from chalicelib.domain.outbound import OutboundMessage


class HeardBefore(Exception):
    """The event was heard before; nothing is written."""


class FileRefused(Exception):
    """A file that a messenger holds is not taken.

    Attributes:
        reason: a stable word: `too_large`, `not_a_picture` or `lost`.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class MessengerMisused(Exception):
    """The messenger does not know our bot, or our message is none: somebody must look."""


class Unreadable(Exception):
    """Genuine, perhaps, but nothing that we can read."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a messenger has sent.

    Attributes:
        event: None for what we pass over.
        reply: the body of our answer.
    """

    event: InboundEvent | None
    reply: Mapping[str, Any] = field(default_factory=dict)


class Receiver(Protocol):
    """Reads what one messenger sends."""

    @property
    def most_bytes(self) -> int:
        """The longest body that the messenger sends."""

    def is_genuine(self, headers: Mapping[str, str], raw: bytes, bot: Bot) -> bool:
        """Tell in constant time whether the messenger itself has sent a body.

        `headers` are found by their names in small letters.
        """

    def read(self, raw: bytes, now: datetime) -> Incoming:
        """Return what was sent. Raises Unreadable."""


class Conversations(Protocol):
    """The conversations, and which events were heard."""

    def read(self, identity: str, event_id: str, now: datetime) -> tuple[Session, bool]:
        """Return a conversation, an empty one for a stranger, and whether the event was heard."""

    def current(self, identity: str) -> Session:
        """Return a conversation as it stands, an empty one for a stranger."""

    def save(
        self, session: Session, *, now: datetime, wake_at: datetime | None, event_id: str = ""
    ) -> Session:
        """Write a conversation over the one that was read, and that the event was heard.

        Returns it with its new `rev`.

        Raises:
            HeardBefore: the event was heard before.
            ChangedMeanwhile: somebody else wrote the conversation since it was read.
        """

    def to_wake(self, until: datetime, *, limit: int) -> list[tuple[str, datetime]]:
        """Return who wakes by `until` and since when, the longest waiting first."""


class Messenger(Protocol):
    """Writes into one messenger and fetches what lies there."""

    @property
    def lasting_keyboards(self) -> bool:
        """Whether a keyboard stays until the device is told to lay it off."""

    def write(self, identity: str, message: OutboundMessage) -> str:
        """Write a message; return its id. Raises SendingRefused, SendingLater, MessengerMisused."""

    def acknowledge(self, reply_token: str, words: str) -> None:
        """Let a pressed button stop waiting; what fails there is no matter."""

    def lay_off(self, identity: str, message: str) -> None:
        """Take the buttons from a message, if that can be done."""

    def leave(self, identity: str) -> None:
        """Leave a chat of many, if that can be done."""

    def fetch(self, file: InboundFile) -> bytes:
        """Return a file's bytes. Raises FileRefused, SendingLater, MessengerMisused."""


Messengers = Mapping[str, Messenger]
"""The messengers that are on, by channel."""


class Bots(Protocol):
    """The secrets of the city's bots."""

    def bot(self, channel: str, now: datetime) -> Bot | None:
        """Return the bot of a channel, None where the channel is off. Raises StoreAway."""


class ConversationQueue(Protocol):
    """The queue between webhooks and the worker: in order for each resident."""

    def put(self, event: InboundEvent) -> None:
        """Put an event on the queue; one that is there already is not put twice.

        Raises StoreAway.
        """

    def give_up(self, body: str, identity: str) -> None:
        """Put a message aside that cannot be worked on, for somebody to look at."""


@dataclass(frozen=True, slots=True)
class Talks:
    """What conversations in messengers are held with.

    Attributes:
        receivers: by channel, whether it is on or not.
    """

    receivers: Mapping[str, Receiver]
    messengers: Messengers
    conversations: Conversations
    queue: ConversationQueue
    bots: Bots
    files: "ChatFiles"


class ChatFiles(Protocol):
    """Pictures on their way from a messenger to inspection."""

    def put(self, key: str, data: bytes, *, content_type: str) -> None:
        """Write an arrival. Raises StoreAway."""

    def delete(self, keys: Sequence[str]) -> None:
        """Delete objects, whether or not they are there. Raises StoreAway."""
