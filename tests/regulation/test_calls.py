"""K-3.4: two warnings, then the talk ends; the number is blocked for a while, and two people hold
it longer. A block is of calls only, and never of an emergency."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.cities.catalogue import available_cities, load_city
from chalicelib.domain.appeal import Channel
from chalicelib.domain.call import Block, CallEvent, CallEventName, EndReason
from chalicelib.domain.city import City, Law, Urgency
from chalicelib.domain.errors import InputRefused, RoleNotPermitted, RuleRefused
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation import calls
from tests.builders import RECEIVED_AT as NOW

OPERATOR = Actor("operator-1", Role.OPERATOR, "Олена Операторка")
COORDINATOR = Actor("coordinator-1", Role.COORDINATOR, "Ольга Координаторка")
HOUR = timedelta(hours=1)
PHONE = "+380670000001"


@pytest.fixture(params=available_cities(), ids=str)
def city(request: pytest.FixtureRequest) -> City:
    """Each city by its own numbers."""
    return load_city(request.param)


def a_block(city: City) -> Block:
    """Return a block as an operator places it."""
    return calls.placed(PHONE, "лайка", "дзвінок c1", OPERATOR, NOW, city.edition_at(NOW))


def a_warning(call_id: str | None) -> CallEvent:
    """Return a warning given in a call."""
    return CallEvent("e1", NOW, CallEventName.WARNED, OPERATOR, PHONE, call_id)


@pytest.mark.clause("K-3.4")
class TestTheTalk:
    """If a caller uses obscene language or insults, the talk is stopped: after two warnings."""

    def test_it_is_ended_for_abuse_after_two_warnings(self, city: City) -> None:
        edition = city.edition_at(NOW)
        for warnings in (0, 1):
            with pytest.raises(RuleRefused) as refused:
                calls.require_may_end(EndReason.ABUSE, warnings, edition)
            assert refused.value.clause == ("K-3.4" if city.law is Law.K else "LAW-7")
        calls.require_may_end(EndReason.ABUSE, 2, edition)

    def test_a_silent_line_or_a_wrong_number_needs_no_warning(self, city: City) -> None:
        for reason in (EndReason.SILENT_LINE, EndReason.WRONG_NUMBER):
            calls.require_may_end(reason, 0, city.edition_at(NOW))

    def test_warnings_of_another_call_do_not_count(self) -> None:
        events = [a_warning("c1"), a_warning("c2"), a_warning("c1")]
        assert calls.warnings_of(events, "c1") == 2
        assert calls.warnings_of(events, None) == 3
        others = [replace(a_warning("c1"), name=CallEventName.CONSULTED)]
        assert calls.warnings_of(others, "c1") == 0


@pytest.mark.clause("K-3.4")
class TestTheBlock:
    """Intake from the number is blocked by technical means: at once, and not for long."""

    def test_it_acts_at_once_for_an_hour(self, city: City) -> None:
        block = a_block(city)
        assert block.until == NOW + HOUR
        assert block.stands(NOW)
        assert not block.stands(NOW + HOUR)

    def test_an_executor_places_none(self, city: City) -> None:
        actor = Actor("x", Role.RESPONSIBLE, executor="svitlo")
        with pytest.raises(RoleNotPermitted):
            calls.placed(PHONE, "лайка", "c1", actor, NOW, city.edition_at(NOW))

    def test_a_coordinator_confirms_it_for_hours_from_now(self, city: City) -> None:
        at, edition = NOW + HOUR / 2, city.edition_at(NOW)
        until = calls.confirmed_until(a_block(city), 24, COORDINATOR, at, edition)
        assert until == at + 24 * HOUR

    def test_who_placed_it_does_not_confirm_it(self, city: City) -> None:
        block = replace(a_block(city), placed_by=COORDINATOR)
        with pytest.raises(RoleNotPermitted) as refused:
            calls.confirmed_until(block, 24, COORDINATOR, NOW, city.edition_at(NOW))
        assert refused.value.words == "own-block"

    def test_an_operator_confirms_none(self, city: City) -> None:
        with pytest.raises(RoleNotPermitted):
            calls.confirmed_until(a_block(city), 24, OPERATOR, NOW, city.edition_at(NOW))

    def test_what_has_lapsed_is_not_confirmed(self, city: City) -> None:
        with pytest.raises(RuleRefused):
            calls.confirmed_until(a_block(city), 24, COORDINATOR, NOW + HOUR, city.edition_at(NOW))

    def test_it_is_confirmed_for_a_month_at_most(self, city: City) -> None:
        edition = city.edition_at(NOW)
        calls.confirmed_until(a_block(city), 720, COORDINATOR, NOW, edition)
        with pytest.raises(InputRefused):
            calls.confirmed_until(a_block(city), 721, COORDINATOR, NOW, edition)

    def test_an_operator_lifts_only_what_nobody_has_confirmed(self, city: City) -> None:
        edition = city.edition_at(NOW)
        confirmed = replace(a_block(city), confirmed_at=NOW)
        calls.require_may_lift(a_block(city), OPERATOR, NOW, edition)
        calls.require_may_lift(confirmed, COORDINATOR, NOW, edition)
        with pytest.raises(RoleNotPermitted):
            calls.require_may_lift(confirmed, OPERATOR, NOW, edition)
        with pytest.raises(RuleRefused):
            calls.require_may_lift(confirmed, COORDINATOR, NOW + HOUR, edition)

    def test_only_calls_are_blocked_and_no_emergency(self) -> None:
        asked = {
            (channel, urgency)
            for channel in Channel
            for urgency in Urgency
            if calls.asks_of_block(channel, urgency)
        }
        assert asked == {(Channel.PHONE, Urgency.NORMAL), (Channel.PHONE, Urgency.MEDIUM)}

    def test_a_lapsed_or_lifted_one_stands_in_nobodys_way(self, city: City) -> None:
        block = a_block(city)
        calls.require_taken(None, NOW, city)
        calls.require_taken(block, NOW + HOUR, city)
        calls.require_taken(replace(block, lifted_at=NOW), NOW, city)
        with pytest.raises(RuleRefused) as refused:
            calls.require_taken(block, NOW, city)
        assert refused.value.facts["reason"] == "лайка"


@pytest.mark.clause("K-3.5(5)")
class TestRecording:
    """Calls may be recorded: they are not, until the city says so, and not for ever."""

    def test_it_is_off_in_every_city_given(self, city: City) -> None:
        assert calls.recording_kept_until(NOW, city) is None

    def test_where_it_is_on_recordings_have_an_end(self) -> None:
        city = load_city("khmelnytskyi")
        on = replace(city, features=city.features | {calls.RECORDING})
        assert calls.recording_kept_until(NOW, on) == NOW + timedelta(days=90)
