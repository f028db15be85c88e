"""Cards of past years: kept, held, and released by an admin page by page (LAW-13)."""

from datetime import timedelta
from typing import Any, Final

import pytest

from chalicelib.domain.events import EventName
from tests.aws.images import table_of
from tests.aws.tables import REGION, client
from tests.crash import stages
from tests.crash.stages import COORDINATOR, OPERATOR, POOR, Stage
from tests.door import START, Door

ADMIN: Final = "admin-1"
ACT: Final = {"act": "Акт про вилучення для знищення № 7"}
YEARS: Final = timedelta(days=365 * 6)


def old(door: Door) -> Stage:
    """Return a confirmed card of six years ago."""
    stage = stages.closed(door)
    assert door.post(f"/surveys/{stage.token}", stages.CONFIRMED).status == 200
    return stage


def later(door: Door) -> None:
    """Let the keeping term pass."""
    door.clock.at = START + YEARS


def release(door: Door, **changes: Any) -> Any:
    """Release the year's cards."""
    reply = door.post("/retention/2026/release", ACT | changes, by=ADMIN)
    assert reply.status == 200, reply.text
    return reply.json


def parts(door: Door, number: str) -> list[dict[str, Any]]:
    """Return all parts of a card as they are stored."""
    items = table_of(REGION, f"{door.stack.name}-cards").all_items()
    images = ({name: v.to_json() for name, v in item.attrs.items()} for item in items)
    return [image for image in images if image["number"] == {"S": number}]


@pytest.fixture
def door(moto_door: Door) -> Door:
    """What is released is looked at beneath the API, so the store is the real one."""
    return moto_door


@pytest.mark.clause("LAW-13")
class TestReleased:
    """A card gets its end only by an admin, after the five years of its keeping."""

    def test_every_part_gets_its_end_and_nobody_reads_it_any_more(self, door: Door) -> None:
        stage = old(door)
        later(door)
        assert release(door)["released"] == [stage.number]
        ends = {part.get("expires_at", {}).get("N") for part in parts(door, stage.number)}
        assert ends == {str(int(door.clock().timestamp()))}
        assert len(parts(door, stage.number)) > 8
        code = {"X-Access-Code": stage.access_code}
        assert door.get(f"/cards/{stage.number}", by=COORDINATOR).status == 404
        assert door.get(f"/appeals/{stage.number}", headers=code).status == 404
        assert door.get(f"/surveys/{stage.token}").status == 404
        found = door.get("/cards?q=" + stage.number, by=COORDINATOR)
        assert found.json["items"] == []

    def test_its_files_are_deleted(self, door: Door) -> None:
        old(door)
        bucket = door.centre.settings.evidence_bucket
        assert self.objects(bucket)
        later(door)
        release(door)
        assert self.objects(bucket) == []

    def test_who_released_what_is_kept(self, door: Door) -> None:
        old(door)
        later(door)
        release(door)
        (told,) = door.get("/retention/2026", by=ADMIN).json["releases"]
        assert (told["act"], told["cards"]) == (ACT["act"], 1)
        assert told["by"]

    def test_doing_it_again_changes_nothing(self, door: Door) -> None:
        stage = old(door)
        later(door)
        release(door)
        before = parts(door, stage.number)
        door.clock.pass_(days=1)
        assert release(door)["released"] == [stage.number]
        assert parts(door, stage.number) == before
        assert len(door.get("/retention/2026", by=ADMIN).json["releases"]) == 1

    def test_a_key_makes_two_requests_one(self, door: Door) -> None:
        old(door)
        later(door)
        headers = {"Idempotency-Key": "once"}
        first = door.post("/retention/2026/release", ACT, by=ADMIN, headers=headers)
        again = door.post("/retention/2026/release", ACT, by=ADMIN, headers=headers)
        assert again.text == first.text
        assert again.headers["idempotent-replay"] == "true"

    def objects(self, bucket: str) -> list[str]:
        listed = client("s3").list_objects_v2(Bucket=bucket).get("Contents", ())
        return [each["Key"] for each in listed if not each["Key"].startswith("incoming/")]


@pytest.mark.clause("LAW-13")
class TestKept:
    """What is younger, held, unfinished or repeated stays, and why is said."""

    def test_a_year_is_not_opened_before_its_time(self, door: Door) -> None:
        old(door)
        reply = door.post("/retention/2026/release", ACT, by=ADMIN)
        assert (reply.status, reply.json["clause"]) == (409, "LAW-13")
        assert "31 грудня 2031" in reply.json["detail"]

    def test_a_held_card_stays_until_the_hold_is_lifted(self, door: Door) -> None:
        number = old(door).number
        held = door.post(f"/cards/{number}/hold", {"reason": "Триває суд"}, by=ADMIN)
        assert held.status == 200
        assert "hold" in held.json["flags"]
        later(door)
        told = release(door)
        assert told["released"] == []
        assert [(kept["number"], kept["kept"]) for kept in told["items"]] == [(number, "hold")]
        assert door.call("DELETE", f"/cards/{number}/hold", by=ADMIN).status == 200
        assert release(door)["released"] == [number]

    def test_lifting_what_does_not_hold_is_404(self, door: Door) -> None:
        number = old(door).number
        assert door.call("DELETE", f"/cards/{number}/hold", by=ADMIN).status == 404

    def test_a_living_repeat_keeps_its_parent(self, door: Door) -> None:
        parent = stages.closed(door)
        repeat = door.post(f"/surveys/{parent.token}", POOR).json["repeat_number"]
        later(door)
        kept = {each["number"]: each["kept"] for each in release(door)["items"]}
        assert kept == {parent.number: "repeat", repeat: "open"}

    def test_the_list_says_it_before_anything_is_released(self, door: Door) -> None:
        number = old(door).number
        year = door.get("/retention/2026", by=ADMIN).json
        assert [(each["number"], each["kept"]) for each in year["items"]] == [(number, "term")]
        assert year["items"][0]["keep_until"] == "2032-01-01T00:00:00+02:00"
        later(door)
        assert door.get("/retention/2026", by=ADMIN).json["items"][0]["kept"] is None

    def test_only_an_admin_may(self, door: Door) -> None:
        number = old(door).number
        for by in (OPERATOR, COORDINATOR):
            assert door.get("/retention/2026", by=by).status == 403
            assert door.post("/retention/2026/release", ACT, by=by).status == 403
            assert door.post(f"/cards/{number}/hold", {"reason": "Ні"}, by=by).status == 403


@pytest.mark.clause("LAW-13")
def test_a_large_year_is_read_by_its_numbers_page_by_page(door: Door) -> None:
    first = old(door).number
    for _ in range(120):
        door.centre.numbers.next_sequence(2026)
    last = old(door).number
    later(door)
    told = release(door)
    assert (told["released"], told["next"]) == ([first], 100)
    told = release(door, after=told["next"])
    assert (told["released"], told["next"]) == ([last], None)


@pytest.mark.clause("LAW-13", "K-6.1")
def test_the_clock_says_when_the_keeping_term_is_over_and_destroys_nothing(door: Door) -> None:
    number = old(door).number
    later(door)
    door.sweep()
    door.sweep()
    file = door.centre.cards.read_file(number)
    causes = [e.facts.get("cause") for e in file.events if e.name is EventName.ATTENTION]
    assert causes == ["keeping_over"]
