"""The rules of side states and kinds, without a store (art. 3, 5, 7, 8, 10, 15, 17)."""

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Applicant, Kind, ReplyChannel
from chalicelib.domain.card import Card, Result, Status
from chalicelib.domain.city import City, Urgency
from chalicelib.domain.errors import InputRefused
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.clarification import Lack, return_by
from chalicelib.regulation.complaints import kind_of_complaint, may_go_to, require_grounds
from chalicelib.regulation.control import (
    ACCEPT,
    HAS_JOINED,
    KEEPING,
    OVERDUE,
    SETTLE_JOINED,
    timers_left,
    timers_of_ending,
)
from chalicelib.regulation.forwarding import forward_by
from chalicelib.regulation.kinds import (
    flags_of,
    is_hidden_from,
    reply_channel_of,
    require_signal_taken,
)
from chalicelib.regulation.reclassification import reclassified
from chalicelib.regulation.splitting import MOST_PARTS, Part, require_parts
from tests.builders import EXECUTOR, a_card, an_appeal, local

NOW = local("Wed 2026-03-04 12:00")


@pytest.fixture(scope="module", params=["khmelnytskyi", "kryvyi-rih"])
def city(request: pytest.FixtureRequest) -> City:
    """Each city of the repository."""
    return load_city(request.param)


def a_kept_card(city: City, **changes: Any) -> Card:
    """Return a normal card of a city, under its edition, with the timers of its term."""
    timers = {OVERDUE: local("Sat 2026-03-07 00:00"), ACCEPT: NOW}
    return a_card(**({"edition": city.editions[-1].name, "timers": timers} | changes))


def under(card: Card, urgency: Urgency, city: City) -> Card:
    """Return a card under a topic of another class."""
    topic = next(topic for topic in city.topics.values() if topic.urgency is urgency)
    return reclassified(card, topic, NOW, city)


@pytest.mark.clause("K-6.1", "KR-2.12.1", "KR-2.12.2", "KR-2.12.3")
class TestReclassified:
    """2.12, 6.1 Another class has another term; what was granted stands."""

    def test_a_slower_term_counts_from_the_receipt(self, city: City) -> None:
        after = under(a_kept_card(city), Urgency.MEDIUM, city)
        days = city.edition(after.edition)["term_medium"].value
        assert (after.due_at - local("Tue 2026-03-03 00:00")).days in {days, days + 1}
        assert after.timers[OVERDUE] == after.due_at
        assert after.timers[ACCEPT] == NOW

    def test_an_emergency_counts_from_now(self, city: City) -> None:
        after = under(a_kept_card(city), Urgency.EMERGENCY, city)
        hours = (after.due_at - NOW).total_seconds() / 3600
        assert hours == {"K": 24, "KR": 23}[city.law]

    def test_a_warning_that_is_past_does_not_come_again(self, city: City) -> None:
        card = a_kept_card(city, urgency=Urgency.MEDIUM)
        after = under(card, Urgency.NORMAL, city)
        assert all(at > NOW or name in {OVERDUE, ACCEPT} for name, at in after.timers.items())

    def test_a_later_date_once_granted_stands_but_not_in_an_emergency(self, city: City) -> None:
        granted = local("Mon 2026-04-06 00:00")
        card = a_kept_card(city, extensions=1, due_at=granted, certain_late_at=granted)
        assert under(card, Urgency.MEDIUM, city).due_at == granted
        assert under(card, Urgency.EMERGENCY, city).due_at < granted

    def test_the_same_class_changes_the_topic_only(self, city: City) -> None:
        card = a_kept_card(city, flags=frozenset({"no_topic"}))
        after = under(card, Urgency.NORMAL, city)
        assert (after.due_at, after.timers, after.flags) == (card.due_at, card.timers, frozenset())


@pytest.mark.clause("LAW-5", "LAW-7")
class TestReturned:
    """Art. 5, 7. Ten days for the form, five for the facts and for another's competence."""

    def test_the_days_count_from_the_receipt(self, city: City) -> None:
        card = a_kept_card(city)
        assert return_by(card, Lack.FORM, city) == local("Fri 2026-03-13 00:00")
        assert return_by(card, Lack.DATA, city) == local("Sun 2026-03-08 00:00")
        assert forward_by(card, city) == local("Sun 2026-03-08 00:00")

    def test_asking_stops_no_timer_of_the_term(self, city: City) -> None:
        left = timers_left(a_kept_card(city), Status.CLARIFICATION)
        assert set(left) == {OVERDUE}


