"""Whatever comes in whatever state: nothing is raised, somebody is answered, a way leads out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

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
    KeptPhoto,
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
    InboundFile,
    Point,
    Press,
    StatedContact,
)
from chalicelib.domain.outbound import Ask, OutboundMessage
from tests.builders import number_of
from tests.dialogue.chats import ME, NOW, TELLING, World, city_of, facts_at

QUICK: Final = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
LONG: Final = settings(
    max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

words = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "/start",
            "/cancel",
            "/back",
            "/help",
            "/lang",
            "/my",
            "/nearby",
            "/new",
            TELLING,
            "Проскурівська 12",
            "Соборна",
            "0670000001",
            number_of(7),
            f"{number_of(7)} 7KQ2M9XR4T0BWZ1C",
            "5",
            "<b>&",
            "⬅ Назад",
            "📨 Надіслати",
            "я" * 4100,
        ]
    ),
)
marks = st.sampled_from("abcdefgh")
presses = st.builds(
    Press,
    st.sampled_from(["-", "d7b2d7b2", number_of(7), "old"]),
    st.sampled_from([*"tgpxbejyncrvq", "new", "go", "send", "qy", "qn", "lang", "sub", "unknown"]),
    st.sampled_from(["", "0", "1", "99", "LI-01", "uk", "en", "text", number_of(7)]),
)
contents: Final[dict[EventKind, st.SearchStrategy[dict[str, Any]]]] = {
    EventKind.TEXT: st.fixed_dictionaries({"text": words}),
    EventKind.START: st.fixed_dictionaries(
        {"text": st.sampled_from(["", "a_x", f"a_{number_of(7)}_7KQ2M9XR4T0BWZ1C"])}
    ),
    EventKind.PHOTO: st.fixed_dictionaries(
        {
            "files": st.tuples(st.builds(InboundFile, st.just("f"), marks)),
            "album": st.sampled_from(["", "one"]),
            "text": st.sampled_from(["", "Ось яма біля входу"]),
        }
    ),
    EventKind.LOCATION: st.fixed_dictionaries(
        {"point": st.sampled_from([Point(49.42, 26.98), Point(50.7, 25.3), Point(-90.0, 180.0)])}
    ),
    EventKind.CONTACT: st.fixed_dictionaries(
        {
            "contact": st.builds(
                StatedContact, st.sampled_from(["+380501234567", "x"]), st.booleans()
            )
        }
    ),
    EventKind.BUTTON: st.fixed_dictionaries({"press": st.one_of(st.none(), presses)}),
    EventKind.EDITED: st.fixed_dictionaries({"text": words}),
    EventKind.OTHER: st.just({}),
    EventKind.BLOCKED: st.just({}),
    EventKind.UNBLOCKED: st.just({}),
    EventKind.GROUP: st.just({}),
    EventKind.WAKE: st.just({}),
}


@st.composite
def events(draw: st.DrawFn) -> InboundEvent:
    """Draw any event."""
    kind = draw(st.sampled_from(list(contents)))
    fields = draw(contents[kind])
    message = draw(st.sampled_from(["", "1", "2", "3"]))
    return InboundEvent(ME, "1", kind, NOW, message=message, **fields)


drafts = st.builds(
    Draft,
    id=st.just("d7b2" * 8),
    started_at=st.just(NOW),
    settled=st.frozensets(st.sampled_from(sorted(FILING))),
    text=st.sampled_from(["", TELLING]),
    extra=st.sampled_from(["", "Ще й лавка зламана"]),
    query=st.sampled_from(["", "ліхтар", "нісенітниця"]),
    group=st.sampled_from(["", "all", "LI", "XX"]),
    page=st.integers(0, 9),
    topic=st.sampled_from([None, "LI-01", *list(city_of().topics)[:9]]),
    typed_place=st.sampled_from(["", "Проскурівська", "Соб", "ніде такої"]),
    neighbours=st.sampled_from([None, (), (Neighbour(number_of(3), "у роботі"),)]),
    join=st.sampled_from(["", number_of(3)]),
    photos=st.lists(st.builds(KeptPhoto, st.just("u"), marks), max_size=10).map(tuple),
    lost=st.integers(0, 3),
    phone=st.sampled_from(["", "+380501234567"]),
    name=st.sampled_from(["", "Олена Тестова"]),
    fed=st.sampled_from([(), (("1", "text"), ("2", "place"), ("3", "home"))]),
)
knowns = st.builds(
    Known,
    name=st.sampled_from(["", "Олена"]),
    numbers=st.lists(st.integers(1, 30).map(number_of), max_size=12, unique=True).map(tuple),
)
sessions = st.builds(
    Session,
    identity=st.just(ME),
    state=st.sampled_from(State),
    language=st.sampled_from(["", "uk", "en"]),
    known=knowns,
    draft=st.one_of(st.none(), drafts),
    viewing=st.sampled_from(["", number_of(7)]),
    page=st.integers(0, 3),
    survey=st.one_of(
        st.none(), st.builds(Surveyed, st.just(number_of(7)), st.just(1), st.just("confirmed"))
    ),
    nearby=st.one_of(st.none(), st.just(Nearby("vul-proskurivska")), st.just(Nearby())),
    heard_at=st.sampled_from(
        [None, NOW, NOW - timedelta(hours=3), NOW - timedelta(days=2), NOW - timedelta(days=9)]
    ),
    alive=st.booleans(),
    keyboard=st.booleans(),
    album=st.sampled_from(["", "one"]),
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
