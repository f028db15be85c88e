"""Notices written into messengers, between the lines of a conversation that they never change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.dialogue.dialogue import sound
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.prompts import prompt
from chalicelib.domain.bots import VIBER
from chalicelib.domain.city import City
from chalicelib.domain.conversation import Session
from chalicelib.domain.inbound import channel_of, press_of
from chalicelib.domain.outbound import Button, OutboundMessage, Rows
from chalicelib.usecases.conversation_ports import Conversations, Messengers
from chalicelib.usecases.ports import Guards
from chalicelib.usecases.sending_ports import ChatButton, SendingRefused

FREE_FOR: Final = timedelta(hours=24)
"""How long after somebody has written Viber charges nothing for what is written to them."""

_COUNTED_SECONDS: Final = 400 * 86_400
_MOST_ROWS: Final = 12


@dataclass(frozen=True, slots=True)
class ChatNotices:
    """Implements `usecases.sending_ports.Chat` for all messengers.

    Attributes:
        paid_a_month: how many messages the city pays for in a month, where a messenger charges.
    """

    messengers: Messengers
    conversations: Conversations
    guards: Guards
    city: City
    now: Callable[[], datetime]
    paid_a_month: int

    def send(self, identity: str, text: str, buttons: Sequence[Sequence[ChatButton]] = ()) -> str:
        """Write to `telegram#…` or `viber#…`; return the message id.

        Raises SendingRefused (a channel that is off, a month that is paid out, whatever the
        messenger refuses), SendingLater, MessengerMisused.
        """
        channel = channel_of(identity)
        messenger = self.messengers.get(channel)
        if messenger is None:
            raise SendingRefused("channel_off")
        rows = _rows(buttons)
        if channel == VIBER:
            session = self.conversations.current(identity)
            self._require_paid(session)
            rows = (*rows, *self._question(session))[:_MOST_ROWS]
        return messenger.write(identity, OutboundMessage(text, rows))

    def _require_paid(self, session: Session) -> None:
        now, heard_at = self.now(), session.heard_at
        if heard_at is not None and now < heard_at + FREE_FOR:
            return
        month = now.astimezone(self.city.calendar.zone).strftime("%Y-%m")
        bucket = f"paid-messages#{month}"
        if self.guards.count(bucket, window_seconds=_COUNTED_SECONDS, now=now) > self.paid_a_month:
            raise SendingRefused("quota")

    def _question(self, session: Session) -> Rows:
        """Return the keyboard that stands: a message without it would take it away."""
        facts = Facts(self.now(), self.city, "", lambda _: None)
        return prompt(sound(session), facts).rows


def _rows(buttons: Sequence[Sequence[ChatButton]]) -> Rows:
    rows = (tuple(filter(None, map(_button, row))) for row in buttons)
    return tuple(row for row in rows if row)


def _button(given: ChatButton) -> Button | None:
    """Return a button, None for one whose data no messenger carries."""
    if given.data is None:
        return Button(given.text, url=given.url or "") if given.url else None
    press = press_of(given.data)
    return Button(given.text, press) if press else None
