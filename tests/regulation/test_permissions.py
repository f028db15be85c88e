"""Who sees which card: everybody of the centre all, an executor's people their own."""

from typing import Final

import pytest

from chalicelib.domain.errors import NotFound, RoleNotPermitted
from chalicelib.domain.people import EXECUTOR_ROLES, Actor, Role
from chalicelib.regulation.permissions import (
    PERMISSIONS,
    Deed,
    Scope,
    may,
    require,
    require_on,
    require_sees,
    sees,
)
from tests.builders import a_card

STAFF: Final = [role for role in Role if role not in {Role.APPLICANT, Role.SYSTEM}]
CARD: Final = a_card(executor="svitlo")


def of(role: Role, executor: str | None = "svitlo") -> Actor:
    """Return somebody of a role; people of the centre belong to no executor."""
    return Actor("someone", role, executor=executor if role in EXECUTOR_ROLES else None)


class TestSight:
    """A card that one may not see looks like no card."""

    @pytest.mark.parametrize("role", STAFF)
    def test_everybody_sees_a_card_of_their_own(self, role: Role) -> None:
        require_sees(of(role), CARD)

    @pytest.mark.parametrize("role", sorted(EXECUTOR_ROLES))
    def test_an_executors_people_see_no_other(self, role: Role) -> None:
        for card in (a_card(executor="vodokanal"), a_card(executor=None)):
            with pytest.raises(NotFound):
                require_sees(of(role), card)

    @pytest.mark.clause("K-5.2.1")
    def test_a_co_executor_sees_the_card_too(self) -> None:
        card = a_card(executor="vodokanal", co_executors=("svitlo",))
        assert sees(of(Role.RESPONSIBLE), card)

    def test_somebody_of_no_executor_sees_no_card_that_has_none(self) -> None:
        assert not sees(of(Role.RESPONSIBLE, None), a_card(executor=None))

    @pytest.mark.parametrize("role", [Role.APPLICANT, Role.SYSTEM])
    def test_who_has_no_account_sees_nothing_here(self, role: Role) -> None:
        assert not sees(Actor("x", role), CARD)


@pytest.mark.parametrize("deed", Deed)
class TestTable:
    """One table for every role and deed."""

    @pytest.mark.parametrize("role", Role)
    def test_who_is_not_in_the_table_is_refused(self, deed: Deed, role: Role) -> None:
        if role in PERMISSIONS[deed]:
            assert require(of(role), deed) is PERMISSIONS[deed][role]
            assert may(of(role), deed)
        else:
            assert not may(of(role), deed)
            with pytest.raises(RoleNotPermitted) as refused:
                require(of(role), deed)
            assert refused.value.facts["role"] == role

    def test_own_reaches_no_further_than_the_own_executor(self, deed: Deed) -> None:
        foreign = a_card(executor="vodokanal")
        for role, scope in PERMISSIONS[deed].items():
            require_on(of(role), deed, CARD)
            if scope is Scope.OWN_EXECUTOR:
                with pytest.raises(NotFound):
                    require_on(of(role), deed, foreign)
