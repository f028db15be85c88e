"""One's own cards in a messenger: read, added to, and the survey answered."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from chalicelib.dialogue import effects as e
from chalicelib.dialogue.facts import Facts
from chalicelib.dialogue.telling import place_words
from chalicelib.domain.card import Card, CardFile, Status
from chalicelib.domain.city import City
from chalicelib.domain.conversation import Session
from chalicelib.domain.errors import DomainError, InputRefused, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.inbound import InboundEvent
from chalicelib.domain.once import Answer, Once, OnceRecord
from chalicelib.domain.people import APPLICANT, Role
from chalicelib.domain.survey import Outcome, Survey
from chalicelib.usecases import residents, surveys
from chalicelib.usecases.limits import Limits
from chalicelib.usecases.ports import Cards, Guards, Numbers, OnceAnswered, Secrets, Tickets
from chalicelib.usecases.residents import Said, Told
from chalicelib.usecases.surveys import Answered, Reply
from chalicelib.usecases.tracking import code_of, track_own
from chalicelib.words.say import knows, say

KEPT: Final = timedelta(days=3)
"""How long the same event is the same deed: longer than it is remembered as heard."""

_LONGEST_TEXT: Final = 4000

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class CardDesk:
    """What reads and writes cards for a conversation.

    Attributes:
        city_now: returns the city with the people and executors that stand now.
        limits: of somebody whom no address limits.
    """

    cards: Cards
    numbers: Numbers
    tickets: Tickets
    secrets: Secrets
    city_now: Callable[[], City]
    limits: Limits

    def done(
        self, effect: e.Effect, session: Session, event: InboundEvent, facts: Facts
    ) -> e.Outcome | None:
        """Do one effect. Raises DomainError, StoreAway among them."""
        match effect:
            case e.ReadCard(number=number, code=code):
                return card_seen(self._readable(number, code, session), facts, session.language)
            case e.ListCards(numbers=numbers):
                return self._list(numbers, facts, session.language)
            case e.AddToCard():
                return self._add(effect, session, event, facts)
            case e.AnswerSurvey():
                return self._answer(effect, session, event, facts)
        return None

    def _readable(self, number: str, code: str, session: Session) -> CardFile:
        """Return a card that is theirs, or whose code they have. Raises NotFound."""
        if code:
            return track_own(number, code, cards=self.cards, secrets=self.secrets)
        file = self.cards.read_file(number)
        if file.appeal.applicant.chat != session.identity and number not in session.known.numbers:
            raise NotFound(words="no-card")
        return file

    def _list(self, numbers: tuple[str, ...], facts: Facts, language: str) -> e.CardsListed:
        found = self.cards.read_cards(numbers)
        return e.CardsListed(tuple((card.number, _row(card, facts, language)) for card in found))

    def _add(
        self, asked: e.AddToCard, session: Session, event: InboundEvent, facts: Facts
    ) -> e.AddedToCard:
        file = self._readable(asked.number, "", session)
        code = code_of(file.card, self.secrets)
        once: Once[residents.Done] = _once(event, facts, lambda _: Answer(200, "{}"))
        told = Told(asked.number, code, once, facts.now)
        said = Said(asked.text[:_LONGEST_TEXT], asked.uploads)
        done_once(
            lambda: residents.message(
                told,
                said,
                city=facts.city,
                cards=self.cards,
                tickets=self.tickets,
                secrets=self.secrets,
            ),
            once,
            guards=self.limits.guards,
            now=facts.now,
        )
        return e.AddedToCard(asked.number)

    def _answer(
        self, asked: e.AnswerSurvey, session: Session, event: InboundEvent, facts: Facts
    ) -> e.SurveyAnswered:
        file = self._readable(asked.number, "", session)
        survey = _survey(file, asked.no)
        outcome = Outcome(asked.outcome)
        reply = Reply(outcome, asked.score, asked.reason, APPLICANT, facts.now)
        token = surveys.token_of(file.card, survey, self.secrets)
        once = _once(event, facts, _kept)
        done = done_once(
            lambda: self._survey_answered(token, reply, asked.uploads, once),
            once,
            guards=self.limits.guards,
            now=facts.now,
        )
        return e.SurveyAnswered(asked.number, asked.outcome, _repeat_of(done))

    def _survey_answered(
        self, token: str, reply: Reply, uploads: tuple[str, ...], once: Once[Answered]
    ) -> Answered:
        return surveys.answer(
            token,
            reply,
            once=once,
            uploads=uploads,
            limits=self.limits,
            city=self.city_now(),
            cards=self.cards,
            numbers=self.numbers,
            tickets=self.tickets,
            secrets=self.secrets,
        )


def done_once(
    act: Callable[[], Result], once: Once[Result], *, guards: Guards, now: datetime
) -> Result | OnceRecord:
    """Do what is to be done once; what was done before is known by what was kept of it.

    Whatever refuses a second try (an answered survey, a claimed picture), that is looked up first.

    Raises what `act` raises.
    """
    try:
        return act()
    except OnceAnswered as answered:
        return answered.record
    except DomainError:
        kept = guards.answered(once.key, now) if once.key else None
        if kept is None:
            raise
        return kept


def refusal_of(refusal: DomainError, language: str) -> e.Refused:
    """Return a refusal of ours in the words that other doors have for it."""
    if isinstance(refusal, InputRefused) and refusal.faults:
        fault = refusal.faults[0]
        key = f"fault.{fault.code}"
        field = fault.field.partition(".")[0]
        code = field if field == "join" else fault.code
        return e.Refused(code, say(language, key, **fault.facts) if knows(key) else "")
    key = f"problem.{refusal.words}.detail"
    return e.Refused(refusal.words, say(language, key, **refusal.facts) if knows(key) else "")


def card_seen(file: CardFile, facts: Facts, language: str) -> e.CardSeen:
    """Return a card in public words."""
    card, city = file.card, facts.city
    topic, executor = city.topics.get(card.topic), city.executors.get(card.executor or "")
    said = [event.text for event in file.events if _is_told(event)]
    return e.CardSeen(
        number=card.number,
        status=card.status,
        topic=topic.name.in_language(language) if topic else say(language, "chat.f.topic_later"),
        place=place_words(file.appeal.place),
        registered_at=card.registered_at,
        due_at=card.due_at,
        overdue=card.overdue(facts.now),
        executor=executor.name.in_language(language) if executor else "",
        said=said[-1] if said else "",
        survey=_open_survey(file, facts),
    )


def _is_told(event: Event) -> bool:
    return event.public and bool(event.text) and event.by.role is not Role.APPLICANT


def _open_survey(file: CardFile, facts: Facts) -> int:
    if not file.surveys or file.card.status is not Status.CLOSED:
        return 0
    last = file.surveys[-1]
    return last.no if last.answered_at is None and facts.now < last.closes_at else 0


def _survey(file: CardFile, no: int) -> Survey:
    found = [survey for survey in file.surveys if survey.no == no]
    if not found:
        raise NotFound(words="no-survey")
    return found[0]


def _row(card: Card, facts: Facts, language: str) -> str:
    topic = facts.city.topics.get(card.topic)
    name = topic.name.in_language(language) if topic else ""
    return say(language, "chat.s.row", status=card.status, topic=name)


def _once(event: InboundEvent, facts: Facts, shape: Callable[[Result], Answer]) -> Once[Result]:
    """Return a deed of an event as one that is done once."""
    key = f"chat|{event.identity}|{event.id}"
    return Once(key, event.id, facts.now + KEPT, shape)


def _repeat_of(done: Answered | OnceRecord) -> str:
    if isinstance(done, OnceRecord):
        return str(json.loads(done.answer.body)["repeat"])
    return done.repeat_number or ""


def _kept(done: Answered) -> Answer:
    return Answer(200, json.dumps({"repeat": done.repeat_number or ""}))
