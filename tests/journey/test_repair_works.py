"""A repair work through the API: published, changed, past its term, closed, appeals answered."""

from typing import Any, Final

import pytest

from tests.door import Door, Reply
from tests.requests import an_appeal_body

EXECUTOR: Final = "vodokanal-responsible"
OTHER: Final = "svitlo-responsible"
COORDINATOR: Final = "coordinator-1"
PLACE: Final = {"street": "вул. Проскурівська", "building": "2-40"}


def a_work_body(**changes: Any) -> dict[str, Any]:
    """Return a whole and right body of POST /repair-works."""
    body: dict[str, Any] = {
        "summary": "Прорив водогону",
        "cause": "з'ясовується",
        "consequences": "Немає холодної води у трьох будинках",
        "eta_at": "2026-03-02T18:00:00+02:00",
        "places": [PLACE],
        "services": ["WA"],
    }
    return body | changes


def published(door: Door, **changes: Any) -> Reply:
    """Publish a work."""
    reply = door.post("/repair-works", a_work_body(**changes), by=EXECUTOR)
    assert reply.status == 201, reply.text
    return reply


def items(door: Door, query: str = "") -> list[Any]:
    """Return a page of works."""
    found: list[Any] = door.get(f"/repair-works{query}").json["items"]
    return found


@pytest.mark.clause("K-7")
class TestPublishing:
    """7. The situation, the causes, the consequences, the term."""

    def test_residents_read_what_was_told(self, door: Door) -> None:
        reply = published(door)
        work = reply.json
        assert reply.headers["location"] == f"/api/repair-works/{work['id']}"
        assert reply.etag == '"1"'
        assert (work["status"], work["kind"]) == ("active", "emergency")
        assert (work["cause"], work["eta_at"]) == ("з’ясовується", "2026-03-02T18:00:00+02:00")
        assert work["executor"]["id"] == "vodokanal"
        assert work["places"] == [
            {
                "street": "вулиця Проскурівська",
                "building": "2-40",
                "note": "",
                "lat": None,
                "lon": None,
                "known": True,
            }
        ]
        assert work["services"][0]["code"] == "WA"
        assert items(door) == [{n: v for n, v in work.items() if n != "history"}]
        english = door.get(f"/repair-works/{work['id']}", headers={"Accept-Language": "en"}).json
        assert (english["cause"], english["status_text"]) == ("being found out", "under way")

    def test_everything_that_is_missing_or_wrong_is_named_at_once(self, door: Door) -> None:
        body = {"summary": " ", "eta_at": "2026-03-02T10:00:00+02:00", "unknown": 1}
        reply = door.post("/repair-works", body, by=EXECUTOR)
        found = {
            (fault["field"], fault["code"]): fault.get("clause") for fault in reply.json["errors"]
        }
        assert reply.status == 422
        assert found == {
            ("summary", "missing_summary"): "K-7",
            ("cause", "missing_cause"): "K-7",
            ("consequences", "missing_consequences"): "K-7",
            ("places", "missing_places"): "K-7",
            ("eta_at", "in_the_past"): "K-7",
            ("unknown", "unknown_field"): None,
        }
        assert items(door) == []

    def test_a_request_sent_twice_is_one_work(self, door: Door) -> None:
        headers = {"Idempotency-Key": "k-1"}
        replies = [
            door.post("/repair-works", a_work_body(), by=EXECUTOR, headers=headers)
            for _ in range(2)
        ]
        assert replies[0].text == replies[1].text
        assert replies[1].headers["idempotent-replay"] == "true"
        assert len(items(door)) == 1

    def test_who_may(self, door: Door) -> None:
        for person in (COORDINATOR, "operator-1", "admin-1", "vodokanal-performer-1"):
            reply = door.post("/repair-works", a_work_body(), by=person)
            assert (reply.status, reply.json["clause"]) == (403, "K-5.1.10"), person
        assert door.post("/repair-works", a_work_body()).status == 401

    def test_a_city_without_repair_works(self, kr_door: Door) -> None:
        reply = kr_door.post("/repair-works", a_work_body(), by="zhytlo-responsible")
        assert (reply.status, reply.json["clause"]) == (409, "KR-1.1")
        assert "Регламент" in reply.json["detail"]
        assert items(kr_door) == []


