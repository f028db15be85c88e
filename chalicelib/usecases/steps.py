"""What an executor does with a card: accept, name a performer, comment, call, report (K-4, K-5)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.card import Action, Card, CardFile, Change, Result
from chalicelib.domain.city import City
from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.domain.events import EventName
from chalicelib.domain.once import Once
from chalicelib.domain.people import Actor
from chalicelib.regulation.appointments import require_receives
from chalicelib.regulation.comments import standing
from chalicelib.regulation.complaints import require_grounds, require_may_go_to
from chalicelib.regulation.control import accept_timer, assign_timer, heard
from chalicelib.regulation.evidence import proof_comes_with_report, require_own, require_proof
from chalicelib.regulation.lifecycle import step
from chalicelib.regulation.permissions import Deed, require_main, require_on, require_sees
from chalicelib.usecases.ports import Cards
from chalicelib.usecases.writing import (
    Note,
    change,
    file_after,
    moved,
    on_fresh_file,
    require_version,
)

REACHED = "reached"
"""The outcome of an attempt to reach the applicant that succeeded."""


@dataclass(frozen=True, slots=True)
class Doing:
    """Who acts on which card, seen in which version, and how the answer is kept."""

    number: str
    actor: Actor
    expected_version: int | None
    once: Once[CardFile]
    now: datetime


def accept(doing: Doing, *, text: str, city: City, cards: Cards) -> CardFile:
    """Take a card into work and confirm competence (K-4.1, KR-2.3).

    Without words of the executor the history says how the card stands (K-5.1.4).
    Raises NotFound, RoleNotPermitted, StepNotAllowed, VersionStale, ChangedMeanwhile.
    """

    def write(file: CardFile) -> Change:
        after = stepped(doing, file.card, Action.ACCEPT, city)
        edition = city.edition(after.edition)
        assign = assign_timer(doing.now, after.urgency, edition, city.calendar)
        after = replace(after, timers={**after.timers, **assign})
        note = Note(EventName.ACCEPTED, text, facts=standing(after, text))
        return written(doing, file, after, note)

    return do(doing, write, cards)


def assign(doing: Doing, *, performer: str, text: str, city: City, cards: Cards) -> CardFile:
    """Name the performer: a person of the executor by id, or anybody by name (K-5.1.5, KR-2.3).

    Raises what `accept` raises, and InputRefused for another executor's person.
    """

    def write(file: CardFile) -> Change:
        _require_own_person(performer, file.card, city)
        person = city.people.get(performer)
        after = stepped(doing, file.card, Action.ASSIGN, city)
        facts = {"performer": person.name if person else performer, **standing(after, text)}
        note = Note(EventName.PERFORMER_ASSIGNED, text, facts=facts)
        return written(doing, file, replace(after, performer=performer), note)

    return do(doing, write, cards)


def route(doing: Doing, *, executor: str, reason: str, city: City, cards: Cards) -> CardFile:
    """Send a registered card to an executor (K-3.3, KR-2.2). The clock runs on (R72).

    Raises what `accept` raises, InputRefused for an unknown executor, and RuleRefused for one
    that is suspended or has nobody responsible.
    """
    if executor not in city.executors:
        raise InputRefused(faults=(Fault("executor", "unknown_executor"),))

    def write(file: CardFile) -> Change:
        card = file.card
        edition = city.edition(card.edition)
        accept = accept_timer(doing.now, card.urgency, edition, city.calendar)
        note = Note(EventName.SENT, reason, public=False, facts={"executor": executor})
        after = stepped(doing, card, Action.ROUTE, city)
        after = replace(after, executor=executor, timers={**after.timers, **accept})
        require_may_go_to(executor, about=file.appeal.complaint_about)
        require_receives(city, executor)
        return written(doing, file, after, note)

    return do(doing, write, cards)


@dataclass(frozen=True, slots=True)
class Reported:
    """What the review came to, and by which evidence of the card.

    A refusal names its ground and where to complain (LAW-15).
    """

    result: Result
    text: str
    ground: str = ""
    complain_to: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, str]:
        """What the event keeps besides the words."""
        facts = {
            "result": str(self.result),
            "ground": self.ground,
            "complain_to": self.complain_to,
            "evidence": " ".join(self.evidence),
        }
        return {name: fact for name, fact in facts.items() if fact}


def report(doing: Doing, reported: Reported, *, city: City, cards: Cards) -> CardFile:
    """Enter the result of the review (K-4.4, KR-2.5); `done` needs its proof (K-5.1.9).

    Raises what `accept` raises, RuleRefused without the proof, InputRefused without grounds or
    for evidence that the card does not have.
    """
    result = reported.result
    require_grounds(result, ground=reported.ground, complain_to=reported.complain_to)

    def write(file: CardFile) -> Change:
        note = Note(EventName.REPORTED, reported.text, facts=reported.facts)
        after = stepped(doing, file.card, Action.REPORT, city)
        topic = city.topics.get(file.card.topic)
        require_own(reported.evidence, file)
        if proof_comes_with_report(city.law):
            require_proof(file, result, law=city.law, topic=topic)
        return written(doing, file, replace(after, result=result), note)

    return do(doing, write, cards)


def comment(doing: Doing, *, text: str, public: bool, cards: Cards) -> CardFile:
    """Comment on the present state (K-5.1.4). The version stays.

    Raises NotFound, RoleNotPermitted, VersionStale, ChangedMeanwhile.
    """
    note = Note(EventName.COMMENTED, text, public=public, tell=public)
    return do(doing, noting(doing, Deed.COMMENT, note, answers=public), cards)


def contact_attempt(doing: Doing, *, outcome: str, text: str, cards: Cards) -> CardFile:
    """Record an attempt to reach the applicant (K-4.1, KR-2.10, KR-2.11). The version stays."""
    facts = {"outcome": outcome}
    note = Note(EventName.CONTACT_ATTEMPTED, text, public=False, facts=facts, tell=False)
    return do(doing, noting(doing, Deed.CONTACT_ATTEMPT, note, answers=outcome == REACHED), cards)


def noting(
    doing: Doing, deed: Deed, note: Note, *, answers: bool = False
) -> Callable[[CardFile], Change]:
    """Return what writes an event and no step: the version stays.

    `answers` tells whether the applicant's last words are answered by it.
    """

    def write(file: CardFile) -> Change:
        require_on(doing.actor, deed, file.card)
        after = heard(file.card) if answers else file.card
        return change(file.card, after, doing.now, doing.actor, note)

    return write


def stepped(doing: Doing, card: Card, action: Action, city: City) -> Card:
    """Return the card after a step. Raises StepNotAllowed, RoleNotPermitted."""
    taken = step(city.law, card.status, action, doing.actor.role)
    require_main(doing.actor, card, clause=taken.clause)
    return moved(card, taken.target)


def written(doing: Doing, file: CardFile, after: Card, *notes: Note) -> Change:
    """Return the change to `after` with the events of who does it."""
    return change(file.card, after, doing.now, doing.actor, *notes)


def do(
    doing: Doing, write: Callable[[CardFile], Change | tuple[Change, ...]], cards: Cards
) -> CardFile:
    """Save what `write` makes of the card's file and return the file after it.

    Several changes are one transaction; the first is the card's own.
    Raises NotFound, VersionStale, ChangedMeanwhile, and what `write` raises.
    """

    def attempt(file: CardFile) -> CardFile:
        require_sees(doing.actor, file.card)
        require_version(file.card, doing.expected_version)
        made = write(file)
        changes = (made,) if isinstance(made, Change) else made
        after = file_after(file, changes[0])
        cards.save(*changes, once=doing.once.record(after))
        return after

    return on_fresh_file(cards, doing.number, attempt)


def _require_own_person(performer: str, card: Card, city: City) -> None:
    person = city.people.get(performer)
    if person is not None and person.executor != card.executor:
        raise InputRefused(faults=(Fault("performer", "other_executors_person"),))
