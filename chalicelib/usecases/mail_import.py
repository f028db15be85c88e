"""Turn what arrives at the official address into cards, each message once (KR-2.1).

What cannot become a card by itself waits for a person: nothing that arrived is lost, and nothing
is registered twice. The receipt is the arrival, also at night (R70).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from chalicelib.domain.appeal import Channel
from chalicelib.domain.arrived_letter import ArrivedLetter, LetterFile, Unreadable, UnreadLetter
from chalicelib.domain.card import CardFile
from chalicelib.domain.city import City
from chalicelib.domain.errors import InputRefused, RuleRefused
from chalicelib.domain.events import EventName
from chalicelib.domain.evidence import About, Evidence, EvidenceKind, EvidenceStatus
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import SYSTEM, Actor
from chalicelib.regulation.arrivals import require_first
from chalicelib.regulation.permissions import Deed, require
from chalicelib.usecases.evidence import FILE_TYPES, INCOMING, PHOTO_TYPES
from chalicelib.usecases.intake import Registered
from chalicelib.usecases.mail_ports import UnreadLetters
from chalicelib.usecases.new_appeals import NewAppeal
from chalicelib.usecases.ports import Cards, EvidenceFiles, Guards, OnceAnswered
from chalicelib.usecases.writing import Note, change, on_fresh_file

FEATURE: Final = "official_mail"
"""The word by which a city's data say that cards arrive at an official address."""

KEPT: Final = timedelta(days=90)
"""How long a letter waits for a person; the mail bucket keeps it as long."""

