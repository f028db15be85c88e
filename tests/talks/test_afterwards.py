"""After filing, in either messenger: status, adding, the survey, works nearby, the language."""

from collections.abc import Callable
from typing import Final

import pytest

from chalicelib.domain.card import Status
from chalicelib.domain.conversation import State
from chalicelib.domain.survey import Outcome
from tests.crash import stages
from tests.crash.stages import APPROVAL, COORDINATOR, PERFORMER, RESPONSIBLE, Stage
from tests.requests import a_photo
from tests.talks.chain import Chain
from tests.talks.stories import Person, filed, to_photos

WHO: Final[dict[str, Callable[[Chain], Person]]] = {
    "telegram": lambda talk: talk.telegram(),
    "viber": lambda talk: talk.viber(),
}
in_both: Final = pytest.mark.parametrize("who", WHO)


def closed(talk: Chain, number: str) -> Stage:
    """Bring a card to its survey, and let its applicant be told."""
    stage = Stage(talk.door, number, "")
    stage.act("accept", {}, RESPONSIBLE)
    stage.act("assign", {"performer": PERFORMER}, RESPONSIBLE)
    photo = a_photo((200, 10, 10))
    talk.door.upload(stages.announced(stage, photo), photo)
    stage.act("report", stages.DONE, PERFORMER)
    asked = talk.door.act(number, "requests", stages.CLOSURE, by=RESPONSIBLE)
    decided = talk.door.post(f"/requests/{asked.json['id']}/decision", APPROVAL, by=COORDINATOR)
    assert decided.status == 200, decided.text
    talk.pass_(minutes=3)
    return stage


@in_both
@pytest.mark.clause("K-6.2")
class TestTheSurvey:
    """K-6.2 A survey is answered where it is asked, once, and a no needs its reason."""

    def test_a_no_with_reason_and_picture_makes_a_repeat_appeal(
        self, talk: Chain, who: str
    ) -> None:
        me = WHO[who](talk)
        number = filed(talk, me)
        closed(talk, number)
        assert "Перевірте, будь ласка" in talk.said(me).text
        talk.press(me, "👎")
        assert "Що не так" in talk.said(me).text
        talk.press(me, "Неякісно")
        me.photo(talk.photo("proof", (4, 5, 6)))
        talk.press(me, "Готово")
        first, repeat = talk.files()
        assert (first.card.status, repeat.card.status) == (Status.RETURNED, Status.SENT)
        assert first.surveys[-1].outcome == Outcome.POOR
        assert first.surveys[-1].reason == "Роботу виконано неякісно"
        assert len(repeat.evidence) == 1
        assert repeat.card.number in talk.said(me).text

    def test_a_yes_with_a_mark_confirms(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        closed(talk, filed(talk, me))
        talk.press(me, "👍")
        talk.press(me, "★★★★")
        (file,) = talk.files()
        assert (file.card.status, file.surveys[-1].score) == (Status.CONFIRMED, 4)

    def test_a_yes_without_a_mark_counts_after_an_hour(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        closed(talk, filed(talk, me))
        talk.press(me, "👍")
        talk.pass_(minutes=59)
        assert talk.files()[0].card.status is Status.CLOSED
        talk.pass_(minutes=1)
        assert talk.files()[0].card.status is Status.CONFIRMED

    def test_is_answered_once(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        closed(talk, filed(talk, me))
        no = talk.said(me).data("👎")
        talk.press(me, "👍")
        talk.press(me, "Без оцінки")
        me.press(no, "1")
        talk.press(me, "Не виконано")
        talk.press(me, "Без фото")
        assert "вже відповіли" in talk.said(me).text
        (file,) = talk.files()
        assert file.card.status is Status.CONFIRMED

    def test_asked_within_a_draft_leaves_the_draft_where_it_was(
        self, talk: Chain, who: str
    ) -> None:
        me = WHO[who](talk)
        number = filed(talk, me)
        to_photos(talk, me, text="Знову темно біля входу, те саме місце")
        closed(talk, number)
        talk.press(me, "👍")
        talk.press(me, "Без оцінки")
        assert talk.session(me).state is State.PHOTOS
        assert talk.files()[0].card.status is Status.CONFIRMED

    def test_of_somebody_else_cannot_be_answered(self, talk: Chain, who: str) -> None:
        me, other = WHO[who](talk), talk.telegram(700_100_999)
        closed(talk, filed(talk, me))
        yes = talk.said(me).data("👍")
        other.say("/start")
        other.press(yes, "1")
        talk.press(other, "Без оцінки")
        assert talk.files()[0].card.status is Status.CLOSED


@in_both
class TestOnesOwnCards:
    def test_are_listed_shown_and_added_to(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        number = filed(talk, me)
        me.say("/my")
        talk.press(me, number)
        assert "КП «Міськсвітло»" in talk.said(me).text
        talk.press(me, "Додати")
        me.say("Ще й лавка зламана")
        (file,) = talk.files()
        assert file.events[-1].text == "Ще й лавка зламана"
        talk.press(me, "Додати")
        me.photo(talk.photo("more", (9, 8, 7)))
        (file,) = talk.files()
        assert len(file.evidence) == 1

    def test_of_others_are_shown_by_their_code_only(self, talk: Chain, who: str) -> None:
        stage = stages.filed(talk.door)
        me = WHO[who](talk)
        me.say(stage.number)
        assert "Перевірте номер звернення і код" in talk.said(me).text
        me.say(f"{stage.number} {stage.access_code}")
        assert talk.session(me).state is State.CARD
        assert "Передано виконавцю" in talk.said(me).text


@in_both
class TestAnyTime:
    def test_back_and_cancel(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        me.say("/back")
        assert talk.session(me).state is State.PLACE
        me.say("/back")
        assert talk.session(me).state is State.DESCRIPTION
        me.say("/cancel")
        session = talk.session(me)
        assert (session.state, session.draft) == (State.IDLE, None)
        assert "нічого не надіслано" in talk.said(me).text

    def test_the_language_changes_in_the_middle(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        me.say("/lang")
        assert talk.session(me).state is State.PHOTOS
        assert "Photos" in talk.said(me).text

    def test_a_button_pressed_twice_answers_one_question(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        old = talk.said(me).data("Без фото")
        talk.press(me, "Без фото")
        before = talk.session(me).draft
        me.press(old, "1")
        assert talk.session(me).draft == before
        assert "Телефон для" in talk.said(me).text

    @pytest.mark.clause("K-7")
    def test_works_of_a_street_are_subscribed_to(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        me.say("/nearby")
        me.say("Проскурівська")
        talk.press(me, "Стежити")
        assert "Повідомлятиму про роботи" in talk.said(me).text
        kept = talk.door.centre.subscriptions.confirmed("vul-proskurivska", after="", limit=9)
        assert [one.address for one in kept] == [me.identity]
