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
_COORDINATOR = (Role.COORDINATOR,)
_CLERK = (Role.CLERK,)
_HEAD = (Role.HEAD,)
_SIGNATORY = (Role.SIGNATORY,)
_APPLICANT = (Role.APPLICANT,)
_ASKED = (Role.APPLICANT, Role.OPERATOR)
_SYSTEM = (Role.SYSTEM,)
_CLARIFIES = (*_IN_CHARGE, *_CENTRE)
_SEPARATES_K = (*_CENTRE, Role.SYSTEM)
_SEPARATES_KR = (*_CLERK, Role.SYSTEM)

_BEFORE_REPORT = (Status.REGISTERED, Status.SENT, Status.ACCEPTED, Status.IN_WORK)
_WITH_EXECUTOR = (Status.SENT, Status.ACCEPTED, Status.IN_WORK)
_UNREPORTED = (*_BEFORE_REPORT, Status.CLARIFICATION)
_MAY_WITHDRAW = (*_UNREPORTED, Status.JOINED)


def _each(
    clause: str, sources: tuple[Status, ...], action: Action, target: Status, by: tuple[Role, ...]
) -> tuple[Step, ...]:
    return tuple(Step(clause, source, action, target, by) for source in sources)


def _in_place(
    clause: str, statuses: tuple[Status, ...], action: Action, by: tuple[Role, ...]
) -> tuple[Step, ...]:
    return tuple(Step(clause, status, action, status, by) for status in statuses)


