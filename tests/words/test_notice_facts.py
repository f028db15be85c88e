"""What notices mention of a card: names instead of ids, nothing of who asks."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Place
from chalicelib.domain.card import CardFile, Result
from chalicelib.domain.events import EventName
from chalicelib.domain.reply import Reply
from chalicelib.words.notice_facts import card_facts, event_facts, place_words
from tests.builders import NUMBER, RECEIVED_AT, a_card, a_request, a_survey, an_appeal, an_event

CITY: Final = load_city("khmelnytskyi")
EXECUTOR: Final = next(iter(CITY.executors.values()))
TOPIC: Final = next(iter(CITY.topics.values()))
PERSON: Final = next(iter(CITY.people.values()))
CARD: Final = a_card(executor=EXECUTOR.id, topic=TOPIC.code, performer=PERSON.id)


def a_file(**changes: object) -> CardFile:
    """Return a file of a card in work."""
    return replace(CardFile(CARD, an_appeal()), **changes)  # type: ignore[arg-type]


class TestOfACard:
    """What any notice may mention."""

    def test_are_names_in_the_readers_language(self) -> None:
        for language in ("uk", "en"):
            facts = card_facts(a_file(), CITY, language)
            assert facts["topic"] == TOPIC.name.in_language(language)
            assert facts["executor"] == EXECUTOR.name.in_language(language)
            assert facts["performer"] == PERSON.name
            assert facts["number"] == NUMBER
            assert facts["due_at"] == CARD.due_at

    def test_say_nothing_of_who_asks(self) -> None:
        appeal = an_appeal()
        said = str(card_facts(a_file(), CITY, "uk"))
        assert appeal.applicant.residence is not None
        for secret in (appeal.applicant.name, appeal.applicant.phone, appeal.applicant.email):
            assert secret
            assert secret not in said
        assert "'flat'" not in said

    def test_leave_out_what_is_not_there(self) -> None:
        card = replace(CARD, executor=None, performer=None, topic="??-99")
        facts = card_facts(a_file(card=card), CITY, "uk")
        assert not {"executor", "performer", "topic", "result", "reply", "closes_at"} & set(facts)

    def test_keep_a_performer_who_left_by_the_name_entered(self) -> None:
        card = replace(CARD, performer="Іван Колишній")
        assert card_facts(a_file(card=card), CITY, "uk")["performer"] == "Іван Колишній"

    def test_have_the_result_in_public_words_only(self) -> None:
        card = replace(CARD, result=Result.DONE)
        inner = an_event(seq=4, name=EventName.REPORTED, text="Внутрішнє.", public=False)
        outer = an_event(seq=3, name=EventName.REPORTED, text="Лампу замінено.")
        facts = card_facts(a_file(card=card, events=(outer, inner)), CITY, "uk")
        assert facts["result"] == Result.DONE
        assert facts["result_text"] == "Лампу замінено."

    def test_have_until_when_the_survey_can_be_answered(self) -> None:
        survey = a_survey()
        assert card_facts(a_file(surveys=(survey,)), CITY, "uk")["closes_at"] == survey.closes_at

    def test_have_the_reply_only_once_it_was_handed_over(self) -> None:
        draft = Reply(NUMBER, "Відповідь.", RECEIVED_AT, "Анна", signed_by="Олег")
        assert "reply" not in card_facts(a_file(reply=draft), CITY, "uk")
        given = replace(draft, handed_over_at=RECEIVED_AT)
        facts = card_facts(a_file(reply=given), CITY, "uk")
        assert (facts["reply"], facts["signed_by"]) == ("Відповідь.", "Олег")


class TestOfAnEvent:
    """What a notice of one event may mention over that."""

    def test_another_cards_number_is_not_taken_for_its_own(self) -> None:
        event = an_event(name=EventName.JOINED, facts={"number": "2026-000098-3"})
        facts = event_facts(event, a_file(), CITY, "uk", internal=False)
        assert facts["other"] == "2026-000098-3"
        assert "number" not in facts
        split = an_event(name=EventName.SPLIT, facts={"numbers": "2026-000124-5"})
        assert event_facts(split, a_file(), CITY, "uk", internal=False)["others"] == "2026-000124-5"

    def test_names_stand_for_ids(self) -> None:
        event = an_event(facts={"executor": EXECUTOR.id, "topic": TOPIC.code})
        facts = event_facts(event, a_file(), CITY, "en", internal=False)
        assert (facts["executor"], facts["topic"]) == (EXECUTOR.name.en, TOPIC.name.en)
        unknown = an_event(facts={"executor": "gone", "topic": "??-99"})
        facts = event_facts(unknown, a_file(), CITY, "en", internal=False)
        assert (facts["executor"], facts["topic"]) == ("gone", "??-99")

    def test_internal_words_are_for_staff(self) -> None:
        event = an_event(text="Лише для своїх.", public=False)
        assert "text" not in event_facts(event, a_file(), CITY, "uk", internal=False)
        assert event_facts(event, a_file(), CITY, "uk", internal=True)["text"] == "Лише для своїх."

    def test_a_request_is_told_to_staff(self) -> None:
        request = a_request(level=1, new_due_at=CARD.due_at + timedelta(days=2))
        event = an_event(name=EventName.REQUEST_MADE, facts={"request": request.id})
        told = event_facts(event, a_file(requests=(request,)), CITY, "uk", internal=True)
        assert told["kind"] == request.kind
        assert told["asked_for"] == request.reason
        assert told["new_due_at"] == request.new_due_at
        assert told["awaits_head"] is True
        shown = event_facts(event, a_file(requests=(request,)), CITY, "uk", internal=False)
        assert "asked_for" not in shown


def test_a_place_is_said_without_the_flat() -> None:
    place = Place("вулиця Ялинкова", "12", flat="7", note="другий під’їзд")
    assert place_words(place) == "вулиця Ялинкова, 12 (другий під’їзд)"
    assert place_words(Place("Сквер")) == "Сквер"
