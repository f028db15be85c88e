"""Lists: bounds of a page, cursors that nobody can forge, filters that mean something."""

from collections.abc import Iterator
from typing import Any, Final

import pytest

from tests.api.cases import COORDINATOR, FOREIGN, RESPONSIBLE, faults, filed, kind_of
from tests.door import Door

LISTS: Final = ("/cards", "/requests")


def pages(door: Door, url: str, by: str) -> Iterator[list[dict[str, Any]]]:
    """Yield the pages of a list to its end."""
    cursor = ""
    while True:
        reply = door.get(f"{url}{cursor}", by=by)
        assert reply.status == 200, reply.text
        yield reply.json["items"]
        if reply.json["next_cursor"] is None:
            return
        cursor = f"&cursor={reply.json['next_cursor']}"


def numbers(rows: list[dict[str, Any]]) -> list[str]:
    """Return the numbers of some rows."""
    return [row["number"] for row in rows]


@pytest.fixture
def queue(door: Door) -> list[str]:
    """File five appeals, one a minute; return their numbers."""
    filed_numbers = []
    for at in range(5):
        filed_numbers.append(filed(door, text="Яма" if at % 2 else "Темно")["number"])
        door.clock.pass_(minutes=1)
    return filed_numbers


@pytest.mark.parametrize("url", LISTS)
class TestBounds:
    """`limit` is 1 to 100, 50 unless said."""

    @pytest.mark.parametrize("limit", ["0", "-1", "101", "1.5", "many", "1e2", "9" * 30])
    def test_what_is_no_limit(self, door: Door, url: str, limit: str) -> None:
        reply = door.get(f"{url}?limit={limit}", by=COORDINATOR)
        assert (reply.status, set(faults(reply))) == (422, {"limit"})

    @pytest.mark.parametrize("limit", ["1", "100", ""])
    def test_what_is_one(self, door: Door, url: str, limit: str) -> None:
        assert door.get(f"{url}?limit={limit}", by=COORDINATOR).status == 200

    @pytest.mark.parametrize("cursor", ["A", "AAAA", "я", "a" * 2000, "e30", "null"])
    def test_a_cursor_that_we_never_gave(self, door: Door, url: str, cursor: str) -> None:
        reply = door.get(f"{url}?cursor={cursor}", by=COORDINATOR)
        assert (reply.status, kind_of(reply)) == (400, "cursor-invalid")

    def test_a_parameter_that_nobody_knows(self, door: Door, url: str) -> None:
        reply = door.get(f"{url}?sort=due_at&limit=0", by=COORDINATOR)
        assert faults(reply) == {"sort": "unknown_field", "limit": "too_small"}


class TestPages:
    """Pages follow one another without gap or double, for the caller who was given them."""

    @pytest.mark.parametrize("by", [RESPONSIBLE, COORDINATOR])
    def test_together_they_are_the_list(self, door: Door, queue: list[str], by: str) -> None:
        for limit in (1, 2, 5, 50):
            got = list(pages(door, f"/cards?limit={limit}", by))
            assert sorted(number for page in got for number in numbers(page)) == queue
            assert all(len(page) <= limit for page in got)

    @pytest.mark.parametrize("by", [RESPONSIBLE, COORDINATOR])
    def test_a_filtered_page_is_no_longer_than_asked(
        self, door: Door, queue: list[str], by: str
    ) -> None:
        for limit in (1, 2, 3):
            got = list(pages(door, f"/cards?limit={limit}&q=темно", by))
            assert sorted(number for page in got for number in numbers(page)) == queue[::2]
            assert all(len(page) <= limit for page in got)

    def test_a_changed_letter_is_noticed(self, door: Door, queue: list[str]) -> None:
        cursor = door.get("/cards?limit=2", by=RESPONSIBLE).json["next_cursor"]
        for at in range(0, len(cursor), 5):
            other = "B" if cursor[at] == "A" else "A"
            forged = f"{cursor[:at]}{other}{cursor[at + 1 :]}"
            assert door.get(f"/cards?limit=2&cursor={forged}", by=RESPONSIBLE).status == 400

    def test_a_cursor_of_one_queue_opens_no_other(self, door: Door, queue: list[str]) -> None:
        cursor = door.get("/cards?limit=2", by=RESPONSIBLE).json["next_cursor"]
        for by in (FOREIGN, COORDINATOR):
            assert door.get(f"/cards?limit=2&cursor={cursor}", by=by).status == 400
        assert door.get(f"/requests?cursor={cursor}", by=COORDINATOR).status == 400

    def test_an_executor_cannot_ask_for_the_queue_of_another(
        self, door: Door, queue: list[str]
    ) -> None:
        assert door.get("/cards?executor=svitlo", by=FOREIGN).json["items"] == []
        whole = door.get("/cards?executor=svitlo", by=COORDINATOR).json["items"]
        assert numbers(whole) == queue


class TestFilters:
    """A filter that means nothing is refused, not passed over."""

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("status=open", {"status": "bad_choice"}),
            ("status=sent,lost", {"status": "bad_choice"}),
            ("overdue=yes", {"overdue": "bad_choice"}),
            ("due_before=soon", {"due_before": "not_an_instant"}),
            ("due_before=2026-03-02", {"due_before": "not_an_instant"}),
            ("q=" + "x" * 201, {"q": "too_long"}),
            ("executor=nobody-knows", {"executor": "unknown_executor"}),
            ("topic=XX-99", {"topic": "unknown_topic"}),
            (
                "executor=x&topic=y&status=z&overdue=maybe&limit=0",
                {
                    "executor": "unknown_executor",
                    "topic": "unknown_topic",
                    "status": "bad_choice",
                    "overdue": "bad_choice",
                    "limit": "too_small",
                },
            ),
        ],
    )
    def test_it_is_named(self, door: Door, query: str, found: dict[str, str]) -> None:
        reply = door.get(f"/cards?{query}", by=COORDINATOR)
        assert (reply.status, faults(reply)) == (422, found)

    def test_it_keeps_what_it_says(self, door: Door, queue: list[str]) -> None:
        kept = {
            "status=sent": 5,
            "status=accepted": 0,
            "status=accepted,sent": 5,
            "overdue=true": 0,
            "overdue=false": 5,
            "topic=LI-01": 5,
            "topic=LI-02": 0,
            "due_before=2026-03-08T00:00:00%2B02:00": 0,
            "due_before=2026-03-08T00:00:01%2B02:00": 5,
        }
        for query, count in kept.items():
            rows = door.get(f"/cards?{query}", by=RESPONSIBLE).json["items"]
            assert len(rows) == count, query