# fmt: off
_K_STEPS: Final = (
    #    clause      from                  action              to                   by whom
    Step("K-3.3",    Status.REGISTERED,    Action.ROUTE,       Status.SENT,         _CENTRE),
    Step("K-4.1",    Status.SENT,          Action.ACCEPT,      Status.ACCEPTED,     _IN_CHARGE),
    Step("K-4.1",    Status.CLARIFICATION, Action.ACCEPT,      Status.ACCEPTED,     _IN_CHARGE),
    Step("K-5.1.5",  Status.ACCEPTED,      Action.ASSIGN,      Status.IN_WORK,      _IN_CHARGE),
    Step("K-5.1.5",  Status.IN_WORK,       Action.ASSIGN,      Status.IN_WORK,      _IN_CHARGE),
    Step("K-5.1.5",  Status.PLANNED,       Action.ASSIGN,      Status.IN_WORK,      _IN_CHARGE),
    Step("K-4.4",    Status.IN_WORK,       Action.REPORT,      Status.REPORTED,     _EXECUTOR),
    Step("K-3.5(4)", Status.REPORTED,      Action.CLOSE,       Status.CLOSED,       _COORDINATOR),
    Step("K-3.5(4)", Status.REPORTED,      Action.SEND_BACK,   Status.IN_WORK,      _COORDINATOR),
    Step("K-6.2",    Status.CLOSED,        Action.CONFIRM,     Status.CONFIRMED,    _ASKED),
    Step("K-6.2",    Status.CLOSED,        Action.RETURN,      Status.RETURNED,     _ASKED),
    Step("K-6.2",    Status.CLOSED,        Action.FALL_SILENT, Status.UNCONFIRMED,  _SYSTEM),
    Step("K-6.2",    Status.UNCONFIRMED,   Action.DISPUTE,     Status.RETURNED,     _ASKED),
    *_each("K-3.5(1)", _WITH_EXECUTOR,     Action.REROUTE,     Status.SENT,         _COORDINATOR),
    *_each("K-3.5(3)", _WITH_EXECUTOR,     Action.PLAN,        Status.PLANNED,      _COORDINATOR),
    *_each("LAW-7",  _WITH_EXECUTOR,       Action.CLARIFY,     Status.CLARIFICATION, _CLARIFIES),
    *_each("LAW-7",  _BEFORE_REPORT,       Action.FORWARD,     Status.FORWARDED,    _CENTRE),
    *_each("K-3.1",  _BEFORE_REPORT,       Action.JOIN,        Status.JOINED,       _CENTRE),
    Step("K-3.1",    Status.JOINED,        Action.UNJOIN,      Status.REGISTERED,   _SEPARATES_K),
    Step("K-3.5(4)", Status.JOINED,        Action.CLOSE,       Status.CLOSED,       _SYSTEM),
    *_in_place("K-3.1", _BEFORE_REPORT,    Action.SPLIT,                            _CENTRE),
    *_in_place("K-6.1", _UNREPORTED,       Action.RECLASSIFY,                       _CENTRE),
    *_each("LAW-8",  _BEFORE_REPORT,    Action.NOT_CONSIDER, Status.NOT_CONSIDERED, _COORDINATOR),
    *_each("LAW-18", _MAY_WITHDRAW,     Action.WITHDRAW,       Status.WITHDRAWN,    _APPLICANT),
)
_KR_STEPS: Final = (
    Step("KR-2.2",   Status.REGISTERED,    Action.ROUTE,       Status.SENT,         _CLERK),
    Step("KR-2.2",   Status.SENT,          Action.ROUTE,       Status.SENT,         _CLERK),
    Step("KR-2.3",   Status.SENT,          Action.ACCEPT,      Status.ACCEPTED,     _IN_CHARGE),
    Step("KR-2.3",   Status.CLARIFICATION, Action.ACCEPT,      Status.ACCEPTED,     _IN_CHARGE),
    Step("KR-2.3",   Status.ACCEPTED,      Action.ASSIGN,      Status.IN_WORK,      _HEAD),
    Step("KR-2.3",   Status.IN_WORK,       Action.ASSIGN,      Status.IN_WORK,      _HEAD),
    Step("KR-2.5",   Status.IN_WORK,       Action.REPORT,      Status.REPORTED,     _EXECUTOR),
    Step("KR-2.5",   Status.REPORTED,      Action.REPORT,      Status.REPORTED,     _EXECUTOR),
    Step("KR-2.6",   Status.REPORTED,      Action.SUBMIT,      Status.REPLY_SUBMITTED, _HEAD),
    Step("KR-2.4",   Status.REPLY_SUBMITTED, Action.SIGN,      Status.REPLY_SIGNED, _SIGNATORY),
    Step("KR-2.4",   Status.REPLY_SUBMITTED, Action.SEND_BACK, Status.REPORTED,     _SIGNATORY),
    Step("KR-2.8",   Status.REPLY_SIGNED,  Action.REVOKE,      Status.REPLY_SUBMITTED, _SIGNATORY),
    Step("KR-2.7",   Status.REPLY_SIGNED,  Action.HAND_OVER,   Status.HANDED_OVER,  _IN_CHARGE),
    Step("KR-2.9",   Status.HANDED_OVER,   Action.PUBLISH,     Status.CLOSED,       _CLERK),
    Step("KR-2.9",   Status.HANDED_OVER,   Action.SEND_BACK,   Status.REPORTED,     _CLERK),
    *_each("LAW-7",  _WITH_EXECUTOR,       Action.CLARIFY,     Status.CLARIFICATION, _IN_CHARGE),
    *_each("LAW-7",  _BEFORE_REPORT,       Action.FORWARD,     Status.FORWARDED,    _CLERK),
    *_each("KR-2.2", _BEFORE_REPORT,       Action.JOIN,        Status.JOINED,       _CLERK),
    Step("KR-2.2",   Status.JOINED,        Action.UNJOIN,      Status.REGISTERED,   _SEPARATES_KR),
    Step("KR-2.9",   Status.JOINED,        Action.CLOSE,       Status.CLOSED,       _SYSTEM),
    *_in_place("KR-2.2", _BEFORE_REPORT,   Action.SPLIT,                            _CLERK),
    *_in_place("KR-2.2", _UNREPORTED,      Action.RECLASSIFY,                       _CLERK),
    *_each("LAW-8",  _BEFORE_REPORT,    Action.NOT_CONSIDER, Status.NOT_CONSIDERED, _SIGNATORY),
    *_each("LAW-18", _MAY_WITHDRAW,     Action.WITHDRAW,       Status.WITHDRAWN,    _APPLICANT),
)
# fmt: on

STEPS: Final = {Law.K: _K_STEPS, Law.KR: _KR_STEPS}
_REPLY_STEPS: Final = (
    Action.PRINT,
    Action.REPLY,
    Action.SUBMIT,
    Action.SIGN,
    Action.REVOKE,
    Action.HAND_OVER,
    Action.PUBLISH,
)
_INSTEAD: Final = {
    Law.K: dict.fromkeys(_REPLY_STEPS, "K-3.5(4)"),
    Law.KR: {Action.DISPUTE: "KR-2.8", Action.REROUTE: "KR-2.2", Action.PLAN: "KR-2.5"},
}
"""Which clause ends or moves a card where the other city has a step of its own."""

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
        raise StepNotAllowed(clause=clause_of(law, action), status=status, action=action)
    if role not in found.by:
        raise RoleNotPermitted(clause=found.clause, role=role, action=action)
    return found


def actions_open_to(law: Law, status: Status, role: Role) -> tuple[Action, ...]:
    """Return the actions that `role` may take from `status`: what the console offers."""
    return tuple(
        found.action for found in STEPS[law] if found.source is status and role in found.by
    )


def clause_of(law: Law, action: Action) -> str | None:
    """Return the city's clause of an action, or of what it does instead of it."""
    own = next((found.clause for found in STEPS[law] if found.action is action), None)
    return own or _INSTEAD[law].get(action)
