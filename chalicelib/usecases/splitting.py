"""Split one message into linked cards, a matter each (K-3.1, KR-2.2)."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.domain.card import Action, Card, CardFile, Change, Status
from chalicelib.domain.city import City, Law, Topic
from chalicelib.domain.events import EventName
from chalicelib.domain.numbers import registration_number
from chalicelib.domain.people import SYSTEM
from chalicelib.domain.screening import masked
from chalicelib.regulation.appointments import receives
from chalicelib.regulation.calendar import local_date
from chalicelib.regulation.complaints import may_go_to
from chalicelib.regulation.control import timers_of_start
from chalicelib.regulation.deadlines import deadline
from chalicelib.regulation.intake import excerpt
from chalicelib.regulation.reclassification import reclassified
from chalicelib.regulation.splitting import Part, require_parts
from chalicelib.usecases.ports import Cards, Numbers
from chalicelib.usecases.reclassification import facts_of
from chalicelib.usecases.screening import hidden_anew, screened_text
from chalicelib.usecases.steps import Doing, do, stepped, written
from chalicelib.usecases.writing import Note, events_after


def split(
    doing: Doing, *, parts: Sequence[Part], city: City, cards: Cards, numbers: Numbers
) -> CardFile:
    """Keep the first part on the card and register the others as cards of their own.

    They share the root, so one access code opens all, and their terms count from the receipt
    of the message.

    Raises NotFound, RoleNotPermitted, StepNotAllowed, InputRefused, VersionStale,
    ChangedMeanwhile.
    """
    require_parts(parts, city)
    given: list[str] = []

    def write(file: CardFile) -> tuple[Change, ...]:
        after = stepped(doing, file.card, Action.SPLIT, city)
        if not given:
            given.extend(_new_numbers(doing, len(parts) - 1, city, numbers))
        others = zip(given, parts[1:], strict=True)
        kept = _kept(doing, file, after, parts[0], given, city)
        return kept, *(_part(doing, file, number, part, city) for number, part in others)

    return do(doing, write, cards)


def _new_numbers(doing: Doing, count: int, city: City, numbers: Numbers) -> list[str]:
    year = local_date(doing.now, city.calendar).year
    return [registration_number(year, numbers.next_sequence(year)) for _ in range(count)]


def _kept(
    doing: Doing, file: CardFile, after: Card, first: Part, given: Sequence[str], city: City
) -> Change:
    card = file.card
    notes = [Note(EventName.SPLIT, first.text, facts={"numbers": ", ".join(given)})]
    if first.topic != card.topic:
        after = reclassified(after, city.topics[first.topic], doing.now, city)
        notes.append(Note(EventName.RECLASSIFIED, facts=facts_of(card, after)))
    parts = (*card.parts, *given)
    return written(
        doing, file, replace(after, parts=parts, excerpt=_excerpt(doing, first, city)), *notes
    )


def _part(doing: Doing, file: CardFile, number: str, part: Part, city: City) -> Change:
    card = _card(doing, file, number, part, city)
    notes = [
        Note(EventName.REGISTERED, facts={"due_at": card.due_at.isoformat()}),
        Note(EventName.SPLIT, facts={"numbers": file.card.number}),
    ]
    if card.status is Status.SENT:
        notes.append(Note(EventName.SENT, facts={"executor": card.executor or ""}, by=SYSTEM))
    events = events_after(0, doing.now, doing.actor, *notes)
    apart = replace(file.appeal, number=number, text=part.text)
    appeal = hidden_anew(apart, doing.now, city)
    return Change(None, replace(card, seq=len(events)), events, appeal)


def _card(doing: Doing, file: CardFile, number: str, part: Part, city: City) -> Card:
    whole, topic = file.card, city.topics[part.topic]
    edition = city.edition(whole.edition)
    due = deadline(
        whole.received_at, topic.urgency, edition=edition, calendar=city.calendar, law=city.law
    )
    executor = _executor(file, topic, city)
    card = Card(
        number=number,
        root=whole.root,
        status=Status.SENT if executor else Status.REGISTERED,
        topic=topic.code,
        urgency=topic.urgency,
        executor=executor,
        kind=whole.kind,
        channel=whole.channel,
        received_at=whole.received_at,
        registered_at=doing.now,
        due_at=due.due_at,
        certain_late_at=due.certain_late_at,
        edition=whole.edition,
        code_key=whole.code_key,
        street=whole.street,
        building=whole.building,
        excerpt=_excerpt(doing, part, city),
        part_of=whole.number,
        flags=whole.flags - {"no_topic", "has_joined", "attention"},
    )
    return replace(card, timers=timers_of_start(card, doing.now, city))


def _excerpt(doing: Doing, part: Part, city: City) -> str:
    return excerpt(masked(part.text, screened_text(part.text, doing.now, city).masks()))


def _executor(file: CardFile, topic: Topic, city: City) -> str | None:
    """Return whom a part is sent to: in KR the general office distributes it (KR-2.2)."""
    executor = topic.executor
    if city.law is Law.KR or not may_go_to(executor, file.appeal):
        return None
    return executor if receives(city, executor) else None
