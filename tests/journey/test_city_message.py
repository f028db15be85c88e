"""A coordinator's message to the whole city, through the API."""

from typing import Any, Final

from tests.door import Door, Reply

COORDINATOR: Final = "coordinator-1"
EXECUTOR: Final = "vodokanal-responsible"


class TestTheCitysMessage:
    """A coordinator's message stands until its end, in both languages."""

    BODY: Final = {
        "text": {"uk": "Уночі не буде води", "en": "No water at night"},
        "until_at": "2026-03-02T23:00:00+02:00",
    }

    def put(self, door: Door, body: object, by: str = COORDINATOR) -> Reply:
        return door.call("PUT", "/city-message", body, by=by)

    def standing(self, door: Door, language: str = "uk") -> Any:
        return door.get("/city", headers={"Accept-Language": language}).json["message"]

    def test_everybody_reads_it_until_its_end(self, door: Door) -> None:
        assert self.standing(door) is None
        assert self.put(door, self.BODY).status == 200
        assert self.standing(door) == {
            "text": "Уночі не буде води",
            "until_at": "2026-03-02T23:00:00+02:00",
        }
        assert self.standing(door, "en")["text"] == "No water at night"
        door.clock.pass_(hours=13)
        assert self.standing(door) is None

    def test_it_is_taken_down(self, door: Door) -> None:
        self.put(door, self.BODY)
        stands = door.get("/city-message", by=COORDINATOR).json["message"]
        assert (stands["text"], stands["put_by"] != "") == (self.BODY["text"], True)
        assert door.call("DELETE", "/city-message", by=COORDINATOR).json == {"message": None}
        assert self.standing(door) is None

    def test_without_english_words_the_ukrainian_ones_stand(self, door: Door) -> None:
        self.put(door, {**self.BODY, "text": {"uk": "Уночі не буде води"}})
        assert self.standing(door, "en")["text"] == "Уночі не буде води"

    def test_bad_ones_are_refused(self, door: Door) -> None:
        past = self.put(door, {**self.BODY, "until_at": "2026-03-02T10:00:00+02:00"})
        assert (past.status, past.json["errors"][0]["code"]) == (422, "in_the_past")
        assert self.put(door, {}).status == 422
        assert self.put(door, self.BODY, by=EXECUTOR).status == 403
        assert self.standing(door) is None

    def test_it_stands_in_a_city_without_repair_works_too(self, kr_door: Door) -> None:
        assert self.put(kr_door, self.BODY).status == 200
        assert self.standing(kr_door)["text"] == "Уночі не буде води"
