"""Send a notice: claim it, gather what waits for the same person, tell, and write how it went.

A message of a queue is a hint. What counts is the notice: whoever moves it from `waiting` to
`sending` sends it, and a sender that dies leaves a lease that runs out. Only a mail that was
accepted and not yet written down can be sent twice, and it carries the same id.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from chalicelib.domain.notice import Medium, Notice, NoticeState, NoticeStep, number_of
from chalicelib.regulation.notices import rank_of
from chalicelib.usecases.sending_addresses import Addresses
from chalicelib.usecases.sending_matters import Matter, Message, Read
from chalicelib.usecases.sending_ports import Notices, SendingLater, SendingRefused

LEASE: Final = timedelta(minutes=2)
"""How long a sender has a notice in hand; a function that sends ends sooner."""
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=4)
MOST_TRIES: Final = 14
MOST_TRIES_OF_HOOK: Final = 26
"""After so many tries a notice is given up: about a day of pauses, and three of a webhook's."""
EARLY: Final = timedelta(seconds=5)
"""How much a queue's delay may run ahead of the clock."""

Deliver = Callable[[Medium, Message], str]
"""Hands a message to the gateway of its medium; returns the message id.

Raises SendingRefused, SendingLater.
"""


class Done(StrEnum):
    """What one sending came to."""

    SENT = "sent"
    LEFT = "left"
    LATER = "later"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Sending:
    """What sending works with."""

    read: Read
    notices: Notices
    addresses: Addresses
    deliver: Deliver


@dataclass(frozen=True, slots=True)
class _InHand:
    """Notices to one person that this sender has claimed.

    Attributes:
        told: those that are sent, as one message; the first leads.
        dropped: those that nobody needs any more, as they are written.
    """

    matter: Matter
    told: tuple[Notice, ...]
    dropped: tuple[NoticeStep, ...]
    now: datetime

    def settle(self, done: Done, change: Callable[[Notice], Notice], *more: NoticeStep) -> Done:
        """Write what became of the notices; `left` if another sender has taken them over."""
        steps = [NoticeStep(one, change(one)) for one in self.told]
        return done if self.matter.settle([*steps, *self.dropped, *more], self.now) else Done.LEFT


def send(notice_id: str, now: datetime, sending: Sending) -> Done:
    """Send a notice that is due and that nobody has in hand; leave any other alone.

    Raises StoreAway, and whatever breaks: the lease runs out and another sender tries.
    """
    matter = sending.read(number_of(notice_id))
    notice = _found(matter, notice_id)
    if matter is None or notice is None or not _is_free(notice, now):
        return Done.LEFT
    hand = _claimed(notice, matter, now, sending.notices)
    if hand is None:
        return Done.LEFT
    if not hand.told:
        return hand.settle(Done.DROPPED, _ended)
    if notice.tries >= most_tries(notice.medium):
        return _failed(hand, "gave_up")
    return _sent(hand, sending)


def pause_after(tries: int, asked_seconds: int | None) -> timedelta:
    """Return how long to wait after so many tries: twice as long each time, never too short."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(tries - 1, 10)
    return max(min(doubled, LONGEST_PAUSE), timedelta(seconds=asked_seconds or 0))


def most_tries(medium: Medium) -> int:
    """Return after how many tries a notice by this medium is given up."""
    return MOST_TRIES_OF_HOOK if medium is Medium.WEBHOOK else MOST_TRIES


def _found(matter: Matter | None, notice_id: str) -> Notice | None:
    notices = matter.notices if matter else ()
    return next((notice for notice in notices if notice.id == notice_id), None)


def _is_free(notice: Notice, now: datetime) -> bool:
    if notice.state is NoticeState.WAITING:
        return notice.send_after <= now + EARLY
    lease = notice.leased_until
    return notice.state is NoticeState.SENDING and lease is not None and lease <= now


def _claimed(notice: Notice, matter: Matter, now: datetime, notices: Notices) -> _InHand | None:
    """Take a notice and what else waits for the same person in hand; None if another was first."""
    gathered = (notice, *_waiting_with(notice, matter.notices))
    steps = [NoticeStep(one, _taken(one, now)) for one in gathered]
    if not notices.write(*steps):
        return None
    taken = sorted((step.after for step in steps), key=_order)
    reasons = {one.id: matter.outdated(one) for one in taken}
    dropped = (
        NoticeStep(one, replace(_ended(one), state=NoticeState.DROPPED, reason=reasons[one.id]))
        for one in taken
        if reasons[one.id]
    )
    told = (one for one in taken if not reasons[one.id])
    return _InHand(matter, tuple(told), tuple(dropped), now)


def _waiting_with(notice: Notice, notices: Sequence[Notice]) -> Iterator[Notice]:
    """Yield what waits to go to the same person by the same way; a webhook goes alone."""
    same = (notice.audience, notice.to, notice.medium, NoticeState.WAITING)
    for other in notices:
        alike = (other.audience, other.to, other.medium, other.state) == same
        if alike and other.id != notice.id and notice.medium is not Medium.WEBHOOK:
            yield other


def _taken(notice: Notice, now: datetime) -> Notice:
    return replace(
        notice, state=NoticeState.SENDING, tries=notice.tries + 1, leased_until=now + LEASE
    )


def _ended(notice: Notice) -> Notice:
    """Return a notice to which nothing happens by itself any more."""
    return replace(notice, leased_until=None, wake_at=None)


def _order(notice: Notice) -> tuple[int, int]:
    """What matters most leads a message, then what happened first."""
    return -rank_of(notice.event, notice.template), notice.seq


def _sent(hand: _InHand, sending: Sending) -> Done:
    lead = hand.told[0]
    address = hand.matter.address(lead)
    if not address:
        return _failed(hand, "no_address")
    if sending.addresses.is_off(lead.medium, address):
        return _failed(hand, "address_off")
    message = hand.matter.message(hand.told, address, hand.now)
    try:
        message_id = sending.deliver(lead.medium, message)
    except SendingLater as later:
        return _later(hand, later)
    except SendingRefused as refused:
        if refused.address_dead:
            sending.addresses.switch_off(lead, address, refused.reason, hand.now)
        return _failed(hand, refused.reason)

    def sent(one: Notice) -> Notice:
        return replace(
            _ended(one),
            state=NoticeState.SENT,
            reason="",
            sent_at=hand.now,
            message_id=message_id or None,
            carried_by=None if one is lead else lead.id,
        )

    return hand.settle(Done.SENT, sent)


def _failed(hand: _InHand, reason: str) -> Done:
    """Give this way up: the same is told by the next way, which the next sweep finds waiting."""

    def failed(one: Notice) -> Notice:
        return replace(_ended(one), state=NoticeState.FAILED, reason=reason)

    following = (hand.matter.fallback(one, hand.now) for one in hand.told)
    return hand.settle(
        Done.FAILED, failed, *(NoticeStep(None, one) for one in following if one is not None)
    )


def _later(hand: _InHand, later: SendingLater) -> Done:
    """Put the notices back until the other side may be asked again."""
    pause = pause_after(hand.told[0].tries, later.after_seconds)
    again_at = hand.matter.quiet_until(hand.told[0], hand.now + pause)

    def waiting(one: Notice) -> Notice:
        return replace(
            one,
            state=NoticeState.WAITING,
            reason=later.reason,
            send_after=again_at,
            wake_at=again_at,
            leased_until=None,
        )

    return hand.settle(Done.LATER, waiting)
