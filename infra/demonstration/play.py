"""Plays a scene through the use cases, each step at its own instant of the past."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.card import Card, CardFile, Result
from chalicelib.domain.city import Law
from chalicelib.domain.evidence import About, EvidenceKind
from chalicelib.domain.executor_request import RequestKind
from chalicelib.domain.once import Answer, Once
from chalicelib.domain.people import APPLICANT, Actor, Role
from chalicelib.domain.survey import Outcome
from chalicelib.gateways.evidence_bucket import EvidenceBucket
from chalicelib.regulation.executor_requests import Asked
from chalicelib.usecases import decisions, evidence, executor_requests, intake, steps, surveys
from chalicelib.usecases.decisions import Decision
from chalicelib.usecases.evidence import NewEvidence
from chalicelib.usecases.steps import Doing, Reported
from chalicelib.usecases.surveys import Reply
from chalicelib.wiring import Centre
from infra.demonstration.pictures import street_at_night
from infra.demonstration.scenes import CREDIT, Scene

_REPORT = "Роботу виконано бригадою, ділянку оглянуто."
_REPORTED = frozenset(
    {"reported", "closure_asked", "closed", "confirmed", "returned", "unconfirmed"}
)
_ASKED = _REPORTED - {"reported"}
_CLOSED = _ASKED - {"closure_asked"}


class DrawnFiles(EvidenceBucket):
    """The evidence bucket, with a drawn photo where an upload would have arrived."""

    photo: bytes = b""

    def read(self, key: str) -> bytes:
        """Return the drawn photo, whatever the key."""
        del key
        return self.photo

    def keep(self, source_key: str, target_key: str) -> None:
        """Keep the drawn photo as the original."""
        del source_key
        self.publish(target_key, self.photo, content_type="image/jpeg")


def once() -> Once[Any]:
    """Return a request that is carried out without a key."""
    return Once(None, "", datetime.max.replace(tzinfo=UTC), lambda _: Answer(200, ""))


@dataclass
class Play:
    """Plays scenes in one city."""

    centre: Centre
    files: DrawnFiles
    now: datetime

    def perform(self, scene: Scene) -> str:
        """Play a scene to its stage and return the card's number."""
        at = Ticking(scene.filed_at, self._end(scene))
        card = self._file(scene, at)
        if card.executor is None and scene.stage != "registered":
            card = self._route(scene, card, at)
        if scene.stage in {"registered", "sent", "overdue"} or card.executor is None:
            return card.number
        self._work(scene, card, at)
        if scene.stage in _ASKED and self.centre.city.law is Law.K:
            self._close(scene, card.number, at)
        return card.number

    def _end(self, scene: Scene) -> datetime:
        """Leave the survey's silence its days before now, where the stage is silence."""
        left = timedelta(days=8) if scene.stage == "unconfirmed" else timedelta(minutes=20)
        return self.now - left

    def _file(self, scene: Scene, at: "Ticking") -> Card:
        operator = self._person(Role.OPERATOR) or self._person(Role.CLERK) or APPLICANT
        centre = self.centre
        done = intake.register(
            scene.new,
            actor=operator,
            once=once(),
            limits=centre.limits(""),
            now=scene.filed_at,
            city=centre.city,
            city_soon=centre.city_soon(),
            cards=centre.cards,
            numbers=centre.numbers,
            tickets=centre.tickets,
            secrets=centre.secrets,
            works=centre.works,
            start=centre.start,
        )
        self._do(
            done.card.number, operator, at,
            lambda doing: steps.comment(doing, text=CREDIT, public=True, cards=centre.cards),
        )  # fmt: skip
        return done.card

    def _route(self, scene: Scene, card: Card, at: "Ticking") -> Card:
        city = self.centre.city
        topic = city.topics.get(card.topic)
        executors = sorted(city.executors)
        executor = topic.executor if topic else executors[scene.index % len(executors)]
        actor = self._person(Role.CLERK) or self._person(Role.COORDINATOR) or APPLICANT
        routed = self._do(
            card.number, actor, at,
            lambda doing: steps.route(
                doing, executor=executor, reason="За класифікатором", city=city,
                cards=self.centre.cards,
            ),
        )  # fmt: skip
        return routed.card

    def _work(self, scene: Scene, card: Card, at: "Ticking") -> None:
        city, cards, number = self.centre.city, self.centre.cards, card.number
        head = self._of(card, Role.HEAD)
        performer = self._of(card, Role.PERFORMER)
        self._do(number, self._of(card, Role.RESPONSIBLE), at,
                 lambda doing: steps.accept(doing, text="", city=city, cards=cards))  # fmt: skip
        if scene.stage == "accepted":
            return
        self._do(number, head, at, lambda doing: steps.assign(
            doing, performer=performer.subject, text="", city=city, cards=cards))  # fmt: skip
        self._do(number, performer, at, lambda doing: steps.comment(
            doing, text="Бригада виїхала на місце, оцінюємо обсяг робіт.", public=True,
            cards=cards))  # fmt: skip
        if scene.stage in _REPORTED:
            self._prove(scene, card, performer, at)
            self._do(number, performer, at, lambda doing: steps.report(
                doing, Reported(Result.DONE, _REPORT), city=city, cards=cards))  # fmt: skip

    def _prove(self, scene: Scene, card: Card, performer: Actor, at: "Ticking") -> None:
        centre = self.centre
        self.files.photo = street_at_night(scene.index, lit=True)
        new = NewEvidence(
            id=centre.new_id(),
            kind=EvidenceKind.PHOTO,
            about=About.EXECUTION,
            content_type="image/jpeg",
            size_bytes=len(self.files.photo),
            caption="Після виконання робіт (намальовано для демонстрації)",
        )
        evidence.add(
            card.number, new, actor=performer, once=once(), now=at(),
            law=centre.city.law, cards=centre.cards, files=self.files,
        )  # fmt: skip
        evidence.inspect(
            f"{evidence.INCOMING}{card.number}/{new.id}", now=at(), cards=centre.cards,
            tickets=centre.tickets, files=self.files, pictures=centre.pictures,
        )  # fmt: skip

    def _close(self, scene: Scene, number: str, at: "Ticking") -> None:
        centre = self.centre
        card = centre.cards.read_cards([number])[0]
        request = executor_requests.ask(
            number, Asked(RequestKind.CLOSURE, "Роботу завершено, фото додано"),
            actor=self._of(card, Role.RESPONSIBLE), expected_version=None, once=once(), now=at(),
            city=centre.city, cards=centre.cards,
        )  # fmt: skip
        if scene.stage not in _CLOSED:
            return
        coordinator = self._person(Role.COORDINATOR) or APPLICANT
        decision = Decision(True, "Виконання підтверджено фото", coordinator, at())
        decisions.decide(request.id, decision, once=once(), city=centre.city, cards=centre.cards)
        if scene.stage in {"confirmed", "returned"}:
            self._answer(scene, number, at)

    def _answer(self, scene: Scene, number: str, at: "Ticking") -> None:
        good = scene.stage == "confirmed"
        reply = Reply(
            outcome=Outcome.CONFIRMED if good else Outcome.POOR,
            score=4 + scene.index % 2 if good else 2,
            reason="" if good else "Полагодили лише частину, решта так само не працює.",
            actor=self._person(Role.OPERATOR) or APPLICANT,
            now=at(),
        )
        surveys.answer_by_phone(
            number, reply, once=once(), city=self.centre.city, cards=self.centre.cards,
            numbers=self.centre.numbers,
        )  # fmt: skip

    def _do(
        self, number: str, actor: Actor, at: "Ticking", act: Callable[[Doing], CardFile]
    ) -> CardFile:
        return act(Doing(number, actor, None, once(), at()))

    def _person(self, role: Role) -> Actor | None:
        people = self.centre.city.people.values()
        found = next((person for person in people if person.role == role), None)
        return Actor(found.id, role, found.name, found.executor) if found else None

    def _of(self, card: Card, role: Role) -> Actor:
        people = self.centre.city.executors[card.executor or ""].people
        person = next(person for person in people if person.role == role)
        return Actor(person.id, role, person.name, person.executor)


class Ticking:
    """The instants of one scene: each call a step later, none after the end."""

    def __init__(self, start: datetime, end: datetime) -> None:
        self._at, self._end = start, max(start, end)
        self._step = (self._end - start) / 16

    def __call__(self) -> datetime:
        """Return the next instant."""
        self._at = min(self._at + self._step, self._end)
        return self._at
