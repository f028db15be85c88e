"""Subscribing: asked, confirmed by the owner's link, ended by one click."""

from datetime import timedelta

import pytest

from chalicelib.cities.catalogue import available_cities, load_city
from chalicelib.domain.errors import InputRefused, NotFound, RuleRefused, TooManyRequests
from chalicelib.domain.notice import Audience, Medium, Notice
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.subscription import (
    Purpose,
    Subscription,
    named_token,
    parse_token,
    street_code,
    token_of,
)
from chalicelib.regulation.work_notices import CONFIRMATION, STANDING
from chalicelib.usecases import subscriptions
from chalicelib.usecases.subscriptions import Asked, Proved, Subscribing
from tests.usecases.collaborators import NOW, once
from tests.usecases.works_centre import WorksCentre
from tests.works import STREET

HOUR = timedelta(hours=1)
ADDRESS = "olena@example.org"


@pytest.fixture
def centre() -> WorksCentre:
    """An empty centre."""
    return WorksCentre()


def subscribe(
    centre: WorksCentre,
    *,
    street: str = "Проскурівська",
    address: str = ADDRESS,
    hours: int = 0,
    from_address: str = "",
) -> Subscription:
    """Ask to be told of a street."""
    subscribing = Subscribing(
        NOW + hours * HOUR,
        centre.city,
        centre.subscriptions,
        centre.guards,
        centre.secrets,
        centre.queues,
    )
    asked = Asked(street, Medium.EMAIL, address, "uk")
    asking: Once[Subscription] = once()
    limits = centre.limits(from_address)
    return subscriptions.subscribe(asked, subscribing, once=asking, limits=limits)


def link(centre: WorksCentre, made: Subscription, purpose: Purpose) -> str:
    """Return the token of a link as its owner gets it."""
    return token_of(made, purpose, centre.secrets.key(made.key))


def confirm(centre: WorksCentre, token: str, *, hours: int = 0) -> Subscription:
    """Use the link."""
    return subscriptions.confirm(
        token,
        once=once(),
        now=NOW + hours * HOUR,
        city=centre.city,
        subscriptions=centre.subscriptions,
        secrets=centre.secrets,
    )


def end(centre: WorksCentre, token: str) -> Proved:
    """Click once."""
    ending: Once[Proved] = Once(None, "f", NOW, lambda _: Answer(200, "{}"))
    return subscriptions.end(
        token,
        once=ending,
        now=NOW,
        city=centre.city,
        subscriptions=centre.subscriptions,
        secrets=centre.secrets,
    )


def sent(centre: WorksCentre) -> list[Notice]:
    """Return every message."""
    return centre.shelf.every_notice()


