"""Everything outside the program, as Protocols: the list of what use cases depend on."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from chalicelib.domain.card import Card, CardFile, Change, PlannedRow, QueueRow
from chalicelib.domain.directory import DirectoryChange, Entries, Entry
from chalicelib.domain.evidence import Inspection, UploadTicket
from chalicelib.domain.executor_request import ExecutorRequest
from chalicelib.domain.once import OnceRecord
from chalicelib.domain.people import Actor, Role
from chalicelib.domain.tally import Tally

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A page of a list; `cursor` reads the next page, None at the end."""

    items: tuple[Row, ...]
    cursor: str | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Waking:
    """What stands among the cards and has to be woken: by its keys, and since when."""

    number: str
    part: str
    at: datetime

    @property
    def id(self) -> str:
        """What names it in the list of what fails."""
        return f"{self.number} {self.part}"


class Cards(Protocol):
    """The cards and everything kept under their numbers."""

    def read_file(self, number: str) -> CardFile:
        """Return the whole file of a card, read consistently, in one query. Raises NotFound."""

    def read_cards(self, numbers: Sequence[str]) -> list[Card]:
        """Return the cards that exist among `numbers` (at most 100), in the order asked."""

    def save(
        self,
        *changes: Change,
        once: OnceRecord | None = None,
        claims: Sequence[UploadTicket] = (),
        tally: Tally | None = None,
    ) -> None:
        """Write all changes, the idempotency record, claims and tally in one transaction.

        A claim is made for the first change's card, or for the one that its ticket names.

        Raises:
            ChangedMeanwhile: a card, or a claimed ticket, changed since it was read.
            OnceAnswered: the idempotency key was answered before; nothing is written.
            TooManyRequests: what is counted has happened as often as it may in its window.
        """

    def queue(self, executor: str, *, limit: int, cursor: str | None) -> Page[QueueRow]:
        """Return open cards of an executor, earliest `due_at` first."""

    def has_open(self, executor: str) -> bool:
        """Tell whether an executor has any open card."""

    def open_cards(self, *, limit: int, cursor: str | None) -> Page[QueueRow]:
        """Return open cards of the whole city, earliest `due_at` first."""

    def planned(self, *, limit: int, cursor: str | None) -> Page[PlannedRow]:
        """Return cards that are included in strategic plans, earliest `due_at` first."""

    def by_phone(self, phone: str, *, limit: int) -> list[str]:
        """Return numbers of the latest appeals of a phone (E.164), newest first."""

    def at_place(self, street_key: str, building: str | None, *, limit: int) -> list[str]:
        """Return numbers of appeals in a street, or at one building of it, newest first."""

    def by_external_id(self, external_id: str) -> list[str]:
        """Return numbers of appeals that came under a foreign id."""

    def with_picture(self, picture: str) -> list[str]:
        """Return numbers of cards that hold a picture with this hash."""

    def to_wake(
        self, shard: int, until: datetime, *, limit: int, passing_over: Collection[str] = ()
    ) -> list[Waking]:
        """Return what wakes in a shard by `until`, the longest waiting first.

        What `passing_over` names by its id is not counted.
        """

    def pending_requests(
        self, decider: str, *, limit: int, cursor: str | None
    ) -> Page[ExecutorRequest]:
        """Return requests that wait for a decider, earliest `decide_by_at` first."""

    def to_call(self, *, limit: int, cursor: str | None) -> Page[Card]:
        """Return cards whose applicants are to be phoned for a survey, earliest `call_at` first."""


class Numbers(Protocol):
    """The sequence of the year."""

    def next_sequence(self, year: int) -> int:
        """Return the next number of a Kyiv year; never the same twice, gaps are possible."""

    def last_sequence(self, year: int) -> int:
        """Return the last number drawn in a Kyiv year; 0 before the first."""


class Tickets(Protocol):
    """Uploads that wait for their card."""

    def issue(self, ticket: UploadTicket, once: OnceRecord | None = None, *, now: datetime) -> None:
        """Keep a new ticket. Raises OnceAnswered."""

    def read(self, ids: Sequence[str], now: datetime) -> list[UploadTicket]:
        """Return the unexpired tickets among `ids`, in the order asked."""

    def keep(self, ids: Sequence[str], until: datetime) -> None:
        """Let tickets that are there live on until an instant, while a text waits for people."""

    def inspected(self, ticket_id: str, inspection: Inspection, now: datetime) -> UploadTicket:
        """Keep what inspecting came to and return the ticket as it is now. Raises NotFound."""


