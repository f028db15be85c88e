"""A notice: one thing that one person is told of, and how the telling went."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Audience(StrEnum):
    """Who is told."""

    APPLICANT = "applicant"
    CENTRE = "centre"
    COORDINATOR = "coordinator"
    CLERK = "clerk"
    SIGNATORY = "signatory"
    RESPONSIBLE = "responsible"
    PERFORMER = "performer"
    HEAD = "head"
    NEXT_HEAD = "next_head"
    ADMIN = "admin"
    CO_EXECUTOR = "co_executor"
    DUTY = "duty"
    SYSTEM = "system"
    SUBSCRIBER = "subscriber"


class Medium(StrEnum):
    """By which way a notice goes; `channel` names how an appeal came in."""

    EMAIL = "email"
    SMS = "sms"
    TELEGRAM = "telegram"
    VIBER = "viber"
    WEBHOOK = "webhook"
    POST = "post"
    CALL = "call"


class NoticeState(StrEnum):
    """Where a notice stands; from `sent` on nothing happens to it by itself."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    TO_POST = "to_post"
    POSTED = "posted"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. Addresses, codes and texts are not kept in it: they are found when it is sent.

    Attributes:
        number: of the card, or the id of the repair work or digest that it speaks of.
        seq: number of the first event of the write that it tells of.
        event: the event's stable name.
        to: id of the person, executor or subscription; empty where the audience says all.
        template: which words it is told in.
        at: when the event happened.
        send_after: not before this instant: quiet hours, back-off, or a wait for more changes.
        wake_at: when the sweep looks after it, if nothing has happened to it until then; None
            from `sent` on.
        again: how many times it was sent again by hand before.
        leased_until: until when one sender has it in hand.
        tries: how many times a sender had it in hand.
        message_id: what the gateway called the message.
        carried_by: id of the notice whose message told this one too.
        reason: why it failed, waits or was dropped; a stable word.
    """

    number: str
    seq: int
    event: str
    audience: Audience
    medium: Medium
    template: str
    at: datetime
    send_after: datetime
    to: str = ""
    again: int = 0
    state: NoticeState = NoticeState.WAITING
    wake_at: datetime | None = None
    leased_until: datetime | None = None
    tries: int = 0
    sent_at: datetime | None = None
    message_id: str | None = None
    carried_by: str | None = None
    reason: str = ""

    @property
    def id(self) -> str:
        """The deterministic id `<number>.n<seq>.<audience>[.<to>].<medium>[.<again>]`."""
        names = (self.audience.value, self.to, self.medium.value, str(self.again or ""))
        return f"{self.number}.n{self.seq}." + ".".join(name for name in names if name)


def number_of(notice_id: str) -> str:
    """Return under which number a notice stands."""
    return notice_id.partition(".n")[0]


def medium_of(notice_id: str) -> Medium:
    """Return by which way a notice goes. Raises ValueError for what is no notice's id."""
    *_, before, last = notice_id.split(".")
    return Medium(before if last.isdecimal() else last)


@dataclass(frozen=True, slots=True)
class NoticeStep:
    """A notice before and after somebody's hand; `before` is None for a new one.

    It is written only where `before` still stands: same state, same number of tries.
    """

    before: Notice | None
    after: Notice
