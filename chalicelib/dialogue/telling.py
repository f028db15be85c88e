"""How the dialogue says things: words by key, with whatever a person wrote escaped."""

from datetime import datetime
from html import escape
from typing import Final

from chalicelib.domain.appeal import Place, Residence
from chalicelib.domain.city import City, Street
from chalicelib.domain.conversation import Session
from chalicelib.domain.inbound import Press
from chalicelib.domain.outbound import Button
from chalicelib.words.say import say

LONGEST_LABEL: Final = 60
"""The most letters of a button that phones show."""

LONGEST_QUOTE: Final = 900
"""How much of a person's words is said back to them."""


def language_of(session: Session) -> str:
    """Return the language that a conversation is held in."""
    return session.language or "uk"


def told(session: Session, key: str, **facts: object) -> str:
    """Return words for a message; facts that are text are escaped and cut."""
    return in_words(language_of(session), key, **facts)


def in_words(language: str, key: str, **facts: object) -> str:
    """Return words of `chat.<key>` for a message, with text among the facts escaped and cut."""
    safe = {
        name: escape(cut(value, LONGEST_QUOTE), quote=False) if isinstance(value, str) else value
        for name, value in facts.items()
    }
    return say(language, f"chat.{key}", **safe)


def label(session: Session, key: str, **facts: object) -> str:
    """Return the words of a button: plain text, for every messenger escapes it by itself."""
    return cut(say(language_of(session), f"chat.b.{key}", **facts), LONGEST_LABEL)


def button(
    session: Session, key: str, context: str, act: str, arg: str = "", **facts: object
) -> Button:
    """Return a button with the words of `chat.b.<key>`."""
    return Button(label(session, key, **facts), Press(context, act, arg))


def choice(text: str, context: str, act: str, arg: str) -> Button:
    """Return a button with words of the city's data or of a person."""
    return Button(cut(" ".join(text.split()), LONGEST_LABEL), Press(context, act, arg))


def cut(text: str, most: int) -> str:
    """Return text of at most so many 16-bit letters, as messengers count them."""
    if len(text) <= most // 2 or _length(text) <= most:
        return text
    kept = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    return kept.rstrip() + "…"


def place_words(place: Place) -> str:
    """Return a place as it is said back: street, building, flat, landmark."""
    words = ", ".join(part for part in (place.street, place.building, place.flat) if part)
    return f"{words} ({place.note})" if place.note else words


def home_words(home: Residence) -> str:
    """Return a residence as it is said back."""
    parts = (home.settlement, home.street, home.building, home.flat)
    return ", ".join(part for part in parts if part)


def street_words(street: Street, language: str) -> str:
    """Return a street's kind and name."""
    return street.full_name.in_language(language)


def topic_words(city: City, code: str | None, session: Session) -> str:
    """Return a topic's name; of none, that the operator will find one."""
    topic = city.topics.get(code or "")
    if topic is None:
        return say(language_of(session), "chat.f.topic_later")
    return topic.name.in_language(language_of(session))


def moment(at: datetime) -> str:
    """Return an instant as a fact of a phrase, which says it in the city's time."""
    return at.isoformat()


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
