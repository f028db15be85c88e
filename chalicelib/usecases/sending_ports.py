"""What telling people depends on, as Protocols: the part of ports.py that is about notices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chalicelib.domain.live import Connection
from chalicelib.domain.notice import Medium, Notice, NoticeStep
from chalicelib.usecases.ports import Page, Waking


class SendingRefused(Exception):
    """The message will never be delivered this way.

    Attributes:
        reason: a stable word, such as `blocked` or `no_such_address`.
        address_dead: whether nothing else can be delivered there either.
    """

    def __init__(self, reason: str, *, address_dead: bool = False) -> None:
        self.reason = reason
        self.address_dead = address_dead
        super().__init__(reason)


class SendingLater(Exception):
    """The message cannot be delivered now.

    Attributes:
        reason: a stable word, such as `rate` or `away`.
        after_seconds: how long the other side asks to wait, None leaves it to the sender.
    """

    def __init__(self, reason: str, after_seconds: int | None = None) -> None:
        self.reason = reason
        self.after_seconds = after_seconds
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    content_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail.

    Attributes:
        id: the notice's id, by which bounces find it again.
        thread: what letters of one matter share: the card's root number.
        one_click_off: address of the one-click unsubscription, for digests and subscriptions.
    """

    id: str
    to: str
    subject: str
    text: str
    html: str
    thread: str
    language: str
    reply_to: str | None = None
    one_click_off: str | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ChatButton:
    """A button under a chat message: an address to open, or data that comes back."""

    text: str
    url: str | None = None
    data: str | None = None


class Mailer(Protocol):
    """Sends mail."""

    def send(self, letter: Letter) -> str:
        """Send a letter; return the message id. Raises SendingRefused, SendingLater."""


class SmsGateway(Protocol):
    """Sends SMS."""

    def send(self, to: str, text: str, key: str) -> str:
        """Send a text to a phone (E.164); return the message id.

        `key` is the same for the same message, so that a gateway which knows it sends it once.

        Raises SendingRefused, SendingLater.
        """


class Hooks(Protocol):
    """Posts signed webhooks to executors' systems (Standard Webhooks)."""

    def allows(self, url: str) -> bool:
        """Tell whether an address may be called: no private network but in the local cloud."""

    def post(
        self, url: str, secrets: Sequence[str], notice_id: str, at: datetime, body: bytes, /
    ) -> None:
        """Post a body signed by every secret. Raises SendingRefused, SendingLater."""


class Chat(Protocol):
    """Writes into a messenger."""

    def send(self, identity: str, text: str, buttons: Sequence[Sequence[ChatButton]] = ()) -> str:
        """Write to `telegram#…` or `viber#…`; return the message id.

        Raises SendingRefused, SendingLater.
        """


class Live(Protocol):
    """Pushes to consoles that are connected."""

    def push(self, connection: str, data: bytes) -> bool:
        """Push to a connection; False when it is gone. Raises StoreAway."""

    def close(self, connection: str) -> None:
        """Close a connection, if it is still there. Raises StoreAway."""


class Connections(Protocol):
    """Which consoles are connected, and whose news each hears."""

    def keep(self, connection: Connection) -> None:
        """Keep a connection, over what was kept of it before."""

    def read(self, connection_id: str, now: datetime) -> Connection | None:
        """Return a connection, None for one that is unknown or has expired."""

    def listening(self, audience: str, now: datetime) -> list[str]:
        """Return the ids of an audience's connections that have not expired."""

    def forget(self, connection_id: str) -> None:
        """Forget a connection that has ended; one that is unknown is no matter."""

    def drop(self, audience: str, connection_id: str) -> None:
        """Forget a connection that is known to belong to an audience."""


class Queues(Protocol):
    """The queues of the senders, one a medium."""

    def put(
        self,
        medium: Medium,
        ids: Sequence[str],
        *,
        at: datetime | None = None,
        delay_seconds: int = 0,
    ) -> None:
        """Put ids of notices on the queue of their medium, to be read after a delay of <= 900 s.

        `at` is the instant for which they are put there: that of a sweep may be ahead of the
        clock. A message that is lost is no loss: the sweep puts its id there again.

        Raises StoreAway.
        """

    def tell_consoles(self, news: Mapping[str, str]) -> None:
        """Put one small message `{number, executor, event, version}` on the queue `live`."""


@dataclass(frozen=True, slots=True)
class Worded:
    """A message in words.

    Attributes:
        subject, text, html: a letter's.
        short: of an SMS: two parts at most, with the link.
        chat: of a messenger, without the link; in it `<b>` alone is a tag, the rest is escaped.
        button: what the one thing to open is called; empty where there is nothing to open.
    """

    subject: str
    text: str
    html: str
    short: str
    chat: str = ""
    button: str = ""


class Wording(Protocol):
    """The words of notices: one template a message, uk and en."""

    def words(self, templates: Sequence[str], language: str, facts: Mapping[str, object]) -> Worded:
        """Return several messages to one person as one; the first gives the subject."""


class Notices(Protocol):
    """The outbox: events to tell, and the notices that came of them."""

    def untold(self, shard: int, until: datetime, *, limit: int) -> list[Waking]:
        """Return events of a shard that wait to be told since `until` or longer, oldest first."""

    def tell(self, number: str, seq: int, notices: Sequence[Notice]) -> bool:
        """Write the notices of an event's write and take it off the outbox, in one transaction.

        Returns False when somebody has done so before; nothing is written then. Raises StoreAway.
        """

    def of(self, number: str) -> tuple[Notice, ...]:
        """Return the notices of anything that is not a card, read consistently."""

    def add(self, *notices: Notice) -> bool:
        """Write new notices, all or none; False when one of them is there already.

        Raises StoreAway.
        """

    def write(self, *steps: NoticeStep) -> bool:
        """Write notices if each still stands as it was, all or none.

        Returns False when another writer was first; nothing is written then. Raises StoreAway.
        """

    def look_after(self, waking: Waking, at: datetime) -> bool:
        """Let a notice wake at another instant; False when it was sent or moved meanwhile."""

    def to_post(self, *, limit: int, cursor: str | None) -> Page[Notice]:
        """Return the notices that wait for the post, the oldest first."""


class Residents(Protocol):
    """What is known of residents' addresses across cards."""

    def is_off(self, medium: Medium, address: str) -> bool:
        """Tell whether nothing is delivered to an address any more."""

    def switch_off(self, medium: Medium, address: str, *, reason: str, at: datetime) -> None:
        """Remember that nothing is delivered to an address."""

    def switch_on(self, medium: Medium, address: str) -> None:
        """Forget that nothing was delivered: the person has written from there again."""
