"""Conversations: written over what was read, together with what was heard; found when due."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings

from chalicelib.domain.appeal import Place, Residence
from chalicelib.domain.conversation import (
    Draft,
    KeptPhoto,
    Known,
    Nearby,
    Neighbour,
    Outgoing,
    Pace,
    Session,
    State,
    Surveyed,
)
from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.inbound import Point, Press
from chalicelib.domain.outbound import Ask, Button, OutboundMessage
from chalicelib.store.conversations import (
    HEARD_FOR,
    KEPT_FOR,
    ConversationStore,
    _item,
    _session,
)
from chalicelib.usecases.conversation_ports import Conversations, HeardBefore
from tests.builders import NUMBER, RECEIVED_AT
from tests.dialogue.strategies import sessions
from tests.fakes.talks import FakeConversations
from tests.store.conftest import tables

ME: Final = "telegram#700100200"
SOON: Final = RECEIVED_AT + timedelta(hours=2)
WHOLE: Final = Session(
    ME,
    state=State.REVIEW,
    language="en",
    known=Known(
        "Олена",
        "+380501234567",
        phone_own=True,
        home=Residence("вулиця Ялинкова", "12"),
        consent="v1",
        places=(Place("вулиця Ялинкова", "12", lat=49.4, lon=26.9, street_id="yalynkova"),),
        numbers=(NUMBER,),
    ),
    draft=Draft(
        "d7b2" * 8,
        RECEIVED_AT,
        frozenset({State.CATEGORY, State.PLACE}),
        text="Яма\nта ще 😀",
        topic="RD-01",
        place=Place("вулиця Ялинкова", "12"),
        neighbours=(Neighbour(NUMBER, "у роботі"),),
        photos=(KeptPhoto("u1", "m1"),),
        fed=(("12", "text"),),
    ),
    viewing=NUMBER,
    listed=((NUMBER, "у роботі"),),
    survey=Surveyed(NUMBER, 2, "poor", "Знову", (KeptPhoto("u2", "m2"),)),
    nearby=Nearby("yalynkova", Point(49.4, 26.9), 1000),
    heard_at=RECEIVED_AT,
    reminded=True,
    alive=False,
    keyboard=True,
    album="140",
    prompt="24",
    pace=Pace(29, 3, RECEIVED_AT, "2026-03-02", 1, 2),
    outgoing=Outgoing(
        "u1",
        (OutboundMessage("?", ((Button("Так", Press("d7", "yes")),),), Ask.PLACE, "Місце"),),
        SOON,
        2,
    ),
)


@pytest.fixture(params=["memory", "dynamodb"])
def conversations(request: pytest.FixtureRequest) -> Conversations:
    """Empty conversations: every rule holds in memory and in DynamoDB alike."""
    if request.param == "memory":
        return FakeConversations()
    return of_tables(request)


def of_tables(request: pytest.FixtureRequest) -> ConversationStore:
    """Return conversations in the template's tables."""
    stack: Any = request.getfixturevalue("stack")
    return ConversationStore(tables(stack.name))


def save(conversations: Conversations, session: Session, **more: Any) -> Session:
    """Write a conversation."""
    fields: dict[str, Any] = {"now": RECEIVED_AT, "wake_at": None, **more}
    return conversations.save(session, **fields)


def test_a_stranger_has_an_empty_conversation(conversations: Conversations) -> None:
    assert conversations.read(ME, "u1", RECEIVED_AT) == (Session(ME), False)


def test_a_conversation_is_read_as_it_was_written(conversations: Conversations) -> None:
    saved = save(conversations, WHOLE, event_id="u1")
    assert saved == replace(WHOLE, rev=1)
    assert conversations.current(ME) == saved
    assert conversations.read(ME, "u1", RECEIVED_AT) == (saved, True)
    assert conversations.read(ME, "u2", RECEIVED_AT) == (saved, False)


def test_of_two_writers_one_wins(conversations: Conversations) -> None:
    save(conversations, WHOLE)
    with pytest.raises(ChangedMeanwhile):
        save(conversations, WHOLE, event_id="u2")
    assert not conversations.read(ME, "u2", RECEIVED_AT)[1], "nothing of the second is written"


def test_an_event_is_heard_once(conversations: Conversations) -> None:
    saved = save(conversations, WHOLE, event_id="u1")
    with pytest.raises(HeardBefore):
        save(conversations, replace(saved, state=State.IDLE), event_id="u1")
    assert conversations.current(ME) == saved


def test_the_same_id_of_another_resident_is_another_event(conversations: Conversations) -> None:
    save(conversations, WHOLE, event_id="u1")
    save(conversations, Session("viber#1"), event_id="u1")
    assert conversations.read("viber#1", "u1", RECEIVED_AT)[1]


def test_an_event_is_remembered_for_two_days_at_least(conversations: Conversations) -> None:
    assert timedelta(hours=48) < HEARD_FOR < KEPT_FOR
    saved = save(conversations, WHOLE, event_id="u1")
    last = RECEIVED_AT + HEARD_FOR - timedelta(seconds=1)
    assert conversations.read(ME, "u1", last)[1]
    assert not conversations.read(ME, "u1", RECEIVED_AT + HEARD_FOR)[1]
    save(conversations, saved, now=RECEIVED_AT + HEARD_FOR, event_id="u1")


def test_who_is_due_is_found_the_longest_waiting_first(conversations: Conversations) -> None:
    save(conversations, WHOLE, wake_at=SOON)
    save(conversations, Session("viber#1"), wake_at=RECEIVED_AT)
    save(conversations, Session("viber#2"))
    assert conversations.to_wake(RECEIVED_AT, limit=9) == [("viber#1", RECEIVED_AT)]
    assert conversations.to_wake(SOON, limit=9) == [("viber#1", RECEIVED_AT), (ME, SOON)]
    assert conversations.to_wake(SOON, limit=1) == [("viber#1", RECEIVED_AT)]


def test_who_is_due_no_more_is_not_found(conversations: Conversations) -> None:
    saved = save(conversations, WHOLE, wake_at=SOON)
    save(conversations, saved)
    assert conversations.to_wake(SOON, limit=9) == []


def test_a_conversation_of_a_version_that_we_cannot_read_begins_anew(
    request: pytest.FixtureRequest,
) -> None:
    store = of_tables(request)
    saved = store.save(WHOLE, now=RECEIVED_AT, wake_at=None)
    raw = store._conversations.get(ME)
    assert raw is not None
    raw["session"]["S"] = '{"identity": "telegram#700100200", "state": "f.unheard_of"}'
    name = store._conversations.name
    store._tables.connection.put_item(name, ME, attributes=raw)
    assert store.current(ME) == Session(ME, rev=saved.rev)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(session=sessions)
def test_every_conversation_comes_back_whole(session: Session) -> None:
    assert _session(_item(session, 5, RECEIVED_AT, None)) == replace(session, rev=5)
