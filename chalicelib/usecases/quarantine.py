"""Keep suspected incitement back, let people judge it, register what they do not refuse (K-3.4)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.appeal import Appeal, Applicant, Place
from chalicelib.domain.city import City
from chalicelib.domain.errors import InputRefused, NotFound, RuleRefused
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import SYSTEM, Actor
from chalicelib.domain.quarantine import BEGINS, Held, HeldState, Verdict
from chalicelib.domain.screening import MASK, Screening
from chalicelib.regulation.permissions import Deed, require
from chalicelib.regulation.quarantine import (
    kept_until,
    refusal_counts,
    require_named_person,
    require_waiting,
    waiting_ends,
)
from chalicelib.usecases.intake import Registered, register
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.new_appeals import NewAppeal, appeal_of, topic_of
from chalicelib.usecases.ports import Cards, Numbers, Page, Secrets, Start, Tickets, Waking
from chalicelib.usecases.quarantine_ports import Quarantine
from chalicelib.usecases.receipts import is_over, proved
from chalicelib.usecases.screening import released
from chalicelib.usecases.uploads import claimed
from chalicelib.usecases.work_ports import RepairWorks
from chalicelib.usecases.writing import while_beaten

CLAUSE = "K-3.4"


@dataclass(frozen=True, slots=True)
class Registry:
    """What appeals are registered with, whoever sets it off.

    Attributes:
        city_soon: what waits for the city as it stands now.
        limits: those of whoever sends the appeal.
    """

    city: City
    city_soon: Callable[[], City]
    cards: Cards
    numbers: Numbers
    tickets: Tickets
    secrets: Secrets
    works: RepairWorks
    quarantine: Quarantine
    limits: Limits
    start: Start

    def register(
        self, new: NewAppeal, *, actor: Actor, once: Once[Registered], now: datetime
    ) -> Registered:
        """Register an appeal. Raises what `intake.register` raises."""
        return register(
            new,
            actor=actor,
            once=once,
            limits=self.limits,
            now=now,
            city=self.city,
            city_soon=self.city_soon,
            cards=self.cards,
            numbers=self.numbers,
            tickets=self.tickets,
            secrets=self.secrets,
            works=self.works,
            start=self.start,
        )


def hold(
    new: NewAppeal,
    found: Screening,
    *,
    new_id: Callable[[], str],
    once: Once[Held],
    now: datetime,
    registry: Registry,
) -> Held:
    """Keep a text back until people have judged it, at most for the city's hours.

    Raises InputRefused, TooManyRequests, OnceAnswered, StoreAway.
    """
    city, tickets = registry.city, registry.tickets
    limits = registry.limits.on(topic_of(new, city, now))
    review_by_at, release_at = waiting_ends(now, city)
    limits.check_address(now)
    claimed(new.uploads, tickets, now)
    tickets.keep(new.uploads, release_at + (release_at - now))
    held_id = f"{BEGINS}{new_id()}"
    held = Held(
        id=held_id,
        key_id=registry.secrets.current(),
        state=HeldState.WAITING,
        appeal=appeal_of(new, held_id, new.received_at or now, city),
        found=found,
        review_by_at=review_by_at,
        release_at=release_at,
        topic=new.topic,
        uploads=new.uploads,
        join=new.join,
    )
    tally = limits.of_contact(new.applicant, now, city.calendar)
    registry.quarantine.hold(held, once=once.record(held), tally=tally)
    return held


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decides of a text, and why."""

    refuse: bool
    reason: str
    actor: Actor
    now: datetime


def decide(receipt: str, judged: Judgement, *, once: Once[Held], registry: Registry) -> Held:
    """Register a text, or refuse it: which takes effect when a second person agrees.

    Raises NotFound, RoleNotPermitted, RuleRefused, OnceAnswered, ChangedMeanwhile.
    """
    require(judged.actor, Deed.QUARANTINE, clause=CLAUSE)
    require_named_person(judged.actor)

    def attempt(_again: bool) -> Held:
        held = registry.quarantine.read(f"{BEGINS}{proved(receipt, registry.secrets)}")
        require_waiting(held)
        if not judged.refuse:
            return _register(held, _verdict(judged), judged.actor, judged.now, once, registry)
        after = _refused(held, judged, registry.city)
        registry.quarantine.decide(after, once=once.record(after))
        return after

    return while_beaten(attempt)


