"""The official mailbox: letters that arrive become cards; the rest waits for a person (KR-2.1)."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Final
from urllib.parse import unquote_plus

from chalice.app import Response
from pydantic import StringConstraints
from pydantic_core import PydanticCustomError
from typing_extensions import TypedDict

from chalicelib import wiring
from chalicelib.api.answers import answer, ok
from chalicelib.api.bodies import Body
from chalicelib.api.contacts import email_of, phone_of
from chalicelib.api.once import carry_out
from chalicelib.api.routes import Call, Routes
from chalicelib.api.shapes import Body as Shaped
from chalicelib.api.shapes import Shape
from chalicelib.channels.official_mail import LetterRefused, read_letter
from chalicelib.domain.appeal import Applicant, Place, ReplyChannel, Residence
from chalicelib.domain.arrived_letter import ArrivedLetter, Unreadable, UnreadLetter
from chalicelib.domain.clean_text import clean
from chalicelib.domain.once import Once
from chalicelib.domain.people import SYSTEM
from chalicelib.regulation.permissions import Deed, require
from chalicelib.regulation.typed_text import folded
from chalicelib.usecases.intake import Registered, register
from chalicelib.usecases.mail_import import Arrived, Importing, put_aside, settle, take_letter
from chalicelib.usecases.mail_ports import TooLarge
from chalicelib.usecases.new_appeals import NewAppeal
from chalicelib.wiring import Centre
from chalicelib.words.say import say

routes = Routes(__name__)

_LINK_SECONDS: Final = 120


class UnreadLetterView(TypedDict):
    """A letter that waits for a person."""

    id: str
    arrived_at: str
    reason: str
    reason_text: str
    sender: str
    subject: str
    number: str | None
    settled_at: str | None
    outcome: str


class UnreadLettersView(TypedDict):
    """The letters that wait, the oldest first."""

    items: list[UnreadLetterView]
    next_cursor: None


class LetterFileView(TypedDict):
    """Where a letter can be saved for a minute or two."""

    url: str
    expires_at: str


class SettlementBody(Body):
    """What became of a letter: the card's number, or why it is none."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=500)]


@routes.route("/letters", answers={200: UnreadLettersView})
def get_letters(call: Call) -> Response:
    """List letters to the official address that did not become cards by themselves (KR-2.1)."""
    require(call.actor, Deed.REGISTER_ARRIVAL)
    centre = wiring.centre()
    shape = Shape(centre.city, call.language, centre.now())
    found = centre.doors.letters.waiting(shape.now)
    return ok({"items": [_body(shape, letter) for letter in found], "next_cursor": None})


@routes.route("/letters/{letter}/file", answers={200: LetterFileView})
def get_letter_file(call: Call, letter: str) -> Response:
    """Give an address to save a waiting letter from (KR-2.1)."""
    require(call.actor, Deed.REGISTER_ARRIVAL)
    centre = wiring.centre()
    shape = Shape(centre.city, call.language, centre.now())
    key = centre.doors.letters.read(letter, shape.now).key
    expires_at = shape.time(shape.now + timedelta(seconds=_LINK_SECONDS))
    return ok({"url": centre.doors.mail.link(key, seconds=_LINK_SECONDS), "expires_at": expires_at})


@routes.route(
    "/letters/{letter}/settlement",
    methods=["POST"],
    body=SettlementBody,
    answers={200: UnreadLetterView},
    headers=["Idempotency-Key"],
)
def post_letter_settlement(call: Call, letter: str) -> Response:
    """Take a letter off the list, saying what became of it (KR-2.1)."""
    body, centre = call.read(SettlementBody), wiring.centre()
    shape = Shape(centre.city, call.language, centre.now())

    def act(once: Once[UnreadLetter]) -> UnreadLetter:
        return settle(
            letter,
            body.text,
            actor=call.actor,
            once=once,
            now=shape.now,
            letters=centre.doors.letters,
        )

    return carry_out(
        call.request,
        act,
        lambda found: answer(_body(shape, found)),
        guards=centre.guards,
        now=shape.now,
    )


