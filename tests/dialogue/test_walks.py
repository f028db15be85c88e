"""Long conversations: what is offered can be pressed, and every way leads home."""

from dataclasses import replace
from random import Random
from typing import Final

import pytest

from chalicelib.domain.conversation import Session, State
from chalicelib.domain.inbound import EventKind, Press
from chalicelib.domain.outbound import OutboundMessage
from tests.builders import number_of
from tests.dialogue.chats import NUMBER, TELLING, Chat, World
from tests.dialogue.test_properties import require_sendable

WORDS: Final = (
    TELLING,
    "ліхтар",
    "Проскурівська 12",
    "Соборна",
    "ніде такої вулиці немає",
    "0670000001",
    "Олена Тестова",
    "вул. Зарічанська, 5",
    "під'їзд 2",
    "/my",
    "/new",
    "/nearby",
    "/lang",
    "/back",
    "/help",
    "/start",
    NUMBER,
    f"{number_of(9)} 7KQ2M9XR4T0BWZ1C",
    "5",
    "ок",
)
STEPS: Final = 60
AWAY: Final = frozenset({"x", "b", "menu", "help", "lang"})
"""What leads away from where one is."""


def offered_last(chat: Chat) -> list[Press]:
    """Return the buttons under the last message that had any."""
    messages: tuple[OutboundMessage, ...] = chat.last.messages if chat.last else ()
    return [each.press for m in messages[-1:] for row in m.rows for each in row if each.press]


def walk(seed: int, steps: int = STEPS) -> Chat:
    """Chat at random, pressing only what was offered last."""
    chance = Random(seed)
    chat = Chat(World(survey=chance.choice([0, 1])), changes={"events_a_minute": 10**6})
    chat.start()
    for _ in range(steps):
        before, buttons = chat.session, offered_last(chat)
        if buttons and chance.random() < 0.6:
            forward = [each for each in buttons if each.act not in AWAY]
            pressed = chance.choice(forward if forward and chance.random() < 0.9 else buttons)
            done = chat.tap(pressed)
            assert done.acknowledge == "", (before.state, pressed, done.messages)
        else:
            one_more_thing(chat, chance)
        assert chat.last is not None
        require_sendable(chat.last.messages)
        chat.session = replace(chat.session, rev=1)
        chat.pass_(minutes=chance.choice([0, 1, 30]))
    return chat


def one_more_thing(chat: Chat, chance: Random) -> None:
    """Send something that is not a button."""
    kind = chance.randrange(6)
    if kind == 0:
        chat.photo(chance.choice("abcdef"), album=chance.choice(["", "one"]))
    elif kind == 1:
        chat.share(*chance.choice([(49.4213, 26.9826), (50.7, 25.3)]))
    elif kind == 2:
        chat.contact("+380501234567", own=chance.random() < 0.5)
    elif kind == 3:
        chat.hear(chat.event(EventKind.EDITED, text=TELLING, message=str(chance.randrange(60))))
    else:
        chat.say(chance.choice(WORDS))


@pytest.mark.parametrize("seed", range(40))
def test_what_was_offered_can_be_pressed(seed: int) -> None:
    walk(seed)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(1000, 1600))
def test_what_was_offered_can_be_pressed_at_length(seed: int) -> None:
    walk(seed, 200)


@pytest.mark.parametrize("seed", range(20))
def test_cancelling_leads_home(seed: int) -> None:
    chat = walk(seed)
    for _ in range(4):
        chat.say("/cancel")
    assert chat.state is State.IDLE
    assert chat.session.draft is None or chat.session.state is State.IDLE


def test_a_forged_press_is_answered_and_changes_nothing() -> None:
    chat = Chat()
    chat.start()
    before: Session = chat.session
    done = chat.tap(Press(number_of(5), "send", "now"), message="77")
    assert done.acknowledge
    assert chat.state is before.state
    assert chat.session.draft is None
