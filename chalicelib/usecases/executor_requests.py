"""Ask for and decide what an executor requests; closing a card is one of it (K-3.5)."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.card import Action, Card, CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import EventName
from chalicelib.domain.executor_request import ExecutorRequest, RequestKind, RequestStatus
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.domain.survey import Survey
from chalicelib.regulation.control import timers_of_survey
from chalicelib.regulation.executor_requests import (
    COORDINATOR,
    decide_by,
    require_may_ask,
    require_no_other,
    require_undecided,
)
from chalicelib.regulation.lifecycle import step
from chalicelib.regulation.permissions import Deed, require, require_on, require_sees
from chalicelib.regulation.surveys import open_survey
from chalicelib.usecases.ports import Cards, Page
from chalicelib.usecases.writing import (
    Note,
    change,
    moved,
    on_fresh_file,
    require_version,
)


def ask(
    number: str,
    *,
    kind: RequestKind,
    reason: str,
    actor: Actor,
    expected_version: int | None,
    once: Once[ExecutorRequest],
    now: datetime,
    city: City,
    cards: Cards,
) -> ExecutorRequest:
    """Make a request on a card (K-3.5, K-5.2).

    Raises:
        NotFound, RoleNotPermitted, RuleRefused, StepNotAllowed, VersionStale, ChangedMeanwhile.
    """

    def attempt(file: CardFile) -> ExecutorRequest:
        card = file.card
        require_sees(actor, card)
        require_on(actor, Deed.ASK, card)
        require_version(card, expected_version)
        require_may_ask(kind, card, law=city.law)
        require_no_other(file.requests, kind)
        request = ExecutorRequest(
            id=f"{number}.r{card.requests + 1}",
            number=number,
            kind=kind,
            status=RequestStatus.PENDING,
            reason=reason,
            asked_at=now,
            asked_by=actor.name,
            executor=card.executor or "",
            decider=COORDINATOR,
            decide_by_at=decide_by(card, city, now),
        )
        note = Note(
            EventName.REQUEST_MADE,
            reason,
            public=False,
            facts={"request": request.id, "kind": kind},
        )
        written = change(card, replace(card, requests=card.requests + 1), now, actor, note)
        cards.save(replace(written, requests=(request,)), once=once.record(request))
        return request

    return on_fresh_file(cards, number, attempt)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a request, and who took it when."""

    approve: bool
    reason: str
    actor: Actor
    now: datetime


def decide(
    request_id: str, decision: Decision, *, once: Once[ExecutorRequest], city: City, cards: Cards
) -> ExecutorRequest:
    """Decide a request; approving a closure closes the card and opens its survey (K-3.5, K-6.2).

    Raises NotFound, RoleNotPermitted, RuleRefused, StepNotAllowed, ChangedMeanwhile.
    """
    require(decision.actor, Deed.DECIDE)
    number = request_id.rpartition(".r")[0]

    def attempt(file: CardFile) -> ExecutorRequest:
        request = _request(file, request_id)
        require_undecided(request)
        decided = _decided(request, decision)
        written = _closing(file, decided, decision, city)
        cards.save(written, once=once.record(decided))
        return decided

    return on_fresh_file(cards, number, attempt)


def pending(actor: Actor, *, limit: int, cursor: str | None, cards: Cards) -> Page[ExecutorRequest]:
    """Return the requests that wait for a decision. Raises RoleNotPermitted."""
    require(actor, Deed.READ_REQUESTS)
    return cards.pending_requests(COORDINATOR, limit=limit, cursor=cursor)


def _request(file: CardFile, request_id: str) -> ExecutorRequest:
    for request in file.requests:
        if request.id == request_id:
            return request
    raise NotFound(words="no-request")


def _decided(request: ExecutorRequest, decision: Decision) -> ExecutorRequest:
    return replace(
        request,
        status=RequestStatus.APPROVED if decision.approve else RequestStatus.REFUSED,
        decided_at=decision.now,
        decided_by=decision.actor.name,
        decision_reason=decision.reason,
    )


def _closing(file: CardFile, request: ExecutorRequest, decision: Decision, city: City) -> Change:
    card = file.card
    action = Action.CLOSE if decision.approve else Action.SEND_BACK
    taken = step(city.law, card.status, action, decision.actor.role)
    after = moved(card, taken.target)
    facts = {"request": request.id, "kind": request.kind, "status": request.status}
    notes = [Note(EventName.REQUEST_DECIDED, decision.reason, public=False, facts=facts)]
    if not decision.approve:
        notes.append(Note(EventName.SENT_BACK, decision.reason, public=False))
        return _with_request(change(card, after, decision.now, decision.actor, *notes), request)
    after = replace(after, closed_at=decision.now)
    notes.append(Note(EventName.CLOSED, facts={"result": card.result or ""}))
    survey = open_survey(card, city.edition(card.edition), decision.now)
    if survey is not None:
        after = _with_survey(after, survey, city)
        notes.append(
            Note(EventName.SURVEY_OPENED, facts={"closes_at": survey.closes_at.isoformat()})
        )
    written = change(card, after, decision.now, decision.actor, *notes)
    return replace(_with_request(written, request), surveys=(survey,) if survey else ())


def _with_survey(card: Card, survey: Survey, city: City) -> Card:
    timers = timers_of_survey(survey, city.edition(card.edition))
    return replace(card, surveys=survey.no, timers=timers)


def _with_request(written: Change, request: ExecutorRequest) -> Change:
    return replace(written, requests=(request,))
