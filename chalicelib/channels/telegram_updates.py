"""Telegram's updates, as far as we understand them, and the events that they are.

Every field that we do not name is passed over, so that a newer server breaks nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chalicelib.channels.raw_json import read_object
from chalicelib.domain.bots import TELEGRAM
from chalicelib.domain.inbound import (
    EventKind,
    InboundEvent,
    InboundFile,
    Point,
    StatedContact,
    press_of,
)
from chalicelib.usecases.conversation_ports import Unreadable

_PRIVATE: Final = "private"
_START: Final = "/start"
_MOST_LETTERS: Final = 8000
_MOST_PAYLOAD: Final = 64
_BLOCKED: Final = "kicked"


class _Part(BaseModel):
    # Built on first use: most functions that load this hear no messenger.
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False, defer_build=True)


class User(_Part):
    """Who wrote."""

    id: int
    is_bot: bool = False
    language_code: str = ""


class Chat(_Part):
    """Where it was written."""

    id: int
    type: str


class PhotoSize(_Part):
    """One size of a picture; the last one listed is the largest."""

    file_id: str
    file_unique_id: str
    file_size: int = 0


class Document(_Part):
    """A file that was sent as one."""

    file_id: str
    file_unique_id: str
    file_size: int = 0
    mime_type: str = ""


class Contact(_Part):
    """A phone that was shared."""

    phone_number: str
    user_id: int | None = None


class Location(_Part):
    """A point."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)


class Venue(_Part):
    """A point with a name."""

    location: Location
    title: str = ""
    address: str = ""


class WebAppData(_Part):
    """What a page within Telegram has sent; nobody has signed it."""

    data: str = ""


class Message(_Part):
    """A message."""

    message_id: int
    chat: Chat
    sender: User | None = Field(default=None, alias="from")
    text: str = ""
    caption: str = ""
    media_group_id: str = ""
    photo: list[PhotoSize] = Field(default_factory=list)
    document: Document | None = None
    contact: Contact | None = None
    location: Location | None = None
    venue: Venue | None = None
    web_app_data: WebAppData | None = None
    forward_origin: Any = None


class OwnMessage(_Part):
    """A message of ours under which a button was pressed; it may be out of our reach."""

    message_id: int
    chat: Chat


class CallbackQuery(_Part):
    """A button was pressed."""

    id: str
    sender: User = Field(alias="from")
    message: OwnMessage | None = None
    data: str = ""


class Member(_Part):
    """What somebody is in a chat."""

    status: str


class ChatMemberUpdated(_Part):
    """Our own place in a chat has changed."""

    chat: Chat
    new_chat_member: Member


class Update(_Part):
    """One update; all but one of its parts are missing."""

    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: ChatMemberUpdated | None = None


def event_of(raw: bytes, at: datetime) -> InboundEvent | None:
    """Return the event of an update; None for one that we pass over.

    Raises Unreadable for what is no update.
    """
    try:
        update = Update.model_validate(read_object(raw))
    except ValidationError as error:
        raise Unreadable from error
    event_id = f"u{update.update_id}"
    if update.message is not None:
        return _written(update.message, event_id, at)
    if update.edited_message is not None:
        return _edited(update.edited_message, event_id, at)
    if update.callback_query is not None:
        return _pressed(update.callback_query, event_id, at)
    if update.my_chat_member is not None:
        return _member(update.my_chat_member, event_id, at)
    return None


def _written(message: Message, event_id: str, at: datetime) -> InboundEvent | None:
    if message.sender is None or message.sender.is_bot:
        return None
    content: dict[str, Any] = {}
    kind = EventKind.GROUP
    if message.chat.type == _PRIVATE:
        kind, content = _content(message)
    return InboundEvent(
        identity=_identity(message.chat),
        id=event_id,
        kind=kind,
        at=at,
        message=str(message.message_id),
        language=message.sender.language_code,
        **content,
    )


def _content(message: Message) -> tuple[EventKind, dict[str, Any]]:
    """Return what a message is, and the fields of the event that say it."""
    if message.text:
        return _words(message.text)
    files = tuple(_files(message))
    if files:
        caption = message.caption[:_MOST_LETTERS].strip()
        content = {"files": files, "text": caption, "album": message.media_group_id}
        return EventKind.PHOTO, content
    point = _point(message)
    if point is not None:
        return EventKind.LOCATION, {"point": point}
    if message.contact is not None:
        return EventKind.CONTACT, {"contact": _contact(message, message.contact)}
    return EventKind.OTHER, {}


def _words(text: str) -> tuple[EventKind, dict[str, Any]]:
    first, _, rest = text.strip().partition(" ")
    if first.partition("@")[0] == _START:
        return EventKind.START, {"text": rest.strip()[:_MOST_PAYLOAD]}
    return EventKind.TEXT, {"text": text[:_MOST_LETTERS].strip()}


def _files(message: Message) -> Sequence[InboundFile]:
    if message.photo:
        largest = message.photo[-1]
        return [InboundFile(largest.file_id, largest.file_unique_id, largest.file_size)]
    document = message.document
    if document is None or not document.mime_type.startswith("image/"):
        return []
    marked = (document.file_id, document.file_unique_id, document.file_size)
    return [InboundFile(*marked, content_type=document.mime_type)]


def _point(message: Message) -> Point | None:
    if message.venue is not None:
        venue = message.venue
        words = ", ".join(filter(None, (venue.title, venue.address)))
        return Point(venue.location.latitude, venue.location.longitude, words[:500])
    if message.location is not None:
        return Point(message.location.latitude, message.location.longitude)
    if message.web_app_data is not None:
        return _chosen_on_map(message.web_app_data.data)
    return None


def _chosen_on_map(data: str) -> Point | None:
    try:
        found = read_object(data.encode())
        at = Location(latitude=found["lat"], longitude=found["lon"])
    except (Unreadable, KeyError, ValidationError):
        return None
    return Point(at.latitude, at.longitude)


def _contact(message: Message, contact: Contact) -> StatedContact:
    """Return a phone; it is the sender's own where Telegram itself says so."""
    sender = message.sender
    same = sender is not None and contact.user_id == sender.id
    return StatedContact(contact.phone_number, own=same and message.forward_origin is None)


def _edited(message: Message, event_id: str, at: datetime) -> InboundEvent | None:
    words = (message.text or message.caption)[:_MOST_LETTERS].strip()
    if message.chat.type != _PRIVATE or not words:
        return None
    written = str(message.message_id)
    return InboundEvent(
        _identity(message.chat), event_id, EventKind.EDITED, at, text=words, message=written
    )


def _pressed(query: CallbackQuery, event_id: str, at: datetime) -> InboundEvent | None:
    if query.message is None or query.message.chat.type != _PRIVATE:
        return None
    return InboundEvent(
        identity=_identity(query.message.chat),
        id=event_id,
        kind=EventKind.BUTTON,
        at=at,
        press=press_of(query.data),
        message=str(query.message.message_id),
        reply_token=query.id,
        language=query.sender.language_code,
    )


def _member(changed: ChatMemberUpdated, event_id: str, at: datetime) -> InboundEvent | None:
    if changed.chat.type != _PRIVATE:
        return None
    blocked = changed.new_chat_member.status == _BLOCKED
    kind = EventKind.BLOCKED if blocked else EventKind.UNBLOCKED
    return InboundEvent(_identity(changed.chat), event_id, kind, at)


def _identity(chat: Chat) -> str:
    return f"{TELEGRAM}#{chat.id}"
