"""Complaints: never to those complained about, and a refusal says how to complain (art. 7, 15)."""

from chalicelib.domain.appeal import Appeal, Kind
from chalicelib.domain.card import Result
from chalicelib.domain.errors import Fault, InputRefused, RuleRefused
from chalicelib.regulation.clauses import clause


def may_go_to(executor: str | None, appeal: Appeal) -> bool:
    """Tell whether an appeal may be sent to an executor alone: not one it complains about."""
    return executor is None or executor != appeal.complaint_about


@clause("LAW-7")
def require_may_go_to(executor: str | None, *, about: str | None) -> None:
    """Check that a complaint is not sent to those it is about. Raises RuleRefused."""
    if executor is not None and executor == about:
        raise RuleRefused(words="complained-about", clause="LAW-7")


@clause("LAW-3")
def kind_of_complaint(asked: Kind | None, complaint_about: str | None) -> Kind | None:
    """Return the kind of a message that names an executor it complains about: a complaint."""
    return Kind.COMPLAINT if complaint_about and asked in (None, Kind.APPEAL) else asked


@clause("LAW-15")
def require_grounds(result: Result, *, ground: str, complain_to: str) -> None:
    """Check that a refusal names its legal ground and where to complain.

    Raises InputRefused with every fault.
    """
    given = {"ground": ground, "complain_to": complain_to}
    if result is Result.REFUSED:
        faults = [Fault(name, "required", clause="LAW-15") for name in given if not given[name]]
    else:
        faults = [Fault(name, "of_a_refusal", clause="LAW-15") for name in given if given[name]]
    if faults:
        raise InputRefused(faults=tuple(faults), clause="LAW-15")
