"""The card's life as one table: which step leads where, by whom, under which clause."""

from typing import Final, NamedTuple

from chalicelib.domain.card import Action, Status
from chalicelib.domain.city import Law
from chalicelib.domain.errors import RoleNotPermitted, StepNotAllowed
from chalicelib.domain.people import Role


class Step(NamedTuple):
    """One step a card may take, who may take it there, and the clause that says so."""

    clause: str
    source: Status
    action: Action
    target: Status
    by: tuple[Role, ...]


_CENTRE = (Role.OPERATOR, Role.COORDINATOR)
_IN_CHARGE = (Role.RESPONSIBLE, Role.HEAD)
_EXECUTOR = (Role.RESPONSIBLE, Role.HEAD, Role.PERFORMER)
_DECIDES = (Role.COORDINATOR,)
_ASKED = (Role.APPLICANT, Role.OPERATOR)

# fmt: off
_K_STEPS: Final = (
    #    clause      from                 action              to                  by whom
    Step("K-3.3",    Status.REGISTERED,   Action.ROUTE,       Status.SENT,        _CENTRE),
    Step("K-4.1",    Status.SENT,         Action.ACCEPT,      Status.ACCEPTED,    _IN_CHARGE),
    Step("K-5.1.5",  Status.ACCEPTED,     Action.ASSIGN,      Status.IN_WORK,     _IN_CHARGE),
    Step("K-5.1.5",  Status.IN_WORK,      Action.ASSIGN,      Status.IN_WORK,     _IN_CHARGE),
    Step("K-4.4",    Status.IN_WORK,      Action.REPORT,      Status.REPORTED,    _EXECUTOR),
    Step("K-3.5(4)", Status.REPORTED,     Action.CLOSE,       Status.CLOSED,      _DECIDES),
    Step("K-3.5(4)", Status.REPORTED,     Action.SEND_BACK,   Status.IN_WORK,     _DECIDES),
    Step("K-6.2",    Status.CLOSED,       Action.CONFIRM,     Status.CONFIRMED,   _ASKED),
    Step("K-6.2",    Status.CLOSED,       Action.RETURN,      Status.RETURNED,    _ASKED),
    Step("K-6.2",    Status.CLOSED,       Action.FALL_SILENT, Status.UNCONFIRMED, (Role.SYSTEM,)),
    Step("K-6.2",    Status.UNCONFIRMED,  Action.DISPUTE,     Status.RETURNED,    _ASKED),
)
_KR_STEPS: Final = (
    Step("KR-2.2",   Status.REGISTERED,   Action.ROUTE,       Status.SENT,        (Role.CLERK,)),
    Step("KR-2.3",   Status.SENT,         Action.ACCEPT,      Status.ACCEPTED,    _IN_CHARGE),
    Step("KR-2.3",   Status.ACCEPTED,     Action.ASSIGN,      Status.IN_WORK,     (Role.HEAD,)),
    Step("KR-2.3",   Status.IN_WORK,      Action.ASSIGN,      Status.IN_WORK,     (Role.HEAD,)),
    Step("KR-2.5",   Status.IN_WORK,      Action.REPORT,      Status.REPORTED,    _EXECUTOR),
)
# fmt: on

STEPS: Final = {Law.K: _K_STEPS, Law.KR: _KR_STEPS}
_STEP_FROM: Final = {
    law: {(step.source, step.action): step for step in steps} for law, steps in STEPS.items()
}

OPEN: Final = frozenset(
    {
        Status.REGISTERED,
        Status.SENT,
        Status.ACCEPTED,
        Status.IN_WORK,
        Status.REPORTED,
        Status.REPLY_SUBMITTED,
        Status.REPLY_SIGNED,
        Status.HANDED_OVER,
        Status.CLARIFICATION,
    }
)
"""Statuses in which somebody still has to work on the card: those that the queue shows."""


def step(law: Law, status: Status, action: Action, role: Role) -> Step:
    """Return the step that `role` takes from `status` by `action`.

    Raises:
        StepNotAllowed: no step leads from `status` by `action`.
        RoleNotPermitted: the step exists, but is not open to `role`.
    """
    found = _STEP_FROM[law].get((status, action))
    if found is None:
        raise StepNotAllowed(clause=_clause_of(law, action), status=status, action=action)
    if role not in found.by:
        raise RoleNotPermitted(clause=found.clause, role=role, action=action)
    return found


def actions_open_to(law: Law, status: Status, role: Role) -> tuple[Action, ...]:
    """Return the actions that `role` may take from `status`: what the console offers."""
    return tuple(
        found.action for found in STEPS[law] if found.source is status and role in found.by
    )


def _clause_of(law: Law, action: Action) -> str | None:
    return next((found.clause for found in STEPS[law] if found.action is action), None)