def import_letters(message: str) -> list[str | None]:
    """Take in the letters that a message of the bucket names; return their cards' numbers."""
    records = json.loads(message).get("Records", ())
    return [_import(_arrived(record)) for record in records]


def _arrived(record: dict[str, Any]) -> Arrived:
    at = datetime.fromisoformat(record["eventTime"]).astimezone(UTC).replace(microsecond=0)
    return Arrived(unquote_plus(record["s3"]["object"]["key"]), at)


def _import(arrived: Arrived) -> str | None:
    centre = wiring.centre()
    try:
        letter = _cleaned(read_letter(centre.doors.mail.read(arrived.key)))
    except TooLarge:
        put_aside(arrived, Unreadable.TOO_LARGE, centre.doors.letters)
        return None
    except LetterRefused as refused:
        put_aside(arrived, refused.reason, centre.doors.letters)
        return None
    return take_letter(letter, arrived, centre.now(), _importing(centre))


def _importing(centre: Centre) -> Importing:
    return Importing(
        register=_register,
        appeal_of=_appeal_of,
        city=centre.city,
        cards=centre.cards,
        guards=centre.guards,
        files=centre.files,
        letters=centre.doors.letters,
    )


def _register(new: NewAppeal, once: Once[Registered]) -> Registered:
    centre = wiring.centre()
    return register(
        new,
        actor=SYSTEM,
        once=once,
        limits=centre.limits(""),
        now=centre.now(),
        city=centre.city,
        city_soon=centre.city_soon(),
        cards=centre.cards,
        numbers=centre.numbers,
        tickets=centre.tickets,
        secrets=centre.secrets,
        works=centre.works,
        start=centre.start,
    )


def _appeal_of(letter: ArrivedLetter) -> NewAppeal:
    """Return a letter as an appeal; contacts that cannot be right are left in its words."""
    applicant = letter.applicant
    phone, email = phone_of(applicant.phone or ""), _email(applicant.email)
    channel = ReplyChannel.EMAIL if email else ReplyChannel.PHONE if phone else ReplyChannel.NONE
    unread = [w for w in (not phone and applicant.phone, not email and applicant.email) if w]
    text = "\n".join([letter.text, *unread])
    home = applicant.residence
    place = letter.place if letter.place.street else _at_home(home)
    return NewAppeal(
        text=text,
        place=place,
        applicant=Applicant(applicant.name, phone, email, home),
        reply_channel=channel,
        topic=_topic(letter.topic),
    )


def _at_home(home: Residence | None) -> Place:
    return Place(home.street, home.building, home.flat) if home else Place("")


def _topic(words: str) -> str | None:
    """Return the code of the topic whose code or name stands in a letter, word for word."""
    topics = wiring.centre().city.topics
    if words.strip().upper() in topics:
        return words.strip().upper()
    named = folded(words)
    return next((code for code, topic in topics.items() if folded(topic.name.uk) == named), None)


def _email(text: str | None) -> str | None:
    try:
        return email_of(text) if text else None
    except PydanticCustomError:
        return None


def _cleaned(letter: ArrivedLetter) -> ArrivedLetter:
    """Return a letter without what no person types, in all that is shown of it."""
    who, where, home = letter.applicant, letter.place, letter.applicant.residence
    return replace(
        letter,
        subject=clean(letter.subject),
        sender=clean(letter.sender),
        text=clean(letter.text).strip(),
        external_id=clean(letter.external_id) if letter.external_id else None,
        place=replace(where, street=clean(where.street), building=clean(where.building)),
        applicant=replace(
            who,
            name=clean(who.name).strip(),
            residence=home
            and replace(home, street=clean(home.street), building=clean(home.building)),
        ),
        files=tuple(replace(file, name=clean(file.name)) for file in letter.files),
    )


def _body(shape: Shape, letter: UnreadLetter) -> Shaped:
    return {
        "id": letter.id,
        "arrived_at": shape.time(letter.arrived_at),
        "reason": letter.reason,
        "reason_text": say(shape.language, f"unreadable.{letter.reason}"),
        "sender": letter.sender,
        "subject": letter.subject,
        "number": letter.number,
        "settled_at": shape.maybe(letter.settled_at),
        "outcome": letter.outcome,
    }