def wake(waking: Waking, at: datetime, registry: Registry) -> None:
    """Register a text that nobody has refused in time, with what may incite hidden.

    Raises ChangedMeanwhile, StoreAway.
    """
    with suppress(NotFound):
        held = registry.quarantine.read(waking.number)
        if held.state is HeldState.WAITING and held.release_at <= at:
            _register(held, None, SYSTEM, at, _unasked(at), registry)


def listed(
    actor: Actor,
    now: datetime,
    *,
    decided: bool,
    limit: int,
    cursor: str | None,
    quarantine: Quarantine,
) -> Page[Held]:
    """Return the texts that wait, or the journal of those decided. Raises RoleNotPermitted."""
    require(actor, Deed.QUARANTINE, clause=CLAUSE)
    read = quarantine.decided if decided else quarantine.waiting
    page = read(limit=limit, cursor=cursor)
    return replace(page, items=tuple(held for held in page.items if not is_over(held, now)))


def _verdict(judged: Judgement) -> Verdict:
    return Verdict(judged.actor.person_id, judged.actor.name, judged.now, judged.reason)


def _refused(held: Held, judged: Judgement, city: City) -> Held:
    after = replace(held, version=held.version + 1)
    if not refusal_counts(held, judged.actor, judged.now):
        return replace(after, refusal=_verdict(judged))
    return replace(
        after,
        state=HeldState.REFUSED,
        decision=_verdict(judged),
        decided_at=judged.now,
        expires_at=kept_until(judged.now, city),
    )


def _register(
    held: Held,
    verdict: Verdict | None,
    actor: Actor,
    now: datetime,
    once: Once[Held],
    registry: Registry,
) -> Held:
    """Register a text as a card whose term counts from its receipt; the text stays there only."""
    after = replace(
        held,
        state=HeldState.REGISTERED if verdict else HeldState.RELEASED,
        appeal=_emptied(held.appeal),
        decision=verdict,
        decided_at=now,
        expires_at=kept_until(now, registry.city),
        version=held.version + 1,
    )
    new = _again_new(held, after, now, registry)
    kept: Once[Registered] = Once(
        once.key,
        once.fingerprint,
        once.expires_at,
        lambda done: once.shape(replace(after, number=done.card.number)),
        once.caller,
    )
    try:
        done = registry.register(new, actor=actor, once=kept, now=now)
    except (InputRefused, RuleRefused):
        if new.join is None:
            raise
        # What it was to be joined to has ended meanwhile.
        alone = replace(new, join=None)
        done = registry.register(alone, actor=actor, once=kept, now=now)
    return replace(after, number=done.card.number)


def _again_new(held: Held, after: Held, now: datetime, registry: Registry) -> NewAppeal:
    appeal = held.appeal
    there = registry.tickets.read(held.uploads, now)
    new = NewAppeal(
        text=appeal.text,
        place=appeal.place,
        applicant=appeal.applicant,
        reply_channel=appeal.reply_channel,
        topic=held.topic if held.topic in registry.city.topics else None,
        kind=appeal.kind,
        channel=appeal.channel,
        language=appeal.language,
        uploads=tuple(ticket.id for ticket in there if ticket.number is None),
        join=held.join,
        complaint_about=appeal.complaint_about,
        hide_identity=appeal.hide_identity,
        consent_version=appeal.consent_version,
        received_at=appeal.received_at,
        external_id=appeal.external_id,
        call_id=appeal.call_id,
        co_applicants=appeal.co_applicants,
        benefit=appeal.benefit,
        take_part=appeal.take_part,
    )
    return released(new, held, after)


def _emptied(appeal: Appeal) -> Appeal:
    """Return an appeal without words and persons: a card has them."""
    place = Place(street=appeal.place.street)
    return replace(appeal, text=MASK, applicant=Applicant(), place=place, co_applicants=())


def _unasked(now: datetime) -> Once[Held]:
    return Once(None, "", now, lambda _held: Answer(200, ""))
