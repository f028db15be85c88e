"""Asking by phone: who is called, at which hours, and when attempts are silence."""

from datetime import timedelta
from typing import Any, Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Appeal, Applicant, ReplyChannel, Residence
from chalicelib.domain.card import Card, Status
from chalicelib.regulation.survey_calls import (
    attempted,
    first_call,
    in_calling_hours,
    is_called,
    is_silence,
)
from tests.builders import a_card, an_appeal, local

CITY: Final = load_city("khmelnytskyi")
MONDAY: Final = local("Mon 2026-03-02 10:15")
EDITION: Final = CITY.edition_at(MONDAY)
PHONE: Final = "+380670000001"


def asked_by(channel: ReplyChannel, **applicant: Any) -> Appeal:
    """Return an appeal of somebody with these contacts."""
    home = Residence("вулиця Ялинкова", "12")
    given: dict[str, Any] = {"phone": PHONE, "residence": home} | applicant
    return an_appeal(reply_channel=channel, applicant=Applicant(name="Оксана", **given))


def a_closed_card(**changes: Any) -> Card:
    """Return a card whose survey is open."""
    return a_card(status=Status.CLOSED, edition=EDITION.name, **changes)


@pytest.mark.clause("K-6.2")
class TestWhoIsCalled:
    """6.2 The applicant is asked by phone, site or bot: on the channel that was wished."""

    def test_who_asked_for_a_call(self) -> None:
        assert is_called(asked_by(ReplyChannel.PHONE, email="o@example.com"))

    @pytest.mark.parametrize("channel", [ReplyChannel.EMAIL, ReplyChannel.SMS])
    def test_not_who_is_reached_by_a_link(self, channel: ReplyChannel) -> None:
        assert not is_called(asked_by(channel, email="o@example.com"))

    def test_who_can_only_be_written_to_on_paper(self) -> None:
        assert is_called(asked_by(ReplyChannel.POST))

    @pytest.mark.parametrize("channel", [ReplyChannel.PHONE, ReplyChannel.POST])
    def test_not_who_has_no_phone(self, channel: ReplyChannel) -> None:
        assert not is_called(asked_by(channel, phone=None))

    def test_not_who_asked_to_be_left_alone(self) -> None:
        assert not is_called(asked_by(ReplyChannel.NONE))
        alone = asked_by(ReplyChannel.NONE)
        assert first_call(alone, MONDAY, EDITION, CITY.calendar) is None


@pytest.mark.clause("K-6.2")
class TestHours:
    """Nobody is called in the morning's or the evening's rest: hours of the city."""

    @pytest.mark.parametrize(
        ("at", "called_at"),
        [
            ("Mon 2026-03-02 10:15", "Mon 2026-03-02 10:15"),
            ("Mon 2026-03-02 06:00", "Mon 2026-03-02 09:00"),
            ("Mon 2026-03-02 21:00", "Tue 2026-03-03 09:00"),
            ("Sat 2026-03-28 23:30", "Sun 2026-03-29 09:00"),
            ("Sat 2026-10-24 23:30", "Sun 2026-10-25 09:00"),
        ],
    )
    def test_a_call_waits_for_its_hours(self, at: str, called_at: str) -> None:
        assert in_calling_hours(local(at), EDITION, CITY.calendar) == local(called_at)


@pytest.mark.clause("K-6.2")
class TestAttempts:
    """Silence: so many attempts on different days and hours (a city setting)."""

    def test_the_next_one_is_on_another_day_and_at_another_hour(self) -> None:
        card, days, hours = a_closed_card(call_at=MONDAY), set(), set()
        for _ in range(3):
            assert card.call_at is not None
            called = card.call_at.astimezone(CITY.calendar.zone)
            days.add(called.date())
            hours.add(called.hour)
            card = attempted(card, card.call_at, EDITION, CITY.calendar)
        assert (len(days), len(hours)) == (3, 3)

    def test_one_made_again_within_the_hour_does_not_count(self) -> None:
        once = attempted(a_closed_card(call_at=MONDAY), MONDAY, EDITION, CITY.calendar)
        again = attempted(once, MONDAY + timedelta(minutes=5), EDITION, CITY.calendar)
        assert again == once
        assert once.calls == 1

    def test_the_first_one_counts_at_any_hour(self) -> None:
        night = local("Mon 2026-03-02 02:00")
        called = attempted(a_closed_card(call_at=MONDAY), night, EDITION, CITY.calendar)
        assert called.calls == 1
        assert called.call_at == local("Tue 2026-03-03 09:00")

    def test_whoever_was_called_unasked_is_called_again(self) -> None:
        called = attempted(a_closed_card(), MONDAY, EDITION, CITY.calendar)
        assert called.calls == 1
        assert called.call_at == local("Tue 2026-03-03 15:15")

    @pytest.mark.parametrize(("calls", "silence"), [(0, False), (2, False), (3, True), (4, True)])
    def test_the_third_is_silence(self, calls: int, silence: bool) -> None:
        assert is_silence(a_closed_card(calls=calls), EDITION) is silence
