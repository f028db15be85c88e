"""Register an appeal: one card, whatever door it came through (K-3.1, KR-2.1)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.appeal import Appeal
from chalicelib.domain.card import Card, CardFile, Change
from chalicelib.domain.city import City, Topic, Urgency
from chalicelib.domain.evidence import UploadTicket
from chalicelib.domain.numbers import registration_number
from chalicelib.domain.once import Once
from chalicelib.domain.people import SYSTEM, Actor
from chalicelib.domain.repair_work import RepairWork
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.complaints import require_may_go_to
from chalicelib.regulation.deadlines import Deadline
from chalicelib.regulation.joining import require_may_gather, require_no_slower
from chalicelib.regulation.machines import MACHINE
from chalicelib.usecases.joining import gathering, read_main
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.new_appeals import (
    NewAppeal,
    appeal_of,
    card_of,
    deadline_of,
    registering,
    topic_of,
)
from chalicelib.usecases.ports import Cards, Numbers, Secrets, Start, Tickets
from chalicelib.usecases.repair_works import known_soon, linked_to
from chalicelib.usecases.tracking import code_of
from chalicelib.usecases.uploads import claimed
from chalicelib.usecases.work_ports import RepairWorks
from chalicelib.usecases.writing import while_beaten


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

    @property
    def read(self) -> tuple[CardFile | None, tuple[UploadTicket, ...]]:
        """What another writer may change before the card is written."""
        return self.joined, self.tickets


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
    topic = topic_of(new, city, now)
    before = _beforehand(
        new, topic, now, city, limits.on(topic),
        cards=cards, numbers=numbers, tickets=tickets, works=works, start=start,
    )  # fmt: skip
    appeal = appeal_of(new, before.number, new.received_at or now, city)
    due = deadline_of(appeal, topic, now, city)
    tally = limits.on(topic).of_contact(new.applicant, now, city.calendar)
    key_id = secrets.current()

    def attempt(again: bool) -> Registered:
        main, photos = _fresh(new, topic, now, city, cards, tickets) if again else before.read
        card = card_of(appeal, topic, due, main, key_id=key_id, now=now, city=city_soon())
        written = registering(linked_to(card, before.works), appeal, photos, actor, now, new)
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


def _fresh(
    new: NewAppeal, topic: Topic | None, now: datetime, city: City, cards: Cards, tickets: Tickets
) -> tuple[CardFile | None, tuple[UploadTicket, ...]]:
    main = _to_join(new, topic, city, cards) if new.join else None
    return main, claimed(new.uploads, tickets, now)


def _draw_number(numbers: Numbers, city: City, now: datetime) -> str:
    year = local_date(now, city.calendar).year
    return registration_number(year, numbers.next_sequence(year))


def _to_join(new: NewAppeal, topic: Topic | None, city: City, cards: Cards) -> CardFile:
    main = read_main(new.join or "", "join", cards)
    require_may_gather(main, "join")
    require_may_go_to(main.card.executor, about=new.complaint_about)
    require_no_slower(topic.urgency if topic else Urgency.MEDIUM, main.card, city.law)
    return main


def _joined(card: Card, joined: CardFile | None, now: datetime) -> tuple[Change, ...]:
    return (gathering(joined, card, now, SYSTEM),) if joined else ()
