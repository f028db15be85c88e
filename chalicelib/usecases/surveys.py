"""Ask the applicant, and do what the answer entails (K-6.2)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.card import Action, Card, CardFile, Change, Status
from chalicelib.domain.city import City
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import EventName
from chalicelib.domain.evidence import UploadTicket
from chalicelib.domain.numbers import parse_survey_token, same_token, survey_token
from chalicelib.domain.once import Once
from chalicelib.domain.people import SYSTEM, Actor, Role
from chalicelib.domain.survey import Outcome, Survey
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.disputes import require_may_dispute
from chalicelib.regulation.lifecycle import step
from chalicelib.regulation.permissions import Deed, require, require_on, require_sees
from chalicelib.regulation.survey_calls import attempted, is_silence
from chalicelib.regulation.surveys import answer_action, require_open
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.ports import Cards, Numbers, Page, Secrets, Tickets
from chalicelib.usecases.repeats import Returning, returned
from chalicelib.usecases.uploads import claimed, with_uploads
from chalicelib.usecases.writing import Note, change, moved, on_fresh_file


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered, by whom, when, with which photos not yet of any card."""

    outcome: Outcome
    score: int | None
    reason: str
    actor: Actor
    now: datetime
    photos: tuple[UploadTicket, ...] = ()


@dataclass(frozen=True, slots=True)
class Answered:
    """The card after the answer, and the repeat appeal's number if there is one."""

    card: Card
    repeat_number: str | None


def view(token: str, *, cards: Cards, secrets: Secrets) -> tuple[CardFile, Survey]:
    """Return the card and the survey that a token opens. Reading never uses the token up.

    Raises NotFound for a wrong token, a card or a survey that is not there, alike.
    """
    named = parse_survey_token(token)
    if named is None:
        raise NotFound(words="no-survey")
    try:
        file = cards.read_file(named[0])
    except NotFound:
        raise NotFound(words="no-survey") from None
    return file, _opened_by(token, file, named[1], secrets)


def answer(
    token: str,
    reply: Reply,
    *,
    once: Once[Answered],
    uploads: Sequence[str],
    limits: Limits,
    city: City,
    cards: Cards,
    numbers: Numbers,
    tickets: Tickets,
    secrets: Secrets,
) -> Answered:
    """Take the applicant's one answer (K-6.2).

    Raises NotFound, InputRefused (no reason, an unknown upload), RuleRefused (answered or
    closed), TooManyRequests, ChangedMeanwhile.
    """
    limits.check_address(reply.now)
    file, survey = view(token, cards=cards, secrets=secrets)
    sequence = _sequence_if_returned(reply, numbers, city)

    def attempt(file: CardFile) -> Answered:
        current = _survey(file, survey.no)
        shown = replace(reply, photos=claimed(uploads, tickets, reply.now))
        return _take(file, current, shown, sequence, once=once, city=city, cards=cards)

    return on_fresh_file(cards, file.card.number, attempt, just_read=file)


def answer_by_phone(
    number: str,
    reply: Reply,
    *,
    once: Once[Answered],
    city: City,
    cards: Cards,
    numbers: Numbers,
) -> Answered:
    """Take the answer that an operator heard, or record that nobody answered (K-6.2).

    Raises NotFound, RoleNotPermitted, InputRefused, RuleRefused, ChangedMeanwhile.
    """
    sequence = _sequence_if_returned(reply, numbers, city)

    def attempt(file: CardFile) -> Answered:
        require_sees(reply.actor, file.card)
        require_on(reply.actor, Deed.SURVEY_CALL, file.card)
        if not file.surveys:
            raise NotFound(words="no-survey")
        if _disputes(file.card, reply):
            return _disputed(file, reply, sequence, once=once, city=city, cards=cards)
        survey = file.surveys[-1]
        return _take(file, survey, reply, sequence, once=once, city=city, cards=cards)

    return on_fresh_file(cards, number, attempt)


def to_call(actor: Actor, *, limit: int, cursor: str | None, cards: Cards) -> Page[Card]:
    """Return the cards whose applicants are to be phoned, whoever is due first (K-6.2).

    Raises RoleNotPermitted.
    """
    require(actor, Deed.SURVEY_CALL)
    return cards.to_call(limit=limit, cursor=cursor)


def token_of(card: Card, survey: Survey, secrets: Secrets) -> str:
    """Return the token of a survey, recomputed from the card's key."""
    return survey_token(secrets.key(card.code_key), card.code_key, card.number, survey.no)


