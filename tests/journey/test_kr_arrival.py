"""What arrives at the official address of Kryvyi Rih is registered once (KR-2.1)."""

import pytest

from tests.door import Door
from tests.journey.kryvyi_rih import (
    CLERK,
    COORDINATOR,
    FOREIGN_ID,
    HEAD,
    OPERATOR,
    arrival_body,
    arrived,
    refused,
    seen,
)


@pytest.mark.clause("KR-2.1")
class TestArrival:
    """2.1 Applications arrive from the city's centre at the official address."""

    def test_the_clerk_registers_what_arrived_and_nobody_has_it_yet(self, kr_door: Door) -> None:
        appeal = arrived(kr_door)
        card = seen(kr_door, appeal["number"])
        assert (card["status"], card["external_id"]) == ("registered", FOREIGN_ID)
        assert card["due_at"] == "2026-03-07T00:00:00+02:00"

    def test_the_operator_may_too(self, kr_door: Door) -> None:
        assert kr_door.post("/operator/appeals", arrival_body(), by=OPERATOR).status == 201

    @pytest.mark.parametrize("foreign_id", [None, ""])
    def test_without_the_centres_id_it_is_not_told_from_another(
        self, kr_door: Door, foreign_id: str | None
    ) -> None:
        body = arrival_body(external_id=foreign_id, text="")
        reply = kr_door.post("/operator/appeals", body, by=CLERK)
        assert reply.status == 422, reply.text
        found = {fault["field"]: fault.get("clause") for fault in reply.json["errors"]}
        assert found == {"external_id": "KR-2.1", "text": "LAW-5"}

    def test_nobody_else_reads_the_official_address(self, kr_door: Door) -> None:
        refused(kr_door.post("/operator/appeals", arrival_body(), by=COORDINATOR), 403, "KR-2.1")
        assert kr_door.post("/operator/appeals", arrival_body(), by=HEAD).status == 403

    def test_the_same_message_is_one_card(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        again = kr_door.post("/operator/appeals", arrival_body(), by=OPERATOR)
        refused(again, 409, "KR-2.1")
        assert number in again.json["detail"]

    def test_other_messages_and_other_doors_are_other_cards(self, kr_door: Door) -> None:
        arrived(kr_door)
        arrived(kr_door, external_id="CC-339-2026-18")
        arrived(kr_door, channel="phone", external_id=None)
        arrived(kr_door, channel="phone", external_id=None)

    def test_the_foreign_id_finds_the_card(self, kr_door: Door) -> None:
        number = arrived(kr_door)["number"]
        found = kr_door.get(f"/cards?q={FOREIGN_ID}", by=CLERK).json["items"]
        assert [row["number"] for row in found] == [number]