@pytest.mark.clause("K-7")
class TestLists:
    """Residents find the works of their street and of the city."""

    def test_by_status_and_by_street(self, door: Door) -> None:
        later = {"starts_at": "2026-03-03T09:00:00+02:00", "eta_at": "2026-03-03T17:00:00+02:00"}
        elsewhere = [{"street": "Соборна"}]
        first = published(door).json["id"]
        second = published(door, places=elsewhere, **later).json["id"]
        assert [work["id"] for work in items(door)] == [first, second]
        assert [work["id"] for work in items(door, "?status=planned")] == [second]
        assert [work["id"] for work in items(door, "?status=active")] == [first]
        assert [work["id"] for work in items(door, "?street=vul-soborna")] == [second]
        assert [work["id"] for work in items(door, "?street=Карла+Лібкнехта")] == [first]
        assert items(door, "?street=небувала") == []
        assert door.get("/repair-works?status=done").status == 422

    def test_by_pages(self, door: Door) -> None:
        for _ in range(3):
            published(door)
        page = door.get("/repair-works?limit=2").json
        assert len(page["items"]) == 2
        rest = items(door, f"?limit=2&cursor={page['next_cursor']}")
        assert len({work["id"] for work in [*page["items"], *rest]}) == 3
        assert door.get("/repair-works?cursor=forged").status == 400

    def test_on_a_map(self, door: Door) -> None:
        point = {**PLACE, "lat": 49.43, "lon": 27.01}
        unknown = [{"street": "Провулок Небувалий"}]
        published(door, places=[point, {"street": "Соборна"}])
        published(door, places=unknown, eta_at="2026-03-02T19:00:00+02:00")
        reply = door.get("/repair-works.geojson")
        assert reply.headers["content-type"].startswith("application/geo+json")
        first, second = reply.json["features"]
        assert first["geometry"]["type"] == "MultiPoint"
        assert first["geometry"]["coordinates"][0] == [27.01, 49.43]
        assert len(first["geometry"]["coordinates"]) == 2
        assert second["geometry"] is None
        assert first["properties"]["summary"] == "Прорив водогону"

    def test_what_is_not_there_is_not_found(self, door: Door) -> None:
        for name in ("rw-ffffffffffff", "city", "x"):
            assert door.get(f"/repair-works/{name}").status == 404


