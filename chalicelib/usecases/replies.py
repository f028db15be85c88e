"""The written reply: print, draft, submit, sign, hand over, publish, and the ways back (KR-2)."""

from dataclasses import replace

from chalicelib.domain.card import Action, Card, CardFile, Change, Status
from chalicelib.domain.city import City
from chalicelib.domain.events import EventName
from chalicelib.domain.reply import Reply
from chalicelib.regulation import replies
from chalicelib.regulation.control import timers_of_ending
from chalicelib.regulation.permissions import Deed, require_on
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.steps import Doing, do, stepped, written
from chalicelib.usecases.writing import Note
from chalicelib.words.say import say

STATE_LANGUAGE = "uk"
"""Replies are written in the state language, whatever language they are read about in."""


def print_card(doing: Doing, *, text: str, city: City, cards: Cards) -> CardFile:
    """Keep that the unit has printed a card for its head (KR-2.3). The version stays.

    Raises NotFound, RoleNotPermitted, StepNotAllowed, VersionStale, ChangedMeanwhile.
    """

    def write(file: CardFile) -> Change:
        replies.require_written_replies(file.card, Action.PRINT, city)
        require_on(doing.actor, Deed.PRINT, file.card, clause="KR-2.3")
        replies.require_printable(file.card)
        note = Note(EventName.PRINTED, text, public=False, tell=False)
        return written(doing, file, file.card, note)

    return do(doing, write, cards)


def draft(doing: Doing, *, text: str, city: City, cards: Cards) -> CardFile:
    """Draft the reply, or draft it anew (KR-2.5). The version stays.

    What KR-2.11 demands about attempts to reach the applicant is stated by itself.
    Raises what `print_card` raises.
    """

    def write(file: CardFile) -> Change:
        replies.require_written_replies(file.card, Action.REPLY, city)
        require_on(doing.actor, Deed.REPLY, file.card, clause="KR-2.5")
        replies.require_draftable(file.card)
        reply = Reply(
            number=doing.number,
            text=text,
            drafted_at=doing.now,
            drafted_by=doing.actor.name,
            statement=statement_of(file),
        )
        note = Note(EventName.REPLY_DRAFTED, public=False, tell=False)
        return replace(written(doing, file, file.card, note), reply=reply)

    return do(doing, write, cards)


def submit(
    doing: Doing,
    *,
    signatory: str | None,
    without_evidence: str,
    city: City,
    cards: Cards,
) -> CardFile:
    """Give the reply for signature, which the head does alone (KR-2.6).

    Args:
        signatory: id of a person of the city; None leaves it to the distribution of duties.
        without_evidence: why no evidence is needed to close this card, empty where it is there.

    Raises what `print_card` raises, RuleRefused without a draft, InputRefused for a wrong
    signatory.
    """

    def write(file: CardFile) -> Change:
        after = _stepped(doing, file.card, Action.SUBMIT, city)
        drafted = replies.require_package(file)
        person = replies.signatory_for(city.topics.get(file.card.topic), signatory, city)
        reply = replace(
            drafted,
            statement=statement_of(file),
            without_evidence=without_evidence,
            signatory=person,
            submitted_at=doing.now,
            submitted_by=doing.actor.name,
        )
        facts = {"signatory": person}
        note = Note(EventName.REPLY_SUBMITTED, without_evidence, public=False, facts=facts)
        return _with_reply(doing, file, replace(after, signatory=person), reply, note)

    return do(doing, write, cards)


def sign(doing: Doing, *, text: str, signed_file: str | None, city: City, cards: Cards) -> CardFile:
    """Sign the reply, by which the signatory agrees that the card may go off control (KR-2.8).

    Args:
        signed_file: id of the evidence that holds the scan or the e-signature file.

    Raises what `print_card` raises, RuleRefused without the evidence (KR-2.5) or the contact
    (KR-2.10, KR-2.11) that the reply needs, InputRefused for a file that is no such document.
    """

    def write(file: CardFile) -> Change:
        card = file.card
        after = _stepped(doing, card, Action.SIGN, city)
        replies.require_signatory(doing.actor, card, Action.SIGN, city)
        if signed_file is not None:
            replies.require_signed_file(file, signed_file)
        submitted = replies.require_package(file)
        replies.require_evidence(file, submitted, city.topics.get(card.topic))
        replies.require_contact(file, city.edition(card.edition))
        reply = replace(
            submitted,
            statement=statement_of(file),
            signed_at=doing.now,
            signed_by=doing.actor.name,
            signed_file=signed_file,
        )
        facts = {"file": signed_file} if signed_file else {}
        note = Note(EventName.REPLY_SIGNED, text, facts=facts)
        return _with_reply(doing, file, after, reply, note)

    return do(doing, write, cards)


