"""Whatever goes wrong with a messenger: no word is lost, and no resident waits for another."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from chalicelib.channels import telegram, viber
from chalicelib.domain.conversation import State
from chalicelib.domain.errors import StoreAway
from chalicelib.domain.inbound import InboundEvent
from chalicelib.domain.notice import Medium, NoticeState
from chalicelib.usecases.conversations import hear as hear_well
from tests.support.fake_messengers import (
    BLOCKED,
    BROKEN,
    FILE,
    LOST,
    TOO_MANY,
    VIBER_SEND,
    Fault,
)
from tests.talks.chain import Chain, chain
from tests.talks.stories import Person, filed, to_photos, to_review

WHO: Final[dict[str, Callable[[Chain], Person]]] = {
    "telegram": lambda talk: talk.telegram(),
    "viber": lambda talk: talk.viber(),
}
SEND: Final = {"telegram": "sendMessage", "viber": VIBER_SEND}
BUSY: Final = {"telegram": TOO_MANY, "viber": Fault(200, {"status": 12})}
GONE: Final = {"telegram": BLOCKED, "viber": Fault(200, {"status": 6})}
WRONG_TOKEN: Final = {"telegram": Fault(401, {"ok": False}), "viber": Fault(200, {"status": 2})}

in_both: Final = pytest.mark.parametrize("who", WHO)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    """A city that waits for no messenger long."""
    for channel in (telegram, viber):
        monkeypatch.setattr(channel, "_READ_SECONDS", 0.5)
    with chain() as running:
        yield running


def texts(talk: Chain, me: Person) -> list[str]:
    """Return what somebody was told."""
    return [each.text for each in talk.fake.to(me.name)]


@in_both
class TestAnAnswer:
    """What is answered is said once, however long the messenger does not take it."""

    def test_waits_as_long_as_the_messenger_asks(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        talk.fake.go_wrong(SEND[who], BUSY[who])
        assert me.say("/start") == 200
        talk.pass_(seconds=5)
        assert texts(talk, me) == []
        talk.pass_(minutes=2)
        assert len(texts(talk, me)) == 1
        talk.pass_(minutes=5)
        assert len(texts(talk, me)) == 1

    def test_comes_when_the_messenger_is_well_again(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        talk.fake.go_wrong(SEND[who], *[BROKEN] * 4)
        me.say("/start")
        for _ in range(8):
            talk.pass_(minutes=2)
        assert len(texts(talk, me)) == 1
        assert talk.dead == []

    def test_comes_at_once_to_whom_the_messenger_brings_more_from(
        self, talk: Chain, who: str
    ) -> None:
        me = WHO[who](talk)
        talk.fake.go_wrong(SEND[who], BROKEN)
        me.say("/start")
        assert texts(talk, me) == []
        me.say("/help")
        assert len(texts(talk, me)) == 2

    def test_that_the_messenger_took_without_saying_so_comes_again(
        self, hasty: Chain, who: str
    ) -> None:
        me = WHO[who](hasty)
        hasty.fake.go_wrong(SEND[who], LOST)
        me.say("/start")
        for _ in range(3):
            hasty.pass_(minutes=5)
        said = texts(hasty, me)
        assert len(said) >= 2
        assert len(set(said)) == 1

    def test_of_a_card_is_said_of_one_card(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_review(talk, me)
        talk.fake.go_wrong(SEND[who], BROKEN, BROKEN)
        talk.press(me, "Надіслати")
        talk.pass_(minutes=5)
        talk.pass_(minutes=5)
        (file,) = talk.files()
        assert sum(f"{file.card.number} прийнято" in text for text in texts(talk, me)) == 1

    def test_is_not_lost_by_a_wrong_token(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        talk.fake.go_wrong(SEND[who], *[WRONG_TOKEN[who]] * 4)
        assert me.say("/start") == 200
        assert talk.talks.queue.given_up
        talk.pass_(minutes=3)
        assert any("Тут можна подати" in text for text in texts(talk, me))


@in_both
class TestWhoHasLeft:
    def test_is_written_to_no_more_and_keeps_the_draft(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        talk.fake.go_wrong(SEND[who], GONE[who])
        talk.press(me, "Без фото")
        assert not talk.session(me).alive
        assert talk.door.centre.residents.is_off(Medium(who), me.identity)
        said = len(texts(talk, me))
        talk.pass_(hours=3)
        assert len(texts(talk, me)) == said
        me.block(blocked=False)
        assert not talk.door.centre.residents.is_off(Medium(who), me.identity)
        me.say("/start")
        assert "Продовжити" in talk.said(me).text

    def test_is_told_of_the_card_by_sms(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        number = filed(talk, me)
        talk.fake.go_wrong(SEND[who], GONE[who])
        talk.pass_(minutes=3)
        talk.pass_(minutes=3)
        assert [sms.to for sms in talk.door.sms.sent] == ["+380501234567"]
        notices = talk.door.centre.notices.of(number)
        (told,) = (notice for notice in notices if notice.medium is Medium(who))
        assert (told.state, told.reason) == (NoticeState.FAILED, "blocked")


@in_both
class TestANotice:
    @pytest.mark.parametrize("fault", ["busy", "broken"])
    def test_waits_for_a_messenger_that_is_away(self, talk: Chain, who: str, fault: str) -> None:
        me = WHO[who](talk)
        filed(talk, me)
        said = len(texts(talk, me))
        talk.fake.go_wrong(SEND[who], BUSY[who] if fault == "busy" else BROKEN)
        talk.pass_(minutes=3)
        assert len(texts(talk, me)) == said
        for _ in range(3):
            talk.pass_(minutes=3)
        assert len(texts(talk, me)) == said + 1
        assert talk.door.sms.sent == []

    def test_leaves_the_conversation_as_it_stands(self, talk: Chain, who: str) -> None:
        me = WHO[who](talk)
        filed(talk, me)
        me.say("/my")
        before = talk.session(me)
        talk.pass_(minutes=3)
        assert talk.session(me) == before
        talk.press(me, "Стежити")
        assert talk.session(me).state is State.CARD


@in_both
class TestAPicture:
    @pytest.fixture
    def fetching(self, who: str) -> str:
        """What is asked for a picture."""
        return "getFile" if who == "telegram" else FILE

    def test_is_fetched_when_it_can_be(self, talk: Chain, who: str, fetching: str) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        talk.fake.go_wrong(fetching, BROKEN)
        me.photo(talk.photo("late"))
        draft = talk.session(me).draft
        assert draft is not None
        assert (len(draft.photos), draft.lost) == (1, 0)

    def test_that_never_comes_is_said_to_be_lost(
        self, talk: Chain, who: str, fetching: str
    ) -> None:
        me = WHO[who](talk)
        to_photos(talk, me)
        talk.fake.go_wrong(fetching, *[BROKEN] * 3)
        me.photo(talk.photo("never"))
        draft = talk.session(me).draft
        assert draft is not None
        assert (len(draft.photos), draft.lost) == (0, 1)
        assert "не вдалося отримати" in talk.said(me).text
        assert talk.dead == []


@in_both
class TestPoison:
    """An event that breaks us is put aside for people, and holds nobody up."""

    @pytest.fixture(autouse=True)
    def poisoned(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One word breaks the dialogue."""

        def hear(event: InboundEvent, *rest: Any) -> Any:
            if event.text == "отрута":
                raise ZeroDivisionError
            return hear_well(event, *rest)

        monkeypatch.setattr("chalicelib.api.conversing.hear", hear)

    def test_goes_to_the_dead_letters_and_the_next_word_is_heard(
        self, talk: Chain, who: str
    ) -> None:
        me = WHO[who](talk)
        assert me.say("отрута") == 200
        ((body, group),) = talk.talks.queue.given_up
        assert ("отрута" in body, group) == (True, me.identity)
        assert "зателефонуйте" in talk.said(me).text
        me.say("/start")
        assert "Тут можна подати" in talk.said(me).text
        assert talk.dead == []

    def test_stays_where_it_is_while_the_dead_letters_are_away(
        self, talk: Chain, who: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(talk.talks.queue, "give_up", _away)
        WHO[who](talk).say("отрута")
        assert len(talk.dead) == 1


def _away(_body: str, _identity: str) -> None:
    raise StoreAway
