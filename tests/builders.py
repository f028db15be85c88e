"""Cards, appeals and what belongs to them, for tests: plausible unless a test says otherwise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from chalicelib.domain.appeal import (
    Appeal,
    Applicant,
    Channel,
    Kind,
    Place,
    ReplyChannel,
    Residence,
)
from chalicelib.domain.card import Card, Change, Status
from chalicelib.domain.city import Urgency
from chalicelib.domain.events import Event, EventName
from chalicelib.domain.evidence import (
    About,
    Evidence,
    EvidenceKind,
    EvidenceStatus,
    UploadTicket,
)
from chalicelib.domain.executor_request import ExecutorRequest, RequestKind, RequestStatus
from chalicelib.domain.notice import Audience, Medium, Notice
from chalicelib.domain.numbers import registration_number
from chalicelib.domain.once import Answer, OnceRecord
from chalicelib.domain.people import SYSTEM, Actor, Role
from chalicelib.domain.survey import Survey

KYIV: Final = ZoneInfo("Europe/Kyiv")
_LOCAL: Final = "%a %Y-%m-%d %H:%M"


def local(text: str) -> datetime:
    """Return a Kyiv instant such as `Mon 2026-03-02 10:15`, in UTC; refuse a wrong weekday."""
    instant = datetime.strptime(text, _LOCAL).replace(tzinfo=KYIV)
    if instant.strftime(_LOCAL) != text:
        raise ValueError(f"{text} is a {instant:%A}")
    return instant.astimezone(UTC)


RECEIVED_AT: Final = local("Mon 2026-03-02 10:15")
NUMBER: Final = registration_number(2026, 123)
EXECUTOR: Final = Actor("anna", Role.RESPONSIBLE, name="Анна Відповідальна", executor="svitlo")
COORDINATOR: Final = Actor("olena", Role.COORDINATOR, name="Олена Координаторка")


def number_of(sequence: int) -> str:
    """Return the number of a card of 2026."""
    return registration_number(2026, sequence)


def a_card(**changes: Any) -> Card:
    """Return a card just sent to its executor."""
    number = changes.get("number", NUMBER)
    card = Card(
        number=number,
        root=number,
        status=Status.SENT,
        topic="LI-01",
        urgency=Urgency.NORMAL,
        executor="svitlo",
        kind=Kind.APPEAL,
        channel=Channel.WEB,
        received_at=RECEIVED_AT,
        registered_at=RECEIVED_AT,
        due_at=local("Sat 2026-03-07 00:00"),
        certain_late_at=local("Sun 2026-03-08 00:00"),
        edition="2024",
        code_key="k1",
        street="вулиця Ялинкова",
        building="12",
        excerpt="Третій день не горить ліхтар біля під'їзду",
        seq=2,
    )
    return replace(card, **changes)


def an_appeal(**changes: Any) -> Appeal:
    """Return an appeal with everything that the Regulation asks of one."""
    appeal = Appeal(
        number=NUMBER,
        text="Третій день не горить ліхтар біля під'їзду, увечері зовсім темно.",
        place=Place("вулиця Ялинкова", "12", street_id="yalynkova"),
        applicant=Applicant(
            name="Оксана Вигадана",
            phone="+380670000001",
            email="oksana@example.com",
            residence=Residence("вулиця Ялинкова", "12", "7"),
        ),
        kind=Kind.APPEAL,
        channel=Channel.WEB,
        reply_channel=ReplyChannel.EMAIL,
        language="uk",
        received_at=RECEIVED_AT,
        consent_version="2026-01",
    )
    return replace(appeal, **changes)


def an_event(**changes: Any) -> Event:
    """Return an event of the system."""
    event = Event(seq=1, at=RECEIVED_AT, name=EventName.REGISTERED, by=SYSTEM)
    return replace(event, **changes)


def registering(card: Card | None = None, appeal: Appeal | None = None, **more: Any) -> Change:
    """Return the change that registers a card: `registered` and `sent` in one write."""
    card = card or a_card()
    appeal = appeal or an_appeal(number=card.number, received_at=card.received_at)
    names = (EventName.REGISTERED, EventName.SENT)
    events = tuple(
        an_event(seq=seq, at=card.registered_at, name=name) for seq, name in enumerate(names, 1)
    )
    return Change(None, replace(card, seq=2), events, appeal, **more)


def changing(before: Card, *, at: datetime | None = None, **changes: Any) -> Change:
    """Return the change of a card by one comment; items such as `requests` may come with it."""
    parts = {n: changes.pop(n) for n in ("requests", "evidence", "surveys") if n in changes}
    seq = before.seq + 1
    event = an_event(seq=seq, at=at or before.received_at, name=EventName.COMMENTED, by=EXECUTOR)
    return Change(before, replace(before, seq=seq, **changes), (event,), **parts)


def a_request(**changes: Any) -> ExecutorRequest:
    """Return a pending request for closure."""
    number, no = changes.get("number", NUMBER), changes.pop("no", 1)
    request = ExecutorRequest(
        id=f"{number}.r{no}",
        number=number,
        kind=RequestKind.CLOSURE,
        status=RequestStatus.PENDING,
        reason="Роботу виконано",
        asked_at=local("Tue 2026-03-03 09:00"),
        asked_by=EXECUTOR.subject,
        executor="svitlo",
        decider="coordinator",
        decide_by_at=local("Wed 2026-03-04 09:00"),
    )
    return replace(request, **changes)


def an_evidence(**changes: Any) -> Evidence:
    """Return an accepted photo of the work."""
    evidence = Evidence(
        id="e1",
        number=NUMBER,
        kind=EvidenceKind.PHOTO,
        about=About.EXECUTION,
        status=EvidenceStatus.ACCEPTED,
        uploaded_at=local("Tue 2026-03-03 09:00"),
        by=EXECUTOR.subject,
        content_type="image/jpeg",
        size_bytes=123_456,
        picture="p1",
    )
    return replace(evidence, **changes)


def a_survey(**changes: Any) -> Survey:
    """Return an open survey."""
    survey = Survey(
        no=1,
        number=NUMBER,
        opened_at=local("Wed 2026-03-04 09:00"),
        closes_at=local("Wed 2026-03-11 09:00"),
    )
    return replace(survey, **changes)


def a_notice(**changes: Any) -> Notice:
    """Return the mail that tells the applicant of the registration, not yet sent."""
    notice = Notice(
        number=NUMBER,
        seq=1,
        event=EventName.REGISTERED,
        audience=Audience.APPLICANT,
        medium=Medium.EMAIL,
        template="registered",
        at=RECEIVED_AT,
        send_after=RECEIVED_AT,
        wake_at=RECEIVED_AT + timedelta(minutes=2),
    )
    return replace(notice, **changes)


def a_ticket(**changes: Any) -> UploadTicket:
    """Return a ticket whose file has not arrived, good for an hour."""
    ticket = UploadTicket("u1", "image/jpeg", 123_456, local("Mon 2026-03-02 11:15"))
    return replace(ticket, **changes)


def a_record(**changes: Any) -> OnceRecord:
    """Return a kept answer, good for a day."""
    answer = Answer(
        201,
        '{"number": "2026-000123-7", "статус": "sent"}',
        {"ETag": '"1"'},
        sealed_for=("k1", NUMBER),
    )
    record = OnceRecord("web|appeals|abc", "f1", answer, local("Tue 2026-03-03 10:15"), "n1")
    return replace(record, **changes)