class Guards(Protocol):
    """Facts with an end: kept answers, counted attempts, revoked sign-ins."""

    def answered(self, key: str, now: datetime) -> OnceRecord | None:
        """Return what was answered under an idempotency key, None if nothing or expired."""

    def count(self, bucket: str, *, window_seconds: int, now: datetime) -> int:
        """Count one more in a bucket and return the count of the current window."""

    def counted(self, bucket: str, *, window_seconds: int, now: datetime) -> int:
        """Return the count of the current window without counting."""

    def revoke(self, token_id: str, until: datetime) -> None:
        """Deny a sign-in from now until its token expires."""

    def is_revoked(self, token_id: str, now: datetime) -> bool:
        """Tell whether a sign-in was denied."""


class Directory(Protocol):
    """Who people and machines are, as the city's admin has entered them."""

    def person(self, subject: str, now: datetime) -> Actor | None:
        """Return whom a proven account is, None for an unknown or dismissed one."""

    def client(self, client_id: str, secret_hash: str, now: datetime) -> Actor | None:
        """Return whom an API key stands for, None for an unknown or revoked one."""


class Appointments(Protocol):
    """What the admin has entered about executors and their people, with its history."""

    def entries(self, now: datetime, *, fresh: bool = False) -> Entries:
        """Return everything entered; at most 60 s old unless `fresh`."""

    def known(self, now: datetime) -> bool:
        """Tell whether `entries` answers without asking the database."""

    def enter(
        self,
        entry: Entry,
        line: DirectoryChange,
        *,
        acts_as: Role | None = None,
        once: OnceRecord | None = None,
    ) -> None:
        """Write an entry, what it means for accounts, and a line of history in one transaction.

        Args:
            acts_as: by which role a substitute acts while the absent person is away.

        Raises:
            ChangedMeanwhile: somebody else wrote the entry since it was read.
            OnceAnswered: the idempotency key was answered before.
        """

    def changes(self, executor: str, *, limit: int, cursor: str | None) -> Page[DirectoryChange]:
        """Return the history of an executor's people, newest first."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """A proven sign-in: the bearer token, whose it is, and until when."""

    token: str
    subject: str
    token_id: str
    expires_at: datetime


class Accounts(Protocol):
    """The user pool."""

    def sign_in(self, username: str, password: str) -> SignIn:
        """Prove a name and password. Raises NotSignedIn."""

    def verify(self, token: str, now: datetime) -> SignIn:
        """Verify a bearer token's signature, issuer, use and time. Raises NotSignedIn."""

    def subject_of(self, username: str) -> str | None:
        """Return the stable id of an account by its name; None where there is none."""


@dataclass(frozen=True, slots=True)
class PresignedPost:
    """Where and with which fields a browser posts a file."""

    url: str
    fields: dict[str, str]


class EvidenceFiles(Protocol):
    """The evidence bucket."""

    def presigned_post(
        self, key: str, *, content_type: str, size_bytes: int, seconds: int
    ) -> PresignedPost:
        """Return a form for exactly one key, type and size."""

    def read(self, key: str) -> bytes:
        """Return an object's bytes. Raises NotFound."""

    def keep(self, source_key: str, target_key: str) -> None:
        """Copy an object within the bucket."""

    def publish(self, key: str, data: bytes, *, content_type: str) -> None:
        """Write a public copy."""

    def remove(self, key: str) -> None:
        """Delete an object; one that is not there is no matter."""


class Pictures(Protocol):
    """What looks into bytes: sniffing, bounding, re-encoding."""

    def inspect(self, data: bytes, content_type: str) -> tuple[Inspection, bytes | None]:
        """Return the verdict on a file's bytes, and the public copy of a picture (JPEG)."""


class Secrets(Protocol):
    """Keys that codes and tokens are made with."""

    def current(self) -> str:
        """Return the id of the key that new cards use."""

    def key(self, key_id: str) -> str:
        """Return a key by its id. Raises LookupError."""


class OnceAnswered(Exception):
    """The transaction found its idempotency key answered already."""

    def __init__(self, record: OnceRecord) -> None:
        self.record = record
        super().__init__(record.key)


Result = TypeVar("Result")


class Start(Protocol):
    """Starts a call that does not depend on others, so that they run in one wave."""

    def __call__(self, call: Callable[[], Result], /) -> Callable[[], Result]:
        """Start `call` now; return what waits for its result or raises what it raised."""
