"""What came in, and how it becomes an appeal and a card, before anything is written."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.appeal import Appeal, Applicant, Channel, Kind, Place, ReplyChannel
from chalicelib.domain.card import Card, CardFile, Change, Status
from chalicelib.domain.city import City, Topic, Urgency
from chalicelib.domain.errors import Fault, InputRefused
from chalicelib.domain.events import EventName
from chalicelib.domain.evidence import UploadTicket
from chalicelib.domain.people import SYSTEM, Actor
from chalicelib.domain.quarantine import Held
from chalicelib.domain.screening import Extent
from chalicelib.regulation.complaints import kind_of_complaint
from chalicelib.regulation.control import timers_of_start
from chalicelib.regulation.deadlines import Deadline, deadline
from chalicelib.regulation.intake import excerpt, first_step, kind_of
from chalicelib.regulation.kinds import flags_of, reply_channel_of, require_signal_taken
from chalicelib.regulation.street_search import resolve
from chalicelib.usecases.uploads import evidence_of
from chalicelib.usecases.writing import Note, events_after


@dataclass(frozen=True, slots=True)
class Screened:
    """What screening makes of an appeal that is registered (K-3.4).

    Attributes:
        masks: the places of its text that shared views hide.
        before, after: what its history says before and after the registration.
        held: the text that waited for people, as it stands once this card is registered.
    """

    masks: tuple[Extent, ...] = ()
    before: tuple[Note, ...] = ()
    after: tuple[Note, ...] = ()
    held: Held | None = None


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """What came in, checked for form but not yet registered; `marks` are flags of the form.

    Without a `reply_channel` the answer goes by the contacts.
    """

    text: str
    place: Place
    applicant: Applicant
    reply_channel: ReplyChannel | None
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
    screened: Screened = Screened()


def topic_of(new: NewAppeal, city: City, now: datetime) -> Topic | None:
    """Return the topic that was named, None for none. Raises InputRefused with every fault."""
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


def appeal_of(new: NewAppeal, number: str, received_at: datetime, city: City) -> Appeal:
    """Return what came in as an appeal; its street is the registry's where it is known."""
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
        reply_channel=reply_channel_of(kind, new.reply_channel, new.applicant),
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
        masks=new.screened.masks,
    )


def deadline_of(appeal: Appeal, topic: Topic | None, now: datetime, city: City) -> Deadline:
    """Return the deadline counted from the receipt, by the edition in force at registration."""
    return deadline(
        appeal.received_at,
        topic.urgency if topic else Urgency.MEDIUM,
        edition=city.edition_at(now),
        calendar=city.calendar,
        law=city.law,
    )


def card_of(
    appeal: Appeal,
    topic: Topic | None,
    due: Deadline,
    joined: CardFile | None,
    *,
    key_id: str,
    now: datetime,
    city: City,
) -> Card:
    """Return a new card: where it stands, under which term, with its timers."""
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
        excerpt=excerpt(appeal.shared_text),
        joined_to=joined.card.number if joined else None,
        flags=_flags(appeal, topic, city),
    )
    return replace(card, timers=timers_of_start(card, now, city))


def registering(
    card: Card,
    appeal: Appeal,
    photos: tuple[UploadTicket, ...],
    actor: Actor,
    now: datetime,
    new: NewAppeal,
) -> Change:
    """Return the change that registers a card, with its first events."""
    screened = new.screened
    notes = (*screened.before, *_first_notes(card), *screened.after)
    events = events_after(0, now, actor, *notes)
    evidence = tuple(evidence_of(ticket, card.number, now) for ticket in photos)
    marked = replace(card, seq=len(events), flags=card.flags | new.marks)
    return Change(None, marked, events, appeal, evidence=evidence, held=_held(screened, card))


def _held(screened: Screened, card: Card) -> Held | None:
    if screened.held is None:
        return None
    return replace(screened.held, number=card.number, code_key=card.code_key)


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
