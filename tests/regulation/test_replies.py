"""The rules of the written reply, where a journey would be long."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Applicant
from chalicelib.domain.card import Action, CardFile, Result, Status
from chalicelib.domain.city import City, Edition, Number, Unit
from chalicelib.domain.errors import InputRefused, RoleNotPermitted, RuleRefused
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.evidence import About, EvidenceKind, EvidenceStatus
from chalicelib.domain.people import Actor, Role
from chalicelib.domain.reply import Reply
from chalicelib.regulation import arrivals, replies
from chalicelib.regulation.control import OVERDUE, WARNINGS
from tests.builders import NUMBER, RECEIVED_AT, a_card, an_appeal, an_event, an_evidence, local

CITY: Final = load_city("kryvyi-rih")
EDITION: Final = CITY.editions[-1]
GRASS, RUIN = CITY.topics["GR-04"], CITY.topics["CD-02"]
"""A topic whose work is proved by a photo or an act, and one that needs an act."""

REPLY: Final = Reply(NUMBER, "Покошено.", RECEIVED_AT, "Ганна Горобенко")
NO_EMAIL: Final = Applicant("Оксана Вигадана", phone="+380670000001")


def a_file(*events: Event, **parts: Any) -> CardFile:
    """Return the file of a card with these events."""
    appeal = an_appeal(applicant=parts.pop("applicant", an_appeal().applicant))
    return CardFile(parts.pop("card", a_card()), appeal, events=events, **parts)


def attempt(outcome: str) -> Event:
    """Return an attempt to reach the applicant."""
    return an_event(name=EventName.CONTACT_ATTEMPTED, facts={"outcome": outcome})


def asking_attempts(value: int) -> Edition:
    """Return an edition in which the city demands so many attempts."""
    since = date(2020, 9, 7)
    number = Number("contact_attempts", value, Unit.TIME, "KR-2.11", since, "city")
    return Edition(since, {**EDITION.numbers, "contact_attempts": number})


def with_signatory_away(city: City) -> City:
    """Return a city whose first signatory is away."""
    away = replace(city.people["signatory-1"], absent=True)
    return replace(city, people={**city.people, away.id: away})


def signatory(person: str, known_as: str | None = None) -> Actor:
    """Return a signatory who has signed in."""
    return Actor(known_as or person, Role.SIGNATORY, person=person if known_as else None)


@pytest.mark.clause("KR-2.4")
class TestSignatory:
    """2.4 The reply is signed by a deputy or the managing secretary by distribution of duties."""

    @pytest.mark.parametrize("topic", CITY.topics.values(), ids=lambda topic: topic.code)
    def test_every_topic_has_its_signatory(self, topic: Any) -> None:
        found = CITY.people[replies.signatory_for(topic, None, CITY)]
        assert topic.group_code in found.topic_groups

    def test_whoever_is_away_is_replaced(self) -> None:
        city = with_signatory_away(CITY)
        assert replies.signatory_for(GRASS, None, CITY) == "signatory-1"
        assert replies.signatory_for(GRASS, None, city) == "signatory-2"

    def test_nobody_signs_out_of_turn(self) -> None:
        alone = replace(CITY.people["signatory-1"], substitute=None)
        city = replace(CITY, people={**CITY.people, alone.id: alone})
        with pytest.raises(InputRefused) as refused:
            replies.signatory_for(GRASS, "signatory-2", city)
        assert refused.value.clause == "KR-2.4"
        card = a_card(signatory="signatory-1")
        with pytest.raises(RoleNotPermitted) as not_theirs:
            replies.require_signatory(signatory("signatory-2"), card, Action.SIGN, city)
        assert not_theirs.value.clause == "KR-2.4"
        assert not replies.offered(Action.SIGN, signatory("signatory-2"), card, city)
        assert replies.offered(Action.SIGN, signatory("signatory-1"), card, city)

    def test_a_signatory_is_known_by_the_person_not_by_the_account(self) -> None:
        card = a_card(signatory="signatory-1")
        assert replies.may_sign(signatory("signatory-1", known_as="6f1c"), card, CITY)
        assert not replies.may_sign(Actor("6f1c", Role.SIGNATORY), card, CITY)

    def test_nobody_signs_what_was_not_submitted(self) -> None:
        assert not replies.may_sign(signatory("signatory-1"), a_card(), CITY)


@pytest.mark.clause("KR-2.6")
class TestPackage:
    """2.6 What the head gives for signature."""

    def test_it_has_a_result_and_a_reply(self) -> None:
        done = a_card(result=Result.DONE)
        assert replies.require_package(a_file(card=done, reply=REPLY)) == REPLY
        for file, clause in ((a_file(reply=REPLY), "KR-2.5"), (a_file(card=done), "KR-2.6")):
            with pytest.raises(RuleRefused) as refused:
                replies.require_package(file)
            assert refused.value.clause == clause


@pytest.mark.clause("KR-2.5")
class TestEvidence:
    """2.5 Photos or acts are added if they are needed for closing."""

    def test_an_act_proves_what_a_photo_proves_but_not_the_other_way(self) -> None:
        act = an_evidence(kind=EvidenceKind.ACT)
        done = a_card(result=Result.DONE)
        for item, topic in ((an_evidence(), GRASS), (act, GRASS), (act, RUIN)):
            replies.require_evidence(a_file(card=done, evidence=(item,)), REPLY, topic)
        with pytest.raises(RuleRefused) as refused:
            replies.require_evidence(a_file(card=done, evidence=(an_evidence(),)), REPLY, RUIN)
        assert refused.value.words == "act-of-execution-needed"

    @pytest.mark.parametrize(
        "item",
        [
            an_evidence(status=EvidenceStatus.PENDING),
            an_evidence(status=EvidenceStatus.REJECTED),
            an_evidence(about=About.REVIEW),
            an_evidence(kind=EvidenceKind.DOCUMENT),
        ],
    )
    def test_only_accepted_proof_of_the_work_counts(self, item: Any) -> None:
        file = a_file(card=a_card(result=Result.DONE), evidence=(item,))
        with pytest.raises(RuleRefused) as refused:
            replies.require_evidence(file, REPLY, GRASS)
        assert refused.value.clause == "KR-2.5"

    def test_an_explanation_proves_nothing_done(self) -> None:
        replies.require_evidence(a_file(card=a_card(result=Result.EXPLAINED)), REPLY, GRASS)

    def test_the_head_may_say_why_not(self) -> None:
        reasoned = replace(REPLY, without_evidence="Об'єкт під охороною, знімати заборонено")
        replies.require_evidence(a_file(card=a_card(result=Result.DONE)), reasoned, RUIN)


@pytest.mark.clause("KR-2.10", "KR-2.11")
class TestContact:
    """2.10 When the unit speaks with the applicant; 2.11 what it states if it cannot."""

    def test_an_email_and_clear_details_need_no_talk(self) -> None:
        assert not replies.contact_demanded(a_file())
        assert replies.contact_demanded(a_file(applicant=NO_EMAIL))
        unclear = an_event(name=EventName.CLARIFICATION_ASKED)
        assert replies.contact_demanded(a_file(unclear))

    def test_whoever_left_no_way_to_be_reached_is_not_waited_for(self) -> None:
        replies.require_contact(a_file(applicant=Applicant()), EDITION)

    def test_a_talk_makes_failed_attempts_nothing_to_state(self) -> None:
        assert len(replies.failed_attempts((attempt("off"), attempt("refused")))) == 2
        assert replies.failed_attempts((attempt("off"), attempt("reached"))) == ()

    def test_a_city_may_ask_for_more_attempts(self) -> None:
        file = a_file(attempt("off"), attempt("off"), applicant=NO_EMAIL)
        replies.require_contact(file, EDITION)
        replies.require_contact(file, asking_attempts(2))
        with pytest.raises(RuleRefused) as refused:
            replies.require_contact(file, asking_attempts(3))
        assert (refused.value.clause, refused.value.facts) == (
            "KR-2.11",
            {"tried": "2", "needed": "3"},
        )

    def test_but_never_for_more_than_the_term_has_days(self) -> None:
        emergency = a_card(due_at=RECEIVED_AT + timedelta(hours=23))
        assert replies.attempts_needed(emergency, asking_attempts(3)) == 1
        assert replies.attempts_needed(a_card(), asking_attempts(9)) == 4


@pytest.mark.clause("KR-2.12")
class TestTermAgain:
    """2.12 A package that came back has answered nothing: its term runs on."""

    def timers(self, at: str, *events: Event) -> set[str]:
        return set(replies.timers_again(a_file(*events), EDITION, local(at)))

    def test_only_what_is_ahead_is_waited_for(self) -> None:
        assert self.timers("Mon 2026-03-02 11:00") == {OVERDUE, *WARNINGS}
        assert self.timers("Thu 2026-03-05 11:00") == {OVERDUE, WARNINGS[1]}

    def test_a_breach_nobody_was_told_of_is_told_now_and_never_twice(self) -> None:
        late = "Mon 2026-03-09 11:00"
        due = a_card().due_at
        told = an_event(name=EventName.OVERDUE, facts={"due_at": due.isoformat()})
        before = an_event(name=EventName.OVERDUE, facts={"due_at": RECEIVED_AT.isoformat()})
        assert self.timers(late) == {OVERDUE}
        assert self.timers(late, told) == set()
        assert self.timers(late, before) == {OVERDUE}


@pytest.mark.clause("KR-2.9")
class TestPublishing:
    """2.9 The general office publishes what the unit has given."""

    def test_only_what_was_handed_over(self) -> None:
        given = replace(REPLY, handed_over_at=RECEIVED_AT)
        assert replies.require_handed_over(a_file(reply=given)) == given
        for file in (a_file(reply=REPLY), a_file(card=a_card(status=Status.JOINED))):
            with pytest.raises(RuleRefused) as refused:
                replies.require_handed_over(file)
            assert refused.value.clause == "KR-2.9"


@pytest.mark.clause("K-3.1", "KR-2.1")
@pytest.mark.parametrize(("city", "clause"), [("khmelnytskyi", "K-3.1"), ("kryvyi-rih", "KR-2.1")])
def test_one_message_is_one_card_by_the_citys_own_clause(city: str, clause: str) -> None:
    arrivals.require_first((), load_city(city))
    with pytest.raises(RuleRefused) as refused:
        arrivals.require_first(("2026-000124-5", NUMBER), load_city(city))
    assert (refused.value.clause, refused.value.facts) == (clause, {"number": NUMBER})