@pytest.mark.clause("LAW-3", "LAW-7", "LAW-15")
class TestComplaints:
    """Art. 7, 15. Whom a complaint may reach, and what a refusal has to say."""

    def test_naming_an_executor_makes_a_complaint(self) -> None:
        assert kind_of_complaint(None, "svitlo") is Kind.COMPLAINT
        assert kind_of_complaint(Kind.APPEAL, "svitlo") is Kind.COMPLAINT
        assert kind_of_complaint(Kind.SIGNAL, "svitlo") is Kind.SIGNAL
        assert kind_of_complaint(None, None) is None

    def test_anybody_else_may_get_it(self) -> None:
        complaint = an_appeal(complaint_about="svitlo")
        assert not may_go_to("svitlo", complaint)
        assert may_go_to("teplo", complaint)
        assert may_go_to(None, complaint)

    def test_a_refusal_has_both_and_nothing_else_has_any(self) -> None:
        require_grounds(Result.REFUSED, ground="Ст. 15", complain_to="Суд")
        require_grounds(Result.DONE, ground="", complain_to="")
        for result, ground, complain_to, fields in (
            (Result.REFUSED, "", "", ["ground", "complain_to"]),
            (Result.REFUSED, "Ст. 15", "", ["complain_to"]),
            (Result.EXPLAINED, "", "Суд", ["complain_to"]),
        ):
            with pytest.raises(InputRefused) as refused:
                require_grounds(result, ground=ground, complain_to=complain_to)
            assert [fault.field for fault in refused.value.faults] == fields


@pytest.mark.clause("LAW-8", "LAW-10", "LAW-18")
class TestKinds:
    """Art. 8, 10, 18. What a message is, and what its applicant asks for."""

    def test_a_city_may_bound_the_topics_of_signals_but_not_emergencies(self, city: City) -> None:
        bounded = replace(city, signal_groups=frozenset({"ZZ"}))
        by_class = {topic.urgency: topic for topic in city.topics.values()}
        require_signal_taken(Kind.SIGNAL, by_class[Urgency.EMERGENCY], bounded)
        require_signal_taken(Kind.SIGNAL, by_class[Urgency.NORMAL], city)
        require_signal_taken(Kind.APPEAL, None, bounded)
        for topic in (by_class[Urgency.NORMAL], None):
            with pytest.raises(InputRefused):
                require_signal_taken(Kind.SIGNAL, topic, bounded)
        named = replace(city, signal_groups=frozenset({by_class[Urgency.NORMAL].group_code}))
        require_signal_taken(Kind.SIGNAL, by_class[Urgency.NORMAL], named)

    def test_a_signal_is_answered_to_nobody(self) -> None:
        who = Applicant(phone="+380501112233", email="olena@example.org")
        assert reply_channel_of(Kind.SIGNAL, ReplyChannel.EMAIL, who) is ReplyChannel.NONE
        assert reply_channel_of(Kind.APPEAL, ReplyChannel.EMAIL, who) is ReplyChannel.EMAIL

    def test_who_did_not_say_where_is_answered_by_the_contacts(self) -> None:
        phone, email = "+380501112233", "olena@example.org"
        for who, channel in (
            (Applicant(phone=phone, email=email), ReplyChannel.EMAIL),
            (Applicant(phone=phone), ReplyChannel.PHONE),
            (Applicant(), ReplyChannel.NONE),
        ):
            assert reply_channel_of(Kind.APPEAL, None, who) is channel

    def test_the_queue_says_what_is_special(self) -> None:
        assert list(flags_of(an_appeal())) == []
        special = an_appeal(kind=Kind.PROPOSAL, benefit="hero", take_part=True, hide_identity=True)
        assert set(flags_of(special)) == {"proposal", "benefit", "take_part", "hidden"}

    @pytest.mark.parametrize("role", Role)
    def test_hidden_means_hidden_from_people_of_executors(self, role: Role) -> None:
        actor = Actor("x", role, executor="svitlo")
        inside = {Role.RESPONSIBLE, Role.HEAD, Role.NEXT_HEAD, Role.PERFORMER}
        assert is_hidden_from(actor, an_appeal(hide_identity=True)) is (role in inside)
        assert not is_hidden_from(EXECUTOR, an_appeal())


@pytest.mark.clause("K-3.1", "KR-2.2")
class TestSplitAndJoined:
    """3.1, 2.2 Parts are of known topics; an end of a main card is an end to settle."""

    def test_two_parts_at_least_and_not_too_many(self, city: City) -> None:
        part = Part("Яма", next(iter(city.topics)))
        require_parts([part, part], city)
        for parts in ([part], [part] * (MOST_PARTS + 1), [part, Part("Яма", "?")]):
            with pytest.raises(InputRefused):
                require_parts(parts, city)

    def test_only_a_card_that_others_are_joined_to_has_something_to_settle(
        self, city: City
    ) -> None:
        assert set(timers_of_ending(a_kept_card(city), NOW, city)) == {KEEPING}
        main = a_kept_card(city, flags=frozenset({HAS_JOINED}))
        assert timers_of_ending(main, NOW, city)[SETTLE_JOINED] == NOW
