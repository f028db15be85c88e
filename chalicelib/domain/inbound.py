"""What a resident sends from a messenger, the same whichever messenger it is."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

_PRESS: Final = re.compile(
    r"1\|(?P<context>[A-Za-z0-9.-]{1,20})\|(?P<act>[a-z_]{1,12})(?:\|(?P<arg>[!-{}~]{0,40}))?"
)
_MOST_BYTES: Final = 64
"""The most bytes that every messenger gives back with a button."""


class EventKind(StrEnum):
    """What came in; `wake` comes from our own clock, and `group` from a chat of many."""

    TEXT = "text"
    START = "start"
    PHOTO = "photo"
    LOCATION = "location"
    CONTACT = "contact"
    BUTTON = "button"
    EDITED = "edited"
    OTHER = "other"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    GROUP = "group"
    WAKE = "wake"


@dataclass(frozen=True, slots=True)
class InboundFile:
    """A picture that lies with the messenger.

    Attributes:
        id: by what it is fetched: the messenger's id, or an address that lasts an hour.
        mark: the same for the same picture sent twice.
        size_bytes: as the messenger says; 0 when it does not.
        content_type: as the sender says; empty for a photo, which the messenger has made.
    """

    id: str
    mark: str
    size_bytes: int = 0
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, in degrees (WGS 84), with the words that came with it."""

    lat: float
    lon: float
    title: str = ""


@dataclass(frozen=True, slots=True)
class StatedContact:
    """A phone that was shared; `own` when the messenger vouches that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed; whoever sends it may have made it up.

    Attributes:
        context: what the button was about: a draft, a card, or `-`.
        act: what it does there.
        arg: with what.
    """

    context: str
    act: str
    arg: str = ""

    @property
    def data(self) -> str:
        """What travels with the button. Raises ValueError for more than messengers carry."""
        made = f"1|{self.context}|{self.act}" + (f"|{self.arg}" if self.arg else "")
        if len(made.encode()) > _MOST_BYTES or press_of(made) != self:
            raise ValueError(f"no messenger carries {made!r}")
        return made


def press_of(data: str) -> Press | None:
    """Return the press that data stand for, None for data of another shape or version."""
    found = _PRESS.fullmatch(data)
    if found is None:
        return None
    return Press(found["context"], found["act"], found["arg"] or "")


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """One thing that came from a messenger; its text is clean already.

    Attributes:
        identity: who wrote, such as `telegram#700100200`; never a name that people can change.
        id: the messenger's own id of the event, the same however often it is delivered.
        at: when it reached us; of a wake, the instant of the schedule.
        text: the words; of a start, what the link carried; of a picture, its caption.
        album: what pictures sent together share.
        message: id of the message itself; of a button, of the message that it stands under.
        reply_token: by which a press is acknowledged.
        language: code of the sender's language, as the messenger says.
    """

    identity: str
    id: str
    kind: EventKind
    at: datetime
    text: str = ""
    files: tuple[InboundFile, ...] = ()
    point: Point | None = None
    contact: StatedContact | None = None
    press: Press | None = None
    album: str = ""
    message: str = ""
    reply_token: str = ""
    language: str = ""

    @property
    def channel(self) -> str:
        """Which messenger it came from."""
        return channel_of(self.identity)


def channel_of(identity: str) -> str:
    """Return the messenger of an identity."""
    return identity.partition("#")[0]


def address_in(identity: str) -> str:
    """Return the id that the messenger itself knows an identity by."""
    return identity.partition("#")[2]
