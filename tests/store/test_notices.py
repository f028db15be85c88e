"""The outbox and its notices: told once, sent once, found when they wait."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import ChangedMeanwhile
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import Audience, Medium, NoticeState, NoticeStep
from chalicelib.store.notices import id_of
from chalicelib.store.shards import TELL_SHARDS, shard_of, tell_shard_of
from tests.aws.meter import metered
from tests.builders import (
    NUMBER,
    RECEIVED_AT,
    a_card,
    a_notice,
    an_event,
    changing,
    number_of,
    registering,
)
from tests.store.conftest import Store

MINUTE = timedelta(minutes=1)
SHARD = shard_of(NUMBER)
TELL_SHARD = tell_shard_of(NUMBER)


def claimed(store: Store) -> NoticeStep:
    """Write a notice and return the step by which a sender takes it in hand."""
    waiting = a_notice()
    assert store.notices.add(waiting)
    sending = replace(waiting, state=NoticeState.SENDING, tries=1, leased_until=RECEIVED_AT)
    return NoticeStep(waiting, sending)


class TestOutbox:
    def test_a_file_shows_the_writes_that_are_to_be_told(self, store: Store) -> None:
        store.cards.save(registering())
        before = store.cards.read_file(NUMBER).card
        store.cards.save(changing(before))
        file = store.cards.read_file(NUMBER)
        names = [[event.name for event in write] for write in file.untold]
        assert names == [[EventName.REGISTERED, EventName.SENT], [EventName.COMMENTED]]
        assert file.notices == ()

    def test_what_tells_nobody_is_not_in_it(self, store: Store) -> None:
        change = registering()
        silent = replace(change, events=tuple(replace(e, tell=False) for e in change.events))
        store.cards.save(silent)
        assert store.cards.read_file(NUMBER).untold == ()
        assert store.notices.untold(TELL_SHARD, RECEIVED_AT + MINUTE, limit=9) == []

    def test_an_event_waits_in_its_shard_until_it_is_told(self, store: Store) -> None:
        store.cards.save(registering())
        assert store.notices.untold(TELL_SHARD, RECEIVED_AT - MINUTE, limit=9) == []
        assert store.notices.untold((TELL_SHARD + 1) % TELL_SHARDS, RECEIVED_AT, limit=9) == []
        [waiting] = store.notices.untold(TELL_SHARD, RECEIVED_AT, limit=9)
        assert (waiting.number, waiting.part, waiting.at) == (NUMBER, "EVENT#000001", RECEIVED_AT)
        assert store.notices.tell(NUMBER, 1, [a_notice()])
        assert store.notices.untold(TELL_SHARD, RECEIVED_AT, limit=9) == []
        file = store.cards.read_file(NUMBER)
        assert (file.notices, file.untold) == ((a_notice(),), ())

    def test_the_longest_waiting_come_first(self, store: Store) -> None:
        numbers = [n for n in map(number_of, range(60)) if tell_shard_of(n) == TELL_SHARD][:4]
        for minutes, number in enumerate(numbers):
            at = RECEIVED_AT - minutes * MINUTE
            store.cards.save(registering(a_card(number=number, registered_at=at)))
        found = store.notices.untold(TELL_SHARD, RECEIVED_AT, limit=3)
        assert [waiting.number for waiting in found] == numbers[:0:-1]

    def test_a_write_is_told_once(self, store: Store) -> None:
        store.cards.save(registering())
        assert store.notices.tell(NUMBER, 1, [a_notice()])
        assert not store.notices.tell(NUMBER, 1, [a_notice(), a_notice(medium=Medium.SMS)])
        assert store.cards.read_file(NUMBER).notices == (a_notice(),)

    def test_a_write_may_concern_nobody(self, store: Store) -> None:
        store.cards.save(registering())
        assert store.notices.tell(NUMBER, 1, [])
        assert store.cards.read_file(NUMBER).untold == ()

    def test_what_is_not_there_is_not_told(self, store: Store) -> None:
        assert not store.notices.tell(NUMBER, 1, [a_notice()])
        assert store.notices.of(NUMBER) == ()

    def test_telling_leaves_the_card_and_its_history_alone(self, store: Store) -> None:
        store.cards.save(registering())
        before = store.cards.read_file(NUMBER)
        store.notices.tell(NUMBER, 1, [a_notice()])
        after = store.cards.read_file(NUMBER)
        assert (after.card, after.events, after.appeal) == (
            before.card,
            before.events,
            before.appeal,
        )


class TestNotices:
    def test_everything_of_a_notice_is_kept(self, store: Store) -> None:
        at = RECEIVED_AT
        notice = a_notice(
            number="digest-2026-03-02",
            audience=Audience.RESPONSIBLE,
            to="svitlo-responsible",
            again=2,
            state=NoticeState.SENT,
            wake_at=None,
            leased_until=at,
            tries=3,
            sent_at=at,
            message_id="0100018",
            carried_by=f"{NUMBER}.n9.applicant.email",
            reason="rate",
        )
        assert store.notices.add(notice)
        assert store.notices.of("digest-2026-03-02") == (notice,)

    def test_a_notice_is_written_once(self, store: Store) -> None:
        assert store.notices.add(a_notice())
        assert not store.notices.add(a_notice(tries=5))
        assert store.notices.of(NUMBER) == (a_notice(),)

    def test_several_are_written_all_or_none(self, store: Store) -> None:
        sms = a_notice(medium=Medium.SMS)
        assert store.notices.add(a_notice())
        assert not store.notices.add(a_notice(), sms)
        assert store.notices.of(NUMBER) == (a_notice(),)
        assert store.notices.add(sms, a_notice(seq=2))
        assert len(store.notices.of(NUMBER)) == 3

    def test_nothing_is_written_at_once(self, store: Store) -> None:
        assert store.notices.write()

    def test_one_of_two_senders_takes_it(self, store: Store) -> None:
        step = claimed(store)
        assert store.notices.write(step)
        assert not store.notices.write(step)
        assert store.notices.of(NUMBER) == (step.after,)

    def test_a_sender_whose_lease_was_taken_over_writes_nothing(self, store: Store) -> None:
        first = claimed(store)
        store.notices.write(first)
        second = NoticeStep(first.after, replace(first.after, tries=2))
        assert store.notices.write(second)
        sent = replace(first.after, state=NoticeState.SENT, wake_at=None)
        assert not store.notices.write(NoticeStep(first.after, sent))
        assert store.notices.of(NUMBER) == (second.after,)

    def test_what_a_sender_records_comes_with_its_notice_or_not_at_all(self, store: Store) -> None:
        store.cards.save(registering())
        step = claimed(store)
        before = store.cards.read_file(NUMBER).card
        recorded = an_event(seq=3, name=EventName.NOTICE_SENT, tell=False)
        change = replace(changing(before), events=(recorded,), notices=(step,))
        store.cards.save(change)
        file = store.cards.read_file(NUMBER)
        assert (file.notices, file.events[-1].name) == ((step.after,), EventName.NOTICE_SENT)
        again = replace(changing(file.card), notices=(step,))
        with pytest.raises(ChangedMeanwhile):
            store.cards.save(again)
        assert store.cards.read_file(NUMBER) == file


class TestWaking:
    def test_a_notice_wakes_among_the_cards_until_it_is_sent(self, store: Store) -> None:
        step = claimed(store)
        wake_at = RECEIVED_AT + 2 * MINUTE
        assert store.cards.to_wake(SHARD, wake_at - MINUTE, limit=9) == []
        [waking] = store.cards.to_wake(SHARD, wake_at, limit=9)
        assert id_of(waking) == a_notice().id
        sent = replace(step.before or a_notice(), state=NoticeState.SENT, wake_at=None)
        store.notices.write(NoticeStep(step.before, sent))
        assert store.cards.to_wake(SHARD, wake_at, limit=9) == []

    def test_looking_after_it_later_leaves_everything_else(self, store: Store) -> None:
        store.notices.add(a_notice())
        [waking] = store.cards.to_wake(SHARD, RECEIVED_AT + 2 * MINUTE, limit=9)
        later = RECEIVED_AT + 20 * MINUTE
        assert store.notices.look_after(waking, later)
        assert store.notices.of(NUMBER) == (a_notice(wake_at=later),)
        assert not store.notices.look_after(waking, later + MINUTE)

    def test_what_was_sent_meanwhile_is_not_looked_after(self, store: Store) -> None:
        store.notices.add(a_notice())
        [waking] = store.cards.to_wake(SHARD, RECEIVED_AT + 2 * MINUTE, limit=9)
        sent = a_notice(state=NoticeState.SENT, wake_at=None)
        store.notices.write(NoticeStep(a_notice(), sent))
        assert not store.notices.look_after(waking, RECEIVED_AT + 20 * MINUTE)
        assert store.notices.of(NUMBER) == (sent,)


class TestPost:
    def test_what_waits_for_the_post_the_oldest_first_page_by_page(self, store: Store) -> None:
        for hours in (3, 1, 2):
            at = RECEIVED_AT + hours * 60 * MINUTE
            notice = a_notice(
                number=number_of(hours), at=at, medium=Medium.POST, state=NoticeState.TO_POST
            )
            store.notices.add(replace(notice, wake_at=None))
        first = store.notices.to_post(limit=2, cursor=None)
        assert [notice.number for notice in first.items] == [number_of(1), number_of(2)]
        second = store.notices.to_post(limit=2, cursor=first.cursor)
        assert [notice.number for notice in second.items] == [number_of(3)]
        assert second.cursor is None

    def test_what_was_posted_leaves_the_list(self, store: Store) -> None:
        waits = a_notice(medium=Medium.POST, state=NoticeState.TO_POST, wake_at=None)
        store.notices.add(waits)
        store.notices.write(NoticeStep(waits, replace(waits, state=NoticeState.POSTED)))
        assert store.notices.to_post(limit=9, cursor=None).items == ()
        assert store.cards.pending_requests("coordinator", limit=9, cursor=None).items == ()


class TestDeadAddresses:
    def test_an_address_is_off_by_its_medium_whatever_its_case(self, store: Store) -> None:
        off = store.residents.is_off
        store.residents.switch_off(
            Medium.EMAIL, "Oksana@Example.com", reason="bounced", at=RECEIVED_AT
        )
        assert off(Medium.EMAIL, "oksana@example.com")
        assert not off(Medium.SMS, "oksana@example.com")
        assert not off(Medium.EMAIL, "other@example.com")

    def test_it_is_on_again_when_the_person_writes_from_there(self, store: Store) -> None:
        store.residents.switch_off(Medium.TELEGRAM, "telegram#1", reason="b", at=RECEIVED_AT)
        store.residents.switch_on(Medium.TELEGRAM, "telegram#1")
        assert not store.residents.is_off(Medium.TELEGRAM, "telegram#1")
        store.residents.switch_on(Medium.TELEGRAM, "telegram#1")


class TestUnits:
    def test_telling_and_sending_one_mail(self, dynamodb: Store) -> None:
        dynamodb.cards.save(registering())
        with metered() as (gate, meter):
            dynamodb.notices.tell(NUMBER, 1, [a_notice()])
        assert (len(gate.calls), meter.writes) == (1, 6)
        sending = replace(a_notice(), state=NoticeState.SENDING, tries=1)
        with metered() as (gate, meter):
            dynamodb.notices.write(NoticeStep(a_notice(), sending))
            sent = replace(sending, state=NoticeState.SENT, wake_at=None)
            dynamodb.notices.write(NoticeStep(sending, sent))
        assert (len(gate.calls), meter.writes) == (2, 3)
