"""What the dialogue asks for, done: filing, pictures, joining, works, and what is left behind."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from chalicelib.dialogue import effects as e
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.filing_person import REFUSED
from chalicelib.domain.appeal import Applicant, Channel, Kind, ReplyChannel
from chalicelib.domain.bots import CHANNELS
from chalicelib.domain.card import Card
from chalicelib.domain.city import City
from chalicelib.domain.conversation import Draft, Neighbour, Session
from chalicelib.domain.errors import DomainError, StoreAway
from chalicelib.domain.inbound import InboundEvent
from chalicelib.domain.notice import Medium
from chalicelib.domain.once import Answer, Once, OnceRecord
from chalicelib.domain.quarantine import Held
from chalicelib.domain.repair_work import RepairWork
from chalicelib.domain.subscription import Subscription
from chalicelib.regulation.repair_works import require_kept_here
from chalicelib.usecases.conversation_cards import CardDesk, done_once, refusal_of
from chalicelib.usecases.conversation_photos import Photos
from chalicelib.usecases.conversation_ports import ChatFiles, Messenger
from chalicelib.usecases.intake import Registered
from chalicelib.usecases.nearby import Surroundings, around
from chalicelib.usecases.new_appeals import NewAppeal
from chalicelib.usecases.ports import Secrets, Tickets
from chalicelib.usecases.receipts import receipt_token
from chalicelib.usecases.sending_ports import Residents
from chalicelib.usecases.tracking import code_of
from chalicelib.usecases.work_ports import RepairWorks, Subscriptions
from chalicelib.words.say import say

DRAFT_KEPT: Final = timedelta(days=14)
"""How long the same draft is the same card: longer than any draft is kept."""

NO_CONSENT: Final = "no_consent"
"""The flag of an appeal whose applicant refused consent: nobody but its executor needs the data."""

_MOST_NEIGHBOURS: Final = 3

Register = Callable[[NewAppeal, Once[Registered | Held]], Registered | Held]


@dataclass(frozen=True, slots=True)
class Means:
    """What effects are done with.

    Attributes:
        register: files an appeal, without the limits of an address.
        tries: how often the event has been brought, this time counted.
    """

    messenger: Messenger
    register: Register
    cards: CardDesk
    tickets: Tickets
    files: ChatFiles
    surroundings: Surroundings
    works: RepairWorks
    subscriptions: Subscriptions
    residents: Residents
    secrets: Secrets
    tries: int = 1


@dataclass(frozen=True, slots=True)
class Doer:
    """Does the effects of one event, each once however often the event is brought."""

    event: InboundEvent
    facts: Facts
    means: Means

    def __call__(self, effect: e.Effect, session: Session) -> e.Outcome | None:
        """Do what an effect asks for. Raises StoreAway, SendingLater, MessengerMisused."""
        try:
            return self._done(effect, session)
        except StoreAway:
            raise
        except DomainError as refusal:
            return refusal_of(refusal, session.language)

    def _done(self, effect: e.Effect, session: Session) -> e.Outcome | None:
        match effect:
            case e.Register(draft=draft):
                return self._register(draft, session)
            case e.FetchPhotos(files=files):
                return self._photos().fetched(files, tries=self.means.tries)
            case e.FindNeighbours():
                return self._neighbours(effect, session)
            case e.FindWorks(streets=streets):
                return e.WorksFound(tuple(self._works(streets, session.language)))
            case e.Subscribe(street=street):
                return self._subscribe(street, session)
            case e.ReadCard() | e.ListCards() | e.AddToCard() | e.AnswerSurvey():
                return self.means.cards.done(effect, session, self.event, self.facts)
            case _:
                self._left(effect)
                return None

    def _left(self, effect: e.Effect) -> None:
        identity, means = self.event.identity, self.means
        match effect:
            case e.DropPhotos(uploads=uploads):
                self._photos().deleted(uploads)
            case e.MarkAlive(alive=True):
                means.residents.switch_on(Medium(self.event.channel), identity)
            case e.MarkAlive(alive=False):
                medium = Medium(self.event.channel)
                means.residents.switch_off(medium, identity, reason="blocked", at=self.facts.now)
            case e.LayOffButtons(message=message):
                means.messenger.lay_off(identity, message)
            case e.LeaveChat():
                means.messenger.leave(identity)

    def _register(self, draft: Draft, session: Session) -> e.Outcome:
        once: Once[Registered | Held] = Once(
            key=f"chat|{draft.id}",
            fingerprint=draft.id,
            expires_at=self.facts.now + DRAFT_KEPT,
            shape=_kept,
        )
        new = new_appeal(draft, session, min(self.event.at, self.facts.now))
        desk = self.means.cards
        done = done_once(
            lambda: self.means.register(new, once),
            once,
            guards=desk.limits.guards,
            now=self.facts.now,
        )
        if isinstance(done, OnceRecord) and not done.answer.sealed_for:
            card = desk.cards.read_file(json.loads(done.answer.body)["number"]).card
            code = code_of(card, self.means.secrets)
            return _registered(card, code, (), self.facts.city, session.language)
        if isinstance(done, OnceRecord):
            return self._waits(*done.answer.sealed_for)
        if isinstance(done, Held):
            return self._waits(done.key_id, done.receipt_id)
        return _registered(
            done.card, done.access_code, done.works, self.facts.city, session.language
        )

    def _waits(self, key_id: str, receipt_id: str) -> e.Waits:
        return e.Waits(receipt_token(receipt_id, secrets=self.means.secrets, key_id=key_id))

    def _photos(self) -> Photos:
        means, facts = self.means, self.facts
        return Photos(means.messenger, means.tickets, means.files, facts.now, facts.fresh_id)

    def _neighbours(self, asked: e.FindNeighbours, session: Session) -> e.NeighboursFound:
        city = self.facts.city
        topic = city.topics[asked.topic]
        of = self.means.surroundings
        found = around(asked.place, topic, now=self.facts.now, city=city, of=of)
        shown = (card for card in found.appeals if card.number not in session.known.numbers)
        rows = [_neighbour(card, city, session.language) for card in shown]
        return e.NeighboursFound(tuple(rows[:_MOST_NEIGHBOURS]))

    def _works(self, streets: tuple[str, ...], language: str) -> Iterator[e.WorkSeen]:
        seen: set[str] = set()
        for street in streets:
            for work in self.means.works.in_street(street):
                if work.id not in seen:
                    seen.add(work.id)
                    yield work_seen(work, street, self.facts, language)

    def _subscribe(self, street: str, session: Session) -> e.Subscribed:
        """Subscribe at once: the messenger has proved whose chat it is."""
        require_kept_here(self.facts.city)
        now = self.facts.now
        made = Subscription(
            street=street,
            medium=Medium(session.channel),
            address=session.identity,
            language=session.language,
            asked_at=now,
            key=self.means.secrets.current(),
            confirmed_at=now,
        )
        self.means.subscriptions.keep(made)
        return e.Subscribed(street)


def new_appeal(draft: Draft, session: Session, received_at: datetime) -> NewAppeal:
    """Return a draft as what came in; the chat itself is a contact (K-3.2)."""
    if session.channel not in CHANNELS or draft.place is None:
        raise ValueError(session.identity)
    applicant = Applicant(
        name=draft.name,
        phone=draft.phone or None,
        residence=draft.home if draft.name else None,
        chat=session.identity,
    )
    return NewAppeal(
        text=draft.text,
        place=draft.place,
        applicant=applicant,
        reply_channel=ReplyChannel(session.channel),
        topic=draft.topic,
        kind=None if draft.name else Kind.SIGNAL,
        channel=Channel(session.channel),
        language=session.language or "uk",
        uploads=tuple(photo.upload_id for photo in draft.photos),
        join=draft.join or None,
        consent_version=draft.consent or None,
        marks=frozenset({NO_CONSENT} if draft.consent == REFUSED else ()),
        received_at=received_at,
    )


def work_seen(work: RepairWork, street: str, facts: Facts, language: str) -> e.WorkSeen:
    """Return a work in its own words, in one of its streets."""
    known = facts.city.streets.get(street)
    return e.WorkSeen(
        street=known.full_name.in_language(language) if known else street,
        summary=work.summary,
        cause=work.cause,
        consequences=work.consequences,
        eta_at=work.eta_at,
        status=work.status(facts.now),
    )


def _kept(done: Registered | Held) -> Answer:
    if isinstance(done, Held):
        return Answer(202, "{}", sealed_for=(done.key_id, done.receipt_id))
    return Answer(201, json.dumps({"number": done.card.number}))


def _registered(
    card: Card, code: str, works: tuple[RepairWork, ...], city: City, language: str
) -> e.Registered:
    executor = city.executors.get(card.executor or "")
    return e.Registered(
        number=card.number,
        access_code=code,
        due_at=card.due_at,
        executor=executor.name.in_language(language) if executor else "",
        joined_to=card.joined_to or "",
        is_signal=card.kind is Kind.SIGNAL,
        works=tuple(_known(work) for work in works),
    )


def _known(work: RepairWork) -> e.WorkSeen:
    return e.WorkSeen("", work.summary, work.cause, work.consequences, work.eta_at, "")


def _neighbour(card: Card, city: City, language: str) -> Neighbour:
    topic = city.topics.get(card.topic)
    name = topic.name.in_language(language) if topic else ""
    where = ", ".join(filter(None, (card.street, card.building)))
    words = say(language, "chat.s.row", status=card.status, topic=name)
    return Neighbour(card.number, f"{words}, {where}")
