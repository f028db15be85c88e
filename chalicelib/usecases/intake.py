"""Register an appeal: one card, whatever door it came through (K-3.1, KR-2.1)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.appeal import Appeal, Applicant, Channel, Kind, Place, ReplyChannel
from chalicelib.domain.card import Card, CardFile, Change, Status
from chalicelib.domain.city import City, Topic, Urgency
from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.domain.events import EventName
from chalicelib.domain.evidence import UploadTicket
from chalicelib.domain.numbers import registration_number
from chalicelib.domain.once import Once
from chalicelib.domain.people import SYSTEM, Actor
from chalicelib.domain.repair_work import RepairWork
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.complaints import kind_of_complaint, require_may_go_to
from chalicelib.regulation.control import timers_of_start
from chalicelib.regulation.deadlines import Deadline, deadline
from chalicelib.regulation.intake import excerpt, first_step, kind_of
from chalicelib.regulation.joining import require_may_gather, require_no_slower
from chalicelib.regulation.kinds import flags_of, reply_channel_of, require_signal_taken
from chalicelib.regulation.machines import MACHINE
from chalicelib.regulation.street_search import resolve
from chalicelib.usecases.joining import gathering, read_main
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.ports import Cards, Numbers, Secrets, Start, Tickets
from chalicelib.usecases.repair_works import known_soon, linked_to
from chalicelib.usecases.tracking import code_of
from chalicelib.usecases.uploads import claimed, evidence_of
from chalicelib.usecases.work_ports import RepairWorks
from chalicelib.usecases.writing import Note, events_after, while_beaten


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """What came in, checked for form but not yet registered; `marks` are flags of the form."""

    text: str
    place: Place
    applicant: Applicant
    reply_channel: ReplyChannel
    topic: str | None = None
    kind: Kind | None = None
    channel: Channel = Channel.WEB
    language: str = "uk"
    uploads: tuple[str, ...] = ()
    join: str | None = None
    complaint_about: str | None = None
    hide_identity: bool = False
    consent_version: str | None = None
    received_at: datetime | None = None
    external_id: str | None = None
    call_id: str | None = None
    co_applicants: tuple[str, ...] = ()
    benefit: str | None = None
    take_part: bool = False
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Registered:
    """What the applicant is told: the card, its code, why it is due when it is due, known works."""

    card: Card
    appeal: Appeal
    deadline: Deadline
    access_code: str
    works: tuple[RepairWork, ...] = ()


@dataclass(frozen=True, slots=True)
class _Beforehand:
    """What intake has to know from the store, read in one wave."""

    number: str
    tickets: tuple[UploadTicket, ...]
    joined: CardFile | None
    works: tuple[RepairWork, ...]


def register(
    new: NewAppeal,
    *,
    actor: Actor,
    once: Once[Registered],
    limits: Limits,
    now: datetime,
    city: City,
    city_soon: Callable[[], City],
    cards: Cards,
    numbers: Numbers,
    tickets: Tickets,
    secrets: Secrets,
    works: RepairWorks,
    start: Start,
) -> Registered:
    """Register an appeal as a card and send it to its executor in one transaction (K-3.1, K-3.3).

    Raises InputRefused, TooManyRequests, OnceAnswered, ChangedMeanwhile, StoreAway.
    """
    topic = _topic(new, city, now)
    before = _beforehand(
        new, topic, now, city, limits.on(topic),
        cards=cards, numbers=numbers, tickets=tickets, works=works, start=start,
    )  # fmt: skip
    appeal = _appeal(new, before.number, new.received_at or now, city)
    due = _deadline(appeal, topic, now, city)
    tally = limits.on(topic).of_contact(new.applicant, now, city.calendar)

    def attempt(again: bool) -> Registered:
        main = _to_join(new, topic, city, cards) if again and new.join else before.joined
        photos = claimed(new.uploads, tickets, now) if again else before.tickets
        card = _card(appeal, topic, due, main, key_id=secrets.current(), now=now, city=city_soon())
        written = _registering(linked_to(card, before.works), appeal, photos, actor, now, new.marks)
        done = Registered(written.card, appeal, due, code_of(card, secrets), before.works)
        changes = (written, *_joined(card, main, now))
        cards.save(*changes, once=once.record(done), claims=photos, tally=tally)
        return done

    return while_beaten(attempt)


def _beforehand(
    new: NewAppeal,
    topic: Topic | None,
    now: datetime,
    city: City,
    limits: Limits,
    *,
    cards: Cards,
    numbers: Numbers,
    tickets: Tickets,
    works: RepairWorks,
    start: Start,
) -> _Beforehand:
    """Read in one wave. Raises TooManyRequests, InputRefused, StoreAway."""
    number_of = start(lambda: _draw_number(numbers, city, now))
    known = known_soon(new.place, topic, city=city, works=works, start=start)
    uploads = start(lambda: claimed(new.uploads, tickets, now)) if new.uploads else tuple
    target = start(lambda: _to_join(new, topic, city, cards)) if new.join else None
    limits.check_address(now, suspected=MACHINE in new.marks)
    return _Beforehand(number_of(), uploads(), target() if target else None, known())


def _draw_number(numbers: Numbers, city: City, now: datetime) -> str:
    year = local_date(now, city.calendar).year
    return registration_number(year, numbers.next_sequence(year))


def _registering(
    card: Card,
    appeal: Appeal,
    photos: tuple[UploadTicket, ...],
    actor: Actor,
    now: datetime,
    marks: frozenset[str],
) -> Change:
    events = events_after(0, now, actor, *_first_notes(card))
    evidence = tuple(evidence_of(ticket, card.number, now) for ticket in photos)
    marked = replace(card, seq=len(events), flags=card.flags | marks)
    return Change(None, marked, events, appeal, evidence=evidence)


def _topic(new: NewAppeal, city: City, now: datetime) -> Topic | None:
    faults = []
    if new.topic is not None and new.topic not in city.topics:
        faults.append(Fault("topic", "unknown_topic"))
    if new.complaint_about is not None and new.complaint_about not in city.executors:
        faults.append(Fault("complaint_about", "unknown_executor"))
    if new.received_at is not None and new.received_at > now:
        faults.append(Fault("received_at", "in_the_future"))
    if faults:
        raise InputRefused(faults=tuple(faults))
    topic = city.topics[new.topic] if new.topic else None
    require_signal_taken(_kind(new), topic, city)
    return topic


def _kind(new: NewAppeal) -> Kind:
    asked = kind_of_complaint(new.kind, new.complaint_about)
    return kind_of(asked, has_name=bool(new.applicant.name))


def _to_join(new: NewAppeal, topic: Topic | None, city: City, cards: Cards) -> CardFile:
    main = read_main(new.join or "", "join", cards)
    require_may_gather(main, "join")
    require_may_go_to(main.card.executor, about=new.complaint_about)
    require_no_slower(topic.urgency if topic else Urgency.MEDIUM, main.card, city.law)
    return main


def _deadline(appeal: Appeal, topic: Topic | None, now: datetime, city: City) -> Deadline:
    """Return the deadline counted from the receipt, by the edition in force at registration."""
    return deadline(
        appeal.received_at,
        topic.urgency if topic else Urgency.MEDIUM,
        edition=city.edition_at(now),
        calendar=city.calendar,
        law=city.law,
    )


def _card(
    appeal: Appeal,
    topic: Topic | None,
    due: Deadline,
    joined: CardFile | None,
    *,
    key_id: str,
    now: datetime,
    city: City,
) -> Card:
    status, executor = first_step(appeal, topic, joined.card if joined else None, city)
    card = Card(
        number=appeal.number,
        root=appeal.number,
        status=status,
        topic=topic.code if topic else "",
        urgency=topic.urgency if topic else Urgency.MEDIUM,
        executor=executor,
        kind=appeal.kind,
        channel=appeal.channel,
        received_at=appeal.received_at,
        registered_at=now,
        due_at=due.due_at,
        certain_late_at=due.certain_late_at,
        edition=city.edition_at(now).name,
        code_key=key_id,
        street=appeal.place.street,
        building=appeal.place.building,
        excerpt=excerpt(appeal.text),
        joined_to=joined.card.number if joined else None,
        flags=_flags(appeal, topic, city),
    )
    return replace(card, timers=timers_of_start(card, now, city))


def _appeal(new: NewAppeal, number: str, received_at: datetime, city: City) -> Appeal:
    street = resolve(city, new.place.street)
    place = new.place
    if street is not None:
        place = replace(place, street=f"{street.kind} {street.name.uk}", street_id=street.id)
    kind = _kind(new)
    return Appeal(
        number=number,
        text=new.text,
        place=place,
        applicant=new.applicant,
        kind=kind,
        channel=new.channel,
        reply_channel=reply_channel_of(kind, new.reply_channel),
        language=new.language,
        received_at=received_at,
        complaint_about=new.complaint_about,
        hide_identity=new.hide_identity,
        consent_version=new.consent_version,
        external_id=new.external_id,
        call_id=new.call_id,
        co_applicants=new.co_applicants,
        benefit=new.benefit,
        take_part=new.take_part,
    )


def _flags(appeal: Appeal, topic: Topic | None, city: City) -> frozenset[str]:
    found = {
        "place_unknown": bool(city.streets) and appeal.place.street_id is None,
        "no_topic": topic is None,
    }
    return frozenset((*flags_of(appeal), *(name for name, holds in found.items() if holds)))


def _first_notes(card: Card) -> tuple[Note, ...]:
    notes = [Note(EventName.REGISTERED, facts={"due_at": card.due_at.isoformat()})]
    if card.status is Status.SENT:
        notes.append(Note(EventName.SENT, facts={"executor": card.executor or ""}, by=SYSTEM))
    if card.joined_to:
        notes.append(Note(EventName.JOINED, facts={"number": card.joined_to}, by=SYSTEM))
    return tuple(notes)


def _joined(card: Card, joined: CardFile | None, now: datetime) -> tuple[Change, ...]:
    return (gathering(joined, card, now, SYSTEM),) if joined else ()
