"""What messages leave by, in memory: what was sent, and what is answered instead."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.usecases.sending_ports import Letter, SendingRefused


@dataclass
class Answers:
    """What a gateway answers next, in order; nothing left means that it takes the message."""

    errors: list[Exception] = field(default_factory=list)

    def next(self) -> None:
        """Raise what is to be answered now, if anything."""
        if self.errors:
            raise self.errors.pop(0)


@dataclass
class FakeMailer:
    """Implements `usecases.sending_ports.Mailer`; `dead` are mailboxes that are no more."""

    sent: list[Letter] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)
    dead: set[str] = field(default_factory=set)

    def send(self, letter: Letter) -> str:
        """Keep a letter. Raises SendingRefused for a dead mailbox."""
        self.answers.next()
        if letter.to in self.dead:
            raise SendingRefused("no_such_address", address_dead=True)
        self.sent.append(letter)
        return f"mail-{len(self.sent)}"


@dataclass(frozen=True)
class SentSms:
    """An SMS that was sent."""

    to: str
    text: str
    key: str


@dataclass
class FakeSms:
    """Implements `usecases.sending_ports.SmsGateway`."""

    sent: list[SentSms] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)

    def send(self, to: str, text: str, key: str) -> str:
        """Keep a text."""
        self.answers.next()
        self.sent.append(SentSms(to, text, key))
        return f"sms-{len(self.sent)}"


@dataclass(frozen=True)
class Posted:
    """A webhook that was posted."""

    url: str
    secrets: tuple[str, ...]
    notice_id: str
    at: datetime
    body: bytes


@dataclass
class FakeHooks:
    """Implements `usecases.sending_ports.Hooks`; only https is allowed."""

    posted: list[Posted] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)

    def allows(self, url: str) -> bool:
        """Tell whether an address may be called."""
        return url.startswith("https://")

    def post(
        self, url: str, secrets: Sequence[str], notice_id: str, at: datetime, body: bytes, /
    ) -> None:
        """Keep a webhook."""
        self.answers.next()
        self.posted.append(Posted(url, tuple(secrets), notice_id, at, body))
