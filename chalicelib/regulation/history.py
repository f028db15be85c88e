"""What the history alone tells: which status each event has led to."""

from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib.domain.card import Status
from chalicelib.domain.city import Law
from chalicelib.domain.events import Event, EventName

_LEADS_TO: Final[Mapping[EventName, Status]] = {
    EventName.REGISTERED: Status.REGISTERED,
    EventName.SENT: Status.SENT,
    EventName.REROUTED: Status.SENT,
    EventName.ACCEPTED: Status.ACCEPTED,
    EventName.PERFORMER_ASSIGNED: Status.IN_WORK,
    EventName.REPORTED: Status.REPORTED,
    EventName.REPLY_SUBMITTED: Status.REPLY_SUBMITTED,
    EventName.REPLY_SIGNED: Status.REPLY_SIGNED,
    EventName.SIGNATURE_REVOKED: Status.REPLY_SUBMITTED,
    EventName.HANDED_OVER: Status.HANDED_OVER,
    EventName.CLOSED: Status.CLOSED,
    EventName.CONFIRMED: Status.CONFIRMED,
    EventName.UNCONFIRMED: Status.UNCONFIRMED,
    EventName.RETURNED: Status.RETURNED,
    EventName.PLANNED: Status.PLANNED,
    EventName.CLARIFICATION_ASKED: Status.CLARIFICATION,
    EventName.FORWARDED: Status.FORWARDED,
    EventName.WITHDRAWN: Status.WITHDRAWN,
    EventName.NOT_CONSIDERED: Status.NOT_CONSIDERED,
}


def status_told(events: Iterable[Event], law: Law) -> Status:
    """Return the status that these events lead to, from a card's first event on."""
    status = Status.REGISTERED
    for event in events:
        status = _after(event, status, law)
    return status


def moved_by(event: Event, events: Iterable[Event], law: Law) -> tuple[Status, Status]:
    """Return the status before and after one event of a history."""
    until = [one for one in events if one.seq < event.seq]
    before = status_told(until, law)
    return before, _after(event, before, law)


def _after(event: Event, status: Status, law: Law) -> Status:
    if event.name is EventName.SENT_BACK:
        return Status.IN_WORK if law is Law.K else Status.REPORTED
    if event.name is EventName.JOINED:  # the main card keeps the root of what joins it
        return status if "root" in event.facts else Status.JOINED
    if event.name is EventName.UNJOINED:
        return Status.REGISTERED if status is Status.JOINED else status
    return _LEADS_TO.get(event.name, status)
