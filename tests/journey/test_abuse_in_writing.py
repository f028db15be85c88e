"""Abuse in writing is registered, and hidden from those who need not read it (K-3.4)."""

import pytest

from tests.door import Door
from tests.journey.side_cards import filed, refused, seen, tracked

OPERATOR = "operator-1"


@pytest.mark.clause("K-3.4")
class TestAbuse:
    """In writing abuse is no ground to refuse: it is registered, and hidden from shared views."""

    ABUSE = "Сука, коли вже прорвало трубу, приїдуть? Я вас спалю"

    def test_shared_views_hide_the_words(self, door: Door) -> None:
        appeal = filed(door, text=self.ABUSE)
        hidden = self.ABUSE.replace("Сука", "***")
        for by in (OPERATOR, "svitlo-responsible"):
            assert seen(door, appeal["number"], by)["text"] == hidden
        (row,) = door.get("/cards", by="svitlo-responsible").json["items"]
        assert row["excerpt"] == hidden
        assert {"obscene", "threat"} <= set(row["flags"])
        own = tracked(door, appeal["number"], appeal["access_code"])
        assert own["text"] == self.ABUSE

    def test_a_threat_is_shown_to_people(self, door: Door) -> None:
        card = seen(door, filed(door, text=self.ABUSE)["number"])
        assert (card["history"][-1]["event"], card["history"][-1]["facts"]) == (
            "attention",
            {"cause": "threat"},
        )

    def test_whoever_may_reads_the_words_and_the_history_says_so(self, door: Door) -> None:
        number = filed(door, text=self.ABUSE)["number"]
        assert "open-text" in seen(door, number)["actions"]
        opened = door.post(f"/cards/{number}/open-text", {}, by=OPERATOR)
        assert opened.json == {"text": self.ABUSE}
        assert seen(door, number)["history"][-1]["event"] == "text_opened"

    def test_an_executor_does_not(self, door: Door) -> None:
        number = filed(door, text=self.ABUSE)["number"]
        by = "svitlo-responsible"
        assert "open-text" not in seen(door, number, by)["actions"]
        refused(door.post(f"/cards/{number}/open-text", {}, by=by), 403, "K-3.4")

    def test_what_the_applicant_writes_later_is_hidden_too(self, door: Door) -> None:
        appeal = filed(door)
        code = {"X-Access-Code": appeal["access_code"]}
        url = f"/appeals/{appeal['number']}/messages"
        door.post(url, {"text": "Бл@ть, ще не приїхали"}, headers=code)
        line = seen(door, appeal["number"], "svitlo-responsible")["history"][-1]["text"]
        assert line.endswith("***, ще не приїхали")

    def test_a_clean_text_has_nothing_to_open(self, door: Door) -> None:
        card = seen(door, filed(door)["number"])
        assert (card["text_hidden"], "open-text" in card["actions"]) == (False, False)
