"""A draft that is left: one reminder after two hours, put by after a day, gone after a week."""

from collections.abc import Callable
from typing import Any, Final

import pytest

from chalicelib.domain.conversation import State
from chalicelib.usecases.conversation_photos import keys_of
from tests.builders import local
from tests.talks.chain import Chain
from tests.talks.stories import Person, filed, to_photos

WHO: Final[dict[str, Callable[[Chain], Person]]] = {
    "telegram": lambda talk: talk.telegram(),
    "viber": lambda talk: talk.viber(),
}
REMINDER: Final = "ще не надіслано. Продовжити?"
in_both: Final = pytest.mark.parametrize("who", WHO)


def reminders(talk: Chain, me: Person) -> list[dict[str, Any]]:
    """Return the reminders that somebody was sent, as their messenger took them."""
    return [dict(each.body) for each in talk.fake.to(me.name) if REMINDER in each.text]


def a_draft(talk: Chain, who: str) -> Person:
    """Return somebody who has left an appeal half told."""
    me = WHO[who](talk)
    to_photos(talk, me)
    me.photo(talk.photo("kept"))
    return me


@in_both
class TestADraft:
    def test_is_reminded_of_once_after_two_hours(self, talk: Chain, who: str) -> None:
        me = a_draft(talk, who)
        talk.pass_(hours=1, minutes=59)
        assert reminders(talk, me) == []
        talk.pass_(minutes=1)
        (sent,) = reminders(talk, me)
        assert sent.get("disable_notification", True) is True
        for _ in range(4):
            talk.pass_(hours=1)
        assert len(reminders(talk, me)) == 1
        talk.press(me, "Продовжити")
        assert talk.session(me).state is State.PHOTOS

    def test_is_not_reminded_of_at_night(self, talk: Chain, who: str) -> None:
        talk.door.clock.at = local("Mon 2026-03-02 20:30")
        me = a_draft(talk, who)
        talk.pass_(hours=2)
        assert reminders(talk, me) == []
        talk.door.clock.at = local("Tue 2026-03-03 08:59")
        talk.pass_(seconds=30)
        assert reminders(talk, me) == []
        talk.pass_(minutes=1)
        assert len(reminders(talk, me)) == 1

    def test_is_put_by_after_a_day_without_a_word(self, talk: Chain, who: str) -> None:
        me = a_draft(talk, who)
        talk.pass_(hours=3)
        said = len(talk.fake.to(me.name))
        talk.pass_(hours=21)
        session = talk.session(me)
        assert (session.state, session.draft is not None) == (State.SAVED, True)
        assert len(talk.fake.to(me.name)) == said
        me.say("Добрий день")
        assert "незавершене звернення" in talk.said(me).text
        talk.press(me, "Продовжити")
        assert talk.session(me).state is State.PHOTOS

    def test_is_deleted_with_its_pictures_after_a_week(self, talk: Chain, who: str) -> None:
        me = a_draft(talk, who)
        draft = talk.session(me).draft
        assert draft is not None
        keys = {key for photo in draft.photos for key in keys_of(photo.upload_id)}
        assert keys & set(talk.door.files.objects)
        said = len(talk.fake.to(me.name))
        talk.pass_(days=1)
        talk.pass_(days=5, hours=23, minutes=59)
        assert talk.session(me).draft is not None
        talk.pass_(minutes=1)
        session = talk.session(me)
        assert (session.state, session.draft) == (State.IDLE, None)
        assert not keys & set(talk.door.files.objects)
        assert len(talk.fake.to(me.name)) == said
        assert talk.talks.conversations.to_wake(talk.door.clock(), limit=9) == []
        assert talk.files() == []

    def test_is_deleted_by_one_late_sweep_too(self, talk: Chain, who: str) -> None:
        me = a_draft(talk, who)
        said = len(talk.fake.to(me.name))
        talk.pass_(days=8)
        assert talk.session(me).draft is None
        assert len(talk.fake.to(me.name)) == said

    def test_that_goes_on_is_reminded_of_anew(self, talk: Chain, who: str) -> None:
        me = a_draft(talk, who)
        talk.pass_(hours=2)
        me.photo(talk.photo("another", (1, 2, 3)))
        talk.pass_(hours=2)
        assert len(reminders(talk, me)) == 2

    def test_of_whom_the_bot_is_blocked_is_deleted_unsaid(self, talk: Chain, who: str) -> None:
        me = a_draft(talk, who)
        me.block()
        talk.pass_(hours=2)
        assert reminders(talk, me) == []
        talk.pass_(days=8)
        assert talk.session(me).draft is None


def test_after_filing_nothing_wakes(talk: Chain) -> None:
    me = talk.telegram()
    filed(talk, me)
    assert talk.talks.conversations.kept[me.identity][1] is None
