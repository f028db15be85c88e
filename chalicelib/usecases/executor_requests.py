"""Ask what the Regulation lets an executor ask, and acknowledge it (K-3.5, K-5.2, KR-2.13)."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import NotFound, RoleNotPermitted
from chalicelib.domain.events import EventName
from chalicelib.domain.executor_request import ExecutorRequest, RequestKind, RequestStatus
from chalicelib.domain.numbers import is_registration_number
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.control import at_once_by, decide_timer
from chalicelib.regulation.executor_requests import (
    UNKNOWN,
    Asked,
    clause_of,
    require_may_ask,
)
from chalicelib.regulation.extensions import (
    COORDINATOR,
    acknowledgement_queue,
    breaches,
    decide_by,
    decider_of,
    head_queue,
    require_may_acknowledge,
)
from chalicelib.regulation.permissions import (
    Deed,
    require,
    require_main,
    require_on,
    require_sees,
)
from chalicelib.usecases.ports import Cards, Page
from chalicelib.usecases.writing import Note, change, on_fresh_file, require_version


def ask(
    number: str,
    asked: Asked,
    *,
    actor: Actor,
    expected_version: int | None,
    once: Once[ExecutorRequest],
    now: datetime,
    city: City,
    cards: Cards,
) -> ExecutorRequest:
    """Make a request on a card.

    Raises:
        NotFound, RoleNotPermitted, InputRefused, RuleRefused, StepNotAllowed, VersionStale,
        ChangedMeanwhile.
    """
    asked = replace(asked, to_executor=None) if asked.to_executor == UNKNOWN else asked

    def attempt(file: CardFile) -> ExecutorRequest:
        card = file.card
        require_sees(actor, card)
        clause = clause_of(asked.kind, city.law)
        require_on(actor, Deed.ASK, card, clause=clause)
        require_main(actor, card, clause=clause)
        require_version(card, expected_version)
        require_may_ask(asked, file, city)
        extension = asked.kind is RequestKind.EXTENSION
        level = breaches(asked, file, city, now) if extension else 0
        request = _request(asked, card, level, actor=actor, now=now, city=city)
        facts = {"request": request.id, "kind": str(request.kind), **_how_soon(file, asked, city)}
        note = Note(EventName.REQUEST_MADE, asked.reason, public=False, facts=facts)
        timers = {**card.timers, **decide_timer(request)}
        after = replace(card, requests=card.requests + 1, timers=timers)
        written = change(card, after, now, actor, note)
        cards.save(replace(written, requests=(request,)), once=once.record(request))
        return request

    return on_fresh_file(cards, number, attempt)


def acknowledge(
    request_id: str,
    *,
    actor: Actor,
    once: Once[ExecutorRequest],
    now: datetime,
    city: City,
    cards: Cards,
) -> ExecutorRequest:
    """Record that the next-level head knows: their own account, their own instant (K-5.2.2).

    Raises NotFound, RoleNotPermitted, RuleRefused, ChangedMeanwhile.
    """

    def attempt(file: CardFile) -> ExecutorRequest:
        require_sees(actor, file.card)
        request = request_of(file, request_id)
        require_may_acknowledge(actor, request, city)
        known = replace(
            request, acknowledged_at=now, acknowledged_by=actor.name, decider=COORDINATOR
        )
        facts = {"request": request.id, "level": str(request.level)}
        note = Note(EventName.ACKNOWLEDGED, public=False, facts=facts)
        written = change(file.card, file.card, now, actor, note)
        cards.save(replace(written, requests=(known,)), once=once.record(known))
        return known

    return on_fresh_file(cards, number_of(request_id), attempt)


def pending(actor: Actor, *, limit: int, cursor: str | None, cards: Cards) -> Page[ExecutorRequest]:
    """Return the requests that wait for this actor. Raises RoleNotPermitted."""
    require(actor, Deed.READ_REQUESTS)
    return cards.pending_requests(_queue_of(actor), limit=limit, cursor=cursor)


def number_of(request_id: str) -> str:
    """Return the number of the card that a request's id names. Raises NotFound."""
    number = request_id.rpartition(".r")[0]
    if not is_registration_number(number):
        raise NotFound(words="no-request")
    return number


def request_of(file: CardFile, request_id: str) -> ExecutorRequest:
    """Return a request of a file. Raises NotFound."""
    for request in file.requests:
        if request.id == request_id:
            return request
    raise NotFound(words="no-request")


def _how_soon(file: CardFile, asked: Asked, city: City) -> dict[str, str]:
    """Return until when a change is asked at once: a figure, never a breach (K-4.2)."""
    if asked.kind is not RequestKind.CHANGE_EXECUTOR:
        return {}
    came = [e.at for e in file.events if e.name in (EventName.SENT, EventName.REROUTED)]
    card, edition = file.card, city.edition(file.card.edition)
    by = at_once_by(came[-1], card.urgency, edition, city.calendar) if came else None
    return {"at_once_by_at": by.isoformat()} if by else {}


def _queue_of(actor: Actor) -> str:
    executor = actor.executor or ""
    queues = {
        Role.COORDINATOR: COORDINATOR,
        Role.OPERATOR: COORDINATOR,
        Role.HEAD: head_queue(executor),
        Role.NEXT_HEAD: acknowledgement_queue(1, executor),
        Role.ADMIN: acknowledgement_queue(2, executor),
    }
    if actor.role not in queues:
        raise RoleNotPermitted(role=actor.role, action=Deed.READ_REQUESTS)
    return queues[actor.role]


def _request(
    asked: Asked, card: Card, level: int, *, actor: Actor, now: datetime, city: City
) -> ExecutorRequest:
    return ExecutorRequest(
        id=f"{card.number}.r{card.requests + 1}",
        number=card.number,
        kind=asked.kind,
        status=RequestStatus.PENDING,
        reason=asked.reason,
        asked_at=now,
        asked_by=actor.name,
        executor=card.executor or "",
        decider=decider_of(asked.kind, card, level, city.law),
        decide_by_at=decide_by(asked.kind, card, city, now),
        to_executor=asked.to_executor,
        was_due_at=card.due_at if asked.kind is RequestKind.EXTENSION else None,
        new_due_at=asked.new_due_at,
        responsible_person=asked.responsible_person,
        plan=asked.plan,
        level=level,
    )
