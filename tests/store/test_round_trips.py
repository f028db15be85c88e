"""What is read is what was written, to the last attribute of every noun."""

from dataclasses import MISSING, Field, fields, replace
from typing import Any

import pytest

from chalicelib.domain.appeal import Appeal, Applicant, Kind, Place, ReplyChannel, Residence
from chalicelib.domain.card import Card, Result, Status
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.evidence import Evidence, EvidenceStatus
from chalicelib.domain.executor_request import ExecutorRequest, Plan, RequestStatus
from chalicelib.domain.survey import Outcome, Survey
from tests.builders import (
    COORDINATOR,
    EXECUTOR,
    NUMBER,
    a_card,
    a_request,
    a_survey,
    an_appeal,
    an_event,
    an_evidence,
    changing,
    local,
    number_of,
    registering,
)
from tests.store.conftest import Store

FULL_CARD = a_card(
    root=number_of(7),
    status=Status.RETURNED,
    received_at=local("Mon 2026-03-02 10:15").replace(microsecond=123_456),
    registered_at=local("Mon 2026-03-02 10:16"),
    version=4,
    seq=2,
    performer="ivan",
    result=Result.DONE,
    repeat_of=number_of(7),
    repeats=(number_of(9), number_of(8)),
    repeat_no=1,
    joined_to=number_of(5),
    part_of=number_of(4),
    parts=(number_of(11), number_of(10)),
    co_executors=("voda", "teplo"),
    extensions=1,
    escalation=2,
    works=("rw-0000000000f1",),
    executor_changes=2,
    signatory="hanna",
    answered_at=local("Thu 2026-03-05 16:00"),
    requests=2,
    surveys=1,
    call_at=local("Thu 2026-03-05 10:00"),
    calls=2,
    closed_at=local("Thu 2026-03-05 17:00"),
    timers={"warn": local("Wed 2026-03-04 12:00"), "overdue": local("Sat 2026-03-07 00:00")},
    flags=frozenset({"repeat", "attention"}),
)
FULL_APPEAL = an_appeal(
    text="Перший рядок\nдругий 🙂",
    kind=Kind.COMPLAINT,
    reply_channel=ReplyChannel.POST,
    place=Place("вул. Ялинкова", "12-А", "3", "за рогом", 49.4230, 26.9871, "yalynkova"),
    applicant=Applicant(
        "Оксана",
        "+380670000001",
        "a@example.com",
        Residence("вул. Нова", "1", "2", "Село"),
        "telegram#1",
    ),
    complaint_about="svitlo",
    hide_identity=True,
    external_id="EXT-1",
    call_id="call-1",
    co_applicants=("Марія Вигадана", "Ігор Вигаданий"),
    benefit="war_veteran",
    take_part=True,
    masks=((0, 6), (13, 19)),
)
FULL_EVENT = an_event(
    by=EXECUTOR, text="Виїхали", public=False, facts={"to": "voda", "note": ""}, tell=False
)
FULL_REQUEST = a_request(
    status=RequestStatus.REFUSED,
    decided_at=local("Tue 2026-03-03 12:00"),
    decided_by=COORDINATOR.subject,
    decision_reason="Немає фото",
    to_executor="voda",
    was_due_at=local("Sat 2026-03-07 00:00"),
    new_due_at=local("Wed 2026-03-11 00:00"),
    responsible_person="Анна Відповідальна",
    plan=Plan("Програма освітлення", 2027, "Міський бюджет", "Енергоощадність"),
    level=1,
    acknowledged_at=local("Tue 2026-03-03 11:00"),
    acknowledged_by="Петро Керівник",
)
FULL_EVIDENCE = an_evidence(
    caption="Після",
    reason="note",
    taken_at=local("Wed 2026-03-04 08:00"),
    original_key="originals/1",
    public_key="evidence/1",
    warnings=("same_picture", "taken_before"),
)
FULL_SURVEY = a_survey(
    outcome=Outcome.POOR,
    score=2,
    reason="Блимає",
    answered_at=local("Thu 2026-03-05 09:00"),
    attempts=2,
)


def as_usual(of: Field[Any]) -> object:
    """Return the value that a field has when nobody gives one."""
    if of.default_factory is not MISSING:
        return of.default_factory()
    return of.default