def _sequence_if_returned(reply: Reply, numbers: Numbers, city: City) -> int:
    if reply.outcome is Outcome.UNREACHABLE:
        return 0
    if answer_action(reply.outcome, reply.reason) is Action.CONFIRM:
        return 0
    return numbers.next_sequence(local_date(reply.now, city.calendar).year)


def _take(
    file: CardFile,
    survey: Survey,
    reply: Reply,
    sequence: int,
    *,
    once: Once[Answered],
    city: City,
    cards: Cards,
) -> Answered:
    require_open(survey, reply.now)
    if reply.outcome is Outcome.UNREACHABLE:
        changes: tuple[Change, ...] = (_attempted(file, survey, reply, city),)
    elif answer_action(reply.outcome, reply.reason) is Action.CONFIRM:
        changes = (_confirmed(file, survey, reply, city),)
    else:
        changes = _returned(file, survey, reply, sequence, city)
    *others, last = changes
    last = with_uploads(last, reply.photos, reply.now)
    answered = Answered(changes[0].card, last.card.number if others else None)
    claims = [replace(ticket, number=last.card.number) for ticket in reply.photos]
    cards.save(*others, last, once=once.record(answered), claims=claims)
    return answered


def _disputes(card: Card, reply: Reply) -> bool:
    """Tell whether an operator hears that work which nobody confirmed is not done (K-6.2)."""
    bad = reply.outcome in (Outcome.NOT_DONE, Outcome.POOR)
    return bad and card.status is Status.UNCONFIRMED


def _disputed(
    file: CardFile,
    reply: Reply,
    sequence: int,
    *,
    once: Once[Answered],
    city: City,
    cards: Cards,
) -> Answered:
    require_may_dispute(file, reply.now, city)
    returning = Returning(reply.actor, Action.DISPUTE, reply.reason, sequence, reply.now)
    parent, repeat = returned(file, returning, Note(EventName.DISPUTED, tell=False), city=city)
    answered = Answered(parent.card, repeat.card.number)
    cards.save(parent, repeat, once=once.record(answered))
    return answered


def _attempted(file: CardFile, survey: Survey, reply: Reply, city: City) -> Change:
    """Keep an attempt that met nobody; after as many as the city says the survey is silent."""
    edition = city.edition(file.card.edition)
    after = attempted(file.card, reply.now, edition, city.calendar)
    facts = {"outcome": str(reply.outcome), "calls": str(after.calls)}
    note = Note(EventName.CONTACT_ATTEMPTED, reply.reason, public=False, facts=facts, tell=False)
    notes = [note]
    if is_silence(after, edition):
        taken = step(city.law, after.status, Action.FALL_SILENT, Role.SYSTEM)
        after = moved(after, taken.target)
        notes.append(Note(EventName.UNCONFIRMED, by=SYSTEM))
    written = change(file.card, after, reply.now, reply.actor, *notes)
    return replace(written, surveys=(replace(survey, attempts=after.calls),))


def _confirmed(file: CardFile, survey: Survey, reply: Reply, city: City) -> Change:
    taken = step(city.law, file.card.status, Action.CONFIRM, reply.actor.role)
    notes = (_answered_note(reply), Note(EventName.CONFIRMED))
    after = moved(file.card, taken.target)
    written = change(file.card, after, reply.now, reply.actor, *notes)
    return replace(written, surveys=(_closed(survey, reply),))


def _returned(
    file: CardFile, survey: Survey, reply: Reply, sequence: int, city: City
) -> tuple[Change, Change]:
    returning = Returning(reply.actor, Action.RETURN, reply.reason, sequence, reply.now)
    parent, repeat = returned(file, returning, _answered_note(reply), city=city)
    return replace(parent, surveys=(_closed(survey, reply),)), repeat


def _answered_note(reply: Reply) -> Note:
    facts = {"outcome": str(reply.outcome)}
    if reply.score is not None:
        facts["score"] = str(reply.score)
    return Note(EventName.SURVEY_ANSWERED, facts=facts, tell=False)


def _closed(survey: Survey, reply: Reply) -> Survey:
    return replace(
        survey,
        outcome=reply.outcome,
        score=reply.score,
        reason=reply.reason,
        answered_at=reply.now,
    )


def _opened_by(token: str, file: CardFile, no: int, secrets: Secrets) -> Survey:
    for survey in file.surveys:
        if survey.no == no and same_token(token, token_of(file.card, survey, secrets)):
            return survey
    raise NotFound(words="no-survey")


def _survey(file: CardFile, no: int) -> Survey:
    return next(survey for survey in file.surveys if survey.no == no)
