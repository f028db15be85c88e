"""Every question understands what it should, and leads where it should."""

from datetime import timedelta

import pytest

from chalicelib.dialogue.order import FILING
from chalicelib.domain.conversation import State
from chalicelib.domain.inbound import EventKind
from tests.dialogue.chats import Chat
from tests.dialogue.machine import BEGIN
from tests.dialogue.transitions import BACK, EDGES, Edge

DRAFTS = FILING | {State.RESUME}


def at(state: State) -> Chat:
    """Return a resident before a question."""
    chat = BEGIN[state]()
    assert chat.state is state
    return chat


def test_every_state_is_come_to_and_understands_something() -> None:
    assert set(BEGIN) == set(State)
    assert {edge[0] for edge in EDGES} == set(State)
    assert {edge[3] for edge in EDGES} | {State.SAVED, State.RESUME} >= set(State) - {
        State.SENDING,
        State.DUPLICATES,
    }


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge[0]}-{edge[1]}")
def test_what_is_done_leads_where_it_should(edge: Edge) -> None:
    state, _, deed, follows = edge
    chat = at(state)
    deed(chat)
    assert chat.state is follows
    assert chat.last is not None
    assert chat.last.messages or follows in {State.SAVED, State.IDLE, State.THANKS, State.COMMIT}


@pytest.mark.parametrize("state", State)
def test_back_leads_to_the_question_before(state: State) -> None:
    chat = at(state)
    chat.say("/back")
    expected = BACK.get(state, State.IDLE)
    if state is State.SENDING:
        expected = State.IDLE if chat.session.draft is None else chat.state
    assert chat.state is expected


@pytest.mark.parametrize("state", State)
def test_cancelling_gives_up_what_is_asked(state: State) -> None:
    chat = at(state)
    had_draft = chat.session.draft is not None
    chat.say("/cancel")
    if state is State.SENDING:
        assert chat.session.draft is not None
        return
    assert chat.state is State.IDLE
    assert (chat.session.draft is not None) == (had_draft and state not in DRAFTS)


@pytest.mark.parametrize("state", State)
def test_what_nobody_understands_is_answered_and_changes_no_question(state: State) -> None:
    chat = at(state)
    done = chat.hear(chat.event(EventKind.OTHER))
    assert done.messages
    assert chat.state in {state, State.IDLE}


@pytest.mark.parametrize("state", State)
def test_a_button_of_the_past_changes_nothing(state: State) -> None:
    chat = at(state)
    before = chat.session
    done = chat.hear(chat.event(EventKind.BUTTON, message="1"))
    assert done.acknowledge
    assert (chat.state, chat.session.draft) == (before.state, before.draft)


@pytest.mark.parametrize("state", sorted(FILING - {State.SENDING}))
def test_a_draft_is_put_by_after_a_day_and_gone_after_a_week(state: State) -> None:
    chat = at(state)
    chat.pass_(hours=24)
    chat.wake()
    assert chat.state is State.SAVED
    chat.now += timedelta(days=6)
    chat.wake()
    assert (chat.state, chat.session.draft) == (State.IDLE, None)
