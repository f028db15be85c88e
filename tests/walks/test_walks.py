"""Random walks of everybody over both cities: whatever they try, the invariants hold."""

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

import app as entry
from tests.walks.bodies import CARD_BODIES, NOT_WALKED
from tests.walks.walk import Searched, Seeded, Walk

CITIES = ("khmelnytskyi", "kryvyi-rih")


class Search(RuleBasedStateMachine):
    """Hypothesis looks for a walk that breaks an invariant."""

    city = CITIES[0]

    @initialize()
    def open_the_door(self) -> None:
        self.walk = Walk(self.city)

    def teardown(self) -> None:
        Walk.end()

    @rule(data=st.data())
    def file_an_appeal(self, data: st.DataObject) -> None:
        self.walk.file_an_appeal(Searched(data))

    @rule(data=st.data())
    def try_anything(self, data: st.DataObject) -> None:
        self.walk.try_anything(Searched(data))

    @rule(data=st.data())
    def do_what_is_offered(self, data: st.DataObject) -> None:
        self.walk.do_what_is_offered(Searched(data))

    @rule(data=st.data())
    def decide_anything(self, data: st.DataObject) -> None:
        self.walk.decide_anything(Searched(data))

    @rule(data=st.data())
    def act_as_the_applicant(self, data: st.DataObject) -> None:
        self.walk.act_as_the_applicant(Searched(data))

    @rule(data=st.data())
    def let_time_pass(self, data: st.DataObject) -> None:
        self.walk.let_time_pass(Searched(data))

    @invariant()
    def the_invariants_hold(self) -> None:
        if hasattr(self, "walk"):
            self.walk.check()


class SearchInKryvyiRih(Search):
    """The same where the other Regulation holds."""

    city = CITIES[1]


SHORT = settings(
    max_examples=15,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate,),
    derandomize=True,
)
"""The same walks each time, not shrunk: the long ones search and shrink."""

LONG = settings(
    max_examples=400,
    stateful_step_count=120,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestKhmelnytskyi = Search.TestCase
TestKhmelnytskyi.settings = SHORT
TestKryvyiRih = SearchInKryvyiRih.TestCase
TestKryvyiRih.settings = SHORT


def walked(city: str, seed: int, steps: int) -> set[str]:
    """Walk by a seed, mostly along what cards offer; return the statuses that were reached."""
    walk, draw = Walk(city), Seeded(seed)
    usual = [walk.do_what_is_offered] * 14 + [walk.act_as_the_applicant] * 2
    seldom = [walk.file_an_appeal, walk.try_anything, walk.decide_anything, walk.let_time_pass]
    for _ in range(4):
        walk.file_an_appeal(draw)
    for _ in range(steps):
        draw.one_of(usual + seldom)(draw)
        walk.check()
    walk.end()
    return walk.reached


class TestAlongWhatIsOffered:
    """Walks deep enough to reach the end of each city's route."""

    def test_khmelnytskyi_is_walked_to_confirmed_and_returned(self) -> None:
        reached = set().union(*(walked(CITIES[0], seed, 300) for seed in range(8)))
        assert {"confirmed", "returned", "planned", "unconfirmed", "joined"} <= reached

    def test_kryvyi_rih_is_walked_to_the_published_reply(self) -> None:
        reached = set().union(*(walked(CITIES[1], seed, 300) for seed in range(8)))
        assert {"reply_submitted", "reply_signed", "handed_over", "closed"} <= reached


@pytest.mark.deep
@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_more_seeds(city: str, seed: int) -> None:
    assert walked(city, seed, 600)


@pytest.mark.deep
@pytest.mark.parametrize("search", [Search, SearchInKryvyiRih])
def test_long_searches(search: type[Search]) -> None:
    """The same with many more and longer walks; a broken invariant raises."""
    run_state_machine_as_test(search, settings=LONG)
    assert LONG.max_examples == 400


def test_every_action_of_the_app_is_walked() -> None:
    prefix = "/cards/{number}/"
    actions = {
        path.removeprefix(prefix)
        for path, methods in entry.app.routes.items()
        if path.startswith(prefix) and "POST" in methods
    }
    assert actions - NOT_WALKED == set(CARD_BODIES)