def revoke(doing: Doing, *, reason: str, city: City, cards: Cards) -> CardFile:
    """Take a signature back before the reply is handed over (KR-2.8).

    Raises what `print_card` raises.
    """

    def write(file: CardFile) -> Change:
        after = _stepped(doing, file.card, Action.REVOKE, city)
        replies.require_signatory(doing.actor, file.card, Action.REVOKE, city)
        reply = _unsigned(replies.require_reply(file, clause_of_demand="KR-2.8"))
        note = Note(EventName.SIGNATURE_REVOKED, reason, public=False)
        return _with_reply(doing, file, after, reply, note)

    return do(doing, write, cards)


def send_back(doing: Doing, *, reason: str, city: City, cards: Cards) -> CardFile:
    """Send a reply or an incomplete package back to the unit; the term runs on (KR-2.4, KR-2.9).

    Raises what `print_card` raises.
    """

    def write(file: CardFile) -> Change:
        card = file.card
        after = _stepped(doing, card, Action.SEND_BACK, city)
        if card.status is Status.REPLY_SUBMITTED:
            replies.require_signatory(doing.actor, card, Action.SEND_BACK, city)
        else:
            timers = replies.timers_again(file, city.edition(card.edition), doing.now)
            after = replace(after, timers=timers)
        reply = _drafted(replies.require_reply(file, clause_of_demand="KR-2.9"))
        after = replace(after, signatory=None, answered_at=None)
        note = Note(EventName.SENT_BACK, reason, public=False)
        return _with_reply(doing, file, after, reply, note)

    return do(doing, write, cards)


def hand_over(doing: Doing, *, text: str, city: City, cards: Cards) -> CardFile:
    """Hand reply, evidence and card over to the general office, which answers the term (KR-2.7).

    Raises what `print_card` raises.
    """

    def write(file: CardFile) -> Change:
        after = _stepped(doing, file.card, Action.HAND_OVER, city)
        signed = replies.require_reply(file, clause_of_demand="KR-2.7")
        reply = replace(signed, handed_over_at=doing.now)
        facts = _facts(mail=city.centre.official_mail if city.centre else None)
        note = Note(EventName.HANDED_OVER, text, facts=facts)
        return _with_reply(doing, file, replace(after, answered_at=doing.now), reply, note)

    return do(doing, write, cards)


def publish(doing: Doing, *, text: str, city: City, cards: Cards) -> CardFile:
    """Publish the reply under the id by which the card came, and take it off control (KR-2.9).

    Raises what `print_card` raises, RuleRefused for a card whose reply was not handed over.
    """

    def write(file: CardFile) -> Change:
        after = _stepped(doing, file.card, Action.PUBLISH, city)
        reply = replace(replies.require_handed_over(file), published_at=doing.now)
        facts = _facts(external_id=file.appeal.external_id)
        notes = (
            Note(EventName.REPLY_PUBLISHED, text, facts=facts),
            Note(EventName.CLOSED, facts={"result": file.card.result or ""}),
        )
        timers = timers_of_ending(file.card, doing.now, city)
        after = replace(after, closed_at=doing.now, timers=timers)
        return _with_reply(doing, file, after, reply, *notes)

    return do(doing, write, cards)


def statement_of(file: CardFile) -> str:
    """Return what the reply states about failed attempts to reach the applicant (KR-2.11)."""
    attempts = [
        say(STATE_LANGUAGE, "reply.attempt", at=event.at, outcome=event.facts.get("outcome", ""))
        for event in replies.failed_attempts(file.events)
    ]
    if not attempts:
        return ""
    return say(STATE_LANGUAGE, "reply.statement", attempts="; ".join(attempts))


def _stepped(doing: Doing, card: Card, action: Action, city: City) -> Card:
    replies.require_written_replies(card, action, city)
    return stepped(doing, card, action, city)


def _with_reply(doing: Doing, file: CardFile, after: Card, reply: Reply, *notes: Note) -> Change:
    return replace(written(doing, file, after, *notes), reply=reply)


def _unsigned(reply: Reply) -> Reply:
    return replace(reply, signed_at=None, signed_by=None, signed_file=None)


def _drafted(reply: Reply) -> Reply:
    return replace(
        _unsigned(reply),
        without_evidence="",
        signatory=None,
        submitted_at=None,
        submitted_by=None,
        handed_over_at=None,
    )


def _facts(**found: str | None) -> dict[str, str]:
    return {name: fact for name, fact in found.items() if fact}
