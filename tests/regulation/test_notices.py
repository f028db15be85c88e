"""The table of notices: complete, readable, and true for both cities."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from chalicelib.domain.appeal import Applicant, Kind, ReplyChannel
from chalicelib.domain.card import Status
from chalicelib.domain.city import Urgency
from chalicelib.domain.events import EventName
from chalicelib.domain.notice import Audience, Medium, NoticeState
from chalicelib.domain.people import Actor, Role
from chalicelib.regulation.notices import (
    NOBODY,
    ROWS,
    SURVEY_TEMPLATES,
    TEMPLATES,
    Weight,
    Whom,
    weight_of,
)
from chalicelib.regulation.notices_plan import notices_of
from tests.builders import (
    RECEIVED_AT,
    a_notice,
    an_appeal,
    an_event,
    an_evidence,
)
from tests.regulation.one_write import KR, NOW, K, a_file, happened, told

WORDS = Path("chalicelib/words/notices")


def written_with_tell() -> Iterator[str]:
    """Yield the names of events that some use case writes, and that may be told."""
    for path in Path("chalicelib/usecases").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Note":
                first = node.args[0]
                silent = any(
                    word.arg == "tell" and getattr(word.value, "value", True) is False
                    for word in node.keywords
                )
                if isinstance(first, ast.Attribute) and not silent:
                    yield first.attr


class TestTable:
    def test_every_event_is_told_or_meant_for_nobody(self) -> None:
        in_table = {row.event for row in ROWS}
        assert in_table | NOBODY == set(EventName)
        assert not in_table & NOBODY

    def test_what_is_meant_for_nobody_is_not_put_into_the_outbox(self) -> None:
        quiet = {name.name for name in NOBODY}
        assert quiet & set(written_with_tell()) == set()

    def test_no_two_rows_say_the_same(self) -> None:
        said = [(row.event, row.whom, row.template, row.only) for row in ROWS]
        assert len(set(said)) == len(said)

    def test_every_template_has_its_words(self) -> None:
        assert {name for name in TEMPLATES if not (WORDS / f"{name}.jinja").exists()} == set()

    def test_facts_of_law_are_told_to_those_whom_the_law_names(self) -> None:
        facts = {(row.event, row.whom) for row in ROWS if row.weight is Weight.FACT}
        applicant = {event for event, whom in facts if whom is Whom.APPLICANT}
        assert applicant == {
            EventName.EXTENDED,
            EventName.PLANNED,
            EventName.HANDED_OVER,
            EventName.CLARIFICATION_ASKED,
            EventName.FORWARDED,
            EventName.NOT_CONSIDERED,
        }
        assert {whom for _, whom in facts} == {Whom.APPLICANT, Whom.CENTRE}

    def test_what_is_no_row_weighs_nothing(self) -> None:
        assert weight_of("work_registered", "work_registered") is Weight.WORD
        assert SURVEY_TEMPLATES < TEMPLATES


@pytest.mark.clause("K-3.3")
class TestIntake:
    """3.3 Appeals are sent to executors in real time."""

    def test_the_applicant_and_the_responsible_person_hear_at_once(self) -> None:
        write = happened(EventName.REGISTERED, EventName.SENT)
        assert told(*write) == ["applicant registered", "responsible staff_sent"]
        for notice in notices_of(write, a_file(K, *write), city=K, now=NOW):
            assert notice.send_after == NOW
            assert notice.medium is Medium.EMAIL

    def test_a_repeat_is_told_as_one(self) -> None:
        write = happened(EventName.REGISTERED, EventName.REPEAT_REGISTERED, EventName.SENT)
        assert told(*write)[0] == "applicant repeat_registered"

    def test_a_card_that_nobody_got_goes_to_the_coordinators(self) -> None:
        write = happened(EventName.REGISTERED)
        assert told(*write, card_executor=None) == [
            "applicant registered",
            "coordinator staff_to_distribute",
            "coordinator staff_to_distribute",
        ]

    def test_what_is_not_to_be_told_is_not(self) -> None:
        assert told(an_event(name=EventName.SENT, tell=False)) == []

    @pytest.mark.parametrize("kind", [Kind.SIGNAL, Kind.APPEAL])
    def test_who_asked_for_no_answer_gets_none(self, kind: Kind) -> None:
        appeal = an_appeal(kind=kind, reply_channel=ReplyChannel.NONE)
        assert told(*happened(EventName.CLOSED), appeal=appeal) == []

    def test_an_applicant_who_left_no_contact_is_not_written_to(self) -> None:
        appeal = an_appeal(applicant=Applicant("Оксана"))
        assert told(*happened(EventName.ACCEPTED), appeal=appeal) == []


class TestEmergencies:
    def test_the_duty_phone_of_the_executor_gets_an_sms(self) -> None:
        write = happened(EventName.REGISTERED, EventName.SENT)
        [notice] = [
            one
            for one in notices_of(
                write, a_file(K, *write, card_urgency=Urgency.EMERGENCY), city=K, now=NOW
            )
            if one.audience is Audience.DUTY
        ]
        assert (notice.to, notice.medium, notice.template) == (
            "svitlo",
            Medium.SMS,
            "duty_emergency",
        )

    def test_in_kryvyi_rih_the_duty_service_hears_before_the_card_is_distributed(self) -> None:
        write = happened(EventName.REGISTERED)
        topic = next(t for t in KR.topics.values() if t.urgency is Urgency.EMERGENCY)
        found = told(
            *write,
            city=KR,
            card_executor=None,
            card_urgency=Urgency.EMERGENCY,
            card_topic=topic.code,
        )
        assert "duty duty_emergency" in found
        assert "clerk staff_to_distribute" in found

    def test_it_hears_once_of_the_same_card(self) -> None:
        write = happened(EventName.SENT)
        before = a_notice(audience=Audience.DUTY, to="svitlo", medium=Medium.SMS)
        found = told(*write, card_urgency=Urgency.EMERGENCY, notices=(before,))
        assert found == ["applicant sent", "responsible staff_sent"]

    def test_never_those_who_are_complained_about(self) -> None:
        appeal = an_appeal(complaint_about="svitlo")
        write = happened(EventName.REGISTERED)
        found = told(
            *write,
            appeal=appeal,
            card_executor=None,
            card_topic="LI-01",
            card_urgency=Urgency.EMERGENCY,
        )
        assert "duty duty_emergency" not in found


class TestSteps:
    def test_a_performer_is_told_of_the_task_and_the_applicant_of_the_work(self) -> None:
        write = happened(EventName.PERFORMER_ASSIGNED)
        found = told(*write, card_performer="svitlo-performer-1")
        assert found == ["applicant in_work", "performer staff_assigned"]

    def test_a_performer_who_is_no_account_is_told_otherwise(self) -> None:
        assert told(*happened(EventName.PERFORMER_ASSIGNED), card_performer="Бригада 2") == [
            "applicant in_work"
        ]

    def test_nobody_is_told_of_what_they_did_themselves(self) -> None:
        person = K.people["svitlo-responsible"]
        by = Actor("sub-1", Role.RESPONSIBLE, name=person.name, executor=person.executor)
        event = an_event(name=EventName.COMMENTED, by=by)
        assert told(event) == ["applicant commented"]

    def test_a_message_of_the_applicant_goes_to_the_performer_and_the_responsible(self) -> None:
        write = happened(EventName.MESSAGE_RECEIVED)
        assert told(*write, card_performer="svitlo-performer-1") == [
            "performer staff_message",
            "responsible staff_message",
        ]
        assert set(told(*write, card_executor=None)) == {"coordinator staff_message"}

    def test_a_file_of_the_applicant_that_was_refused_is_told_to_the_applicant(self) -> None:
        event = happened(EventName.EVIDENCE_REJECTED, evidence="e1")
        own = (an_evidence(id="e1", by=Role.APPLICANT),)
        assert told(*event, evidence=own) == ["applicant file_rejected"]
        staff = (an_evidence(id="e1", by="svitlo-performer-1"),)
        found = told(*event, evidence=staff, card_performer="svitlo-performer-1")
        assert found == ["performer staff_file_rejected"]

    def test_closing_asks_whether_the_work_was_done_in_one_message(self) -> None:
        write = happened(EventName.REQUEST_DECIDED, EventName.CLOSED, EventName.SURVEY_OPENED)
        assert told(*write) == ["applicant survey_opened", "responsible staff_decided"]

    def test_the_reminder_of_a_survey_is_the_applicants_alone(self) -> None:
        write = happened(EventName.ATTENTION, cause="survey_unanswered")
        assert told(*write) == ["applicant survey_reminder"]

    def test_a_joined_card_is_told_to_its_executor_only_if_it_had_one(self) -> None:
        joined = happened(EventName.JOINED, number="2026-000001-7")
        found = told(*joined, card_status=Status.JOINED)
        assert found == ["applicant joined", "responsible staff_ended"]
        filed = happened(EventName.REGISTERED, EventName.JOINED, number="2026-000001-7")
        assert told(*filed, card_status=Status.JOINED)[0] == "applicant registered"
        assert "responsible staff_ended" not in told(*filed, card_status=Status.JOINED)


def test_a_notice_is_named_by_its_event_its_reader_and_its_way() -> None:
    write = happened(EventName.REGISTERED, EventName.SENT)
    found = notices_of(write, a_file(K, *write), city=K, now=NOW)
    assert [notice.id.partition(".")[2] for notice in found] == [
        "n1.applicant.email",
        "n2.responsible.svitlo-responsible.email",
    ]
    assert all(notice.at == RECEIVED_AT for notice in found)
    assert {notice.state for notice in found} == {NoticeState.WAITING}