_ID_LETTERS: Final = 24


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter as the mail server has put it somewhere."""

    key: str
    at: datetime

    @property
    def id(self) -> str:
        """The id under which it waits for a person, where it has to."""
        return sha256(self.key.encode()).hexdigest()[:_ID_LETTERS]


@dataclass(frozen=True, slots=True)
class Importing:
    """What importing works with; `register` registers an appeal as intake does."""

    register: Callable[[NewAppeal, Once[Registered]], Registered]
    appeal_of: Callable[[ArrivedLetter], NewAppeal]
    city: City
    cards: Cards
    guards: Guards
    files: EvidenceFiles
    letters: UnreadLetters


def put_aside(
    arrived: Arrived,
    reason: Unreadable,
    letters: UnreadLetters,
    letter: ArrivedLetter | None = None,
    number: str | None = None,
) -> None:
    """Let a letter wait for a person. Raises StoreAway."""
    sender, subject = (letter.sender, letter.subject) if letter else ("", "")
    unread = UnreadLetter(arrived.id, arrived.key, arrived.at, reason, sender, subject, number)
    letters.keep(unread, until=arrived.at + KEPT)


def take_letter(
    letter: ArrivedLetter, arrived: Arrived, now: datetime, importing: Importing
) -> str | None:
    """Register a letter as a card and return its number; None where it waits for a person.

    The same letter brought again is the same card; another letter of the same foreign id waits.
    Raises StoreAway, ChangedMeanwhile.
    """
    doubt = _doubt(letter, importing.city)
    if doubt is not None:
        put_aside(arrived, doubt, importing.letters, letter)
        return None
    try:
        number = _number(letter, arrived, now, importing)
    except RuleRefused as refused:
        known = refused.facts.get("number")
        put_aside(arrived, Unreadable.ARRIVED_ALREADY, importing.letters, letter, known)
        return None
    except InputRefused:
        put_aside(arrived, Unreadable.NOT_REGISTERED, importing.letters, letter)
        return None
    _attach(letter, number, now, importing)
    if any(file.content_type not in FILE_TYPES for file in letter.files):
        put_aside(arrived, Unreadable.FILES_LEFT, importing.letters, letter, number)
    return number


def settle(
    letter_id: str,
    outcome: str,
    *,
    actor: Actor,
    once: Once[UnreadLetter],
    now: datetime,
    letters: UnreadLetters,
) -> UnreadLetter:
    """Take a letter off the list, saying what became of it.

    Raises RoleNotPermitted, NotFound, ChangedMeanwhile (it is settled), OnceAnswered.
    """
    require(actor, Deed.REGISTER_ARRIVAL, clause="KR-2.1")
    found = letters.read(letter_id, now)
    settled = replace(found, settled_at=now, settled_by=actor.name, outcome=outcome)
    letters.settle(settled, until=found.arrived_at + KEPT, once=once.record(settled))
    return settled


def _doubt(letter: ArrivedLetter, city: City) -> Unreadable | None:
    """Return why a person has to look before there is a card."""
    senders = city.centre.official_senders if city.centre else ()
    if not letter.trusted:
        return Unreadable.SUSPECTED
    if FEATURE not in city.features or (senders and letter.sender not in senders):
        return Unreadable.OTHER_SENDER
    return None if letter.external_id else Unreadable.NO_ID


def _number(letter: ArrivedLetter, arrived: Arrived, now: datetime, importing: Importing) -> str:
    """Return the number of the letter's card, registering it if it has none.

    Raises RuleRefused where another letter of the same foreign id has a card.
    """
    once = _once(letter, arrived)
    kept = importing.guards.answered(once.key or "", now)
    if kept is not None:
        return kept.answer.sealed_for[1]
    require_first(importing.cards.by_external_id(letter.external_id or ""), importing.city)
    new = replace(
        importing.appeal_of(letter),
        channel=Channel.OFFICIAL_MAIL,
        received_at=arrived.at,
        external_id=letter.external_id,
    )
    try:
        return importing.register(new, once).card.number
    except OnceAnswered as answered:
        return answered.record.answer.sealed_for[1]


def _once(letter: ArrivedLetter, arrived: Arrived) -> Once[Registered]:
    """Return the letter as a request that is carried out once, by its Message-ID."""
    mark = sha256(letter.message_id.encode()).hexdigest()

    def shape(done: Registered) -> Answer:
        return Answer(201, "{}", {}, (done.card.code_key, done.card.root))

    return Once(f"mail|{mark}", mark, arrived.at + KEPT, shape)


def _attach(letter: ArrivedLetter, number: str, now: datetime, importing: Importing) -> None:
    """Let the files that came with a letter be inspected as evidence of its card."""
    files = {
        _file_id(letter, at): file
        for at, file in enumerate(letter.files)
        if file.content_type in FILE_TYPES
    }
    if not files:
        return

    def attempt(file: CardFile) -> None:
        known = {evidence.id for evidence in file.evidence}
        new = [_evidence(number, name, files[name], now) for name in files if name not in known]
        if new:
            made = change(file.card, file.card, now, SYSTEM, *map(_note, new))
            importing.cards.save(replace(made, evidence=tuple(new)))

    on_fresh_file(importing.cards, number, attempt)
    # Put there after the card knows of them, and again when the letter comes again.
    for name, each in files.items():
        key = f"{INCOMING}{number}/{name}"
        importing.files.publish(key, each.data, content_type=each.content_type)


def _file_id(letter: ArrivedLetter, at: int) -> str:
    return sha256(f"{letter.message_id}|{at}".encode()).hexdigest()[:32]


def _evidence(number: str, evidence_id: str, file: LetterFile, now: datetime) -> Evidence:
    photo = file.content_type in PHOTO_TYPES
    return Evidence(
        id=evidence_id,
        number=number,
        kind=EvidenceKind.PHOTO if photo else EvidenceKind.DOCUMENT,
        about=About.APPEAL,
        status=EvidenceStatus.PENDING,
        uploaded_at=now,
        by=SYSTEM.role,
        content_type=file.content_type,
        size_bytes=len(file.data),
        caption=file.name,
    )


def _note(evidence: Evidence) -> Note:
    facts = {
        "evidence": evidence.id,
        "kind": str(evidence.kind),
        "about": str(evidence.about),
    }
    return Note(EventName.EVIDENCE_ADDED, evidence.caption, public=False, facts=facts, tell=False)
