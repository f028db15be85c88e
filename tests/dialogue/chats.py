"""A resident who chats with the dialogue, and a world that does what the dialogue asks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from chalicelib.cities.catalogue import load_city
from chalicelib.dialogue import effects as e
from chalicelib.dialogue.conversing import converse
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.moves import Step
from chalicelib.dialogue.prompts import offered
from chalicelib.domain.city import City
from chalicelib.domain.conversation import KeptPhoto, Neighbour, Session, State
from chalicelib.domain.inbound import (
    EventKind,
    InboundEvent,
    InboundFile,
    Point,
    Press,
    StatedContact,
)
from tests.builders import local, number_of

ME: Final = "telegram#700100200"
NOW: Final = local("Mon 2026-03-02 10:15")
NUMBER: Final = number_of(7)
CODE: Final = "7KQ2-M9XR-4T0B-WZ1C"
TELLING: Final = "Третій день не горить ліхтар біля під'їзду"
DUE: Final = local("Sat 2026-03-07 00:00")


@lru_cache
def city_of(city_id: str = "khmelnytskyi") -> City:
    """Return a city, read once."""
    return load_city(city_id)


def phone_of(text: str) -> str | None:
    """Read a phone as simply as a test needs."""
    digits = "".join(filter(str.isdigit, text))
    return f"+{digits}" if len(digits) == 12 else f"+38{digits}" if len(digits) == 10 else None


def facts_at(now: datetime = NOW, **changes: Any) -> Facts:
    """Return the facts of an instant."""
    fields: dict[str, Any] = {
        "city": city_of(),
        "fresh_id": "d7b2" * 8,
        "phone_of": phone_of,
        "site_url": "https://centre.example",
    }
    return Facts(now, **(fields | changes))


@dataclass
class World:
    """What does the dialogue's effects; remembers them in order.

    Attributes:
        refuse: what effects of some kinds are refused with.
        neighbours: what stands at every place.
    """

    done: list[e.Effect] = field(default_factory=list)
    refuse: dict[type, e.Refused] = field(default_factory=dict)
    neighbours: tuple[Neighbour, ...] = ()
    survey: int = 0
    lost: tuple[str, ...] = ()

    def __call__(self, effect: e.Effect, session: Session) -> e.Outcome | None:
        """Do what an effect asks for."""
        self.done.append(effect)
        if type(effect) in self.refuse:
            return self.refuse[type(effect)]
        return next(self._outcomes(effect), None)

    def _outcomes(self, effect: e.Effect) -> Iterator[e.Outcome]:
        match effect:
            case e.Register(draft=draft):
                yield e.Registered(
                    NUMBER, CODE, DUE, "КП «Міськсвітло»", draft.join, is_signal=not draft.name
                )
            case e.FetchPhotos(files=files):
                kept = tuple(KeptPhoto(f"u-{file.mark}", file.mark) for file in files)
                yield e.PhotosFetched(() if self.lost else kept, self.lost)
            case e.FindNeighbours():
                yield e.NeighboursFound(self.neighbours)
            case e.ReadCard(number=number):
                yield self.card(number)
            case e.ListCards(numbers=numbers):
                yield e.CardsListed(tuple((number, "у роботі") for number in numbers))
            case _:
                yield from self._answers(effect)

    def _answers(self, effect: e.Effect) -> Iterator[e.Outcome]:
        match effect:
            case e.AddToCard(number=number):
                yield e.AddedToCard(number)
            case e.AnswerSurvey(number=number, outcome=outcome):
                repeat = "" if outcome == "confirmed" else number_of(8)
                yield e.SurveyAnswered(number, outcome, repeat)
            case e.FindWorks(streets=streets):
                yield e.WorksFound(tuple(self.work(street) for street in streets[:2]))
            case e.Subscribe(street=street):
                yield e.Subscribed(street)

    def card(self, number: str) -> e.CardSeen:
        """Return a card as its applicant sees it."""
        return e.CardSeen(
            number,
            "in_work",
            "Не горить світло",
            "вулиця Ялинкова, 12",
            NOW,
            DUE,
            survey=self.survey,
        )

    @staticmethod
    def work(street: str) -> e.WorkSeen:
        """Return a work in a street."""
        return e.WorkSeen(street, "Порив", "Знос", "Без води", NOW + timedelta(hours=3), "active")

    def of(self, kind: type) -> list[Any]:
        """Return the effects of a kind that were asked for."""
        return [effect for effect in self.done if isinstance(effect, kind)]


@dataclass
class Chat:
    """One resident's chat; what is said to them is in `heard`."""

    world: World = field(default_factory=World)
    session: Session = field(default_factory=lambda: Session(ME))
    now: datetime = NOW
    changes: dict[str, Any] = field(default_factory=dict)
    last: Step | None = None
    serial: int = 0

    @property
    def state(self) -> State:
        """Where the conversation stands."""
        return self.session.state

    @property
    def facts(self) -> Facts:
        """The facts of this instant."""
        return facts_at(self.now, **self.changes)

    @property
    def said(self) -> str:
        """What was said last, all of it."""
        return "\n".join(message.text for message in self.last.messages) if self.last else ""

    @property
    def buttons(self) -> tuple[Press, ...]:
        """What the present question offers."""
        return offered(self.session, self.facts)

    def pass_(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def event(self, kind: EventKind, **fields: Any) -> InboundEvent:
        """Return the next event."""
        self.serial += 1
        given = {"message": str(self.serial), "language": "uk", **fields}
        return InboundEvent(ME, str(self.serial), kind, self.now, **given)

    def hear(self, event: InboundEvent) -> Step:
        """Let the dialogue hear an event."""
        self.last = converse(self.session, event, self.facts, self.world)
        if not self.last.silent:
            self.session = replace(self.last.session, prompt="p")
        return self.last

    def say(self, text: str, **fields: Any) -> Step:
        """Write words."""
        return self.hear(self.event(EventKind.TEXT, text=text, **fields))

    def start(self, payload: str = "") -> Step:
        """Open the chat."""
        return self.hear(self.event(EventKind.START, text=payload))

    def photo(self, mark: str = "a", **fields: Any) -> Step:
        """Send a picture."""
        return self.hear(
            self.event(EventKind.PHOTO, files=(InboundFile(f"f-{mark}", mark),), **fields)
        )

    def share(self, lat: float, lon: float) -> Step:
        """Share a point."""
        return self.hear(self.event(EventKind.LOCATION, point=Point(lat, lon)))

    def contact(self, phone: str, *, own: bool) -> Step:
        """Share a phone."""
        return self.hear(self.event(EventKind.CONTACT, contact=StatedContact(phone, own)))

    def press(self, act: str, arg: str | None = None) -> Step:
        """Press a button that is offered, by what it does."""
        for each in self.buttons:
            if each.act == act and arg in {None, each.arg}:
                return self.tap(each)
        raise AssertionError(f"{act} {arg} is not offered in {self.state}: {self.buttons}")

    def tap(self, press: Press, **fields: Any) -> Step:
        """Press any button, offered or not."""
        return self.hear(self.event(EventKind.BUTTON, press=press, **fields))

    def wake(self) -> Step:
        """Let the clock wake the conversation."""
        return self.hear(self.event(EventKind.WAKE))


def told_until(state: State, chat: Chat | None = None) -> Chat:
    """Tell an appeal until the dialogue asks a question."""
    chat = chat or Chat()
    steps: tuple[Callable[[], object], ...] = (
        chat.start,
        lambda: chat.press("new"),
        lambda: chat.say("ліхтар"),
        lambda: chat.press("t"),
        lambda: chat.say(TELLING),
        lambda: chat.say("Проскурівська 12"),
        lambda: chat.press("yes"),
        lambda: chat.press("skip"),
        lambda: chat.say("0670000001"),
        lambda: chat.say("Олена Тестова"),
        lambda: chat.press("same"),
        lambda: chat.press("yes"),
    )
    for step in steps:
        if chat.state is state:
            return chat
        step()
    assert chat.state is state, chat.state
    return chat


def filed(chat: Chat | None = None) -> Chat:
    """File an appeal."""
    chat = told_until(State.REVIEW, chat)
    chat.press("send")
    return chat
