"""The public list of planned works, with the plan that each stands in."""

import pytest

from chalicelib.domain.card import Status
from chalicelib.domain.executor_request import Plan, RequestKind, RequestStatus
from tests.builders import NUMBER, a_card, a_request, changing, registering
from tests.store.conftest import Store

PLAN = Plan("Світле місто", 2027, "бюджет", "Енергоощадність")


def planned(store: Store, plan: Plan | None = PLAN) -> None:
    """Register a card and include it in a plan."""
    store.cards.save(registering(a_card()))
    card = store.cards.read_file(NUMBER).card
    granted = a_request(kind=RequestKind.STRATEGIC_PLAN, status=RequestStatus.APPROVED, plan=plan)
    store.cards.save(changing(card, status=Status.PLANNED, requests=(granted,)))


@pytest.mark.clause("K-3.5(3)")
class TestPlannedWorks:
    """3.5(3) Inclusion into strategic plans; the list of what is included is public."""

    def test_a_planned_card_comes_with_its_plan(self, store: Store) -> None:
        planned(store)
        (found,) = store.cards.planned(limit=10, cursor=None).items
        assert (found.row.number, found.plan) == (NUMBER, PLAN)

    def test_a_plan_without_a_programme_has_none(self, store: Store) -> None:
        plan = Plan("Світле місто", 2027, "бюджет")
        planned(store, plan)
        assert store.cards.planned(limit=10, cursor=None).items[0].plan == plan

    def test_a_work_that_is_taken_up_leaves_the_list(self, store: Store) -> None:
        planned(store)
        card = store.cards.read_file(NUMBER).card
        store.cards.save(changing(card, status=Status.IN_WORK))
        assert store.cards.planned(limit=10, cursor=None).items == ()

    def test_what_was_only_asked_for_is_in_no_list(self, store: Store) -> None:
        store.cards.save(registering(a_card()))
        card = store.cards.read_file(NUMBER).card
        asked = a_request(kind=RequestKind.STRATEGIC_PLAN, plan=PLAN)
        store.cards.save(changing(card, requests=(asked,)))
        assert store.cards.planned(limit=10, cursor=None).items == ()