@pytest.mark.clause("K-7")
class TestSubscribing:
    """Residents hear of the works of their street, who asked and nobody else."""

    def test_it_counts_once_its_owner_has_used_the_link(self, centre: WorksCentre) -> None:
        made = subscribe(centre)
        assert centre.subscriptions.confirmed(STREET, after="", limit=9) == []
        (notice,) = sent(centre)
        assert (notice.audience, notice.to, notice.send_after) == (
            Audience.SUBSCRIBER,
            made.id,
            NOW,
        )
        assert ADDRESS not in repr(notice)
        confirm(centre, link(centre, made, Purpose.CONFIRM), hours=47)
        (confirmed,) = centre.subscriptions.confirmed(STREET, after="", limit=9)
        assert (confirmed.address, confirmed.expires_at) == (ADDRESS, None)

    def test_a_link_that_is_two_days_old_is_none(self, centre: WorksCentre) -> None:
        token = link(centre, subscribe(centre), Purpose.CONFIRM)
        with pytest.raises(NotFound):
            confirm(centre, token, hours=48)

    def test_confirming_again_is_the_same(self, centre: WorksCentre) -> None:
        token = link(centre, subscribe(centre), Purpose.CONFIRM)
        assert confirm(centre, token) == confirm(centre, token, hours=1)

    def test_one_click_ends_it_and_forgets_the_address(self, centre: WorksCentre) -> None:
        made = subscribe(centre)
        confirm(centre, link(centre, made, Purpose.CONFIRM))
        for _ in range(2):
            end(centre, link(centre, made, Purpose.OFF))
            assert centre.subscriptions.kept == {}

    def test_a_link_of_one_purpose_does_nothing_else(self, centre: WorksCentre) -> None:
        made = subscribe(centre)
        with pytest.raises(NotFound):
            end(centre, link(centre, made, Purpose.CONFIRM))
        with pytest.raises(NotFound):
            confirm(centre, link(centre, made, Purpose.OFF))

    @pytest.mark.parametrize("token", ["", "x", "a.b.c.d", "a.b.k1.d", "...", "a.b.current.d"])
    def test_a_forged_link_is_none(self, centre: WorksCentre, token: str) -> None:
        for act in (lambda: confirm(centre, token), lambda: end(centre, token)):
            with pytest.raises(NotFound):
                act()

    def test_a_changed_link_is_none(self, centre: WorksCentre) -> None:
        made = subscribe(centre)
        token = link(centre, made, Purpose.OFF)
        for changed in (
            token.replace(street_code(STREET), street_code("vul-soborna")),
            token[:-1] + "_",
        ):
            with pytest.raises(NotFound):
                end(centre, changed)
        assert centre.subscriptions.kept

    def test_a_street_that_the_registry_does_not_have_is_none(self, centre: WorksCentre) -> None:
        named = parse_token(link(centre, subscribe(centre), Purpose.OFF))
        assert named
        nowhere = named._replace(street_code=street_code("vul-nebuvala"))
        with pytest.raises(NotFound):
            end(centre, named_token(nowhere, Purpose.OFF, centre.secrets.key(named.key)))

    def test_who_asks_again_is_sent_the_link_that_ends_it(self, centre: WorksCentre) -> None:
        made = subscribe(centre)
        confirm(centre, link(centre, made, Purpose.CONFIRM))
        again = subscribe(centre, hours=1)
        assert again.confirmed_at is None  # what is answered tells nobody who is subscribed
        assert [notice.template for notice in sent(centre)] == [CONFIRMATION, STANDING]
        assert centre.subscriptions.confirmed(STREET, after="", limit=9)

    def test_asked_again_before_it_was_confirmed_both_links_work(self, centre: WorksCentre) -> None:
        first = link(centre, subscribe(centre), Purpose.CONFIRM)
        second = link(centre, subscribe(centre, hours=1), Purpose.CONFIRM)
        assert len(sent(centre)) == 2
        assert confirm(centre, first, hours=2) == confirm(centre, second, hours=2)

    def test_a_mailbox_is_not_flooded(self, centre: WorksCentre) -> None:
        for _ in range(5):
            subscribe(centre)
        with pytest.raises(TooManyRequests):
            subscribe(centre)
        subscribe(centre, address="other@example.org")

    def test_an_address_that_asks_too_often_is_refused(self) -> None:
        centre = WorksCentre(posts_a_minute=1)
        subscribe(centre, from_address="203.0.113.7")
        with pytest.raises(TooManyRequests):
            subscribe(centre, address="other@example.org", from_address="203.0.113.7")

    def test_only_a_street_of_the_registry(self, centre: WorksCentre) -> None:
        with pytest.raises(InputRefused) as refused:
            subscribe(centre, street="Небувала")
        assert refused.value.faults[0].code == "unknown_street"

    def test_a_city_without_works_has_no_subscriptions(self) -> None:
        with pytest.raises(RuleRefused) as refused:
            subscribe(WorksCentre(city=load_city("kryvyi-rih")))
        assert refused.value.clause == "KR-1.1"


@pytest.mark.parametrize("city_id", available_cities())
def test_no_two_streets_of_a_city_have_one_code(city_id: str) -> None:
    streets = load_city(city_id).streets
    assert len({street_code(street) for street in streets}) == len(streets)
