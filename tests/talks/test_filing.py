"""Filing in a messenger makes the card that every other door makes (K-2, K-3.1, K-3.2)."""

import re
from collections.abc import Callable
from typing import Any, Final

import pytest

from chalicelib.domain.appeal import Channel, Kind, ReplyChannel, Residence
from chalicelib.domain.card import Status
from chalicelib.domain.evidence import EvidenceStatus
from tests.crash import stages
from tests.requests import an_appeal_body
from tests.talks.chain import Chain
from tests.talks.stories import TELLING, Person, filed, to_photos, to_review

WHO: Final[dict[str, Callable[[Chain], Person]]] = {
    "telegram": lambda talk: talk.telegram(),
    "viber": lambda talk: talk.viber(),
}
in_both = pytest.mark.parametrize("who", WHO)


@in_both
@pytest.mark.clause("K-2")
class TestAnAppeal:
    """K-2 Round-the-clock intake by a chatbot into one and the same card."""

    def test_has_everything_that_was_told(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        number = filed(talk, me, photos=3)
        (file,) = talk.files()
        appeal = file.appeal
        assert file.card.number == number
        assert file.card.status is Status.SENT
        assert (file.card.topic, file.card.executor) == ("LI-01", "svitlo")
        assert appeal.text == TELLING
        assert (appeal.place.street_id, appeal.place.building) == ("vul-proskurivska", "12")
        assert appeal.applicant.name == "Олена Тестова"
        assert appeal.applicant.phone == "+380501234567"
        assert appeal.applicant.chat == me.identity
        assert appeal.applicant.residence == Residence("вулиця Проскурівська", "12")
        assert (appeal.channel, appeal.reply_channel) == (Channel(who), ReplyChannel(who))
        assert appeal.consent_version
        assert [item.status for item in file.evidence] == [EvidenceStatus.ACCEPTED] * 3
        assert talk.fake.refused == []

    def test_tells_the_number_and_the_code_that_opens_it(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        number = filed(talk, me)
        said = next(each.text for each in talk.fake.to(me.name) if "прийнято" in each.text)
        assert number in said
        code = re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", said)
        assert code is not None
        opened = talk.door.get(f"/appeals/{number}", headers={"X-Access-Code": code[0]})
        assert opened.status == 200

    def test_sent_twice_is_one_card(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_review(talk, me)
        review = talk.said(me)
        data = review.data("Надіслати")
        assert me.press(data, "1") == 200
        assert me.press(data, "1") == 200
        assert len(talk.files()) == 1

    def test_the_second_time_only_the_matter_is_asked(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        filed(talk, me)
        said = len(talk.fake.to(me.name))
        to_review(talk, me, text="Знову темно біля входу, те саме місце")
        asked = " ".join(each.text for each in talk.fake.to(me.name)[said:])
        assert "Телефон для" not in asked
        assert "Прізвище" not in asked
        assert "Персональні дані" not in asked
        assert "Перевірте" in talk.said(me).text


@in_both
@pytest.mark.clause("K-3.2")
class TestWhoAsks:
    """K-3.2 with art. 5: residence, a contact and the essence; without a name it is a signal."""

    def test_the_chat_itself_is_a_contact(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        talk.press(me, "Без фото")
        talk.press(me, "Без телефону")
        me.say("Олена Тестова")
        me.say("вул. Проскурівська, 14")
        talk.press(me, "Згоден")
        talk.press(me, "Надіслати")
        (file,) = talk.files()
        assert file.appeal.applicant.phone is None
        assert file.appeal.kind is Kind.APPEAL
        assert file.appeal.applicant.residence == Residence("вулиця Проскурівська", "14")

    def test_without_a_name_it_is_a_signal(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        talk.press(me, "Без фото")
        talk.press(me, "Без телефону")
        talk.press(me, "Без імені")
        talk.press(me, "Згоден")
        talk.press(me, "Надіслати")
        (file,) = talk.files()
        assert file.appeal.kind is Kind.SIGNAL
        assert file.appeal.reply_channel is ReplyChannel.NONE
        assert "повідомлення без імені" in talk.said(me).text

    def test_a_refusal_of_consent_is_recorded_and_the_appeal_registered(
        self, talk: Chain, who: str
    ) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        talk.press(me, "Без фото")
        me.contact("+380501234567")
        me.say("Олена Тестова")
        talk.press(me, "Там само")
        talk.press(me, "Не згоден")
        assert "однаково зареєструємо" in talk.said(me).text
        talk.press(me, "Далі")
        talk.press(me, "Надіслати")
        (file,) = talk.files()
        assert (file.appeal.consent_version or "").startswith("refused ")
        assert "no_consent" in file.card.flags

    def test_somebody_elses_phone_is_not_taken(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        talk.press(me, "Без фото")
        me.contact("+380501234567", own=False)
        assert "не ваш номер" in talk.said(me).text
        me.say("067 000 00 02")
        assert "Прізвище" in talk.said(me).text


@in_both
class TestAnyOrder:
    """Whatever is told is kept, whenever it is told."""

    def test_a_story_first_then_photo_and_place(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        me.say(TELLING)
        me.photo(talk.photo("early"))
        me.location(49.4213, 26.9826)
        talk.press(me, "освітлення")
        assert "найближча вулиця" in talk.said(me).text
        me.say("14")
        draft = talk.session(me).draft
        assert draft is not None
        assert draft.text == TELLING
        assert len(draft.photos) == 1
        assert draft.place is not None
        assert (draft.place.building, draft.place.lat) == ("14", 49.4213)
        assert "Фото" in talk.said(me).text

    def test_an_album_is_answered_once(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        said = len(talk.fake.to(me.name))
        album: dict[str, Any] = {"media_group_id": "140"} if who == "telegram" else {}
        for at in range(3):
            me.photo(talk.photo(f"a{at}", (at * 50, 1, 1)), **album)
        answers = len(talk.fake.to(me.name)) - said
        assert answers == (1 if who == "telegram" else 3)
        draft = talk.session(me).draft
        assert draft is not None
        assert len(draft.photos) == 3

    def test_an_address_that_the_registry_lacks_is_no_dead_end(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        me.say(TELLING)
        talk.press(me, "освітлення")
        me.say("урочище за старим млином")
        assert "Не знайшлося" in talk.said(me).text
        talk.press(me, "як є")
        talk.press(me, "Так")
        talk.press(me, "Без фото")
        talk.press(me, "Без телефону")
        talk.press(me, "Без імені")
        talk.press(me, "Згоден")
        talk.press(me, "Надіслати")
        (file,) = talk.files()
        assert file.appeal.place.street == "урочище за старим млином"
        assert "place_unknown" in file.card.flags

    def test_a_place_beyond_the_city_is_explained(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        me.say(TELLING)
        talk.press(me, "освітлення")
        me.location(50.747, 25.325)
        assert "поза межами" in talk.said(me).text
        assert "Де це?" in talk.said(me).text

    def test_what_the_operator_will_find_needs_no_topic(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        me.say(TELLING)
        talk.press(me, "Немає в переліку")
        me.say("Проскурівська 12")
        talk.press(me, "Так")
        talk.press(me, "Без фото")
        talk.press(me, "Без телефону")
        talk.press(me, "Без імені")
        talk.press(me, "Згоден")
        talk.press(me, "Надіслати")
        (file,) = talk.files()
        assert (file.card.status, "no_topic" in file.card.flags) == (Status.REGISTERED, True)


@in_both
class TestDuplicates:
    """Open appeals about the same are offered before sending; joining makes a card."""

    def test_joining_makes_a_card_of_its_own(self, talk: Chain, who: str) -> None:
        main = stages.filed(talk.door, topic="LI-01", place=_there()).number
        me = WHO[who](talk)
        me.say(TELLING)
        talk.press(me, "освітлення")
        me.say("Проскурівська 12")
        talk.press(me, "Так")
        assert main in talk.said(me).text
        talk.press(me, f"Приєднатися до {main}")
        talk.press(me, "Далі")
        talk.press(me, "Без фото")
        talk.press(me, "Без телефону")
        talk.press(me, "Без імені")
        talk.press(me, "Згоден")
        talk.press(me, "Надіслати")
        joined = next(file for file in talk.files() if file.card.number != main)
        assert (joined.card.status, joined.card.joined_to) == (Status.JOINED, main)
        assert f"Приєднано до № {main}" in talk.said(me).text

    def test_mine_is_different(self, talk: Chain, who: str) -> None:
        stages.filed(talk.door, topic="LI-01", place=_there())
        me = WHO[who](talk)
        filed(talk, me)
        assert [file.card.joined_to for file in talk.files()] == [None, None]


@pytest.mark.clause("KR-2.1")
def test_the_other_city_hears_its_residents_too(talk_kr: Chain) -> None:
    me = talk_kr.telegram()
    me.say("Біля будинку велика яма, не проїхати зовсім")
    talk_kr.press(me, "Немає в переліку")
    street = next(iter(talk_kr.door.centre.city.streets.values()))
    me.say(f"{street.full_name.uk} 1")
    for words in ("Так", "Без фото", "Без телефону", "Без імені", "Згоден", "Надіслати"):
        talk_kr.press(me, words)
    (file,) = talk_kr.files()
    assert file.card.channel is Channel.TELEGRAM
    me.say("/nearby")
    assert "веде інша служба" in talk_kr.said(me).text


def _there() -> dict[str, str]:
    return {**an_appeal_body()["place"], "street": "вулиця Проскурівська", "building": "12"}


def test_a_late_picture_of_an_album_comes_to_the_card(talk: Chain) -> None:
    me = talk.telegram()
    to_photos(talk, me)
    me.photo(talk.photo("one"), media_group_id="140")
    talk.press(me, "Готово")
    me.contact("+380501234567")
    me.say("Олена Тестова")
    talk.press(me, "Там само")
    talk.press(me, "Згоден")
    talk.press(me, "Надіслати")
    said = len(talk.fake.to(me.name))
    me.photo(talk.photo("two", (7, 7, 70)), media_group_id="140")
    (file,) = talk.files()
    assert len(file.evidence) == 2
    assert len(talk.fake.to(me.name)) == said
