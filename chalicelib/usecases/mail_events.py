"""A letter came back, or its reader complained: the address is left, another way is tried."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from chalicelib.domain.mail_event import MailEvent, MailFate
from chalicelib.domain.notice import Medium, Notice, NoticeState, NoticeStep, number_of
from chalicelib.usecases.sending_matters import Matter, Read
from chalicelib.usecases.sending_ports import Residents

_OVER: Final = frozenset(
    {NoticeState.FAILED, NoticeState.DROPPED, NoticeState.TO_POST, NoticeState.POSTED}
)


class Taken(StrEnum):
    """What an event came to: the letter's notices and its address, nothing new, the address."""

    NOTED = "noted"
    KNOWN = "known"
    ADDRESS = "address"


class NotWrittenYet(Exception):
    """The letter's sender has it in hand and has not written down how it went: wait for that."""


def take(event: MailEvent, now: datetime, *, read: Read, residents: Residents) -> Taken:
    """Leave the address, and tell by the next way what the letter has not told.

    The same event again, and events in another order, change nothing: what became of a letter is
    kept with its notice, and an address that its owner has written from since stays on. A letter
    that was complained about has been read, so nothing is told again.

    Raises NotWrittenYet, and StoreAway: the event comes again.
    """
    matter = read(number_of(event.notice)) if event.notice else None
    lead = _found(matter, event.notice)
    if lead is not None and (lead.reason == event.fate or lead.state in _OVER):
        return Taken.KNOWN
    _leave(event, residents)
    if matter is None or lead is None or lead.state is NoticeState.WAITING:
        return Taken.ADDRESS
    steps = list(_steps(event, lead, matter, now))
    if lead.state is NoticeState.SENDING or not matter.settle(steps, now):
        raise NotWrittenYet(lead.id)
    return Taken.NOTED


def _found(matter: Matter | None, notice_id: str | None) -> Notice | None:
    notices = matter.notices if matter else ()
    return next((notice for notice in notices if notice.id == notice_id), None)


def _leave(event: MailEvent, residents: Residents) -> None:
    if event.address_dead:
        for address in event.addresses:
            residents.switch_off(Medium.EMAIL, address, reason=event.fate, at=event.at)


def _steps(event: MailEvent, lead: Notice, matter: Matter, now: datetime) -> Iterator[NoticeStep]:
    """Yield what becomes of every notice that the letter told, and the ones that tell it again."""
    lost = event.fate is not MailFate.COMPLAINED
    for told in matter.notices:
        if lead.id not in {told.id, told.carried_by}:
            continue
        state = NoticeState.FAILED if lost else told.state
        yield NoticeStep(told, replace(told, state=state, reason=event.fate))
        following = matter.fallback(told, now) if lost else None
        if following is not None:
            yield NoticeStep(None, following)