@pytest.mark.parametrize(
    "noun",
    [
        FULL_CARD,
        FULL_APPEAL,
        FULL_APPEAL.place,
        FULL_APPEAL.applicant,
        FULL_APPEAL.applicant.residence,
        FULL_EVENT,
        FULL_REQUEST,
        FULL_EVIDENCE,
        FULL_SURVEY,
    ],
)
def test_the_nouns_of_these_tests_leave_nothing_as_usual(
    noun: Card | Appeal | Place | Applicant | Residence | Event | Evidence | Survey,
) -> None:
    unfilled = [f.name for f in fields(noun) if getattr(noun, f.name) == as_usual(f)]
    assert unfilled == [], "a new field: fill it here, and write it in the store"


@pytest.mark.parametrize(
    "card",
    [
        a_card(),
        FULL_CARD,
        a_card(executor=None, topic="", street="", building="", excerpt=""),
    ],
)
def test_a_card(store: Store, card: Card) -> None:
    store.cards.save(registering(card))
    assert store.cards.read_file(NUMBER).card == card


@pytest.mark.parametrize(
    "appeal",
    [
        an_appeal(),
        FULL_APPEAL,
        an_appeal(place=Place(""), applicant=Applicant()),
        an_appeal(applicant=Applicant(residence=Residence(""))),
        an_appeal(place=Place("Ялинкова", lat=0.0, lon=-0.5)),
    ],
)
def test_an_appeal(store: Store, appeal: Appeal) -> None:
    store.cards.save(registering(appeal=appeal))
    assert store.cards.read_file(NUMBER).appeal == appeal


def test_the_events_of_several_writes(store: Store) -> None:
    first = registering()
    before = first.card
    events = (replace(FULL_EVENT, seq=3), an_event(seq=4, name=EventName.SENT, by=COORDINATOR))
    store.cards.save(first)
    store.cards.save(replace(changing(before), card=replace(before, seq=4), events=events))
    assert store.cards.read_file(NUMBER).events == first.events + events


def test_the_sign_in_behind_an_event_is_not_kept(store: Store) -> None:
    change = registering()
    signed_in = an_event(by=replace(EXECUTOR, token_id="jti-1"))
    store.cards.save(replace(change, events=(signed_in,), card=replace(change.card, seq=1)))
    assert store.cards.read_file(NUMBER).events[0].by == EXECUTOR


def test_requests_in_the_order_of_their_numbers(store: Store) -> None:
    requests: tuple[ExecutorRequest, ...] = tuple(a_request(no=no) for no in range(1, 12))
    store.cards.save(registering(requests=requests[::-1]))
    assert store.cards.read_file(NUMBER).requests == requests


def test_a_decided_request_takes_the_place_of_the_pending_one(store: Store) -> None:
    store.cards.save(registering(requests=(a_request(),)))
    before = store.cards.read_file(NUMBER).card
    store.cards.save(changing(before, requests=(FULL_REQUEST,)))
    assert store.cards.read_file(NUMBER).requests == (FULL_REQUEST,)


def test_surveys_in_the_order_of_their_numbers(store: Store) -> None:
    surveys: tuple[Survey, ...] = (a_survey(), replace(FULL_SURVEY, no=2), a_survey(no=10))
    store.cards.save(registering(surveys=surveys[::-1]))
    assert store.cards.read_file(NUMBER).surveys == surveys


def test_evidence_in_the_order_of_uploading(store: Store) -> None:
    later = replace(FULL_EVIDENCE, id="a", uploaded_at=local("Wed 2026-03-04 09:00"))
    rejected = an_evidence(id="z", status=EvidenceStatus.REJECTED, reason="type", picture=None)
    store.cards.save(registering(evidence=(later, rejected)))
    assert store.cards.read_file(NUMBER).evidence == (rejected, later)


def test_a_history_of_many_pages(store: Store) -> None:
    store.cards.save(registering())
    text = "Дуже довгий коментар. " * 1_000
    for _ in range(40):
        change = changing(store.cards.read_file(NUMBER).card)
        told = replace(change.events[0], text=text)
        store.cards.save(replace(change, events=(told,)))
    assert [event.seq for event in store.cards.read_file(NUMBER).events] == [*range(1, 43)]
