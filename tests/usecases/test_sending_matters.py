"""What is sent: facts of law are recorded, surveys asked, systems called, digests made."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.card import Status
from chalicelib.domain.directory import DirectoryChange, DirectoryEvent
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import NoticeState
from chalicelib.domain.people import SYSTEM
from chalicelib.domain.reply import Reply
from chalicelib.domain.webhook import Webhook
from chalicelib.regulation.notices_digest import digests
from chalicelib.usecases.sending import LEASE, Done
from chalicelib.usecases.sending_ports import SendingRefused
from chalicelib.usecases.writing import Note, change
from tests.builders import EXECUTOR, a_survey, an_evidence, local
from tests.usecases.mailroom import Mailroom, filed, happens


@pytest.fixture
def room() -> Mailroom:
    """An empty mail room."""
    return Mailroom()


class TestFactsOfLaw:
    def test_what_was_told_by_law_becomes_an_event_of_the_card(self, room: Mailroom) -> None:
        number = filed(room)
        room.deliver()
        before = room.file(number).card
        extended = Note(
            EventName.EXTENDED, "Немає деталі", facts={"due_at": before.due_at.isoformat()}
        )
        happens(room, number, extended)
        room.deliver()
        file = room.file(number)
        told = file.events[-1]
        assert (told.name, told.by, told.tell) == (EventName.NOTICE_SENT, SYSTEM, False)
        assert told.facts["told_of"] == "extended"
        assert file.card.version == before.version
        assert room.of(number)["n3.applicant.email"].state is NoticeState.SENT

    def test_it_is_written_though_the_card_moves_on_meanwhile(self, room: Mailroom) -> None:
        number = filed(room)
        room.deliver()
        happens(room, number, Note(EventName.EXTENDED, "Немає деталі"))
        send = room.mail.send

        def while_it_moves(letter: Any) -> str:
            card = room.file(number).card
            room.put(change(card, card, room.now, EXECUTOR, Note(EventName.COMMENTED, tell=False)))
            return send(letter)

        room.mail.send = while_it_moves  # type: ignore[method-assign]
        assert Done.SENT in room.deliver()
        assert [event.name for event in room.file(number).events[-2:]] == [
            EventName.COMMENTED,
            EventName.NOTICE_SENT,
        ]

    def test_a_sender_that_was_overtaken_writes_nothing(self, room: Mailroom) -> None:
        number = filed(room)
        room.deliver()
        happens(room, number, Note(EventName.EXTENDED, "Немає деталі"))
        notice_id = f"{number}.n3.applicant.email"
        send = room.mail.send
        slow: list[Any] = []

        def slowly(letter: Any) -> str:
            if not slow:
                slow.append(letter)
                room.now += LEASE
                assert room.send(notice_id) is Done.SENT
            return send(letter)

        room.mail.send = slowly  # type: ignore[method-assign]
        assert room.send(notice_id) is Done.LEFT
        names = [event.name for event in room.file(number).events]
        assert names.count(EventName.NOTICE_SENT) == 1


class TestSurveys:
    def closed(self, room: Mailroom) -> str:
        """Close a card and open its survey."""
        number = filed(room)
        room.deliver()
        card = room.file(number).card
        closed = replace(card, status=Status.CLOSED, surveys=1)
        notes = (Note(EventName.CLOSED), Note(EventName.SURVEY_OPENED))
        written = change(card, closed, room.now, EXECUTOR, *notes)
        survey = a_survey(number=number, closes_at=room.now + timedelta(days=7))
        room.put(replace(written, surveys=(survey,)))
        room.tell(number)
        return number

    def test_a_letter_carries_the_link_that_opens_the_survey(self, room: Mailroom) -> None:
        number = self.closed(room)
        room.deliver()
        assert f"https://centre.example/uk/survey/#{number}.1." in room.mail.sent[-1].text

    def test_who_has_answered_is_not_asked(self, room: Mailroom) -> None:
        number = self.closed(room)
        happens(room, number, Note(EventName.CONFIRMED, tell=False), status=Status.CONFIRMED)
        assert room.deliver() == [Done.DROPPED]
        assert room.of(number)["n4.applicant.email"].reason == "answered"


class TestWebhooks:
    @pytest.fixture
    def hooked(self, room: Mailroom) -> Mailroom:
        """A mail room with the webhook of `svitlo`."""
        hook = Webhook("svitlo", "https://svitlo.example/hook", "k1", 1, room.now)
        line = DirectoryChange(
            room.now, DirectoryEvent.WEBHOOK_ENTERED, "svitlo", "", "admin-1", "Адмін"
        )
        room.appointments.enter(hook, line)
        return room

    def body(self, room: Mailroom) -> Any:
        """Return the last body that was posted, as text."""
        return room.hooks.posted[-1].body.decode()

    def test_a_system_hears_which_status_led_to_which(self, hooked: Mailroom) -> None:
        number = filed(hooked)
        hooked.deliver()
        [posted] = hooked.hooks.posted
        assert posted.notice_id == f"{number}.n2.system.svitlo.webhook"
        assert '"type": "appeal.status_changed"' in self.body(hooked)
        assert f'"appeal_id": "{number}", "from": "registered", "to": "sent"' in self.body(hooked)
        assert "Оксана" not in self.body(hooked)
        assert [secret[:6] for secret in posted.secrets] == ["whsec_"]

    def test_what_moves_no_status_has_a_type_of_its_own(self, hooked: Mailroom) -> None:
        number = filed(hooked)
        happens(hooked, number, Note(EventName.MESSAGE_RECEIVED, "Де ви?"))
        hooked.deliver()
        assert '"type": "appeal.message_received"' in self.body(hooked)

    def test_each_event_is_a_webhook_of_its_own(self, hooked: Mailroom) -> None:
        number = filed(hooked)
        happens(hooked, number, Note(EventName.ACCEPTED))
        happens(hooked, number, Note(EventName.MESSAGE_RECEIVED))
        hooked.deliver()
        assert len(hooked.hooks.posted) == 3

    def test_a_changed_secret_signs_beside_the_new_one_for_a_day(self, hooked: Mailroom) -> None:
        hook = hooked.appointments.entries(hooked.now).webhooks["svitlo"]
        assert replace(hook, serial=2).serials(hooked.now + timedelta(hours=23)) == (2, 1)
        assert replace(hook, serial=2).serials(hooked.now + timedelta(hours=24)) == (2,)

    def test_a_system_that_is_gone_hears_no_more_until_its_address_is_entered_anew(
        self, hooked: Mailroom
    ) -> None:
        number = filed(hooked)
        hooked.hooks.answers.errors = [SendingRefused("gone", address_dead=True)]
        hooked.deliver()
        assert hooked.appointments.entries(hooked.now).webhook_of("svitlo") is None
        assert hooked.of(number)["n2.system.svitlo.webhook"].state is NoticeState.FAILED
        happens(hooked, number, Note(EventName.ACCEPTED))
        assert "n3.system.svitlo.webhook" not in hooked.of(number)


class TestDigests:
    def test_each_reader_gets_their_own_open_cards_once(self, room: Mailroom) -> None:
        filed(room)
        room.deliver()
        room.mail.sent.clear()
        room.now = local("Tue 2026-03-03 08:00")
        for notice in digests(room.city, room.now):
            room.notices.add(notice)
            assert not room.notices.add(notice)
        room.sweep()
        done = room.deliver()
        assert done.count(Done.SENT) == 2
        assert {letter.to for letter in room.mail.sent} == {
            "svitlo-responsible@example.org",
            "svitlo-head@example.org",
        }
        assert "2026-000001-7" in room.mail.sent[0].text
        assert done.count(Done.DROPPED) == len(done) - 2

    def test_a_digest_that_is_too_late_is_dropped(self, room: Mailroom) -> None:
        filed(room)
        [*notices] = digests(room.city, room.now)
        room.notices.add(notices[0])
        room.pass_(days=1)
        assert room.send(notices[0].id) is Done.DROPPED


def test_a_duty_phone_is_called_as_people_write_it(room: Mailroom) -> None:
    emergency = next(t.code for t in room.city.topics.values() if t.urgency == "emergency")
    number = filed(room, topic=emergency)
    room.deliver()
    executor = room.city.executors[room.file(number).card.executor or ""]
    [sms] = room.sms.sent
    assert sms.to == "+38" + executor.duty_phone.replace(" ", "")
    assert number in sms.text


def test_the_signed_reply_goes_with_the_letter(room: Mailroom) -> None:
    number = filed(room)
    room.deliver()
    room.files.objects["originals/scan"] = b"%PDF scan"
    scan = an_evidence(
        id="s1", number=number, content_type="application/pdf", original_key="originals/scan"
    )
    reply = Reply(number, "Лампу замінено.", room.now, "anna", signed_file="s1")
    before = room.file(number).card
    note = Note(EventName.HANDED_OVER)
    written = change(before, before, room.now, EXECUTOR, note)
    handed = replace(reply, handed_over_at=room.now)
    room.put(replace(written, reply=handed, evidence=(scan,)))
    room.tell(number)
    room.deliver()
    letter = room.mail.sent[-1]
    assert [(each.name, each.data) for each in letter.attachments] == [
        (f"{number}.pdf", b"%PDF scan")
    ]
    assert "Лампу замінено." in letter.text
