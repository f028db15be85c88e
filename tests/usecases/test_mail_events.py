"""A bounce or a complaint leaves the address, once, however often and in what order it comes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import permutations

import pytest

from chalicelib.domain.mail_event import MailEvent, MailFate
from chalicelib.domain.notice import Medium, Notice, NoticeState, NoticeStep
from chalicelib.usecases.mail_events import NotWrittenYet, Taken, take
from chalicelib.usecases.sending_matters import Message
from tests.builders import RECEIVED_AT, a_notice
from tests.fakes import FakeResidents

READER = "oksana@example.com"
AT = RECEIVED_AT + timedelta(minutes=5)
NOW = AT + timedelta(minutes=1)
SENT = a_notice(state=NoticeState.SENT, sent_at=AT, wake_at=None, message_id="m1")


@dataclass
class FakeMatter:
    """Notices of one card in memory; everybody can also be reached by SMS."""

    notices: tuple[Notice, ...]
    overtaken: bool = False
    settled: int = 0

    def outdated(self, notice: Notice) -> str:
        return ""

    def address(self, notice: Notice) -> str | None:
        return READER

    def message(self, told: Sequence[Notice], address: str, now: datetime) -> Message:
        return Message(told[0].id, address, now)

    def fallback(self, notice: Notice, now: datetime) -> Notice | None:
        if notice.medium is Medium.SMS:
            return None
        return replace(
            notice,
            medium=Medium.SMS,
            state=NoticeState.WAITING,
            send_after=now,
            sent_at=None,
            carried_by=None,
        )

    def quiet_until(self, notice: Notice, at: datetime) -> datetime:
        return at

    def settle(self, steps: Sequence[NoticeStep], now: datetime) -> bool:
        if self.overtaken:
            return False
        kept = {notice.id: notice for notice in self.notices}
        kept |= {step.after.id: step.after for step in steps}
        self.notices = tuple(kept.values())
        self.settled += 1
        return True


@dataclass
class Desk:
    """One card's notices, and the addresses that are off."""

    matter: FakeMatter
    residents: FakeResidents = field(default_factory=FakeResidents)

    def take(self, fate: MailFate, notice: str | None = SENT.id) -> Taken:
        event = MailEvent(fate, () if fate is MailFate.REJECTED else (READER,), AT, notice)
        return take(event, NOW, read=self.read, residents=self.residents)

    def read(self, number: str) -> FakeMatter | None:
        return self.matter if number == SENT.number else None

    def off(self) -> bool:
        return self.residents.is_off(Medium.EMAIL, READER)

    def states(self) -> dict[str, tuple[NoticeState, str]]:
        return {notice.id: (notice.state, notice.reason) for notice in self.matter.notices}


@pytest.fixture
def desk() -> Desk:
    return Desk(FakeMatter((SENT,)))


BY_SMS = SENT.id.replace(".email", ".sms")


def test_a_bounce_leaves_the_address_and_tells_by_the_next_way(desk: Desk) -> None:
    assert desk.take(MailFate.BOUNCED) is Taken.NOTED
    assert desk.off()
    assert desk.states() == {
        SENT.id: (NoticeState.FAILED, "bounced"),
        BY_SMS: (NoticeState.WAITING, ""),
    }


def test_a_complaint_leaves_the_address_and_tells_nothing_again(desk: Desk) -> None:
    assert desk.take(MailFate.COMPLAINED) is Taken.NOTED
    assert desk.off()
    assert desk.states() == {SENT.id: (NoticeState.SENT, "complained")}


def test_a_refused_letter_is_told_by_the_next_way_and_the_address_stays(desk: Desk) -> None:
    assert desk.take(MailFate.REJECTED) is Taken.NOTED
    assert not desk.off()
    assert desk.states()[BY_SMS] == (NoticeState.WAITING, "")


def test_what_one_letter_told_together_is_all_told_again() -> None:
    second = a_notice(seq=2, state=NoticeState.SENT, carried_by=SENT.id)
    other = a_notice(seq=3, state=NoticeState.SENT)
    desk = Desk(FakeMatter((SENT, second, other)))
    desk.take(MailFate.BOUNCED)
    states = desk.states()
    assert states[second.id] == (NoticeState.FAILED, "bounced")
    assert states[other.id] == (NoticeState.SENT, "")
    assert len(states) == 5


@pytest.mark.parametrize("fate", MailFate)
def test_the_same_event_again_changes_nothing(desk: Desk, fate: MailFate) -> None:
    desk.take(fate)
    before = desk.states()
    desk.residents.switch_on(Medium.EMAIL, READER)
    assert desk.take(fate) is Taken.KNOWN
    assert desk.states() == before
    assert not desk.off(), "its owner has written from there since"
    assert desk.matter.settled == 1


@pytest.mark.parametrize(
    "order", sorted(set(permutations([MailFate.BOUNCED, MailFate.COMPLAINED, MailFate.BOUNCED])))
)
def test_events_in_any_order_tell_once_by_the_next_way(
    desk: Desk, order: tuple[MailFate, ...]
) -> None:
    for fate in order:
        desk.take(fate)
    assert desk.off()
    assert sorted(desk.states()) == sorted([SENT.id, BY_SMS])
    assert desk.states()[SENT.id][0] is NoticeState.FAILED


def test_an_event_before_the_record_waits_for_it(desk: Desk) -> None:
    in_hand = replace(SENT, state=NoticeState.SENDING, sent_at=None)
    desk.matter.notices = (in_hand,)
    with pytest.raises(NotWrittenYet):
        desk.take(MailFate.BOUNCED)
    assert desk.off(), "nothing more goes there meanwhile"
    assert desk.matter.notices == (in_hand,)
    desk.matter.notices = (SENT,)
    assert desk.take(MailFate.BOUNCED) is Taken.NOTED


def test_a_letter_whose_record_was_lost_fails_by_itself_at_the_next_try(desk: Desk) -> None:
    desk.matter.notices = (replace(SENT, state=NoticeState.WAITING, sent_at=None),)
    assert desk.take(MailFate.BOUNCED) is Taken.ADDRESS
    assert desk.off()
    assert desk.matter.settled == 0


def test_whoever_was_first_the_event_comes_again(desk: Desk) -> None:
    desk.matter.overtaken = True
    with pytest.raises(NotWrittenYet):
        desk.take(MailFate.BOUNCED)


@pytest.mark.parametrize("notice", [None, "2026-000999-1.n1.applicant.email", f"{SENT.id}.9"])
def test_a_letter_that_tells_no_notice_still_leaves_its_address(
    desk: Desk, notice: str | None
) -> None:
    assert desk.take(MailFate.BOUNCED, notice) is Taken.ADDRESS
    assert desk.off()
    assert desk.states() == {SENT.id: (NoticeState.SENT, "")}
