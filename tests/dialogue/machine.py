"""How each question of the dialogue is come to, and what residents do there.

Clauses and law decide what is asked: joining makes a card of its own, a refusal of consent is
recorded and the appeal registered (law 393/96 art. 7), the name may be left out and the home is
asked for (art. 5), a survey has one answer (K-6.2), and no place may be skipped (K-3.2).
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from chalicelib.dialogue.effects import Refused, Register
from chalicelib.domain.conversation import Neighbour, State
from chalicelib.domain.inbound import EventKind, Press
from tests.builders import number_of
from tests.dialogue.chats import NUMBER, Chat, World, filed, told_until

Deed = Callable[[Chat], object]

NEIGHBOUR: Final = Neighbour(number_of(3), "у роботі")
IN_CITY: Final = (49.4213, 26.9826)
FAR_AWAY: Final = (50.7, 25.3)


def says(text: str) -> Deed:
    """Write words."""
    return lambda chat: chat.say(text)


def presses(act: str, arg: str | None = None) -> Deed:
    """Press a button that is offered."""
    return lambda chat: chat.press(act, arg)


def shares(point: tuple[float, float]) -> Deed:
    """Share a point."""
    return lambda chat: chat.share(*point)


def photo(chat: Chat) -> object:
    """Send a picture."""
    return chat.photo("b")


def lost_photo(chat: Chat) -> object:
    """Send a picture that is too large."""
    chat.world.lost = ("too_large",)
    return chat.photo("b")


def voice(chat: Chat) -> object:
    """Send what nobody here understands."""
    return chat.hear(chat.event(EventKind.OTHER))


def under_notice(act: str) -> Deed:
    """Press a survey's button under a notice."""
    return lambda chat: chat.tap(Press(NUMBER, act, "1"), message="77")


def contact(*, own: bool) -> Deed:
    """Share a phone."""
    return lambda chat: chat.contact("+380501234567", own=own)


def refused(chat: Chat) -> object:
    """Send an appeal that is not taken."""
    chat.world.refuse[Register] = Refused("unknown_upload")
    return chat.press("send")


def after(**span: float) -> Deed:
    """Let time pass, and the clock wake the conversation."""

    def waits(chat: Chat) -> object:
        chat.pass_(**span)
        return chat.wake()

    return waits


def twice(first: Deed, second: Deed) -> Deed:
    """Do one thing and then another."""

    def both(chat: Chat) -> object:
        first(chat)
        return second(chat)

    return both


def _at(*deeds: Deed, world: World | None = None) -> Callable[[], Chat]:
    def begins() -> Chat:
        chat = Chat(world or World())
        chat.start()
        for deed in deeds:
            deed(chat)
        return chat

    return begins


def _filing(state: State, *deeds: Deed, world: World | None = None) -> Callable[[], Chat]:
    def begins() -> Chat:
        chat = told_until(state, Chat(replace(world) if world else World()))
        for deed in deeds:
            deed(chat)
        return chat

    return begins


def _done(*deeds: Deed, survey: int = 0) -> Callable[[], Chat]:
    def begins() -> Chat:
        chat = filed(Chat(World(survey=survey)))
        for deed in deeds:
            deed(chat)
        return chat

    return begins


def _sending() -> Chat:
    """A conversation whose process ended while the appeal was being sent."""
    chat = told_until(State.REVIEW)
    chat.session = replace(chat.session, state=State.SENDING)
    return chat


_crowded = World(neighbours=(NEIGHBOUR,))
_survey: Final = (presses("c"), presses("q"))

BEGIN: Final[Mapping[State, Callable[[], Chat]]] = {
    State.IDLE: _at(),
    State.RESUME: _filing(State.PLACE, says("/start")),
    State.CATEGORY: _filing(State.CATEGORY),
    State.EMERGENCY: _at(says("/new"), says("порив водопроводу"), presses("t")),
    State.DESCRIPTION: _filing(State.DESCRIPTION),
    State.PLACE: _filing(State.PLACE),
    State.PLACE_PICK: _filing(State.PLACE, says("Соб")),
    State.PLACE_CONFIRM: _filing(State.PLACE_CONFIRM),
    State.DUPLICATES: _filing(State.PLACE_CONFIRM, presses("yes"), world=_crowded),
    State.JOINED: _filing(State.PLACE_CONFIRM, presses("yes"), presses("j"), world=_crowded),
    State.PHOTOS: _filing(State.PHOTOS),
    State.CONTACT: _filing(State.CONTACT),
    State.NAME: _filing(State.NAME),
    State.HOME: _filing(State.HOME),
    State.CONSENT: _filing(State.CONSENT),
    State.REFUSED: _filing(State.CONSENT, presses("no")),
    State.REVIEW: _filing(State.REVIEW),
    State.SENDING: _sending,
    State.DONE: _done(),
    State.ADD_PHOTO: _done(presses("add")),
    State.LIST: _done(says("/my")),
    State.CARD: _done(says("/my"), presses("c"), survey=1),
    State.COMMENT: _done(says("/my"), presses("c"), presses("msg")),
    State.ASK: _done(says("/my"), *_survey, survey=1),
    State.REASON: _done(says("/my"), *_survey, presses("n"), survey=1),
    State.SHOW: _done(says("/my"), *_survey, presses("n"), presses("r"), survey=1),
    State.SCORE: _done(says("/my"), *_survey, presses("y"), survey=1),
    State.COMMIT: _done(
        says("/my"), *_survey, presses("n"), presses("r"), presses("done"), survey=1
    ),
    State.THANKS: _done(says("/my"), *_survey, presses("y"), presses("skip"), survey=1),
    State.NEAR: _done(says("/nearby")),
    State.WORKS: _done(says("/nearby"), says("Проскурівська")),
    State.SAVED: _filing(State.PLACE, after(hours=25)),
}
"""How one comes to each state."""
