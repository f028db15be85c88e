"""Whatever comes in whatever state: nothing is raised, somebody is answered, a way leads out."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.dialogue.conversing import LONGEST_MESSAGE, converse
from chalicelib.dialogue.dialogue import PRESSES
from chalicelib.dialogue.effects import Refused, Register
from chalicelib.dialogue.order import FILING
from chalicelib.dialogue.places import at_point
from chalicelib.dialogue.prompts import PROMPTS, offered, prompt
from chalicelib.dialogue.timers import wake_at
from chalicelib.domain.conversation import (
    Draft,
    Known,
    Nearby,
    Neighbour,
    Session,
    State,
    Surveyed,
)
from chalicelib.domain.inbound import (
    EventKind,
    InboundEvent,
    Point,
)
from chalicelib.domain.outbound import Ask, OutboundMessage
from tests.builders import number_of
from tests.dialogue.chats import ME, NOW, TELLING, World, city_of, facts_at
from tests.dialogue.strategies import events, sessions

QUICK: Final = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
LONG: Final = settings(
    max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def require_sendable(messages: tuple[OutboundMessage, ...]) -> None:
    """Check that every messenger takes these messages."""
    for message in messages:
        assert message.text
        assert len(message.text.encode("utf-16-le")) // 2 <= LONGEST_MESSAGE
        assert message.text.count("<b>") == message.text.count("</b>")
        assert not (message.lay_off and message.rows)
        for row in message.rows:
            assert row
            for button in row:
                assert button.text.strip()
                assert button.press is None or len(button.press.data.encode()) <= 64


@QUICK
@given(sessions, events())
def test_any_event_in_any_state_is_answered(session: Session, event: InboundEvent) -> None:
    _any_event_in_any_state(session, event)


@pytest.mark.deep
@LONG
@given(sessions, events())
def test_any_event_in_any_state_is_answered_at_length(
    session: Session, event: InboundEvent
) -> None:
    _any_event_in_any_state(session, event)


def _any_event_in_any_state(session: Session, event: InboundEvent) -> None:
    world, facts = World(), facts_at()
    done = converse(session, event, facts, world)
    require_sendable(done.messages)
    after = done.session
    assert after.state in State
    assert after.state is not State.SENDING or session.state is State.SENDING
    assert after.rev == session.rev
    require_sendable((prompt(after, facts),))
    assert wake_at(after, facts.city) is None or after.heard_at is not None
    if event.kind is EventKind.BUTTON and event.press is not None and not done.silent:
        quick = done.acknowledge is not None
        assert quick or "Забагато" in str(done.messages) or "Too many" in str(done.messages)


@QUICK
@given(sessions, events(), st.sampled_from(["card-finished", "unknown_upload", "signal_not_taken"]))
def test_refusals_are_answered_too(session: Session, event: InboundEvent, code: str) -> None:
    kinds: list[type] = [Register]
    kinds += [type(effect) for effect in _effects(session, event)]
    world = World(refuse={kind: Refused(code) for kind in kinds if kind.__name__ in REFUSED})
    require_sendable(converse(session, event, facts_at(), world).messages)


REFUSED: Final = {"Register", "ReadCard", "AddToCard", "AnswerSurvey", "Subscribe"}


def _effects(session: Session, event: InboundEvent) -> list[object]:
    world = World()
    converse(session, event, facts_at(), world)
    return list(world.done)


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_question_and_a_way_out(state: State) -> None:
    assert state in PROMPTS
    session = a_session(state)
    here = [
        converse(session, _typed(word), facts_at(), World()).session
        for word in ("/cancel", "/back")
    ]
    assert all(after.state in State for after in here)
    cancelled = here[0]
    assert cancelled.state in {State.IDLE, State.SENDING} or cancelled.draft is not None


@pytest.mark.parametrize("state", State)
def test_every_button_that_a_state_offers_does_something(state: State) -> None:
    session = a_session(state)
    for press in offered(session, facts_at()):
        event = InboundEvent(ME, "1", EventKind.BUTTON, NOW, press=press, message="9")
        done = converse(session, event, facts_at(), World())
        assert done.acknowledge == "", press
        assert done.messages, press


@pytest.mark.parametrize("state", State)
def test_every_state_ends_by_itself(state: State) -> None:
    """Nobody writes any more: after a week nothing of a draft is left."""
    session = replace(a_session(state), heard_at=NOW)
    for _ in range(6):
        at = wake_at(session, city_of())
        if at is None:
            break
        event = InboundEvent(ME, "w", EventKind.WAKE, at)
        done = converse(session, event, facts_at(at), World())
        assert done.session != session
        session = done.session
    assert wake_at(session, city_of()) is None
    assert session.draft is None
    late = NOW + timedelta(days=8)
    seen = converse(session, InboundEvent(ME, "x", EventKind.OTHER, late), facts_at(late), World())
    assert seen.session.state is State.IDLE


def test_states_with_buttons_of_their_own_know_what_to_do_with_them() -> None:
    commands = {"x", "b", "new", "go", "my", "near", "lang", "help", "menu"}
    for state in State:
        own = {press.act for press in offered(a_session(state), facts_at())} - commands
        assert not own or state in PRESSES or state is State.DONE, state


def test_a_question_that_asks_the_device_has_no_other_keyboard() -> None:
    for state in State:
        asked = prompt(a_session(state), facts_at())
        assert asked.ask in Ask


def _typed(text: str) -> InboundEvent:
    return InboundEvent(ME, "1", EventKind.TEXT, NOW, text=text)


def a_session(state: State) -> Session:
    """Return a conversation that stands in a state, with what the state speaks of."""
    of_draft = state in FILING or state in {State.RESUME, State.SAVED}
    draft = Draft("d7b2" * 8, NOW, text=TELLING, topic="LI-01", query="ліхтар", page=0)
    draft = replace(draft, neighbours=(Neighbour(number_of(3), "у роботі"),), join=number_of(3))
    if state is State.PLACE_PICK:
        draft = replace(draft, typed_place="Соб")
    if state is State.PLACE_CONFIRM:
        draft = replace(draft, place=at_point(city_of(), Point(49.42, 26.98)))
    return Session(
        ME,
        state=state,
        language="uk",
        known=Known(numbers=tuple(number_of(n) for n in range(1, 9))),
        draft=draft if of_draft else None,
        viewing=number_of(7),
        survey=Surveyed(number_of(7), 1, "confirmed"),
        nearby=Nearby("vul-proskurivska", Point(49.42, 26.98)),
    )
