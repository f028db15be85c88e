"""One card, whatever door it came through; in the executor's queue at once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Applicant, Channel, Kind, Place
from chalicelib.domain.card import Status
from chalicelib.domain.errors import InputRefused, TooManyRequests
from chalicelib.domain.events import EventName
from chalicelib.domain.numbers import is_registration_number, same_code
from tests.builders import a_ticket
from tests.usecases.collaborators import COORDINATOR, NOW, Centre, a_new_appeal


def refused(centre: Centre, **changes: Any) -> dict[str, str]:
    """Register what must be refused; return the code of each fault by field."""
    with pytest.raises(InputRefused) as error:
        centre.register(**changes)
    assert centre.shelf.files == {}
    return {fault.field: fault.code for fault in error.value.faults}


@pytest.mark.clause("K-3.1")
class TestCard:
    """3.1 An appeal is registered by creating an electronic card."""

    def test_it_has_a_number_of_its_own_and_a_code(self) -> None:
        centre = Centre()
        first, second = centre.register(), centre.register()
        assert is_registration_number(first.card.number)
        assert first.card.number != second.card.number
        assert not same_code(first.access_code, second.access_code)

    def test_the_year_of_the_number_is_the_citys(self) -> None:
        new_year_in_kyiv = NOW.replace(year=2026, month=12, day=31, hour=22, minute=30)
        assert Centre().register(now=new_year_in_kyiv).card.number.startswith("2027-")

    def test_the_history_begins_with_it(self) -> None:
        centre = Centre()
        file = centre.file(centre.register().card.number)
        assert [event.name for event in file.events] == [EventName.REGISTERED, EventName.SENT]
        assert [event.seq for event in file.events] == [1, 2]
        assert file.card.seq == 2

    def test_the_edition_in_force_stays_with_the_card(self) -> None:
        card = Centre().register().card
        assert card.edition == load_city("khmelnytskyi").edition_at(NOW).name


@pytest.mark.clause("K-3.3", "KR-2.2")
class TestFirstStep:
    """K 3.3 sends a card to its executor in real time; KR 2.2 lets the general office do so."""

    def test_k_sends_it_to_the_executor_of_its_topic(self) -> None:
        card = Centre().register().card
        assert (card.status, card.executor) == (Status.SENT, "svitlo")

    def test_without_a_topic_somebody_has_to_send_it(self) -> None:
        card = Centre().register(topic=None).card
        assert (card.status, card.executor) == (Status.REGISTERED, None)
        assert "no_topic" in card.flags

    def test_kr_waits_for_the_clerk_and_its_term_runs(self) -> None:
        city = load_city("kryvyi-rih")
        card = Centre(city=city).register(topic=next(iter(city.topics))).card
        assert (card.status, card.executor) == (Status.REGISTERED, None)
        assert card.timers


@pytest.mark.clause("LAW-5")
class TestKind:
    """Art. 5 wants a name; without one the message is acted on as a signal."""

    def test_a_nameless_message_is_a_signal(self) -> None:
        card = Centre().register(applicant=Applicant(phone="+380670000001")).card
        assert (card.kind, "signal" in card.flags) == (Kind.SIGNAL, True)


class TestPlace:
    """A place outside the registry is taken as typed, and flagged."""

    def test_it_is_flagged(self) -> None:
        card = Centre().register(place=Place("за гаражами")).card
        assert (card.street, "place_unknown" in card.flags) == ("за гаражами", True)

    def test_a_known_street_is_written_as_the_registry_has_it(self) -> None:
        centre = Centre()
        card = centre.register(place=Place("проскурівська", "12")).card
        assert (card.street, card.flags) == ("вулиця Проскурівська", frozenset())
        assert centre.file(card.number).appeal.place.street_id is not None


class TestRefused:
    """What cannot be is refused, and nothing is kept."""

    def test_what_no_city_has(self) -> None:
        found = refused(Centre(), topic="XX-99", complaint_about="nobody")
        assert found == {"topic": "unknown_topic", "complaint_about": "unknown_executor"}

    def test_what_has_not_come_yet(self) -> None:
        later = NOW + timedelta(seconds=1)
        found = refused(Centre(), channel=Channel.PHONE, received_at=later)
        assert found == {"received_at": "in_the_future"}

    def test_uploads_that_are_unknown_expired_or_anothers(self) -> None:
        centre = Centre()
        free = a_ticket(id="free", expires_at=NOW + timedelta(hours=1))
        for ticket in (
            free,
            replace(free, id="late", expires_at=NOW),
            replace(free, id="taken", number="2026-000001-7"),
        ):
            centre.tickets.issue(ticket, now=NOW)
        found = refused(centre, uploads=("free", "late", "taken", "none"))
        assert found == dict.fromkeys(("uploads.1", "uploads.2", "uploads.3"), "unknown_upload")

    def test_a_card_that_is_not_there_to_join(self) -> None:
        assert refused(Centre(), join="2026-000001-7") == {"join": "unknown_card"}


class TestLimits:
    """10 appeals a day of a contact; emergencies never, and staff neither."""

    def spent(self) -> Centre:
        centre = Centre(appeals_a_day=2)
        for at in range(2):
            centre.register(address=f"203.0.113.{at}")
        return centre

    def test_one_more_waits(self) -> None:
        with pytest.raises(TooManyRequests) as refused:
            self.spent().register(address="203.0.113.9")
        assert refused.value.words == "too-many-appeals"

    def test_an_emergency_does_not(self) -> None:
        assert self.spent().register(address="203.0.113.9", topic="WA-04")

    def test_a_day_later_nobody_does(self) -> None:
        later = NOW + timedelta(hours=24, seconds=1)
        assert self.spent().register(address="203.0.113.9", now=later)

    def test_what_staff_enter_is_not_counted(self) -> None:
        centre = Centre(posts_a_minute=0, appeals_a_day=0)
        assert centre.register(actor=COORDINATOR, channel=Channel.PHONE)

    def test_an_address_is_counted_by_the_minute(self) -> None:
        centre = Centre(posts_a_minute=1)
        centre.register(address="203.0.113.9")
        with pytest.raises(TooManyRequests):
            centre.register(address="203.0.113.9", applicant=a_new_appeal().applicant)
        assert centre.register(address="203.0.113.9", now=NOW + timedelta(minutes=1))
