"""What applicants do with their own card: add, withdraw, dispute (law 393/96 art. 18, K-6.2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.card import Action, Card, CardFile, Change, Status
from chalicelib.domain.city import City
from chalicelib.domain.errors import RuleRefused
from chalicelib.domain.events import EventName
from chalicelib.domain.once import Once
from chalicelib.domain.people import APPLICANT
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.clauses import clause
from chalicelib.regulation.control import question_timer, timers_of_ending
from chalicelib.regulation.disputes import require_may_dispute
from chalicelib.regulation.lifecycle import OPEN, step
from chalicelib.usecases.ports import Cards, Numbers, Secrets, Tickets
from chalicelib.usecases.repeats import Returning, returned
from chalicelib.usecases.tracking import track_own
from chalicelib.usecases.uploads import claimed, with_uploads
from chalicelib.usecases.writing import ANSWERED, Note, change, moved, on_fresh_file

_HEARD = OPEN | {Status.PLANNED, Status.JOINED, Status.CLOSED}


@dataclass(frozen=True, slots=True)
class Done:
    """The card after what its applicant did, and the repeat appeal's number if there is one."""

    card: Card
    repeat_number: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """Who comes with which code to which card, and how the answer is kept."""

    number: str
    code: str
    once: Once[Done]
    now: datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What the applicant says, with the ids of what was uploaded to it, each once."""

    text: str
    uploads: Sequence[str] = ()


def message(
    told: Told, said: Said, *, city: City, cards: Cards, tickets: Tickets, secrets: Secrets
) -> Done:
    """Add words and photos to an appeal, or answer what was asked. The version stays.

    The words are for those who work on it: others may read the card by codes of their own.

    Raises NotFound (no card, or a wrong code), InputRefused (an unknown upload), RuleRefused
    (the matter is finished), ChangedMeanwhile.
    """

    def write(file: CardFile) -> tuple[Change, ...]:
        card = file.card
        require_heard(card)
        timers = {**card.timers, **question_timer(card, told.now, city)}
        after = replace(card, flags=card.flags | {ANSWERED}, timers=timers)
        note = Note(EventName.MESSAGE_RECEIVED, said.text, public=False)
        return (change(card, after, told.now, APPLICANT, note),)

    return _do(told, said, write, cards, tickets, secrets)


@clause("LAW-18")
def require_heard(card: Card) -> None:
    """Check that somebody still works on the matter and will read more. Raises RuleRefused."""
    if card.status not in _HEARD:
        raise RuleRefused(words="card-finished", clause="LAW-18")


def withdraw(
    told: Told, said: Said, *, city: City, cards: Cards, tickets: Tickets, secrets: Secrets
) -> Done:
    """Withdraw an appeal before its result is reported.

    Raises NotFound, StepNotAllowed, ChangedMeanwhile.
    """

    def write(file: CardFile) -> tuple[Change, ...]:
        card = file.card
        taken = step(city.law, card.status, Action.WITHDRAW, APPLICANT.role)
        ending = timers_of_ending(card, told.now, city)
        after = replace(moved(card, taken.target), closed_at=told.now, timers=ending)
        return (change(card, after, told.now, APPLICANT, Note(EventName.WITHDRAWN, said.text)),)

    return _do(told, said, write, cards, tickets, secrets)


def dispute(
    told: Told,
    said: Said,
    *,
    city: City,
    cards: Cards,
    numbers: Numbers,
    tickets: Tickets,
    secrets: Secrets,
) -> Done:
    """Dispute work that nobody confirmed: it returns to the executor as a repeat appeal (K-6.2).

    Raises NotFound, StepNotAllowed, RuleRefused (too late), InputRefused, ChangedMeanwhile.
    """
    given: list[int] = []

    def write(file: CardFile) -> tuple[Change, ...]:
        step(city.law, file.card.status, Action.DISPUTE, APPLICANT.role)
        require_may_dispute(file, told.now, city)
        if not given:
            given.append(numbers.next_sequence(local_date(told.now, city.calendar).year))
        returning = Returning(APPLICANT, Action.DISPUTE, said.text, given[0], told.now)
        return returned(file, returning, Note(EventName.DISPUTED, tell=False), city=city)

    return _do(told, said, write, cards, tickets, secrets)


def _do(
    told: Told,
    said: Said,
    write: Callable[[CardFile], tuple[Change, ...]],
    cards: Cards,
    tickets: Tickets,
    secrets: Secrets,
) -> Done:
    """Save what `write` makes of the card that the code opens; uploads go with the last change."""
    track_own(told.number, told.code, cards=cards, secrets=secrets)

    def attempt(file: CardFile) -> Done:
        found = claimed(tuple(dict.fromkeys(said.uploads)), tickets, told.now)
        *others, last = write(file)
        last = with_uploads(last, found, told.now)
        owned = [replace(ticket, number=last.card.number) for ticket in found]
        changes = (*others, last)
        repeat = last.card.number if others else None
        done = Done(changes[0].card, repeat)
        cards.save(*changes, once=told.once.record(done), claims=owned)
        return done

    return on_fresh_file(cards, told.number, attempt)
