"""What executors may ask for, who decides, and by when (K-3.5, K-5.2)."""

from datetime import datetime

from chalicelib.domain.card import Action, Card, Status
from chalicelib.domain.city import City, Law, Urgency
from chalicelib.domain.errors import RuleRefused, StepNotAllowed
from chalicelib.domain.executor_request import ExecutorRequest, RequestKind, RequestStatus
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.deadlines import within

COORDINATOR = "coordinator"
"""The queue of requests that any coordinator may decide (K-3.5)."""


@clause("K-3.5(4)", "K-5.3")
def require_may_ask(kind: RequestKind, card: Card, *, law: Law) -> None:
    """Check that a request may be made now.

    Closure is asked on the fact of the work reported (K-5.3); KR closes by the signed reply.

    Raises:
        RuleRefused: this city's Regulation has no such request.
        StepNotAllowed: the card is not reported yet.
    """
    if law is Law.KR:
        raise RuleRefused(words="no-such-request", clause="KR-2.8", kind=kind)
    if card.status is not Status.REPORTED:
        raise StepNotAllowed(clause="K-5.3", status=card.status, action=Action.CLOSE)


def decide_by(card: Card, city: City, now: datetime) -> datetime:
    """Return until when a request should be decided: a city setting, measured, not law (R27)."""
    edition = city.edition(card.edition)
    urgent = edition.get("decide_request_emergency")
    if card.urgency is Urgency.EMERGENCY and urgent is not None:
        return within(now, urgent, city.calendar)
    return within(now, edition["decide_request"], city.calendar)


def require_undecided(request: ExecutorRequest) -> None:
    """Check that a request still waits. Raises RuleRefused."""
    if request.status is not RequestStatus.PENDING:
        raise RuleRefused(words="request-decided", clause="K-3.5")


def require_no_other(requests: tuple[ExecutorRequest, ...], kind: RequestKind) -> None:
    """Check that no request of the same kind waits already. Raises RuleRefused."""
    for request in requests:
        if request.kind is kind and request.status is RequestStatus.PENDING:
            raise RuleRefused(words="request-pending", clause="K-3.5", request=request.id)
