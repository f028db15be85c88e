"""What executors may ask for: which requests a city has, and what refuses them (K-3.5, K-5.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.card import Action, Card, CardFile, Status
from chalicelib.domain.city import City, Law, Urgency
from chalicelib.domain.errors import Fault, InputRefused, RuleRefused, StepNotAllowed
from chalicelib.domain.executor_request import (
    ExecutorRequest,
    Plan,
    RequestKind,
    RequestStatus,
)
from chalicelib.regulation.clauses import clause

UNKNOWN: Final = "unknown"
"""What an executor names who does not know whose competence it is (R26)."""

CLAUSE_OF: Final[Mapping[RequestKind, str]] = {
    RequestKind.CHANGE_EXECUTOR: "K-3.5(1)",
    RequestKind.CO_EXECUTOR: "K-5.2.1",
    RequestKind.EXTENSION: "K-3.5(2)",
    RequestKind.STRATEGIC_PLAN: "K-3.5(3)",
    RequestKind.CLOSURE: "K-3.5(4)",
}
_INSTEAD_IN_KR: Final[Mapping[RequestKind, str]] = {
    RequestKind.CHANGE_EXECUTOR: "KR-2.2",
    RequestKind.CO_EXECUTOR: "KR-2.2",
    RequestKind.STRATEGIC_PLAN: "KR-2.5",
    RequestKind.CLOSURE: "KR-2.8",
}
"""What KR does instead: the general office distributes, the signed reply closes."""

_ASKED_FROM: Final = frozenset({Status.SENT, Status.ACCEPTED, Status.IN_WORK, Status.CLARIFICATION})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for; which fields matter depends on its kind."""

    kind: RequestKind
    reason: str
    to_executor: str | None = None
    new_due_at: datetime | None = None
    responsible_person: str | None = None
    plan: Plan | None = None


@clause("K-3.5(1)", "K-3.5(2)", "K-3.5(3)", "K-3.5(4)", "K-5.2.1", "K-5.2.3", "K-5.3")
def require_may_ask(asked: Asked, file: CardFile, city: City) -> None:
    """Check that this city has such a request, and that the card stands where it may be made.

    Closure is asked on the fact of the work reported (K-5.3), the others before the report.

    Raises:
        RuleRefused: this city has no such request, one waits already, or the changes are used up.
        StepNotAllowed: the card is not there yet, or no more.
        InputRefused: what the kind needs is missing.
    """
    card = file.card
    if city.law is Law.KR and asked.kind in _INSTEAD_IN_KR:
        clause_number = _INSTEAD_IN_KR[asked.kind]
        raise RuleRefused(words="no-such-request", clause=clause_number, kind=asked.kind)
    _require_status(asked.kind, card, city.law)
    _require_no_other(file.requests, asked.kind, city.law)
    _require_filled(asked, card, city)
    if asked.kind is RequestKind.CHANGE_EXECUTOR:
        _require_changes_left(card, city)
    if asked.to_executor and asked.to_executor == file.appeal.complaint_about:
        raise RuleRefused(words="complained-about", clause="LAW-7")


def kinds_open_to(file: CardFile, law: Law) -> tuple[RequestKind, ...]:
    """Return the requests that may be made on a card now: what the console offers."""
    waiting = {r.kind for r in file.requests if r.status is RequestStatus.PENDING}
    card = file.card
    if law is Law.KR:
        emergency = card.urgency is Urgency.EMERGENCY and not card.extensions
        kinds = [RequestKind.EXTENSION] if emergency and card.status in _ASKED_FROM else []
    elif card.status is Status.REPORTED:
        kinds = [RequestKind.CLOSURE]
    else:
        others = (kind for kind in RequestKind if kind is not RequestKind.CLOSURE)
        kinds = list(others) if card.status in _ASKED_FROM else []
    return tuple(kind for kind in kinds if kind not in waiting)


def require_undecided(request: ExecutorRequest, law: Law) -> None:
    """Check that a request still waits. Raises RuleRefused."""
    if request.status is not RequestStatus.PENDING:
        raise RuleRefused(words="request-decided", clause=clause_of(request.kind, law))


def clause_of(kind: RequestKind, law: Law) -> str:
    """Return the clause that gives a request to the executors of a city."""
    return CLAUSE_OF[kind] if law is Law.K else "KR-2.13"


def _require_status(kind: RequestKind, card: Card, law: Law) -> None:
    right = (
        card.status is Status.REPORTED
        if kind is RequestKind.CLOSURE
        else card.status in _ASKED_FROM
    )
    if right:
        return
    if kind is RequestKind.CLOSURE:
        raise StepNotAllowed(clause="K-5.3", status=card.status, action=Action.CLOSE)
    raise RuleRefused(words="too-late-to-ask", clause=clause_of(kind, law), status=card.status)


def _require_no_other(requests: tuple[ExecutorRequest, ...], kind: RequestKind, law: Law) -> None:
    for request in requests:
        if request.kind is kind and request.status is RequestStatus.PENDING:
            clause_number = clause_of(kind, law)
            raise RuleRefused(words="request-pending", clause=clause_number, request=request.id)


def _require_filled(asked: Asked, card: Card, city: City) -> None:
    clause_number = clause_of(asked.kind, city.law)
    faults = [
        Fault(field, code, clause=clause_number) for field, code in _missing(asked, card, city)
    ]
    if faults:
        raise InputRefused(faults=tuple(faults), clause=clause_number)


def _missing(asked: Asked, card: Card, city: City) -> list[tuple[str, str]]:
    if asked.kind is RequestKind.EXTENSION and asked.new_due_at is None:
        return [("new_due_at", "required")]
    if asked.kind is RequestKind.STRATEGIC_PLAN and asked.plan is None:
        return [("plan", "required")]
    if asked.kind is RequestKind.CO_EXECUTOR and asked.to_executor is None:
        return [("to_executor", "required")]
    named = asked.to_executor
    if named is not None and named not in city.executors:
        return [("to_executor", "unknown_executor")]
    if named is not None and named in {card.executor, *card.co_executors}:
        return [("to_executor", "same_executor")]
    return []


def _require_changes_left(card: Card, city: City) -> None:
    limit = city.edition(card.edition).get("changes_of_executor_max")
    if limit is not None and card.executor_changes >= limit.value:
        raise RuleRefused(words="changes-used-up", clause="K-3.5(1)", times=limit.value)
