"""What notices look like to staff."""

from typing_extensions import TypedDict

from chalicelib.api.shapes import Body, Shape
from chalicelib.domain.appeal import Applicant
from chalicelib.domain.card import CardFile
from chalicelib.domain.notice import Notice
from chalicelib.domain.people import Actor
from chalicelib.regulation.permissions import Deed, may
from chalicelib.usecases.notices import ON_THEIR_WAY
from chalicelib.usecases.sending_ports import Worded
from chalicelib.words.say import knows, say


class NoticeView(TypedDict):
    """One thing that somebody is told of; no address is shown. `again` offers to send it again."""

    id: str
    event: str
    event_text: str
    audience: str
    audience_text: str
    to: str
    medium: str
    medium_text: str
    state: str
    state_text: str
    at: str
    send_after: str | None
    sent_at: str | None
    reason: str
    reason_text: str
    again: bool


class PostAddressView(TypedDict):
    """Where a letter goes."""

    name: str
    settlement: str
    street: str
    building: str
    flat: str


class LetterView(TypedDict):
    """A letter that waits for the post, ready to be printed."""

    id: str
    number: str
    event: str
    at: str
    address: PostAddressView
    subject: str
    text: str


class PostListView(TypedDict):
    """A page of the letters that wait for the post, the oldest first."""

    items: list[LetterView]
    next_cursor: str | None


def notice_bodies(shape: Shape, file: CardFile, actor: Actor) -> list[Body]:
    """Return all notices of a card, in the order in which they came to be."""
    in_order = sorted(file.notices, key=lambda notice: (notice.seq, notice.again, notice.id))
    return [notice_body(shape, notice, file, actor) for notice in in_order]


def notice_body(shape: Shape, notice: Notice, file: CardFile, actor: Actor) -> Body:
    """Return a notice and how its telling went."""
    events = (event for event in file.events if event.seq == notice.seq)
    told = next((shape.event_words(event) for event in events), notice.event)
    person = shape.city.people.get(notice.to)
    executor = shape.city.executors.get(notice.to)
    name = executor.name.in_language(shape.language) if executor else notice.to
    return {
        "id": notice.id,
        "event": notice.event,
        "event_text": told,
        "audience": notice.audience,
        "audience_text": say(shape.language, f"audience.{notice.audience}"),
        "to": person.name if person else name,
        "medium": notice.medium,
        "medium_text": say(shape.language, f"medium.{notice.medium}"),
        "state": notice.state,
        "state_text": say(shape.language, f"notice_state.{notice.state}"),
        "at": shape.time(notice.at),
        "send_after": shape.time(notice.send_after) if notice.wake_at else None,
        "sent_at": shape.maybe(notice.sent_at),
        "reason": notice.reason,
        "reason_text": _reason(shape.language, notice.reason),
        "again": notice.state not in ON_THEIR_WAY and may(actor, Deed.SEND_AGAIN),
    }


def letter_body(shape: Shape, notice: Notice, file: CardFile, words: Worded) -> Body:
    """Return a letter with its address and its words, ready to be printed."""
    return {
        "id": notice.id,
        "number": notice.number,
        "event": notice.event,
        "at": shape.time(notice.at),
        "address": _address(file.appeal.applicant),
        "subject": words.subject,
        "text": words.text,
    }


def _reason(language: str, reason: str) -> str:
    """Return why a notice waits or failed; what a webhook answered is said as it stands."""
    key = f"notice_reason.{reason}"
    return say(language, key) if knows(key) else reason


def _address(applicant: Applicant) -> Body:
    home = applicant.residence
    return {
        "name": applicant.name,
        "settlement": home.settlement if home else "",
        "street": home.street if home else "",
        "building": home.building if home else "",
        "flat": home.flat if home else "",
    }
