"""Send an appeal to the competent body, and take its one answer by a link (law 393/96 art. 7)."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.card import Action, Card, CardFile, Change
from chalicelib.domain.city import City
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import EventName
from chalicelib.domain.numbers import outside_token, parse_outside_token, same_token
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.control import timers_of_ending
from chalicelib.regulation.forwarding import forward_by, forwarding_of, require_unanswered
from chalicelib.regulation.permissions import Deed, require_on, require_sees
from chalicelib.usecases.ports import Cards, Secrets
from chalicelib.usecases.steps import Doing, do, stepped, written
from chalicelib.usecases.writing import Note, change, file_after, on_fresh_file


@dataclass(frozen=True, slots=True)
class OutsideAnswer:
    """What another body answers, when, and how the answer to it is kept."""

    text: str
    once: Once[CardFile]
    now: datetime


def forward(doing: Doing, *, body: str, reason: str, city: City, cards: Cards) -> CardFile:
    """Send a card to the competent body; its applicant is told which one and why.

    Raises NotFound, RoleNotPermitted, StepNotAllowed, VersionStale, ChangedMeanwhile.
    """

    def write(file: CardFile) -> Change:
        until = forward_by(file.card, city)
        facts = {"body": body, "forward_by_at": until.isoformat()}
        after = replace(
            stepped(doing, file.card, Action.FORWARD, city),
            closed_at=doing.now,
            timers=timers_of_ending(file.card, doing.now, city),
        )
        return written(doing, file, after, Note(EventName.FORWARDED, reason, facts=facts))

    return do(doing, write, cards)


def link_of(number: str, *, actor: Actor, cards: Cards, secrets: Secrets) -> str:
    """Return the token that the other body answers with; it is computed, never stored.

    Raises NotFound (no card, or one that was not forwarded), RoleNotPermitted, RuleRefused
    when the answer has come.
    """
    file = cards.read_file(number)
    require_sees(actor, file.card)
    require_on(actor, Deed.OUTSIDE_LINK, file.card)
    forwarding_of(file)
    require_unanswered(file)
    return token_of(file.card, secrets)


def token_of(card: Card, secrets: Secrets) -> str:
    """Return the token of a forwarded card, recomputed from the card's key."""
    return outside_token(secrets.key(card.code_key), card.code_key, card.number)


def view(token: str, *, cards: Cards, secrets: Secrets) -> CardFile:
    """Return the forwarded card that a token opens. Reading never uses the token up.

    Raises NotFound alike for a wrong token and for a card that is not there or not forwarded.
    """
    number = parse_outside_token(token)
    if number is None:
        raise NotFound(words="no-forwarding")
    try:
        file = cards.read_file(number)
    except NotFound:
        raise NotFound(words="no-forwarding") from None
    if not same_token(token, token_of(file.card, secrets)):
        raise NotFound(words="no-forwarding")
    forwarding_of(file)
    return file


def answer(token: str, given: OutsideAnswer, *, cards: Cards, secrets: Secrets) -> CardFile:
    """Take the other body's one answer; the applicant is told.

    Raises NotFound, RuleRefused (answered already), ChangedMeanwhile.
    """
    number = view(token, cards=cards, secrets=secrets).card.number

    def attempt(file: CardFile) -> CardFile:
        require_unanswered(file)
        body = forwarding_of(file).facts["body"]
        by = Actor(subject="outside", role=Role.SYSTEM, name=body)
        note = Note(EventName.OUTSIDE_ANSWERED, given.text, facts={"body": body})
        made = change(file.card, file.card, given.now, by, note)
        after = file_after(file, made)
        cards.save(made, once=given.once.record(after))
        return after

    return on_fresh_file(cards, number, attempt)
