"""Facts of executive discipline, each with its clause and how far a bound was passed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.card import CardFile, Result, Status
from chalicelib.domain.city import City, Law, Urgency
from chalicelib.domain.events import EventName
from chalicelib.domain.executor_request import ExecutorRequest, RequestKind, RequestStatus
from chalicelib.domain.reply import Reply
from chalicelib.regulation.discipline import Band, Fact, Finding, needs_file, of_card, of_file
from tests.builders import a_card, a_request, an_appeal, an_event, an_evidence, local

K, KR = load_city("khmelnytskyi"), load_city("kryvyi-rih")
RECEIVED_AT = local("Mon 2026-03-02 10:15")
DUE_AT, CERTAIN_AT = local("Sat 2026-03-07 00:00"), local("Tue 2026-03-10 00:00")
HOUR = timedelta(hours=1)


def a_file(city: City = K, **changes: Any) -> CardFile:
    """Return a card's file; `card` holds changes of the card."""
    facts: dict[str, Any] = {
        "edition": city.editions[0].name,
        "due_at": DUE_AT,
        "certain_late_at": CERTAIN_AT,
        "topic": "LI-01" if city is K else "HS-01",
    }
    card = a_card(**facts | changes.pop("card", {}))
    return CardFile(card, changes.pop("appeal", an_appeal()), **changes)


def found(file: CardFile, city: City = K, now: datetime = RECEIVED_AT) -> dict[Fact, Finding]:
    every = (*of_card(file.card, city, now), *of_file(file, city))
    return {finding.fact: finding for finding in every}


def extension(**changes: Any) -> ExecutorRequest:
    granted = a_request(
        kind=RequestKind.EXTENSION,
        status=RequestStatus.APPROVED,
        asked_at=RECEIVED_AT + HOUR,
        decided_at=RECEIVED_AT + 2 * HOUR,
        was_due_at=RECEIVED_AT + 23 * HOUR,
        new_due_at=local("Wed 2026-03-04 12:00"),
    )
    return replace(granted, **changes)


def a_reply(**changes: Any) -> Reply:
    reply = Reply("2026-000123-7", "Роботу виконано", RECEIVED_AT, "Ганна", signed_at=DUE_AT - HOUR)
    return replace(reply, **changes)


@pytest.mark.clause("KR-3.1", "KR-1.2", "KR-2.12", "K-6.1")
class TestLate:
    """3.1 Not keeping the terms is a breach of executive discipline."""

    def test_in_time_is_no_fact(self) -> None:
        file = a_file(card={"closed_at": DUE_AT - HOUR, "status": Status.CLOSED})
        assert found(file, now=CERTAIN_AT) == {}

    @pytest.mark.parametrize(
        ("ended_at", "band"),
        [(DUE_AT, Band.DISPUTABLE), (CERTAIN_AT - HOUR, Band.DISPUTABLE),
         (CERTAIN_AT, Band.CERTAIN)],
    )  # fmt: skip
    def test_a_delay_is_disputable_until_the_term_has_ended_by_every_reading(
        self, ended_at: datetime, band: Band
    ) -> None:
        late = found(a_file(card={"closed_at": ended_at}))[Fact.LATE]
        assert (late.band, late.at, late.clause) == (band, DUE_AT, "K-6.1")

    def test_minutes_and_begun_days_are_counted_from_the_strict_term(self) -> None:
        late = found(a_file(card={"closed_at": DUE_AT + 25 * HOUR}))[Fact.LATE]
        assert (late.over_minutes, late.over_days) == (1500, 2)

    def test_an_open_card_is_late_by_now(self) -> None:
        assert found(a_file(), now=DUE_AT + HOUR)[Fact.LATE].over_minutes == 60

    def test_handing_over_answers_the_term_not_publishing(self) -> None:
        card = {"answered_at": DUE_AT - HOUR, "closed_at": CERTAIN_AT}
        assert Fact.LATE not in found(a_file(KR, card=card), KR)

    @pytest.mark.parametrize(
        ("urgency", "number"),
        [(Urgency.NORMAL, "KR-2.12.1"), (Urgency.MEDIUM, "KR-2.12.2"),
         (Urgency.EMERGENCY, "KR-2.12.3")],
    )  # fmt: skip
    def test_each_class_has_its_clause(self, urgency: Urgency, number: str) -> None:
        card = {"urgency": urgency, "answered_at": CERTAIN_AT}
        assert found(a_file(KR, card=card), KR)[Fact.LATE].clause == number


@pytest.mark.clause("K-5.2.2")
class TestExtraControl:
    """5.2.2 After a breach of the granted control, with the next-level head's knowledge."""

    def test_a_broken_extension(self) -> None:
        file = a_file(card={"extensions": 1, "closed_at": CERTAIN_AT})
        assert found(file)[Fact.EXTRA_CONTROL_BROKEN].clause == "K-5.2.2"

    def test_asked_after_the_first_term(self) -> None:
        request = extension(asked_at=DUE_AT + HOUR, was_due_at=DUE_AT)
        fact = found(a_file(requests=(request,)))[Fact.EXTENSION_AFTER_TERM]
        assert (fact.at, fact.over_minutes) == (DUE_AT, 60)

    def test_granted_without_acknowledgement(self) -> None:
        request = extension(level=1)
        assert Fact.WITHOUT_ACKNOWLEDGEMENT in found(a_file(requests=(request,)))
        known = replace(request, acknowledged_at=RECEIVED_AT)
        assert Fact.WITHOUT_ACKNOWLEDGEMENT not in found(a_file(requests=(known,)))

    def test_a_refused_one_is_no_fact(self) -> None:
        refused = extension(status=RequestStatus.REFUSED, reason="")
        assert found(a_file(requests=(refused,))) == {}


