"""By which way a notice goes, and when: the applicant's channel first, nobody woken at night."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.cities.catalogue import load_city
from chalicelib.domain.appeal import Applicant, ReplyChannel, Residence
from chalicelib.domain.card import CardFile
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import Audience, Medium, NoticeState, medium_of, number_of
from chalicelib.regulation.notices import Haste, Weight
from chalicelib.regulation.notices_media import (
    address_of,
    is_quiet,
    media_of,
    out_of_quiet_hours,
    send_after,
)
from chalicelib.regulation.notices_plan import GRACE, fallback_of, sent_again, timed
from tests.builders import NUMBER, a_card, a_notice, an_appeal, local

K = load_city("khmelnytskyi")
HOME = Residence("вулиця Нова", "1")
EVERYWHERE = Applicant("Оксана", "+380670000001", "o@example.com", HOME, "viber#1")
NOON = local("Tue 2026-03-03 12:00")


def ways(asked: ReplyChannel, weight: Weight = Weight.LETTER, **changes: object) -> list[str]:
    """Return by which ways an applicant is reached, the first one first."""
    applicant = replace(EVERYWHERE, **changes)  # type: ignore[arg-type]
    appeal = an_appeal(applicant=applicant, reply_channel=asked)
    return [str(medium) for medium in media_of(Audience.APPLICANT, appeal, weight)]


class TestWays:
    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            (ReplyChannel.EMAIL, ["email", "viber", "sms", "post"]),
            (ReplyChannel.PHONE, ["sms", "viber", "email", "post"]),
            (ReplyChannel.SMS, ["sms", "viber", "email", "post"]),
            (ReplyChannel.VIBER, ["viber", "sms", "email", "post"]),
            (ReplyChannel.POST, ["post", "viber", "sms", "email"]),
            (ReplyChannel.NONE, []),
        ],
    )
    def test_the_channel_that_was_asked_for_comes_first(
        self, asked: ReplyChannel, expected: list[str]
    ) -> None:
        assert ways(asked) == expected

    def test_only_ways_that_lead_to_the_applicant(self) -> None:
        assert ways(ReplyChannel.TELEGRAM) == ["viber", "sms", "email", "post"]
        assert ways(ReplyChannel.EMAIL, email=None, chat=None) == ["sms", "post"]
        assert ways(ReplyChannel.EMAIL, email=None, phone=None, chat=None) == ["post"]
        assert ways(ReplyChannel.EMAIL, email=None, phone=None, chat=None, residence=None) == []

    def test_a_mere_word_is_not_worth_paper(self) -> None:
        assert ways(ReplyChannel.POST, Weight.WORD) == ["viber", "sms", "email"]

    def test_staff_are_mailed_the_duty_service_phoned_a_system_called(self) -> None:
        appeal = an_appeal()
        assert media_of(Audience.HEAD, appeal, Weight.WORD) == (Medium.EMAIL,)
        assert media_of(Audience.DUTY, appeal, Weight.WORD)[0] is Medium.SMS
        assert media_of(Audience.SYSTEM, appeal, Weight.WORD) == (Medium.WEBHOOK,)

    def test_each_way_has_an_address_of_its_own(self) -> None:
        appeal = an_appeal(applicant=EVERYWHERE)
        found = {medium: address_of(appeal, medium) for medium in Medium}
        assert found[Medium.EMAIL] == "o@example.com"
        assert found[Medium.SMS] == found[Medium.CALL] == "+380670000001"
        assert found[Medium.VIBER] == "viber#1"
        assert found[Medium.TELEGRAM] is None
        assert found[Medium.POST] == "вулиця Нова"


def quiet(text: str) -> datetime:
    """Return when a quiet message of a local instant may go."""
    return out_of_quiet_hours(local(text), K)


class TestQuietHours:
    @pytest.mark.parametrize(
        ("at", "goes"),
        [
            ("Tue 2026-03-03 08:59", "Tue 2026-03-03 09:00"),
            ("Tue 2026-03-03 09:00", "Tue 2026-03-03 09:00"),
            ("Tue 2026-03-03 20:59", "Tue 2026-03-03 20:59"),
            ("Tue 2026-03-03 21:00", "Wed 2026-03-04 09:00"),
            ("Wed 2026-03-04 00:00", "Wed 2026-03-04 09:00"),
        ],
    )
    def test_nothing_goes_between_nine_and_nine(self, at: str, goes: str) -> None:
        assert quiet(at) == local(goes)

    @pytest.mark.parametrize(
        ("at", "goes", "hours"),
        [
            ("Sat 2026-03-28 22:00", "Sun 2026-03-29 09:00", 10),
            ("Sat 2026-10-24 22:00", "Sun 2026-10-25 09:00", 12),
        ],
    )
    def test_nine_is_nine_on_the_day_the_clocks_change(
        self, at: str, goes: str, hours: int
    ) -> None:
        assert quiet(at) == local(goes) == local(at) + timedelta(hours=hours)

    def test_only_residents_are_spared_and_not_in_an_emergency(self) -> None:
        assert is_quiet(Audience.APPLICANT, Medium.SMS, emergency=False)
        assert is_quiet(Audience.SUBSCRIBER, Medium.TELEGRAM, emergency=False)
        assert not is_quiet(Audience.APPLICANT, Medium.SMS, emergency=True)
        assert not is_quiet(Audience.APPLICANT, Medium.EMAIL, emergency=False)
        assert not is_quiet(Audience.DUTY, Medium.SMS, emergency=False)

    def test_what_is_in_no_hurry_waits_for_more(self) -> None:
        assert send_after(Haste.NOW, NOON, quiet=True, city=K) == NOON
        assert send_after(Haste.SOON, NOON, quiet=False, city=K) == NOON + timedelta(minutes=2)
        late = local("Tue 2026-03-03 20:59")
        assert send_after(Haste.SOON, late, quiet=True, city=K) == local("Wed 2026-03-04 09:00")


class TestFallingBack:
    def file(self, *media: Medium, **changes: object) -> CardFile:
        """Return a card whose applicant was told in vain by some ways."""
        notices = tuple(a_notice(medium=m, state=NoticeState.FAILED) for m in media)
        return CardFile(
            a_card(**changes), an_appeal(applicant=replace(EVERYWHERE, chat=None)), notices=notices
        )

    def test_each_way_is_tried_once_the_post_last(self) -> None:
        tried = [Medium.EMAIL]
        found = []
        while True:
            file = self.file(*tried)
            following = fallback_of(file.notices[-1], file, city=K, now=NOON)
            if following is None:
                break
            found.append((following.medium, following.state, following.wake_at))
            tried.append(following.medium)
        assert found == [
            (Medium.SMS, NoticeState.WAITING, NOON + GRACE),
            (Medium.POST, NoticeState.TO_POST, None),
        ]

    def test_nobody_is_told_of_a_mere_word_on_paper(self) -> None:
        word = a_notice(event=EventName.ACCEPTED, template="accepted", medium=Medium.SMS)
        file = replace(self.file(), notices=(word, replace(word, medium=Medium.EMAIL)))
        assert fallback_of(word, file, city=K, now=NOON) is None

    def test_sending_again_goes_by_the_first_way_that_has_not_failed(self) -> None:
        file = self.file(Medium.EMAIL)
        again = sent_again(file.notices[0], file, city=K, now=NOON)
        assert (again.medium, again.again, again.tries) == (Medium.SMS, 1, 0)
        assert again.id == f"{NUMBER}.n1.applicant.sms.1"
        nowhere = replace(file, appeal=an_appeal(applicant=Applicant()))
        assert sent_again(file.notices[0], nowhere, city=K, now=NOON).medium is Medium.EMAIL

    def test_sending_again_twice_makes_two(self) -> None:
        file = self.file()
        first = sent_again(a_notice(), replace(file, notices=(a_notice(),)), city=K, now=NOON)
        both = replace(file, notices=(a_notice(), first))
        assert sent_again(a_notice(), both, city=K, now=NOON).again == 2

    def test_what_waits_for_the_post_wakes_nobody(self) -> None:
        letter = timed(a_notice(medium=Medium.POST), Haste.NOW, NOON, city=K, emergency=False)
        assert (letter.state, letter.wake_at) == (NoticeState.TO_POST, None)


@pytest.mark.parametrize("again", [0, 2])
@pytest.mark.parametrize("to", ["", "svitlo-responsible", "0f3a9", "7"])
def test_an_id_tells_its_card_and_its_way(to: str, again: int) -> None:
    notice = a_notice(to=to, again=again, medium=Medium.WEBHOOK)
    assert number_of(notice.id) == NUMBER
    assert medium_of(notice.id) is Medium.WEBHOOK