@pytest.mark.clause("K-5.1.10", "K-7")
class TestLife:
    """A work is changed, runs past its term, is closed."""

    def change(self, door: Door, work_id: str, body: object, **how: Any) -> Reply:
        return door.call("PATCH", f"/repair-works/{work_id}", body, **({"by": EXECUTOR} | how))

    def test_every_change_of_the_term_is_kept(self, door: Door) -> None:
        work_id = published(door).json["id"]
        for hour in (20, 22):
            body = {"eta_at": f"2026-03-02T{hour}:00:00+02:00", "reason": "Дефект більший"}
            assert self.change(door, work_id, body).status == 200
        history = door.get(f"/repair-works/{work_id}").json["history"]
        assert [line["event"] for line in history] == [
            "work_registered",
            "work_term_changed",
            "work_term_changed",
        ]
        assert history[1]["text"] == (
            "Термін ліквідації змінено: 2 березня 2026, 20:00 (було 2 березня 2026, 18:00)."
        )
        assert history[1]["comment"] == "Дефект більший"

    def test_a_stale_version_is_refused_and_the_right_one_is_not(self, door: Door) -> None:
        work_id = published(door).json["id"]
        for version, status in (("7", 412), ("1", 200), ("1", 412), ("2", 200)):
            headers = {"If-Match": f'"{version}"'}
            body = {"summary": f"Прорив {version} {status}"}
            assert self.change(door, work_id, body, headers=headers).status == status

    def test_bad_changes_are_refused(self, door: Door) -> None:
        work_id = published(door).json["id"]
        past = self.change(door, work_id, {"eta_at": "2026-03-02T09:00:00+02:00"})
        assert (past.status, past.json["errors"][0]["clause"]) == (422, "K-7")
        assert self.change(door, work_id, {"cause": ""}).status == 422
        assert self.change(door, work_id, {"cause": "Знос"}, by=OTHER).status == 403
        assert self.change(door, "rw-ffffffffffff", {"cause": "Знос"}).status == 404

    def test_it_is_overdue_and_then_closed(self, door: Door) -> None:
        work_id = published(door).json["id"]
        door.clock.pass_(days=1)
        assert [work["id"] for work in items(door, "?status=overdue")] == [work_id]
        url = f"/repair-works/{work_id}/close"
        assert door.post(url, {}, by=OTHER).status == 403
        closed = door.post(url, {"text": "Муфту замінено"}, by=EXECUTOR)
        assert (closed.status, closed.json["status"]) == (200, "closed")
        assert closed.json["result"] == "Муфту замінено"
        again = door.post(url, {}, by=EXECUTOR)
        assert (again.status, again.json["clause"]) == (409, "K-5.1.10")
        assert self.change(door, work_id, {"cause": "Знос"}).status == 409
        assert [work["status"] for work in items(door)] == ["closed"]


@pytest.mark.clause("K-5.1.10")
class TestAppeals:
    """A new appeal is told of a known work and linked; closing offers one answer to all."""

    def file(self, door: Door, **changes: Any) -> Any:
        place = {"street": "Проскурівська", "building": "12"}
        reply = door.post("/appeals", an_appeal_body(topic="WA-02", place=place) | changes)
        assert reply.status == 201, reply.text
        return reply.json

    def test_an_appeal_is_told_and_answered(self, door: Door) -> None:
        work_id = published(door).json["id"]
        filed = self.file(door)
        (known,) = filed["known_works"]
        assert (known["id"], known["consequences"]) == (
            work_id,
            "Немає холодної води у трьох будинках",
        )
        card = door.get(f"/cards/{filed['number']}", by=COORDINATOR).json
        assert card["works"] == [work_id]
        assert "known_work" in card["flags"]
        door.post(f"/repair-works/{work_id}/close", {}, by=EXECUTOR)
        url = f"/repair-works/{work_id}"
        linked = door.get(f"{url}/cards", by=EXECUTOR).json["items"]
        assert [(card["number"], card["answered"]) for card in linked] == [(filed["number"], False)]
        answered = door.post(f"{url}/answer", {"text": "Воду подано."}, by=EXECUTOR)
        assert answered.status == 202
        linked = door.get(f"{url}/cards", by=EXECUTOR).json["items"]
        assert [card["answered"] for card in linked] == [True]
        headers = {"X-Access-Code": filed["access_code"]}
        history = door.get(f"/appeals/{filed['number']}", headers=headers).json["history"]
        assert sum("Воду подано." in line["text"] for line in history) == 1

    def test_who_may_answer(self, door: Door) -> None:
        work_id = published(door).json["id"]
        for person, status in ((OTHER, 403), ("operator-1", 403), (COORDINATOR, 202)):
            url = f"/repair-works/{work_id}/answer"
            assert door.post(url, {"text": "Воду подано."}, by=person).status == status
            seen = door.get(f"/repair-works/{work_id}/cards", by=person).status
            assert seen == (403 if status == 403 else 200)

    def test_an_operator_is_told_too(self, door: Door) -> None:
        published(door)
        place = {"street": "Проскурівська", "building": "12"}
        body = an_appeal_body(topic="WA-02", place=place, channel="phone")
        reply = door.post("/operator/appeals", body, by="operator-1")
        assert len(reply.json["known_works"]) == 1
