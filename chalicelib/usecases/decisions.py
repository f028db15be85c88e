"""Decide what was requested, and do what the decision entails (K-3.5, K-6.2, KR-2.13)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.card import Action, Card, CardFile, Change, Result
from chalicelib.domain.city import City
from chalicelib.domain.errors import Fault, InputRefused, RuleRefused
from chalicelib.domain.events import EventName
from chalicelib.domain.executor_request import ExecutorRequest, RequestKind, RequestStatus
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.domain.survey import Survey
from chalicelib.regulation.appointments import require_receives
from chalicelib.regulation.control import (
    accept_timer,
    decide_name,
    timer_of_plan,
    timers_of_ending,
    timers_of_survey,
    without,
)
from chalicelib.regulation.executor_requests import clause_of, require_undecided
from chalicelib.regulation.extensions import extended, require_may_decide
from chalicelib.regulation.lifecycle import step
from chalicelib.regulation.permissions import Deed, require_on, require_sees
from chalicelib.regulation.survey_calls import first_call
from chalicelib.regulation.surveys import open_survey
from chalicelib.usecases.executor_requests import number_of, request_of
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.writing import Note, change, moved, on_fresh_file


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a request: by whom, when, and the executor it appoints, if it does."""

    approve: bool
    reason: str
    actor: Actor
    now: datetime
    to_executor: str | None = None


def decide(
    request_id: str, decision: Decision, *, once: Once[ExecutorRequest], city: City, cards: Cards
) -> ExecutorRequest:
    """Decide a request once; the card, its events and what follows are one transaction.

    Raises:
        NotFound, RoleNotPermitted, InputRefused (no executor named), RuleRefused,
        StepNotAllowed, ChangedMeanwhile.
    """

    def attempt(file: CardFile) -> ExecutorRequest:
        require_sees(decision.actor, file.card)
        request = request_of(file, request_id)
        clause = clause_of(request.kind, city.law)
        require_on(decision.actor, Deed.DECIDE, file.card, clause=clause)
        require_undecided(request, city.law)
        require_may_decide(
            decision.actor, request, city, approve=decision.approve, now=decision.now
        )
        decided = _decided(request, decision)
        written = _written(file, decided, decision, city)
        cards.save(replace(written, requests=(decided,)), once=once.record(decided))
        return decided

    return on_fresh_file(cards, number_of(request_id), attempt)


