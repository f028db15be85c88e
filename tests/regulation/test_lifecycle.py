"""The lifecycle table, looked at as a graph."""

import pytest

from chalicelib.domain.card import Action, Status
from chalicelib.domain.city import Law
from chalicelib.domain.errors import RoleNotPermitted, StepNotAllowed
from chalicelib.domain.people import Role
from chalicelib.regulation.lifecycle import OPEN, STEPS, actions_open_to, step

SIDE = {Status.FORWARDED, Status.NOT_CONSIDERED, Status.WITHDRAWN}
FINAL = {
    Law.K: {Status.CONFIRMED, Status.RETURNED} | SIDE,
    Law.KR: {Status.CLOSED} | SIDE,
}


@pytest.mark.parametrize("law", Law)
class TestGraph:
    """Every status can be reached, and only final ones have no way out."""

    def test_every_status_can_be_reached(self, law: Law) -> None:
        reached = {Status.REGISTERED}
        for _ in STEPS[law]:
            reached |= {row.target for row in STEPS[law] if row.source in reached}
        assert {row.source for row in STEPS[law]} <= reached

    def test_only_final_statuses_have_no_way_out(self, law: Law) -> None:
        sources = {row.source for row in STEPS[law]}
        assert {row.target for row in STEPS[law]} - sources == FINAL[law]

    def test_no_two_rows_leave_a_status_by_the_same_action(self, law: Law) -> None:
        keys = [(row.source, row.action) for row in STEPS[law]]
        assert len(keys) == len(set(keys))

    def test_every_row_names_a_clause_of_its_own_city(self, law: Law) -> None:
        assert all(row.clause.startswith((f"{law}-", "LAW-")) for row in STEPS[law])


@pytest.mark.clause("K-3.5(4)")
class TestClosing:
    """3.5(4) The card is closed on the fact of works done, at the executor's request."""

    def test_the_coordinator_closes_a_reported_card(self) -> None:
        assert step(Law.K, Status.REPORTED, Action.CLOSE, Role.COORDINATOR).target is Status.CLOSED

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
    def test_nobody_else_does(self, role: Role) -> None:
        with pytest.raises(RoleNotPermitted) as refused:
            step(Law.K, Status.REPORTED, Action.CLOSE, role)
        assert refused.value.clause == "K-3.5(4)"

    @pytest.mark.parametrize("status", sorted(OPEN - {Status.REPORTED}))
    def test_a_card_that_is_not_reported_cannot_be_closed(self, status: Status) -> None:
        with pytest.raises(StepNotAllowed):
            step(Law.K, status, Action.CLOSE, Role.COORDINATOR)


class TestActionsOffered:
    """The console offers what the table allows, no more."""

    def test_a_responsible_person_may_accept_a_card_that_was_sent(self) -> None:
        offered = actions_open_to(Law.K, Status.SENT, Role.RESPONSIBLE)
        assert offered == (Action.ACCEPT, Action.CLARIFY)

    def test_nobody_of_the_staff_may_do_anything_with_a_confirmed_card(self) -> None:
        assert all(not actions_open_to(Law.K, Status.CONFIRMED, role) for role in Role)
