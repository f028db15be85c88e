"""More time: how much, how often, with whose knowledge (K-3.5(2), K-5.2.2, KR-2.13, LAW-20)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.card import Card, CardFile
from chalicelib.domain.city import Calendar, City, Law, Urgency
from chalicelib.domain.errors import Fault, InputRefused, RoleNotPermitted, RuleRefused
from chalicelib.domain.executor_request import ExecutorRequest, RequestKind, RequestStatus
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.calendar import local_date, midnight_after, working_day_on_or_after
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.control import (
    ESCALATE,
    OVERDUE,
    WARNINGS,
    timers_of_term,
    without,
)
from chalicelib.regulation.deadlines import (
    decide_extension_by,
    extension_max,
    law_cap,
    within,
)
from chalicelib.regulation.executor_requests import Asked

COORDINATOR: Final = "coordinator"
"""The queue of requests that any coordinator may decide (K-3.5)."""

_MOMENT = timedelta(microseconds=1)


def decider_of(kind: RequestKind, card: Card, level: int, law: Law) -> str:
    """Return the queue that a request waits in: a head's knowledge first, where it is due.

    In KR the unit's head alone decides an emergency's extension (KR-2.13).
    """
    if law is Law.KR and kind is RequestKind.EXTENSION:
        return head_queue(card.executor or "")
    return acknowledgement_queue(level, card.executor or "") if level else COORDINATOR


def head_queue(executor: str) -> str:
    """Return the queue of what a unit's head alone decides."""
    return f"head#{executor}"


def acknowledgement_queue(level: int, executor: str) -> str:
    """Return the queue of what a head of the ladder has to know first."""
    return f"acknowledge#{level}#{executor}" if level == 1 else f"acknowledge#{level}"


def decide_by(kind: RequestKind, card: Card, city: City, now: datetime) -> datetime:
    """Return until when a request is to be decided (R27): law in KR-2.13, else a city setting."""
    edition = city.edition(card.edition)
    by_clause = decide_extension_by(card.received_at, edition)
    if kind is RequestKind.EXTENSION and by_clause is not None:
        return by_clause
    urgent = edition.get("decide_request_emergency")
    emergency = card.urgency is Urgency.EMERGENCY and urgent is not None
    number = urgent if emergency and urgent is not None else edition["decide_request"]
    return within(now, number, city.calendar)


@clause("K-3.5(2)", "K-5.2.2", "KR-2.13", "LAW-20")
def breaches(asked: Asked, file: CardFile, city: City, now: datetime) -> int:
    """Check an asked extension, and return whose knowledge it needs: 0 nobody's, else a level.

    The first extension is asked of the coordinator. When a granted one is broken, the request
    names the responsible person and waits for the next-level head, each breach one level up.

    Raises:
        InputRefused: the new date is not later than the present one.
        RuleRefused: past the law's 45 days; not an emergency, too late, too long or a second time
            in KR; no responsible person after a breach.
    """
    card = file.card
    new_due_at = asked.new_due_at or card.due_at
    if new_due_at <= max(card.due_at, now):
        raise InputRefused(faults=(Fault("new_due_at", "not_later"),), clause=_clause(city.law))
    edition = city.edition(card.edition)
    cap = law_cap(card.received_at, edition=edition, calendar=city.calendar)
    if new_due_at > cap:
        raise RuleRefused(words="past-the-law", clause="LAW-20", latest=cap.isoformat())
    if city.law is Law.KR:
        _require_within_kr_2_13(card, city, new_due_at, now)
        return 0
    if not card.extensions or now < card.due_at:
        return 0
    if not asked.responsible_person:
        raise RuleRefused(words="responsible-person-needed", clause="K-5.2.2")
    return min(1 + _granted_after_a_breach(file), len(city.ladder))


@clause("K-5.2.2")
def require_may_acknowledge(actor: Actor, request: ExecutorRequest, city: City) -> None:
    """Check that this is the head of the level who has to know, and has not yet said so.

    Raises:
        RoleNotPermitted: another role, or another branch.
        RuleRefused: nobody has to acknowledge, or it is done already.
    """
    if not request.level or request.acknowledged_at is not None:
        raise RuleRefused(words="nothing-to-acknowledge", clause="K-5.2.2")
    role = Role(city.ladder[request.level - 1])
    own_branch = actor.executor is None or actor.executor == request.executor
    if actor.role is not role or not own_branch:
        raise RoleNotPermitted(clause="K-5.2.2", role=actor.role, action="acknowledge")


@clause("K-3.5", "K-5.2.2", "KR-2.13")
def require_may_decide(
    actor: Actor, request: ExecutorRequest, city: City, *, approve: bool, now: datetime
) -> None:
    """Check who decides, and that a head's knowledge came first.

    Raises:
        RoleNotPermitted: K's requests are the coordinator's, KR's the head's of the own unit.
        RuleRefused: the next-level head has not acknowledged; KR's twelve hours are over.
    """
    by_head = request.decider == head_queue(request.executor)
    role = Role.HEAD if by_head else Role.COORDINATOR
    if actor.role is not role or (by_head and actor.executor != request.executor):
        raise RoleNotPermitted(clause=_clause(city.law), role=actor.role, action="decide")
    if request.level and request.acknowledged_at is None:
        raise RuleRefused(words="not-acknowledged", clause="K-5.2.2", level=request.level)
    if by_head and approve and now > request.decide_by_at:
        raise RuleRefused(words="decided-too-late", clause="KR-2.13")


def extended(card: Card, new_due_at: datetime, city: City, now: datetime) -> Card:
    """Return the card with its new date, counted from now for its warnings."""
    edition = city.edition(card.edition)
    timers = without(card.timers, OVERDUE, ESCALATE, *WARNINGS)
    return replace(
        card,
        due_at=new_due_at,
        certain_late_at=_rolled(new_due_at, city.calendar),
        extensions=card.extensions + 1,
        version=card.version + 1,
        timers={**timers, **timers_of_term(now, new_due_at, edition)},
    )


def _granted_after_a_breach(file: CardFile) -> int:
    """Return how many breaches a longer term was granted after: one asked in time is none."""
    return sum(
        request.level > 0 and request.status is RequestStatus.APPROVED
        for request in file.requests
        if request.kind is RequestKind.EXTENSION
    )


def _require_within_kr_2_13(card: Card, city: City, new_due_at: datetime, now: datetime) -> None:
    edition = city.edition(card.edition)
    if card.urgency is not Urgency.EMERGENCY:
        raise RuleRefused(words="only-emergencies-extended", clause="KR-2.13")
    if card.extensions:
        raise RuleRefused(words="extended-once", clause="KR-2.13")
    decide_by_at = decide_extension_by(card.received_at, edition)
    if decide_by_at is not None and now > decide_by_at:
        raise RuleRefused(words="decided-too-late", clause="KR-2.13")
    latest = extension_max(card.received_at, edition, city.calendar)
    if latest is not None and new_due_at > latest:
        raise RuleRefused(
            words="past-two-working-days", clause="KR-2.13", latest=latest.isoformat()
        )


def _rolled(new_due_at: datetime, calendar: Calendar) -> datetime:
    """Return the bound rolled past days off; only a whole day's end rolls, an hour does not."""
    last_day = local_date(new_due_at - _MOMENT, calendar)
    if midnight_after(last_day, calendar) != new_due_at:
        return new_due_at
    return midnight_after(working_day_on_or_after(last_day, calendar), calendar)


def _clause(law: Law) -> str:
    return "K-3.5" if law is Law.K else "KR-2.13"
