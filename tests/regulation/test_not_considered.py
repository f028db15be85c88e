"""What a ground of article 8 presupposes, as far as software can know (art. 8, 17)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.appeal import Applicant, Kind, Residence
from chalicelib.domain.card import Card, CardFile, Status
from chalicelib.domain.city import Urgency
from chalicelib.domain.errors import RoleNotPermitted, RuleRefused
from chalicelib.regulation.not_considered import (
    Ground,
    require_may_leave,
    require_named_human,
    require_same_person,
    resolved_before,
)
from tests.builders import COORDINATOR, NUMBER, RECEIVED_AT, a_card, an_appeal, number_of

NAMELESS = an_appeal(applicant=Applicant(phone="+380670000001"))


@pytest.mark.clause("LAW-8", "LAW-17")
class TestLeft:
    """Art. 8. The list is closed, and a person answers for it by name."""

    def test_the_list_is_the_laws(self) -> None:
        assert set(Ground) == {"anonymous", "repeated", "late_complaint", "incapable"}

    def test_a_machine_and_a_nameless_account_do_not_decide(self) -> None:
        person = replace(COORDINATOR, token_id="t1")
        require_named_human(person)
        for actor in (replace(person, name=""), replace(person, token_id=None)):
            with pytest.raises(RoleNotPermitted):
                require_named_human(actor)

    def test_an_emergency_is_never_left_for_want_of_a_name(self) -> None:
        emergency = a_card(urgency=Urgency.EMERGENCY)
        with pytest.raises(RuleRefused):
            require_may_leave(CardFile(emergency, NAMELESS), Ground.ANONYMOUS)
        require_may_leave(CardFile(a_card(), NAMELESS), Ground.ANONYMOUS)

    @pytest.mark.parametrize("lacking", [{"name": ""}, {"residence": None}])
    def test_whoever_gave_a_name_and_a_residence_is_not_anonymous(
        self, lacking: dict[str, Any]
    ) -> None:
        appeal = an_appeal()
        with pytest.raises(RuleRefused) as refused:
            require_may_leave(CardFile(a_card(), appeal), Ground.ANONYMOUS)
        assert (refused.value.clause, refused.value.words) == ("LAW-8", "author-is-known")
        unsigned = replace(appeal, applicant=replace(appeal.applicant, **lacking))
        require_may_leave(CardFile(a_card(), unsigned), Ground.ANONYMOUS)

    def test_only_a_complaint_is_too_late(self) -> None:
        with pytest.raises(RuleRefused) as refused:
            require_may_leave(CardFile(a_card(), an_appeal()), Ground.LATE_COMPLAINT)
        assert refused.value.clause == "LAW-17"
        complaint = a_card(kind=Kind.COMPLAINT)
        require_may_leave(CardFile(complaint, an_appeal()), Ground.LATE_COMPLAINT)

    def test_a_return_for_rework_is_not_repeated(self) -> None:
        returned = a_card(repeat_of=number_of(7))
        with pytest.raises(RuleRefused) as refused:
            require_may_leave(CardFile(returned, an_appeal()), Ground.REPEATED)
        assert refused.value.clause == "K-6.2"


@pytest.mark.clause("LAW-8")
class TestRepeated:
    """Art. 8. The same person, the same matter, already resolved on its merits."""

    def earlier(self, **changes: Any) -> Card:
        received_at = RECEIVED_AT - timedelta(days=30)
        closed = {"number": number_of(7), "status": Status.CONFIRMED, "received_at": received_at}
        return a_card(**(closed | changes))

    @pytest.mark.parametrize(
        ("status", "surveys"),
        [(Status.CONFIRMED, 1), (Status.UNCONFIRMED, 1), (Status.CLOSED, 0)],
    )
    def test_what_was_resolved_before_is_named(self, status: Status, surveys: int) -> None:
        before = self.earlier(status=status, surveys=surveys)
        assert resolved_before(a_card(), [before]) == before.number

    def test_the_latest_of_several_is_named(self) -> None:
        older = self.earlier(number=number_of(3), received_at=RECEIVED_AT - timedelta(days=90))
        assert resolved_before(a_card(), [older, self.earlier()]) == number_of(7)

    @pytest.mark.parametrize(
        "changes",
        [
            {"status": Status.IN_WORK},
            {"status": Status.RETURNED},
            {"status": Status.NOT_CONSIDERED},
            {"status": Status.CLOSED, "surveys": 1},
            {"received_at": RECEIVED_AT + timedelta(days=1)},
            {"number": NUMBER},
        ],
    )
    def test_what_was_not_resolved_before_makes_nothing_repeated(
        self, changes: dict[str, Any]
    ) -> None:
        with pytest.raises(RuleRefused) as refused:
            resolved_before(a_card(), [self.earlier(**changes)])
        assert refused.value.words == "nothing-resolved-before"

    def test_one_person_is_known_by_phone_mail_or_signature(self) -> None:
        appeal = an_appeal()
        home = Residence("вулиця Ялинкова", "12")
        for known in (
            Applicant(phone=appeal.applicant.phone),
            Applicant(email="OKSANA@example.com"),
            Applicant(name="Оксана  Вигадана", residence=home),
        ):
            require_same_person(appeal, an_appeal(applicant=known))
        for other in (
            Applicant(),
            Applicant(name="Оксана Вигадана"),
            Applicant(name="Ігор Вигаданий", residence=home),
        ):
            with pytest.raises(RuleRefused):
                require_same_person(appeal, an_appeal(applicant=other))