@pytest.mark.clause("KR-2.13")
class TestEmergencyExtension:
    """2.13 Decided within 12 hours, two working days at most, with a reason and a date."""

    def emergency(self, **changes: Any) -> dict[Fact, Finding]:
        card = {"urgency": Urgency.EMERGENCY, "extensions": 0}
        return found(a_file(KR, card=card, requests=(extension(**changes),)), KR)

    def test_a_right_one_is_no_fact(self) -> None:
        assert self.emergency() == {}

    def test_decided_after_twelve_hours(self) -> None:
        fact = self.emergency(decided_at=RECEIVED_AT + 13 * HOUR)[Fact.EXTENSION_DECIDED_LATE]
        assert (fact.over_minutes, fact.clause) == (60, "KR-2.13")

    def test_longer_than_two_working_days(self) -> None:
        new_due_at = local("Fri 2026-03-06 12:00")
        assert self.emergency(new_due_at=new_due_at)[Fact.EXTENSION_TOO_LONG].over_minutes == 720

    def test_without_reason_or_date(self) -> None:
        facts = self.emergency(reason=" ", new_due_at=None)
        assert set(facts) == {Fact.EXTENSION_WITHOUT_REASON, Fact.EXTENSION_WITHOUT_DATE}


@pytest.mark.clause("K-5.1.9", "KR-2.5")
class TestEvidence:
    """5.1.9, 2.5 Execution is proved."""

    def test_done_without_proof(self) -> None:
        reported = an_event(name=EventName.REPORTED, at=RECEIVED_AT + HOUR)
        file = a_file(card={"result": Result.DONE}, events=(reported,))
        fact = found(file)[Fact.WITHOUT_EVIDENCE]
        assert (fact.clause, fact.at) == ("K-5.1.9", RECEIVED_AT + HOUR)
        proved = replace(file, evidence=(an_evidence(),))
        assert Fact.WITHOUT_EVIDENCE not in found(proved)

    def test_a_signed_reply_without_what_its_topic_needs(self) -> None:
        file = a_file(KR, card={"result": Result.DONE}, reply=a_reply())
        assert found(file, KR)[Fact.WITHOUT_EVIDENCE].clause == "KR-2.5"
        excused = replace(file, reply=a_reply(without_evidence="Робота не потребує фото"))
        assert Fact.WITHOUT_EVIDENCE not in found(excused, KR)


@pytest.mark.clause("KR-2.11")
class TestContact:
    """2.11 If the applicant cannot be reached, the reply says so."""

    def test_neither_a_talk_nor_a_note(self) -> None:
        asks = an_appeal()
        asks = replace(asks, applicant=replace(asks.applicant, email=None))
        file = a_file(KR, appeal=asks, reply=a_reply())
        assert found(file, KR)[Fact.WITHOUT_CONTACT].clause == "KR-2.11"
        noted = replace(file, reply=a_reply(statement="Телефон вимкнено"))
        assert Fact.WITHOUT_CONTACT not in found(noted, KR)
        tried = an_event(name=EventName.CONTACT_ATTEMPTED, facts={"outcome": "off"})
        assert Fact.WITHOUT_CONTACT not in found(replace(file, events=(tried,)), KR)

    def test_an_email_is_enough(self) -> None:
        assert Fact.WITHOUT_CONTACT not in found(a_file(KR, reply=a_reply()), KR)


@pytest.mark.clause("LAW-19")
def test_a_card_passed_around_is_noted() -> None:
    names = ("svitlo", "vodokanal", "svitlo")
    sent = [
        an_event(seq=n, name=EventName.SENT if n == 0 else EventName.REROUTED,
                 at=RECEIVED_AT + n * HOUR, facts={"executor": name})
        for n, name in enumerate(names)
    ]  # fmt: skip
    fact = found(a_file(events=tuple(sent)))[Fact.PING_PONG]
    assert (fact.times, fact.at) == (2, RECEIVED_AT + 2 * HOUR)
    assert found(a_file(events=tuple(sent[:2]))) == {}


@pytest.mark.clause("K-6.2")
def test_a_repeat_appeal_says_that_the_work_was_not_confirmed() -> None:
    fact = found(a_file(card={"repeat_no": 2}))[Fact.RETURNED]
    assert (fact.times, fact.clause) == (2, "K-6.2")


def test_a_file_is_read_only_for_what_the_card_does_not_tell() -> None:
    card = a_file().card
    assert not needs_file(card, Law.K)
    assert not needs_file(replace(card, result=Result.EXPLAINED), Law.K)
    assert needs_file(replace(card, result=Result.EXPLAINED), Law.KR)
    assert needs_file(replace(card, result=Result.DONE), Law.K)
    assert needs_file(replace(card, requests=1), Law.K)
    assert needs_file(replace(card, executor_changes=1), Law.K)
