"""A resident who writes to the bot of a city on moto: only the messenger itself is a fake."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any, Final

import app as entry
from chalicelib import wiring
from chalicelib.domain.bots import TELEGRAM
from chalicelib.domain.conversation import Session
from chalicelib.domain.inbound import EventKind, InboundEvent, InboundFile, Press
from chalicelib.gateways.conversation_queue import body_of
from tests.crash.flows import Unanswered
from tests.door import Door
from tests.fakes.talks import FakeMessenger
from tests.requests import a_photo

ME: Final = "telegram#700100200"
TELLING: Final = "Третій день не горить ліхтар біля під'їзду"
_IDS: Final = count(1)


@dataclass
class Talker:
    """Somebody with the bot before them."""

    door: Door
    identity: str = ME
    messenger: FakeMessenger = field(default_factory=FakeMessenger)

    def __post_init__(self) -> None:
        """Stand between the city's worker and the messenger."""
        self.messenger.files["photo"] = a_photo()
        talks = replace(self.door.centre.talks, messengers={TELEGRAM: self.messenger})
        self.door.centre = replace(self.door.centre, talks_of=lambda: talks)
        wiring.use(self.door.centre)

    @property
    def session(self) -> Session:
        """Where the conversation stands."""
        return self.door.centre.talks.conversations.current(self.identity)

    def event(self, kind: EventKind, **content: Any) -> InboundEvent:
        """Return what comes next."""
        serial = next(_IDS)
        at, message = self.door.clock(), str(serial)
        return InboundEvent(
            self.identity, f"u{serial}", kind, at, message=message, language="uk", **content
        )

    def typed(self, text: str) -> InboundEvent:
        """Return words."""
        return self.event(EventKind.TEXT, text=text)

    def pressed(self, words: str) -> InboundEvent:
        """Return a press of the last message's button whose words hold these."""
        return self.event(EventKind.BUTTON, press=self._button(words), reply_token="r")

    def picture(self) -> InboundEvent:
        """Return a picture."""
        return self.event(EventKind.PHOTO, files=(InboundFile("photo", "photo"),))

    def hear(self, *events: InboundEvent, tries: int = 1) -> None:
        """Let the worker hear events as the queue brings them.

        Raises Unanswered while they are to be brought again, or an answer still waits to be sent.
        """
        records = [record_of(event, tries) for event in events]
        if entry.converse({"Records": records}, None)["batchItemFailures"]:
            raise Unanswered("brought again")
        if self.session.outgoing.messages:
            raise Unanswered("not said yet")

    def say(self, text: str) -> None:
        """Write words."""
        self.hear(self.typed(text))

    def press(self, words: str) -> None:
        """Press a button."""
        self.hear(self.pressed(words))

    def tell(self, *, photo: bool = True) -> None:
        """Tell an appeal up to its review."""
        self.say("/start")
        self.press("Подати")
        self.say("ліхтар")
        self.press("освітлення")
        self.say(TELLING)
        self.say("Проскурівська 12")
        self.press("Так")
        if photo:
            self.hear(self.picture())
        self.press("Готово" if photo else "Без фото")
        self.say("0501234567")
        self.say("Олена Тестова")
        self.press("Там само")
        self.press("Згоден")

    def file(self) -> str:
        """File an appeal; return its number."""
        self.tell(photo=False)
        self.press("Надіслати")
        return self.session.viewing

    def asked(self, event: InboundEvent) -> Callable[[], object]:
        """Return what brings an event until it is heard."""
        return partial(self.hear, event)

    def _button(self, words: str) -> Press:
        for row in self.messenger.written[-1][1].rows:
            for button in row:
                if words in button.text and button.press is not None:
                    return button.press
        raise LookupError(words)


def record_of(event: InboundEvent, tries: int = 1) -> dict[str, Any]:
    """Return the message of the queue that brings an event."""
    return {
        "messageId": event.id,
        "receiptHandle": event.id,
        "body": body_of(event),
        "attributes": {
            "MessageGroupId": event.identity,
            "ApproximateReceiveCount": str(tries),
        },
    }
