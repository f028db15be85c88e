"""Who is told of what goes wrong, of the city's centre, and of executors' systems."""

import pytest

from chalicelib.domain.events import EventName
from chalicelib.domain.notice import Audience
from chalicelib.regulation.notices_plan import notices_of
from tests.builders import (
    a_request,
)
from tests.regulation.one_write import KR, NOW, K, a_file, happened, told


class TestControl:
    def test_overdue_goes_to_the_executor_its_head_and_the_coordinators(self) -> None:
        found = told(*happened(EventName.OVERDUE))
        assert set(found) == {
            "coordinator staff_overdue",
            "responsible staff_overdue",
            "head staff_overdue",
        }

    @pytest.mark.parametrize(
        ("head", "audience"), [("head", "head"), ("next_head", "next_head"), ("admin", "admin")]
    )
    def test_escalation_goes_to_the_head_of_its_level(self, head: str, audience: str) -> None:
        write = happened(EventName.ESCALATED, level="1", head=head)
        assert set(told(*write)) == {f"{audience} staff_escalated"}

    def test_a_request_goes_to_the_head_who_has_to_know_of_it_first(self) -> None:
        write = happened(EventName.REQUEST_MADE, request="r")
        waits = a_request(id="r", level=1)
        known = a_request(id="r", level=1, acknowledged_at=NOW)
        assert set(told(*write, requests=(waits,))) == {"next_head staff_request"}
        assert set(told(*write, requests=(known,))) == {"coordinator staff_request"}
        executor = "blahoustrii"
        of_unit = a_request(id="r", executor=executor)
        assert set(told(*write, city=KR, requests=(of_unit,))) == {"head staff_request"}

    def test_a_decision_goes_back_to_who_asked(self) -> None:
        write = happened(EventName.REQUEST_DECIDED, EventName.REROUTED, request="r")
        asked = a_request(id="r", executor="vodokanal")
        file = a_file(K, *write, requests=(asked,))
        found = {n.template: n.to for n in notices_of(write, file, city=K, now=NOW) if n.to}
        assert found == {
            "staff_decided": "vodokanal-responsible",
            "staff_sent": "svitlo-responsible",
        }

    def test_what_the_executor_can_mend_is_told_to_the_executor_too(self) -> None:
        found = told(*happened(EventName.ATTENTION, cause="no_performer"))
        assert set(found) == {
            "coordinator staff_attention",
            "responsible staff_attention",
            "head staff_attention",
        }


@pytest.mark.clause("KR-2.7", "KR-2.9", "KR-2.13")
class TestTheCityCentre:
    """2.7 With it, the electronic version of the reply is sent to the official mail."""

    def test_a_reply_that_is_handed_over_goes_to_the_applicant_and_the_centre(self) -> None:
        write = happened(EventName.HANDED_OVER)
        found = told(*write, city=KR)
        assert found[:2] == ["applicant reply", "centre centre_reply"]
        assert "clerk staff_to_publish" in found

    def test_every_extension_is_told_to_both(self) -> None:
        write = happened(EventName.REQUEST_DECIDED, EventName.EXTENDED)
        assert told(*write, city=KR)[:2] == ["applicant extended", "centre centre_extended"]

    def test_the_published_reply_returns_under_the_centres_id(self) -> None:
        write = happened(EventName.REPLY_PUBLISHED, EventName.CLOSED)
        found = told(*write, city=KR)
        assert found[:2] == ["applicant reply_published", "centre centre_published"]

    def test_khmelnytskyi_has_no_other_centre_to_tell(self) -> None:
        assert "centre centre_extended" not in told(*happened(EventName.EXTENDED))


class TestWebhooks:
    def test_a_connected_system_hears_of_every_event_of_its_cards(self) -> None:
        write = happened(EventName.REQUEST_DECIDED, EventName.EXTENDED)
        found = told(*write, hooked=("svitlo",))
        assert found.count("system hook") == 2
        assert "system hook" not in told(*write, hooked=("vodokanal",))

    def test_a_co_executors_system_hears_too(self) -> None:
        write = happened(EventName.OVERDUE)
        file = a_file(K, *write, card_co_executors=("vodokanal",))
        hooked = ("svitlo", "vodokanal")
        found = notices_of(write, file, city=K, now=NOW, hooked=hooked)
        assert [n.to for n in found if n.audience is Audience.SYSTEM] == ["svitlo", "vodokanal"]
