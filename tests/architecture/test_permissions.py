"""Who may do what is decided for every role, and every step can be taken by somebody's request."""

import re
from typing import Final

import pytest

import app as entry
from chalicelib.domain.card import Action
from chalicelib.domain.people import EXECUTOR_ROLES, Role
from chalicelib.regulation.lifecycle import STEPS
from chalicelib.regulation.permissions import PERMISSIONS, Deed, Scope

NOT_ACCOUNTS: Final = {Role.APPLICANT, Role.SYSTEM}
STAFF: Final = [role for role in Role if role not in NOT_ACCOUNTS]

WITHOUT_A_ROUTE_OF_ITS_OWN: Final = {
    Action.CLOSE: "POST /requests/{request_id}/decision",
    Action.SEND_BACK: "POST /requests/{request_id}/decision",
    Action.REROUTE: "POST /requests/{request_id}/decision",
    Action.PLAN: "POST /requests/{request_id}/decision",
    Action.CONFIRM: "POST /surveys/{token}",
    Action.RETURN: "POST /surveys/{token}",
    Action.FALL_SILENT: "sweep",
    Action.WITHDRAW: "POST /appeals/{number}/withdrawal",
    Action.DISPUTE: "POST /appeals/{number}/dispute",
}
"""Steps that follow from another request, or from the clock."""


def routes() -> set[str]:
    """Return every way in of the app as `METHOD path`, and the name of its schedule."""
    served = {
        f"{method} {declared.path}"
        for declared in entry.app.declared
        for method in declared.methods
    }
    return served | {"sweep"}


def test_every_deed_is_decided_and_no_role_is_unknown() -> None:
    assert set(PERMISSIONS) == set(Deed)
    for deed, allowed in PERMISSIONS.items():
        assert allowed, f"nobody may {deed}"
        assert set(allowed) <= set(STAFF)
        assert set(allowed.values()) <= set(Scope)


def test_no_permission_names_somebody_without_an_account() -> None:
    assert all(not NOT_ACCOUNTS & set(allowed) for allowed in PERMISSIONS.values())


@pytest.mark.parametrize("deed", Deed)
def test_people_of_an_executor_reach_no_further_than_it(deed: Deed) -> None:
    reach = {role: scope for role, scope in PERMISSIONS[deed].items() if role in EXECUTOR_ROLES}
    assert set(reach.values()) <= {Scope.OWN_EXECUTOR}


@pytest.mark.parametrize("deed", Deed)
def test_nobody_does_to_a_card_what_they_may_not_see(deed: Deed) -> None:
    assert set(PERMISSIONS[deed]) <= set(PERMISSIONS[Deed.READ_CARDS])


def test_every_step_has_a_way_in() -> None:
    served = routes()
    for action in {row.action for rows in STEPS.values() for row in rows}:
        own = f"POST /cards/{{number}}/{action}"
        elsewhere = WITHOUT_A_ROUTE_OF_ITS_OWN.get(action)
        assert own in served or elsewhere in served, action


def test_every_action_served_is_an_action_of_the_card() -> None:
    served = {m[1] for r in routes() if (m := re.fullmatch(r"POST /cards/{number}/([\w-]+)", r))}
    others = {"open-contacts", "evidence", "requests", "survey", "recording", "hold", "open-text"}
    assert served - others <= set(Action)
    assert others <= served


def test_every_step_is_open_to_somebody_known() -> None:
    for rows in STEPS.values():
        assert all(row.by and set(row.by) <= set(Role) for row in rows)