def _decided(request: ExecutorRequest, decision: Decision) -> ExecutorRequest:
    return replace(
        request,
        status=RequestStatus.APPROVED if decision.approve else RequestStatus.REFUSED,
        to_executor=decision.to_executor or request.to_executor,
        decided_at=decision.now,
        decided_by=decision.actor.name,
        decision_reason=decision.reason,
    )


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a decision makes of the card, beside the decision itself."""

    card: Card
    notes: tuple[Note, ...]
    survey: Survey | None = None


def _written(file: CardFile, request: ExecutorRequest, decision: Decision, city: City) -> Change:
    if decision.approve:
        outcome = _ON_APPROVAL[request.kind](file, request, decision, city)
    elif request.kind is RequestKind.CLOSURE:
        outcome = _sent_back(file, decision, city)
    else:
        outcome = _Outcome(file.card, ())
    facts = {"request": request.id, "kind": str(request.kind), "status": str(request.status)}
    note = Note(EventName.REQUEST_DECIDED, decision.reason, public=False, facts=facts)
    decided = without(outcome.card.timers, decide_name(request.id))
    outcome = replace(outcome, card=replace(outcome.card, timers=decided))
    written = change(file.card, outcome.card, decision.now, decision.actor, note, *outcome.notes)
    return replace(written, surveys=(outcome.survey,) if outcome.survey else ())


def _rerouted(file: CardFile, request: ExecutorRequest, decision: Decision, city: City) -> _Outcome:
    """Send the card to the executor appointed; the clock runs on (R28)."""
    executor, card = request.to_executor, file.card
    if executor is None or executor not in city.executors:
        fault = Fault("to_executor", "unknown_executor" if executor else "required")
        raise InputRefused(faults=(fault,), clause=clause_of(request.kind, city.law))
    if executor == file.appeal.complaint_about:
        raise RuleRefused(words="complained-about", clause="LAW-7")
    require_receives(city, executor)
    taken = step(city.law, card.status, Action.REROUTE, decision.actor.role)
    edition = city.edition(card.edition)
    timers = accept_timer(decision.now, card.urgency, edition, city.calendar)
    after = moved(card, taken.target)
    after = replace(
        after,
        executor=executor,
        performer=None,
        co_executors=tuple(name for name in card.co_executors if name != executor),
        executor_changes=card.executor_changes + 1,
        timers={**after.timers, **timers},
    )
    return _Outcome(after, (Note(EventName.REROUTED, facts={"executor": executor}),))


def _joined_in(
    file: CardFile, request: ExecutorRequest, decision: Decision, city: City
) -> _Outcome:
    """Draw a co-executor in; the main executor still answers for the term (R53)."""
    del decision
    card, executor = file.card, request.to_executor or ""
    if executor in {card.executor, *card.co_executors}:
        clause = clause_of(request.kind, city.law)
        raise InputRefused(faults=(Fault("to_executor", "same_executor", clause=clause),))
    require_receives(city, executor)
    names = tuple(dict.fromkeys((*card.co_executors, executor)))
    after = replace(card, co_executors=names, version=card.version + 1)
    return _Outcome(after, (Note(EventName.CO_EXECUTOR_ADDED, facts={"executor": executor}),))


def _extended(file: CardFile, request: ExecutorRequest, decision: Decision, city: City) -> _Outcome:
    """Move the due date, and say so to the applicant with the reason (R30, R98)."""
    card, new_due_at = file.card, request.new_due_at or file.card.due_at
    facts = {"due_at": new_due_at.isoformat(), "was_due_at": card.due_at.isoformat()}
    after = extended(card, new_due_at, city, decision.now)
    return _Outcome(after, (Note(EventName.EXTENDED, request.reason, facts=facts),))


def _planned(file: CardFile, request: ExecutorRequest, decision: Decision, city: City) -> _Outcome:
    """Include the card in a plan; the applicant gets the reasoned reply within the term (R31)."""
    card, plan = file.card, request.plan
    taken = step(city.law, card.status, Action.PLAN, decision.actor.role)
    after = moved(card, taken.target)
    following = timer_of_plan(decision.now, city.edition(card.edition), city.calendar)
    timers = {**after.timers, **following}
    after = replace(after, result=Result.PLANNED, answered_at=decision.now, timers=timers)
    facts = {"plan": plan.name, "year": str(plan.year), "funding": plan.funding} if plan else {}
    return _Outcome(after, (Note(EventName.PLANNED, decision.reason, facts=facts),))


def _closed(file: CardFile, request: ExecutorRequest, decision: Decision, city: City) -> _Outcome:
    """Close the card and open its survey (K-3.5(4), K-6.2)."""
    del request
    return closed(file, decision.actor, decision.now, city)


def closed(file: CardFile, actor: Actor, now: datetime, city: City) -> _Outcome:
    """Return a card closed, with the survey that closing opens where the city has one."""
    card, edition = file.card, city.edition(file.card.edition)
    taken = step(city.law, card.status, Action.CLOSE, actor.role)
    ending = timers_of_ending(card, now, city)
    after = replace(moved(card, taken.target), closed_at=now, timers=ending)
    note = Note(EventName.CLOSED, facts={"result": card.result or ""})
    survey = open_survey(card, edition, now)
    if survey is None:
        return _Outcome(after, (note,))
    call_at = first_call(file.appeal, now, edition, city.calendar)
    timers = {**ending, **timers_of_survey(survey, edition)}
    after = replace(after, surveys=survey.no, timers=timers, call_at=call_at, calls=0)
    facts = {"closes_at": survey.closes_at.isoformat()}
    facts |= {"call_at": call_at.isoformat()} if call_at else {}
    asked = Note(EventName.SURVEY_OPENED, facts=facts)
    return _Outcome(after, (note, asked), survey)


def _sent_back(file: CardFile, decision: Decision, city: City) -> _Outcome:
    taken = step(city.law, file.card.status, Action.SEND_BACK, decision.actor.role)
    note = Note(EventName.SENT_BACK, decision.reason, public=False)
    return _Outcome(moved(file.card, taken.target), (note,))


_Approval = Callable[[CardFile, ExecutorRequest, Decision, City], _Outcome]

_ON_APPROVAL: dict[RequestKind, _Approval] = {
    RequestKind.CHANGE_EXECUTOR: _rerouted,
    RequestKind.CO_EXECUTOR: _joined_in,
    RequestKind.EXTENSION: _extended,
    RequestKind.STRATEGIC_PLAN: _planned,
    RequestKind.CLOSURE: _closed,
}
