"""What staff do with notices: send one again, and post those that no other way delivers."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.card import CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.errors import NotFound, RuleRefused, StoreAway
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import Notice, NoticeState, NoticeStep
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.regulation.notices_plan import sent_again
from chalicelib.regulation.permissions import Deed, require, require_on, require_sees
from chalicelib.usecases.outbox import put_on_queues
from chalicelib.usecases.ports import Cards, Page
from chalicelib.usecases.sending_ports import Notices, Queues
from chalicelib.usecases.writing import Note, change, on_fresh_file

ON_THEIR_WAY = frozenset({NoticeState.WAITING, NoticeState.SENDING, NoticeState.TO_POST})
"""States of what cannot be sent again, for it is not known yet whether it arrives."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as it is now, and its card as it was read."""

    notice: Notice
    file: CardFile


@dataclass(frozen=True, slots=True)
class Told:
    """Which notice of which card somebody has in hand, when, and how the answer is kept."""

    number: str
    notice_id: str
    actor: Actor
    now: datetime
    once: Once[Shown]


def send_again(told: Told, *, city: City, cards: Cards, queues: Queues) -> Shown:
    """Tell somebody once more, by the first way that has not failed; return the new notice.

    Raises NotFound, RoleNotPermitted, RuleRefused for what is still on its way,
    ChangedMeanwhile.
    """

    def write(file: CardFile, notice: Notice) -> NoticeStep:
        if notice.state in ON_THEIR_WAY:
            raise RuleRefused(words="notice-waits")
        return NoticeStep(None, sent_again(notice, file, city=city, now=told.now))

    fresh = _written(told, Deed.SEND_AGAIN, EventName.NOTICE_REPEATED, write, cards)
    with suppress(StoreAway):  # the sweep puts it there in a minute
        put_on_queues([fresh.notice], told.now, queues)
    return fresh


def posted(told: Told, *, cards: Cards) -> Shown:
    """Record that a letter was posted; return its notice.

    Raises NotFound, RoleNotPermitted, RuleRefused for what does not wait for the post,
    ChangedMeanwhile.
    """

    def write(_file: CardFile, notice: Notice) -> NoticeStep:
        if notice.state is not NoticeState.TO_POST:
            raise RuleRefused(words="notice-not-to-post")
        return NoticeStep(
            notice, replace(notice, state=NoticeState.POSTED, sent_at=told.now, reason="")
        )

    return _written(told, Deed.POST_LETTERS, EventName.NOTICE_SENT, write, cards)


def to_post(
    actor: Actor, *, limit: int, cursor: str | None, notices: Notices, cards: Cards
) -> Page[Shown]:
    """Return the letters that wait for the post with their cards, the oldest first.

    Raises RoleNotPermitted.
    """
    require(actor, Deed.POST_LETTERS)
    page = notices.to_post(limit=limit, cursor=cursor)
    found = (Shown(notice, cards.read_file(notice.number)) for notice in page.items)
    return Page(tuple(found), page.cursor)


def _written(
    told: Told,
    deed: Deed,
    event: EventName,
    write: Callable[[CardFile, Notice], NoticeStep],
    cards: Cards,
) -> Shown:
    """Save what `write` makes of a notice, with the event that tells who did it."""

    def attempt(file: CardFile) -> Shown:
        require_sees(told.actor, file.card)
        require_on(told.actor, deed, file.card)
        step = write(file, _found(told.notice_id, file))
        shown = Shown(step.after, file)
        cards.save(_change(told, event, file, step), once=told.once.record(shown))
        return shown

    return on_fresh_file(cards, told.number, attempt)


def _found(notice_id: str, file: CardFile) -> Notice:
    for notice in file.notices:
        if notice.id == notice_id:
            return notice
    raise NotFound(words="no-notice")


def _change(told: Told, event: EventName, file: CardFile, step: NoticeStep) -> Change:
    after = step.after
    facts = {
        "told_of": after.event,
        "audience": str(after.audience),
        "medium": str(after.medium),
        "notice": after.id,
    }
    public = event is EventName.NOTICE_SENT
    note = Note(event, public=public, facts=facts, tell=False)
    made = change(file.card, file.card, told.now, told.actor, note)
    return replace(made, notices=(step,))
