"""Access codes and survey links: a wrong one looks, and costs, exactly like no card."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest

from tests.api.cases import (
    ABSENT,
    FOREIGN,
    RESPONSIBLE,
    filed,
    finish,
    kind_of,
    stored_text,
    survey_token,
)
from tests.aws.gate import Gate
from tests.door import Door, Reply
from tests.requests import an_appeal_body

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY: Final = {"Idempotency-Key": "k-1"}


def mutations(code: str) -> Iterator[str]:
    """Yield a code with each of its letters replaced by the next one, and other near misses."""
    for at, letter in enumerate(code):
        if letter != "-":
            other = ALPHABET[(ALPHABET.index(letter) + 1) % len(ALPHABET)]
            yield f"{code[:at]}{other}{code[at + 1 :]}"
    yield from (code[:-1], code + "0", code[::-1], code[1:], "-", "0")


def looked_up(door: Door, url: str, code: str | None) -> tuple[Reply, list[str]]:
    """Ask for something with a code; return the answer and the calls that it cost."""
    headers = {} if code is None else {"X-Access-Code": code}
    with Gate() as gate:
        reply = door.get(url, headers=headers)
    return reply, [call.name for call in gate.calls]


@pytest.fixture
def appeal(door: Door) -> dict[str, Any]:
    """Return an appeal as its applicant was told of it."""
    return filed(door)


@pytest.fixture
def token(door: Door, appeal: dict[str, Any]) -> str:
    """Close the appeal and return the token of its survey."""
    finish(door, appeal["number"])
    return survey_token(door, appeal)


class TestAccessCode:
    """80 bits that open one appeal."""

    def test_every_wrong_code_is_answered_and_costs_as_no_card(
        self, door: Door, appeal: dict[str, Any]
    ) -> None:
        other, code = filed(door)["access_code"], appeal["access_code"]
        absent, calls_of_absent = looked_up(door, f"/appeals/{ABSENT}", code)
        assert (absent.status, kind_of(absent)) == (404, "not-found")
        for wrong in [None, "", "ключ", other, *mutations(code)]:
            reply, calls = looked_up(door, f"/appeals/{appeal['number']}", wrong)
            assert (reply.status, reply.text) == (404, absent.text), wrong
            assert calls == calls_of_absent == ["dynamodb.Query"]

    def test_the_right_code_costs_the_same(self, door: Door, appeal: dict[str, Any]) -> None:
        reply, calls = looked_up(door, f"/appeals/{appeal['number']}", appeal["access_code"])
        assert (reply.status, calls) == (200, ["dynamodb.Query"])

    @pytest.mark.parametrize(
        "typed",
        [
            str.lower,
            lambda code: code.replace("-", ""),
            lambda code: code.replace("-", " "),
            lambda code: f" {code.lower()} ",
            lambda code: code.replace("0", "O").replace("1", "I"),
            lambda code: code.replace("0", "o").replace("1", "l"),
        ],
    )
    def test_it_is_read_as_people_type_it(
        self, door: Door, appeal: dict[str, Any], typed: Callable[[str], str]
    ) -> None:
        url, code = f"/appeals/{appeal['number']}", typed(appeal["access_code"])
        assert looked_up(door, url, code)[0].status == 200

    def test_a_code_in_the_address_opens_nothing(self, door: Door, appeal: dict[str, Any]) -> None:
        reply = door.get(f"/appeals/{appeal['number']}?code={appeal['access_code']}")
        assert reply.status == 422

    def test_it_is_stored_nowhere_even_for_a_replay(self, door: Door) -> None:
        first, again = (door.post("/appeals", an_appeal_body(), headers=KEY) for _ in range(2))
        assert again.headers["idempotent-replay"] == "true"
        code, text = again.json["access_code"], stored_text()
        assert code == first.json["access_code"]
        assert code not in text
        assert code.replace("-", "") not in text

    def test_staff_are_not_shown_it(self, door: Door, appeal: dict[str, Any]) -> None:
        card = door.get(f"/cards/{appeal['number']}", by=RESPONSIBLE)
        assert card.status == 200
        assert appeal["access_code"] not in card.text

    def test_a_foreign_executor_sees_no_card(self, door: Door, appeal: dict[str, Any]) -> None:
        assert door.get(f"/cards/{appeal['number']}", by=FOREIGN).status == 404


class TestSurveyToken:
    """128 bits that answer one survey once."""

    def test_every_wrong_token_is_answered_as_no_survey(self, door: Door, token: str) -> None:
        number, _, mark = token.split(".")
        absent = door.get(f"/surveys/{ABSENT}.1.{mark}")
        assert absent.status == 404
        wrong = [f"{number}.{no}.{mark}" for no in ("2", "01", "", "9" * 40)]
        wrong += [f"{number}.1.{each}" for each in list(mutations(mark))[::3]]
        for each in (*wrong, number, "x", f"{number}.1."):
            for reply in (
                door.get(f"/surveys/{each}"),
                door.post(f"/surveys/{each}", {"outcome": "confirmed"}),
            ):
                assert (reply.status, reply.text) == (404, absent.text), each
        assert door.get(f"/surveys/{token}").status == 200

    def test_a_wrong_token_costs_as_an_absent_card(self, door: Door, token: str) -> None:
        number = token.partition(".")[0]
        costs = [looked_up(door, f"/surveys/{n}.1.AAAA", None)[1] for n in (number, ABSENT)]
        assert costs == [["dynamodb.Query"], ["dynamodb.Query"]]

    def test_a_token_of_one_card_opens_no_other(self, door: Door, token: str) -> None:
        other = finish(door, filed(door)["number"])
        assert door.get(f"/surveys/{other}.1.{token.rpartition('.')[2]}").status == 404

    def test_staff_are_not_shown_it(self, door: Door, token: str) -> None:
        card = door.get(f"/cards/{token.partition('.')[0]}", by=RESPONSIBLE)
        assert card.json["survey"] is not None
        assert token.rpartition(".")[2] not in card.text

    def test_it_is_stored_nowhere_even_for_a_replay(self, door: Door, token: str) -> None:
        first, again = (
            door.post(f"/surveys/{token}", {"outcome": "confirmed"}, headers=KEY) for _ in range(2)
        )
        assert (again.status, again.text) == (200, first.text)
        assert token.rpartition(".")[2] not in stored_text()
