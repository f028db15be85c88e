"""Viber's callbacks, as far as we understand them, and the events that they are."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chalicelib.channels.raw_json import read_object
from chalicelib.domain.bots import VIBER
from chalicelib.domain.inbound import (
    EventKind,
    InboundEvent,
    InboundFile,
    Point,
    StatedContact,
    press_of,
)
from chalicelib.usecases.conversation_ports import Unreadable

OLDEST: Final = timedelta(hours=2)
"""Viber repeats a callback for an hour: what is older is somebody else's repetition."""

ASKED_FOR_PHONE: Final = "phone"
"""What travels with the question for a phone, and comes back with its answer."""

_START: Final = "/start"
_MOST_LETTERS: Final = 8000
_MOST_PAYLOAD: Final = 64
_LONGEST_ID: Final = 64
_PICTURES: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic")


class _Part(BaseModel):
    # Built on first use: most functions that load this hear no messenger.
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False, defer_build=True)


class Person(_Part):
    """Who wrote."""

    id: str = Field(min_length=1, max_length=_LONGEST_ID)
    language: str = ""


class Location(_Part):
    """A point."""

    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)


class Contact(_Part):
    """A phone that was shared; nobody says whose it is."""

    phone_number: str = ""


class Message(_Part):
    """A message."""

    type: str = ""
    text: str = ""
    media: str = ""
    file_name: str = ""
    size: int = 0
    location: Location | None = None
    contact: Contact | None = None
    tracking_data: str = ""


class Callback(_Part):
    """One callback."""

    event: str
    timestamp: int = 0
    message_token: int = 0
    sender: Person | None = None
    user: Person | None = None
    user_id: str = Field(default="", max_length=_LONGEST_ID)
    message: Message | None = None
    context: str = ""
    subscribed: bool = False


def callback_of(raw: bytes) -> Callback:
    """Return a callback. Raises Unreadable."""
    try:
        return Callback.model_validate(read_object(raw))
    except ValidationError as error:
        raise Unreadable from error


def is_fresh(callback: Callback, now: datetime) -> bool:
    """Tell whether a callback is no older than Viber's own repetitions."""
    sent_at = datetime.fromtimestamp(0, UTC) + timedelta(
        milliseconds=max(0, min(callback.timestamp, 2**43))
    )
    return sent_at > now - OLDEST


def event_of(callback: Callback, at: datetime) -> InboundEvent | None:
    """Return the event of a callback; None for one that we pass over."""
    event_id = f"t{callback.message_token}"
    if callback.event == "message" and callback.sender and callback.message:
        kind, content = _content(callback.message)
        language = callback.sender.language
        identity = _identity(callback.sender.id)
        return InboundEvent(identity, event_id, kind, at, language=language, **content)
    if callback.event == "subscribed" and callback.user:
        return InboundEvent(_identity(callback.user.id), event_id, EventKind.UNBLOCKED, at)
    if callback.event == "unsubscribed" and callback.user_id:
        return InboundEvent(_identity(callback.user_id), event_id, EventKind.BLOCKED, at)
    return None


def _content(message: Message) -> tuple[EventKind, dict[str, Any]]:
    if message.type == "text":
        return _words(message.text)
    if message.type == "picture" or _is_picture(message):
        content: dict[str, Any] = {"files": (_file(message),)}
        return EventKind.PHOTO, {**content, "text": message.text[:_MOST_LETTERS].strip()}
    if message.type == "location" and message.location:
        return EventKind.LOCATION, {"point": Point(message.location.lat, message.location.lon)}
    if message.type == "contact" and message.contact:
        own = message.tracking_data == ASKED_FOR_PHONE
        return EventKind.CONTACT, {"contact": StatedContact(message.contact.phone_number, own=own)}
    return EventKind.OTHER, {}


def _words(text: str) -> tuple[EventKind, dict[str, Any]]:
    """Return words, or the button whose data Viber has sent as words."""
    press = press_of(text.strip())
    if press is not None:
        return EventKind.BUTTON, {"press": press}
    first, _, rest = text.strip().partition(" ")
    if first == _START:
        return EventKind.START, {"text": rest.strip()[:_MOST_PAYLOAD]}
    return EventKind.TEXT, {"text": text[:_MOST_LETTERS].strip()}


def _is_picture(message: Message) -> bool:
    return message.type == "file" and message.file_name.lower().endswith(_PICTURES)


def _file(message: Message) -> InboundFile:
    """Return a picture; it is the same one where its address is, but for the signature."""
    path = urlsplit(message.media).path if message.media.isascii() else message.media
    mark = sha256(path.encode()).hexdigest()[:20]
    return InboundFile(message.media, mark, max(0, message.size))


def _identity(person: str) -> str:
    return f"{VIBER}#{person}"
