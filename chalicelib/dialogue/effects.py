"""What the dialogue wants done, and what came of it.

The dialogue asks by returning an effect; whoever runs it does that once, however often the event
is delivered, and gives what came of it back to the dialogue.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.appeal import Place
from chalicelib.domain.conversation import Draft, KeptPhoto, Neighbour
from chalicelib.domain.inbound import InboundFile


@dataclass(frozen=True, slots=True)
class Register:
    """Make a card of a draft; the same draft is the same card."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class FetchPhotos:
    """Fetch pictures from the messenger and hand them to inspection."""

    files: tuple[InboundFile, ...]


@dataclass(frozen=True, slots=True)
class FindNeighbours:
    """Find open cards of a topic at a place."""

    place: Place
    topic: str


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Read a card: by its code, or because it is theirs."""

    number: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class ListCards:
    """Read the heads of some cards."""

    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddToCard:
    """Add words and pictures to one's own card; `quiet` for the rest of an album."""

    number: str
    text: str
    uploads: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSurvey:
    """Answer a survey, once and for all."""

    number: str
    no: int
    outcome: str
    reason: str = ""
    score: int | None = None
    uploads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindWorks:
    """Find the repair works of streets."""

    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Tell this resident of the works of a street."""

    street: str


@dataclass(frozen=True, slots=True)
class DropPhotos:
    """Delete pictures that belong to no card. Nothing comes of it."""

    uploads: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkAlive:
    """Remember whether a resident can be written to. Nothing comes of it."""

    alive: bool


@dataclass(frozen=True, slots=True)
class LayOffButtons:
    """Take the buttons from a message that is past. Nothing comes of it."""

    message: str


@dataclass(frozen=True, slots=True)
class LeaveChat:
    """Leave a chat of many. Nothing comes of it."""


Effect = (
    Register
    | FetchPhotos
    | FindNeighbours
    | ReadCard
    | ListCards
    | AddToCard
    | AnswerSurvey
    | FindWorks
    | Subscribe
    | DropPhotos
    | MarkAlive
    | LayOffButtons
    | LeaveChat
)


@dataclass(frozen=True, slots=True)
class Registered:
    """A card was made, or had been made of the same draft before."""

    number: str
    access_code: str
    due_at: datetime
    executor: str = ""
    joined_to: str = ""
    is_signal: bool = False
    works: tuple["WorkSeen", ...] = ()


@dataclass(frozen=True, slots=True)
class Waits:
    """People have to read the text before there is a card; the receipt tells when there is."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It was refused; `code` is a stable word, `words` what to tell the resident, if anything."""

    code: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class PhotosFetched:
    """Pictures are in, or are not and why."""

    kept: tuple[KeptPhoto, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NeighboursFound:
    """Open cards of the topic at the place."""

    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class CardSeen:
    """A card in public words.

    Attributes:
        survey: number of the survey that is open, 0 for none.
        said: the last words that somebody has given for the applicant.
    """

    number: str
    status: str
    topic: str
    place: str
    registered_at: datetime
    due_at: datetime
    overdue: bool = False
    executor: str = ""
    said: str = ""
    survey: int = 0


@dataclass(frozen=True, slots=True)
class CardsListed:
    """Cards by number, with their words."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AddedToCard:
    """Words and pictures have reached the card."""

    number: str


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    """The answer counts; `repeat_number` of the repeat appeal, if it made one."""

    number: str
    outcome: str
    repeat_number: str = ""


@dataclass(frozen=True, slots=True)
class WorkSeen:
    """A repair work in its own words."""

    street: str
    summary: str
    cause: str
    consequences: str
    eta_at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class WorksFound:
    """The works of the streets that were asked for."""

    works: tuple[WorkSeen, ...]


@dataclass(frozen=True, slots=True)
class Subscribed:
    """The resident will be told."""

    street: str


Outcome = (
    Registered
    | Waits
    | Refused
    | PhotosFetched
    | NeighboursFound
    | CardSeen
    | CardsListed
    | AddedToCard
    | SurveyAnswered
    | WorksFound
    | Subscribed
)
