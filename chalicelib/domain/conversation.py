"""A conversation with a resident in a messenger: where it stands and what it has heard so far."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.appeal import Place, Residence
from chalicelib.domain.inbound import Point, channel_of
from chalicelib.domain.outbound import OutboundMessage


class State(StrEnum):
    """What was asked last: `f` files an appeal, `s` shows cards, `q` is a survey, `n` is nearby."""

    IDLE = "idle"
    RESUME = "f.resume"
    CATEGORY = "f.category"
    EMERGENCY = "f.emergency"
    DESCRIPTION = "f.description"
    PLACE = "f.place"
    PLACE_PICK = "f.place_pick"
    PLACE_CONFIRM = "f.place_confirm"
    DUPLICATES = "f.duplicates"
    JOINED = "f.joined"
    PHOTOS = "f.photos"
    CONTACT = "f.contact"
    NAME = "f.name"
    HOME = "f.home"
    CONSENT = "f.consent"
    REFUSED = "f.refused"
    REVIEW = "f.review"
    SENDING = "f.sending"
    DONE = "f.done"
    ADD_PHOTO = "f.addphoto"
    LIST = "s.list"
    CARD = "s.card"
    COMMENT = "s.comment"
    ASK = "q.ask"
    REASON = "q.reason"
    SHOW = "q.photo"
    COMMIT = "q.commit"
    SCORE = "q.score"
    THANKS = "q.thanks"
    NEAR = "n.place"
    WORKS = "n.list"
    SAVED = "draft.saved"


@dataclass(frozen=True, slots=True)
class Known:
    """What a resident has told before and need not tell again.

    Attributes:
        phone_own: whether the messenger vouches that the phone is theirs.
        consent: which words on personal data they have agreed to.
        places: the places of their last appeals, the latest first.
        numbers: cards that are theirs, or whose code they have, the latest first.
    """

    name: str = ""
    phone: str = ""
    phone_own: bool = False
    home: Residence | None = None
    consent: str = ""
    places: tuple[Place, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An open card of the same topic at the same place, in public words."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A picture that lies in the evidence bucket; `mark` is the same for one sent twice."""

    upload_id: str
    mark: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An appeal that is being told.

    Attributes:
        settled: the questions that need not be asked any more.
        extra: words that came unasked and wait for a yes or no.
        query, group, page: what the list of topics shows.
        topic: code; None also for one that is not in the list, once the question is settled.
        typed_place: an address as it was typed, until it is known which one is meant.
        neighbours: None until they were looked for.
        join: number of the card to join; empty for one's own.
        lost: how many pictures could not be fetched.
        fed: by the id of a message, which field its words went to.
    """

    id: str
    started_at: datetime
    settled: frozenset[State] = frozenset()
    text: str = ""
    extra: str = ""
    query: str = ""
    group: str = ""
    page: int = 0
    topic: str | None = None
    place: Place | None = None
    typed_place: str = ""
    neighbours: tuple[Neighbour, ...] | None = None
    join: str = ""
    photos: tuple[KeptPhoto, ...] = ()
    lost: int = 0
    phone: str = ""
    phone_own: bool = False
    name: str = ""
    home: Residence | None = None
    consent: str = ""
    fed: tuple[tuple[str, str], ...] = ()

    @property
    def context(self) -> str:
        """What names the draft in its buttons."""
        return self.id[:8]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey that is being answered; nothing of it counts before it is committed."""

    number: str
    no: int
    outcome: str = ""
    reason: str = ""
    photos: tuple[KeptPhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearby:
    """Where repair works are looked for; `radius_m` counts from a point."""

    street: str = ""
    point: Point | None = None
    radius_m: int = 500


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a resident has written, filed and sent pictures.

    Attributes:
        minute: the minute that `events` counts, as seconds since 1970.
        warned_at: when they were last told that it is too fast.
        day: the city's day that `appeals` and `files` count, as ISO 8601.
    """

    minute: int = 0
    events: int = 0
    warned_at: datetime | None = None
    day: str = ""
    appeals: int = 0
    files: int = 0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Messages that were decided on together with the state, and are not sent yet.

    Attributes:
        answer_to: id of the event that they answer.
        send_after: not before this instant.
        tries: how often sending them has failed.
        asked: whether the messenger itself has asked to wait so long.
    """

    answer_to: str = ""
    messages: tuple[OutboundMessage, ...] = ()
    send_after: datetime | None = None
    tries: int = 0
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A conversation as one item keeps it.

    Attributes:
        rev: how often it was written; two writers never both win.
        language: `uk` or `en`; empty before the first word.
        viewing: number of the card that is shown or was just filed.
        listed: the cards that the list shows: number and words of each.
        page: which page of the list.
        heard_at: when the resident last wrote; None before the first time.
        reminded: whether they were reminded of the draft since then.
        alive: whether they can be written to.
        keyboard: whether the device shows a keyboard of ours that has to be laid off.
        album: what the last pictures that were answered share.
        prompt: id of the last message of ours.
    """

    identity: str
    rev: int = 0
    state: State = State.IDLE
    language: str = ""
    known: Known = field(default_factory=Known)
    draft: Draft | None = None
    viewing: str = ""
    listed: tuple[tuple[str, str], ...] = ()
    page: int = 0
    survey: Surveyed | None = None
    nearby: Nearby | None = None
    heard_at: datetime | None = None
    reminded: bool = False
    alive: bool = True
    keyboard: bool = False
    album: str = ""
    prompt: str = ""
    pace: Pace = field(default_factory=Pace)
    outgoing: Outgoing = field(default_factory=Outgoing)

    @property
    def channel(self) -> str:
        """Which messenger it is held in."""
        return channel_of(self.identity)
